"""Claims about experiment files: what is wrong is said with its line, what is right is a task."""

import pytest

from sim.errors import ServandaWarning
from sim.experiment.reading.file import load_experiment
from sim.experiment.task import replicate_seed
from sim.measure.indicators import INDICATORS
from sim.scenario.checking.check import ScenarioErrors
from tests.bad_files import agree, bad_files

HEAD = 'format = 1\ntitle = "T"\nbase = "village"\n'
"""Three lines that are sound by themselves: one run of the village."""

GRID = HEAD + '[design]\nkind = "grid"\n'
"""Five lines to which a factor may be added."""


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [*bad_files("experiment.toml"), *bad_files("factors.toml"), *bad_files("search.toml")],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(complaints, text, expected):
    assert agree(complaints(text), expected), complaints(text)


SEARCH = HEAD + '[design]\nkind = "search"\ntrials = 40\n'
CHOSEN = '[factors]\n"comprehensive.officers" = { low = 0.1, high = 0.4 }\n'


def test_values_of_a_table_can_be_put_in_the_place_of_the_files(write):
    file = write(SEARCH + CHOSEN)
    design = load_experiment(file, overrides={"design.trials": 60, "design.budget": 5}).spec.design
    assert (design.trials, design.budget, design.population) == (60, 5.0, 20)
    with pytest.raises(ScenarioErrors, match=r"--set design\.trials: 3 are less than"):
        load_experiment(file, overrides={"design.trials": 3})


def test_everything_wrong_is_told_at_once_in_the_order_of_lines(complaints):
    said = complaints(
        'format = 1\ntitle = "T"\nbase = "vilage"\nreplicates = 0\nby = "kinds"\n'
        '[set]\nrun.seed = 1\n[design]\nkind = "morris"\ntrajectory = 4\n'
    )
    assert [line.split(":")[1] for line in said] == ["3", "4", "5", "7", "8", "10"]
    assert said[0] == "e.toml:3: base: there is no scenario 'vilage'; did you mean 'village'?"


def test_without_a_base_factors_are_held_against_what_every_base_has(complaints):
    lines = [
        '"comprehensive.oficers" = [0.1]',
        '"comprehensive.officers" = [1000.0]',
        '"choice.nois" = [1]',
        '"policies.campaign" = {}',
        '"bounty.share" = [0.1]',
        '"choice.noise" = [0.1]',
    ]
    for head, first in ((HEAD.replace("village", "vilage"), 3), ('format = 1\ntitle = "T"\n', 1)):
        text = head + '[design]\nkind = "grid"\n[factors]\n' + "\n".join(lines)
        begin = text[: text.index(lines[0])].count("\n") + 1
        told = complaints(text)
        assert [line.split(":")[1] for line in told] == [
            str(number) for number in (first, begin, begin + 1, begin + 2)
        ]
        assert "base: " in told[0]
        assert told[1].endswith("did you mean 'comprehensive.officers'?")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("policies.special.scale.sanctions.fine_rate = [1.0, 2.0]", 1),
        ('policies.special = {}\n"choice.noise" = { low = 0.1, high = 0.2 }', 2),
        ("choice = { noise = [0.1], attention.values = [0.2] }", 2),
    ],
)
def test_paths_may_be_quoted_dotted_or_nested(write, line, names):
    text = GRID.replace("village", "special") + f"[factors]\n{line}\n"
    assert len(load_experiment(write(text)).design_points.names) == names


def test_a_base_that_is_wrong_is_told_with_its_own_lines(write, complaints):
    write('format = 1\ntitle = "W"\nextends = "village"\n[choice]\nnose = 1\n', "w.toml")
    (said,) = complaints('format = 1\ntitle = "T"\nbase = "w.toml"\n')
    assert said.startswith("w.toml:5: choice.nose: unknown key")


def test_a_file_that_is_no_toml_says_where(complaints):
    assert complaints(HEAD + "months = \n")[0].startswith("e.toml:4: not valid TOML")
    assert complaints("\n") == ["e.toml: the file is empty"]


def test_an_unknown_experiment_is_guessed():
    with pytest.raises(ScenarioErrors, match=r"no experiment 'six_mode'; did you mean 'six_modes'"):
        load_experiment("six_mode")


# ---------------------------------------------------------------- what is right


