"""Claims about experiment files: what is wrong is said with its line, what is right is a task."""

import pytest

from sim.errors import ServandaWarning
from sim.experiment.reading.file import load_experiment
from sim.experiment.task import replicate_seed
from sim.measure.indicators import INDICATORS
from sim.scenario.checking.check import ScenarioErrors

HEAD = 'format = 1\ntitle = "T"\nbase = "village"\n'
"""Three lines that are sound by themselves: one run of the village."""

GRID = HEAD + '[design]\nkind = "grid"\n'
"""Five lines to which a factor may be added."""


def factor(text, path="comprehensive.officers"):
    return f'{GRID}[factors."{path}"]\n{text}\n'


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("replicats = 3", "e.toml:4: replicats: unknown key; did you mean 'replicates'?"),
        (
            "population.size = 3",
            "e.toml:4: population: unknown key; values for every run go under [set]",
        ),
        ("replicates = 0", "e.toml:4: replicates: 0 is out of range; give 1 or more"),
        ("replicates = 2.5", "e.toml:4: replicates: should be a whole number, not 2.5"),
        (
            "debtors = 0",
            "e.toml:4: population.size: 0 is out of range; give 1 to 100,000,000 (debtors)",
        ),
        ('by = "domains"', "e.toml:4: by.0: unknown breakdown \"domains\"; did you mean 'domain'?"),
        (
            'indicators = ["backlog", "recovry"]',
            "e.toml:4: indicators.1: unknown indicator \"recovry\"; did you mean 'recovery'?",
        ),
        (
            '[set]\n"sanctions.fine_rat" = 0.1',
            "e.toml:5: levers.sanctions.fine_rat: unknown key; did you mean 'fine_rate'?",
        ),
        (
            "[set]\nsanctions.fine_rate = 7",
            (
                "e.toml:5: levers.sanctions.fine_rate: 7 is out of range; "
                "give 0 to 1 (1/month, of debtors who keep money back)"
            ),
        ),
        (
            "months = 5\n[set]\nrun.months = 7",
            "e.toml:6: set.run.months: 'months' says this already; drop one of the two",
        ),
        (
            "[set]\nrun.seed = 7",
            (
                "e.toml:5: set.run.seed: one seed for all replicates; "
                "write 'seed' on top; the replicates' seeds follow from it"
            ),
        ),
        (
            '[design]\nkind = "gird"',
            "e.toml:5: design.kind: unknown word \"gird\"; did you mean 'grid'?",
        ),
        (
            '[design]\nkind = "sobol"\nsamples = 100\n[factors]\n"choice.noise" = [0.1]',
            "e.toml:6: design.samples: 100 is no power of two; take 64 or 128",
        ),
        ('[design]\nkind = "latin_hypercube"', "e.toml:4: design.points: missing"),
        (
            '[design]\nkind = "grid"',
            (
                "e.toml:4: design: the design 'grid' needs factors; "
                'write [factors."comprehensive.officers"], say'
            ),
        ),
        (
            '[factors]\n"choice.noise" = [0.1]',
            (
                "e.toml:4: factors: the design 'none' takes no factors; "
                'write kind = "grid", say, under [design]'
            ),
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(complaints, text, told):
    assert complaints(HEAD + text) == [told]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (
            "comprehensive.oficers",
            "values = [0.1]",
            (
                "e.toml:6: factors.comprehensive.oficers: unknown lever; "
                "did you mean 'comprehensive.officers'?"
            ),
        ),
        (
            "noise",
            "values = [0.1]",
            "e.toml:6: factors.noise: unknown factor; did you mean 'choice.noise'?",
        ),
        (
            "choice",
            "values = [0.1]",
            "e.toml:6: factors.choice: this is a table, not a number; name one of ",
        ),
        (
            "run.seed",
            "values = [1, 2]",
            (
                "e.toml:6: factors.run.seed: the seed of a run is no factor; "
                "the seeds of the replicates follow from 'seed' on top"
            ),
        ),
        (
            "policies.special",
            "",
            "e.toml:6: factors.policies.special: 'village' has no policy 'special'; it has none",
        ),
        (
            "comprehensive.officers",
            "low = 0.1\nhigh = 20.0",
            (
                "e.toml:8: factors.comprehensive.officers.high: 20 is out of range; "
                "give 0 to 10 (officers per 1,000 debtors)"
            ),
        ),
        (
            "comprehensive.officers",
            "low = 0.5\nhigh = 0.1",
            (
                "e.toml:7: factors.comprehensive.officers.low: "
                "the lower limit, 0.5, must lie below the upper one, 0.1"
            ),
        ),
        (
            "comprehensive.officers",
            "low = 0.5",
            (
                "e.toml:6: factors.comprehensive.officers: 'high' is missing; "
                "give 'low' and 'high', 'values' or a 'distribution'"
            ),
        ),
        (
            "comprehensive.officers",
            "low = 0.1\nhihg = 0.5",
            "e.toml:8: factors.comprehensive.officers.hihg: unknown key; did you mean 'high'?",
        ),
        (
            "comprehensive.officers",
            "values = [0.1, 0.2, 0.1]",
            "e.toml:7: factors.comprehensive.officers.values.2: 0.1 is listed twice",
        ),
        (
            "comprehensive.officers",
            'values = [\n0.1,\n"many"]',
            'e.toml:9: factors.comprehensive.officers.values.1: should be a number, not "many"',
        ),
        (
            "comprehensive.officers",
            "low = 0.0\nhigh = 0.5\nscale = 'log'",
            "e.toml:7: factors.comprehensive.officers.low: a logarithmic scale begins above 0",
        ),
        (
            "comprehensive.officers",
            "distribution = 'norm'",
            (
                'e.toml:7: factors.comprehensive.officers.distribution: unknown word "norm"; '
                "did you mean 'normal'?"
            ),
        ),
        (
            "comprehensive.officers",
            "distribution = 'normal'\nmean = 0.1",
            "e.toml:7: factors.comprehensive.officers.distribution: a normal one needs 'sd'",
        ),
        (
            "comprehensive.officers",
            "distribution = 'normal'\nmean = 99.0\nsd = 0.1",
            (
                "e.toml:7: factors.comprehensive.officers.distribution: "
                "nothing of this distribution lies between 0 and 10"
            ),
        ),
        (
            "choice.behaviour",
            'values = ["prospekt"]',
            (
                'e.toml:7: factors.choice.behaviour.values.0: unknown word "prospekt"; '
                "did you mean 'prospect'?"
            ),
        ),
        (
            "choice.behaviour",
            "low = 1.0\nhigh = 2.0",
            "e.toml:6: factors.choice.behaviour: this takes values from a list; write values = […]",
        ),
        (
            "population.size",
            "values = [100.5]",
            "e.toml:7: factors.population.size.values.0: should be a whole number, not 100.5",
        ),
    ],
)
def test_what_is_wrong_with_a_factor_is_told_with_its_line(complaints, path, text, told):
    (said,) = complaints(factor(text, path))
    assert said.startswith(told) if told.endswith(" ") else said == told


