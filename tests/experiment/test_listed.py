"""Claims about points from a file: cells are values, and what is wrong has its line."""

import pandas as pd
import pytest

from sim.experiment.reading.file import load_experiment
from tests.bad_files import agree, bad_files

HEAD = 'format = 1\ntitle = "T"\nbase = "village"\n'
POINTS = HEAD + '[design]\nkind = "points"\nfile = "p.csv"\n'


def test_points_may_come_from_a_csv_file_and_an_empty_cell_leaves_the_base_alone(write):
    write("what,comprehensive.officers,choice.behaviour\nfew,0.05,\nmany,0.2,prospect\n", "p.csv")
    made = load_experiment(write(POINTS + 'labels = ["what"]\n'))
    assert made.points().to_dict("records") == [
        {
            "point": 0,
            "what": "few",
            "comprehensive.officers": 0.05,
            "choice.behaviour": "expected_utility",
        },
        {"point": 1, "what": "many", "comprehensive.officers": 0.2, "choice.behaviour": "prospect"},
    ]
    assert made.task(0, 0).values == (("comprehensive.officers", 0.05),)


def test_a_whole_number_may_be_written_with_a_point(write):
    write("population.size,comprehensive.officers\n1e3,1\n200.0,0\n", "p.csv")
    rows = load_experiment(write(POINTS)).design_points.rows
    assert [tuple(map(type, row)) for row in rows] == [(int, float)] * 2


def test_points_may_come_from_parquet(write):
    frame = pd.DataFrame({"population.size": [100, 200], "policies.special": [True, False]})
    frame.to_parquet("p.parquet")
    made = load_experiment(write(POINTS.replace("village", "special").replace("csv", "parquet")))
    assert [task.values for task in made.tasks()] == [
        (("population.size", 100),),
        (("population.size", 200), ("policies.special.dose", 0.0)),
    ]


def test_points_that_a_plan_has_written_are_the_same_points_again(write):
    first = load_experiment(
        {"base": "all_six", "design": {"kind": "factorial", "policies": "all"}, "replicates": 2}
    )
    first.points().to_csv("p.csv", index=False)
    text = POINTS.replace("village", "all_six").replace(
        'title = "T"', 'title = "T"\nreplicates = 2'
    )
    assert load_experiment(write(text)).tasks() == first.tasks()


def test_points_may_name_their_scenarios(write):
    write("scenario,population.size\nvillage,100\ntipping,200\n", "p.csv")
    made = load_experiment(write(POINTS.replace('base = "village"\n', "")))
    assert [task.source for task in made.tasks()] == ["village", "tipping"]


@pytest.mark.parametrize(("points", "expected"), bad_files("points.csv"))
def test_what_is_wrong_with_points_is_told_with_their_line(write, complaints, points, expected):
    write(points, "p.csv")
    assert agree(complaints(POINTS), expected)


def test_a_file_of_points_that_is_not_there_is_told(complaints):
    assert complaints(POINTS) == ["e.toml:6: design.file: there is no file p.csv"]


def test_a_label_that_is_missing_is_an_empty_text(write):
    frame = pd.DataFrame({"what": ["few", None], "comprehensive.officers": [0.1, 0.2]})
    write("", "p.csv")
    frame.to_parquet("p.parquet")
    text = POINTS.replace("csv", "parquet") + 'labels = ["what"]\n'
    assert load_experiment(write(text)).points()["what"].tolist() == ["few", ""]


@pytest.mark.parametrize("label", ["status", "Seed", "recovery", "choice.noise", "point"])
def test_a_label_takes_no_name_of_a_column_of_the_runs(write, complaints, label):
    write(f"{label},choice.noise\na,0.1\n", "p.csv")
    lines = complaints(f'{POINTS}labels = ["{label}"]\n')
    assert any("stands twice" in line or "results have a column" in line for line in lines)