def test_without_a_design_there_are_replicates_of_the_base(write):
    made = load_experiment(write(HEAD + "replicates = 3\nseed = 9\n"))
    assert made.runs == 3
    assert [task.seed for task in made.tasks()] == [replicate_seed(9, n) for n in range(3)]
    assert {task.values for task in made.tasks()} == {()}
    assert made.task(0, 0).scenario().population.size == 400


def test_what_every_run_sets_reaches_every_run(write):
    text = "months = 12\nburn_in = 3\ndebtors = 50\n[set]\nsanctions.fine_rate = 0.5\n"
    scenario = load_experiment(write(HEAD + text)).task(0, 0).scenario()
    assert (scenario.run.months, scenario.run.burn_in, scenario.population.size) == (12, 3, 50)
    assert scenario.levers.sanctions.fine_rate == 0.5


def test_a_task_keeps_what_the_experiment_asks_for(write):
    made = load_experiment(write(HEAD + 'by = ["all", "kind"]\nindicators = "backlog"\n'))
    assert made.task(0, 0).breakdowns == ("all", "kind")
    assert made.task(0, 0).indicators == ("backlog",)


def test_a_base_may_lie_beside_the_file(write, tmp_path, monkeypatch):
    write('format = 1\ntitle = "W"\nextends = "village"\n', "w.toml")
    file = write('format = 1\ntitle = "T"\nbase = "w.toml"\n').resolve()
    monkeypatch.chdir(tmp_path.parent)
    task = load_experiment(file).task(0, 0)
    assert task.source == str((tmp_path / "w.toml").resolve())
    assert task.scenario().title == "W"


def test_scenarios_may_stand_side_by_side(write):
    made = load_experiment(
        write('format=1\ntitle="T"\n[design]\nkind="scenarios"\nnames=["village","tipping"]\n')
    )
    assert [task.source for task in made.tasks()] == ["village", "tipping"]
    assert list(made.points()["scenario"]) == ["village", "tipping"]


def test_a_scenario_may_be_a_factor_among_others():
    made = load_experiment("officers_tipping")
    sources = {(t.source, dict(t.values)["comprehensive.officers"]) for t in made.tasks()}
    assert len(sources) == len(made.design_points) == 28


def test_a_policy_is_off_at_no_dose_and_on_as_the_base_has_it():
    made = load_experiment(
        {"base": "all_six", "design": {"kind": "grid"}, "factors": {"policies.special": {}}}
    )
    assert [task.values for task in made.tasks()] == [(("policies.special.dose", 0.0),), ()]


def test_numbers_of_a_policy_can_be_factors():
    factors = {
        "policies.special.dose": [0.25, 0.5],
        "policies.special.start": [1, 13],
        "policies.special.scale.sanctions.fine_rate": {"low": 1.0, "high": 3.0},
    }
    made = load_experiment({"base": "special", "design": {"kind": "grid"}, "factors": factors})
    policy = made.task(len(made.design_points) - 1, 0).scenario().policies[0]
    assert (policy.dose, policy.start) == (0.5, 13)
    assert policy.scale["sanctions.fine_rate"] == 3.0


def test_a_lever_that_a_policy_sets_warns_that_the_factor_moves_little():
    factors = {"special.evidence": [0.1, 0.5]}
    with pytest.warns(
        ServandaWarning, match=r"move 'policies.special.set.special.evidence' instead"
    ):
        load_experiment({"base": "special", "design": {"kind": "grid"}, "factors": factors})


def test_a_very_large_experiment_warns():
    with pytest.warns(ServandaWarning, match=r"1 points × 20,000 replicates are 20,000 runs"):
        load_experiment({"base": "village", "replicates": 20_000})


def test_every_indicator_is_kept_unless_some_are_named():
    assert load_experiment("six_modes").task(0, 0).indicators == ()
    assert "backlog" in {one.name for one in INDICATORS}


@pytest.mark.parametrize(
    "key",
    ['base = "../w.toml"', 'design.kind = "scenarios"\ndesign.names = ["village", "../w.toml"]'],
)
def test_a_base_lies_beside_the_experiment_or_below(tmp_path, key):
    (tmp_path / "home").mkdir()
    (tmp_path / "w.toml").write_text('format = 1\ntitle = "W"\nextends = "village"\n')
    file = tmp_path / "home" / "e.toml"
    file.write_text(f'format = 1\ntitle = "T"\n{key}\n', encoding="utf-8")
    with pytest.raises(ScenarioErrors, match="in its own folder or below it"):
        load_experiment(file)