SEARCH = HEAD + '[design]\nkind = "search"\n'
"""Five lines to which keys of a search may be added."""
CHOSEN = '[factors]\n"comprehensive.officers" = { low = 0.1, high = 0.4 }\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("budget = 0\n" + CHOSEN, "e.toml:6: design.budget: 0 is out of range; give more than 0"),
        (
            "trials = 10\n" + CHOSEN,
            (
                "e.toml:6: design.trials: 10 are less than a generation of 20; "
                "ask for more trials, or a smaller 'population'"
            ),
        ),
        (
            'maximise = ["recovery", "recieved"]\n' + CHOSEN,
            (
                'e.toml:6: design.maximise.1: unknown indicator "recieved"; '
                "did you mean 'received'?"
            ),
        ),
        (
            "at_most = { hram = 3 }\n" + CHOSEN,
            "e.toml:6: design.at_most.hram: unknown indicator \"hram\"; did you mean 'harm'?",
        ),
        (
            "at_most = { harm = true }\n" + CHOSEN,
            "e.toml:6: design.at_most.harm: should be a number, not true",
        ),
        (
            "[factors]\nscenario = ['village']",
            "e.toml:7: factors.scenario: a search starts from one base; write base = … instead",
        ),
        (
            "[factors]\n'population.size' = [100, 200]",
            (
                "e.toml:7: factors.population.size: worlds of different size or length share no "
                "luck; put it under [set]"
            ),
        ),
        (
            "[factors.'economy.ruin']\ndistribution = 'lognormal'\nmedian = 0.003\nsd = 0.4",
            (
                "e.toml:7: factors.economy.ruin.distribution: a distribution says what is not "
                "known; a search is of what can be chosen; give 'low' and 'high', or 'values'"
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_search_is_told_with_its_line(complaints, text, told):
    assert complaints(SEARCH + text) == [told]


def test_a_search_that_needs_what_is_not_kept_is_refused(complaints):
    text = SEARCH.replace("[design]", 'indicators = ["received", "harm"]\n[design]') + CHOSEN
    assert complaints(text) == [
        (
            "e.toml:4: indicators: the search needs 'public_outlay', which is not kept; "
            "add it, or leave 'indicators' out"
        )
    ]


def test_values_of_a_table_can_be_put_in_the_place_of_the_files(write):
    file = write(SEARCH + "trials = 40\n" + CHOSEN)
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


def test_factors_are_looked_at_even_when_a_value_of_every_run_is_wrong(complaints):
    said = complaints(
        f"{HEAD}months = 0\n[design]\nkind = 'grid'\n[factors]\nchoice.nois = [0.1]\n"
    )
    assert [line.split(":")[1] for line in said] == ["4", "8"]


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


def test_a_number_in_the_place_of_a_factor_is_told(complaints):
    assert complaints(f"{GRID}[factors]\nchoice.noise = 0.1\n") == [
        "e.toml:7: factors.choice.noise: should be a table or a list; list its values in brackets"
    ]


def test_two_factors_that_move_the_same_are_refused(complaints):
    text = '[factors]\n"sanctions.fine_rate" = [0.1]\n"levers.sanctions.fine_rate" = [0.2]\n'
    assert complaints(GRID + text) == [
        (
            "e.toml:8: factors.levers.sanctions.fine_rate: "
            "the factor 'sanctions.fine_rate' moves the same; drop one of the two"
        )
    ]


def test_a_factor_that_every_run_sets_is_refused(complaints):
    text = '[set]\nchoice.noise = 0.1\n[factors]\n"choice.noise" = [0.1]\n'
    assert complaints(GRID + text) == [
        (
            "e.toml:9: factors.choice.noise: 'set.choice.noise' sets this for every run; "
            "drop one of the two"
        )
    ]


def test_points_whose_values_do_not_go_together_are_refused_before_anything_runs(complaints):
    assert complaints(factor("values = [0.1, 0.87]", "kinds.person.share")) == [
        (
            "e.toml:4: design: point 0 is no sound world; "
            "kinds: the shares of the kinds add up to 0.23, not 1"
        )
    ]


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
