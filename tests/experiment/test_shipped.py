"""Claims about the shipped experiments: they are sound, and lay out what their notes say."""

import warnings

import pytest

from sim import World
from sim.errors import ServandaWarning
from sim.experiment.reading.file import load_experiment
from sim.experiment.reading.shipped import shipped
from sim.scenario.reading.file import load


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_experiment_is_sound_and_asks_a_question(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ServandaWarning)
        made = load_experiment(name)
    assert made.spec.question.endswith("?")
    assert made.spec.description
    assert made.runs >= 100


def test_along_a_line_of_the_sanctions_the_expected_sanction_stays_the_same():
    points = load_experiment("sanction_certainty_vs_severity").points()
    points["detention"] = points["sanctions.detention_rate"] * points["sanctions.detention_days"]
    points["fine"] = points["sanctions.fine_rate"] * points["sanctions.fine_amount"]
    for kind in ("detention", "fine"):
        unit = points.loc[points["expected"] == "1", kind].iloc[0]
        for expected, line in points.groupby("expected"):
            assert len(line) == 6
            assert line[kind].to_numpy() == pytest.approx(float(expected) * unit)


def test_without_any_of_the_six_modes_a_world_has_the_bits_of_the_baseline(make):
    tiny = {"debtors": 80, "months": 8, "burn_in": 4}
    task = load_experiment("six_modes", overrides=tiny).task(0, 0)
    plain = load("china_2016", overrides=tiny | {"seed": task.seed})
    bare = task.scenario()
    assert (bare.levers, bare.kinds, bare.domains) == (plain.levers, plain.kinds, plain.domains)
    assert {policy.strength(month) for policy in bare.policies for month in range(1, 9)} == {0.0}
    worlds = (World(scenario, execution=make.plain).run() for scenario in (bare, plain))
    # only the numbers of the treatments differ, which move nothing
    assert all(name.endswith(".treatment") for name in make.differing(*worlds))
