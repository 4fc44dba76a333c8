"""Claims about ``servanda tipping``: curves, maps and bands for people and for programs."""

import pytest

from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.analysis.test_tipping import RATE, STARTS, TEN, fold
from tests.experiment.small import Formula


def swept(folder, factors, formula=fold, **more):
    asked = {"replicates": 5, "design": {"kind": "grid"}, "factors": factors} | more
    sweep(load_experiment(asked), folder, workers=lambda runs: Formula(formula))
    return folder


@pytest.fixture(scope="module")
def starts(tmp_path_factory):
    """A sweep of one factor from two starts."""
    return swept(tmp_path_factory.mktemp("starts"), {"scenario": STARTS, RATE: TEN})


@pytest.fixture(scope="module")
def slope(tmp_path_factory):
    """A sweep of one factor from one start, with a single indicator."""

    def squared(values, task):
        return {"harm": values[RATE] ** 2}

    return swept(tmp_path_factory.mktemp("slope"), {RATE: TEN}, squared, base="village")


def test_two_starts_are_shown_as_two_curves_and_a_band(call, starts):
    done = call("tipping", starts)
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert f"tipping_from_order: {RATE} 0.3 to 0.4 (95 %: 0.3 to 0.4)" in said
    assert f"{RATE} 0.4 to 0.7 (one regime at 0.3, one at 0.8)" in said
    rows = {line.split()[0]: line for line in done.stdout.splitlines() if line[:1].isdigit()}
    assert rows["0.5"].endswith("*")
    assert not rows["0.8"].rstrip().endswith(("*", "?", "~"))


def test_programs_get_all_of_it(told, starts):
    found = told("tipping", starts)
    assert (found["measure"], found["months"]) == ("grace_performance_able", [16, 20])
    band = {"along": RATE, "at": {}, "low": 0.4, "high": 0.7, "below": 0.3, "above": 0.8}
    assert found["bands"] == [band]
    assert len(found["points"]) == 20
    assert [tip["jump"] for tip in found["tips"]] == [True, True]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--measure hram", "hram: this sweep has no such indicator; did you mean 'harm'?"),
        ("--last 3", "--last: 3 months are more than the 1 that were measured; give at most 1"),
    ],
)
def test_a_measure_or_a_month_that_is_not_there_is_refused(refused, slope, words, said):
    assert said in refused("tipping", slope, *words.split())
