"""Claims about points from a file: cells are values, and what is wrong has its line."""

import pytest

from sim.experiment.reading.file import load_experiment
from tests.bad_files import agree, bad_files

POINTS = 'format = 1\ntitle = "T"\nbase = "village"\n[design]\nkind = "points"\nfile = "p.csv"\n'
LABELS = 'labels = ["what"]\n'


def test_points_may_come_from_a_csv_file_and_an_empty_cell_leaves_the_base_alone(write):
    write("what,comprehensive.officers,choice.behaviour\nfew,0.05,\nmany,0.2,prospect\n", "p.csv")
    made = load_experiment(write(POINTS + LABELS))
    assert made.points().to_numpy().tolist() == [
        [0, "few", 0.05, "expected_utility"],
        [1, "many", 0.2, "prospect"],
    ]
    assert made.task(0, 0).values == (("comprehensive.officers", 0.05),)


def test_points_that_a_plan_has_written_are_the_same_points_again(write):
    first = load_experiment(
        {"base": "all_six", "design": {"kind": "factorial", "policies": "all"}, "replicates": 2}
    )
    text = POINTS.replace("village", "all_six").replace("[design]", "replicates = 2\n[design]")
    file = write(text)
    first.points().to_csv("p.csv", index=False)
    assert load_experiment(file).tasks() == first.tasks()


@pytest.mark.parametrize(("points", "expected"), bad_files("points.csv"))
def test_what_is_wrong_with_points_is_told_with_their_line(write, complaints, points, expected):
    write(points, "p.csv")
    assert agree(complaints(POINTS), expected)


def test_a_file_of_points_that_is_not_there_is_told(complaints):
    assert complaints(POINTS) == ["e.toml:6: design.file: there is no file p.csv"]


@pytest.mark.parametrize("label", ["status", "Seed", "recovery", "choice.noise", "point"])
def test_a_label_takes_no_name_of_a_column_of_the_runs(write, complaints, label):
    write(f"{label},choice.noise\na,0.1\n", "p.csv")
    lines = complaints(f'{POINTS}labels = ["{label}"]\n')
    assert any("appears twice" in line or "results have a column" in line for line in lines)
