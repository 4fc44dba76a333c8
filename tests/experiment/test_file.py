"""Claims about experiment files: what is wrong is said with its line, what is right is a task."""

import pytest

from sim.experiment.reading.file import load_experiment
from sim.experiment.task import replicate_seed
from sim.scenario.checking.check import ScenarioErrors
from tests.bad_files import agree, bad_files
from tests.experiment.laid import GRID, laid

HEAD = 'format = 1\ntitle = "T"\nbase = "village"\n'
"""Three lines that are sound by themselves: one run of the village."""


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [*bad_files("experiment.toml"), *bad_files("factors.toml"), *bad_files("search.toml")],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(complaints, text, expected):
    assert agree(complaints(text), expected), complaints(text)


def test_values_of_a_table_can_be_put_in_the_place_of_the_files(write):
    search = 'design = {kind = "search", trials = 40}\n'
    file = write(f"{HEAD}{search}[factors]\ncomprehensive.officers = {{low = 0.1, high = 0.4}}\n")
    design = load_experiment(file, overrides={"design.trials": 60, "design.budget": 5}).spec.design
    assert (design.trials, design.budget, design.population) == (60, 5.0, 20)
    with pytest.raises(ScenarioErrors, match=r"--set design\.trials: 3 are fewer than"):
        load_experiment(file, overrides={"design.trials": 3})


def test_everything_wrong_is_told_at_once_in_the_order_of_lines(complaints):
    said = complaints(
        'format = 1\ntitle = "T"\nbase = "vilage"\nreplicates = 0\nby = "kinds"\n'
        '[set]\nrun.seed = 1\n[design]\nkind = "morris"\ntrajectory = 4\n'
    )
    assert [line.split(":")[1] for line in said] == ["3", "4", "5", "7", "8", "10"]
    assert said[0] == "e.toml:3: base: there is no scenario 'vilage'; did you mean 'village'?"


def test_what_is_no_experiment_or_base_is_told_where_it_stands(write, complaints):
    write('format = 1\ntitle = "W"\nextends = "village"\n[choice]\nnose = 1\n', "w.toml")
    (said,) = complaints(HEAD.replace("village", "w.toml"))
    assert said.startswith("w.toml:5: choice.nose: unknown key")
    assert complaints(HEAD + "months = \n")[0].startswith("e.toml:4: not valid TOML")
    assert complaints("\n") == [
        "e.toml: the file is empty; an experiment file begins with 'format = 1'"
    ]
    with pytest.raises(ScenarioErrors, match=r"no experiment 'six_mode'; did you mean 'six_modes'"):
        load_experiment("six_mode")


# ---------------------------------------------------------------- what is right


def test_every_run_has_what_the_experiment_sets_keeps_and_repeats(write):
    made = load_experiment(
        write(
            f"{HEAD}replicates = 3\nseed = 9\nmonths = 12\nburn_in = 3\ndebtors = 50\n"
            'by = ["all", "kind"]\nindicators = "backlog"\n[set]\nsanctions.fine_rate = 0.5\n'
        )
    )
    assert made.runs == 3
    assert [task.seed for task in made.tasks()] == [replicate_seed(9, n) for n in range(3)]
    task = made.task(0, 0)
    assert (task.breakdowns, task.indicators) == (("all", "kind"), ("backlog",))
    scenario = task.scenario()
    assert (scenario.run.months, scenario.run.burn_in, scenario.population.size) == (12, 3, 50)
    assert scenario.levers.sanctions.fine_rate == 0.5


def test_a_base_may_lie_beside_the_file(write, tmp_path, monkeypatch):
    write('format = 1\ntitle = "W"\nextends = "village"\n', "w.toml")
    file = write(HEAD.replace("village", "w.toml")).resolve()
    monkeypatch.chdir(tmp_path.parent)
    task = load_experiment(file).task(0, 0)
    assert task.source == str((tmp_path / "w.toml").resolve())
    assert (task.scenario().title, task.values) == ("W", ())


def test_scenarios_may_stand_side_by_side_or_be_a_factor_among_others():
    made = load_experiment({"design": {"kind": "scenarios", "names": ["village", "tipping"]}})
    assert [task.source for task in made.tasks()] == ["village", "tipping"]
    assert list(made.points()["scenario"]) == ["village", "tipping"]
    made = load_experiment("officers_tipping")
    sources = {(t.source, dict(t.values)["comprehensive.officers"]) for t in made.tasks()}
    assert len(sources) == len(made.design_points) == 28


def test_a_policy_and_its_numbers_can_be_factors():
    made = laid(GRID, {"policies.special": {}}, base="all_six")
    assert [task.values for task in made.tasks()] == [(("policies.special.dose", 0.0),), ()]
    factors = {
        "policies.special.dose": [0.25, 0.5],
        "policies.special.start": [1, 13],
        "policies.special.scale.sanctions.fine_rate": {"low": 1.0, "high": 3.0},
    }
    policy = laid(GRID, factors, base="special").task(7, 0).scenario().policies[0]
    assert (policy.dose, policy.start, policy.scale["sanctions.fine_rate"]) == (0.5, 13, 3.0)
