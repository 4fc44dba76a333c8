"""Claims about ``servanda tipping``: curves, maps and bands for people and for programs."""

import json

import pytest

from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.analysis.test_tipping import MATCH, RATE, STARTS, TEN, fold
from tests.experiment.small import Formula


def swept(folder, factors, formula=fold, **more):
    asked = {"replicates": 5, "design": {"kind": "grid"}, "factors": factors} | more
    sweep(load_experiment(asked), folder, workers=lambda runs: Formula(formula))
    return folder


def test_two_starts_are_told_as_two_curves_and_a_band(call, tmp_path):
    done = call("tipping", swept(tmp_path, {"scenario": STARTS, RATE: TEN}))
    assert done.exit_code == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for word in (
        "grace_performance_able, mean of months 16 to 20, 5 replicates",
        "tipping_from_order",
        "difference",
        f"tipping_from_order: {RATE} 0.3 to 0.4 (95 %: 0.3 to 0.4)",
        "a jump at this grid",
        f"{RATE} 0.4 to 0.7 (one regime at 0.3, one at 0.8)",
    ):
        assert word in shown
    rows = {line.split()[0]: line for line in done.stdout.splitlines() if line[:1].isdigit()}
    assert rows["0.5"].endswith("*")
    assert not rows["0.8"].rstrip().endswith(("*", "?", "~"))


def test_two_factors_are_told_as_maps(call, tmp_path):
    done = call("tipping", swept(tmp_path, {"scenario": STARTS, MATCH: [0.0, 1.0], RATE: TEN}))
    assert done.exit_code == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for word in (
        f"tipping_from_disorder: {MATCH} down, {RATE} across",
        "difference of the two",
        f"{MATCH} 1: {RATE} 0.6 to 0.9 (one regime at 0.",
    ):
        assert word in shown


def test_programs_get_all_of_it(call, tmp_path):
    done = call("tipping", swept(tmp_path, {"scenario": STARTS, RATE: TEN}), "--json")
    told = json.loads(done.stdout)
    assert (told["measure"], told["months"]) == ("grace_performance_able", [16, 20])
    assert told["bands"] == [
        {"along": RATE, "at": {}, "low": 0.4, "high": 0.7, "below": 0.3, "above": 0.8}
    ]
    assert len(told["points"]) == 20
    assert {row["regimes"] for row in told["gaps"]} == {"one", "two"}
    assert [tip["jump"] for tip in told["tips"]] == [True, True]
    assert told["points"][0]["upper"] is None


def test_one_start_has_tipping_points_and_no_history(call, tmp_path):
    def slope(values, task):
        return {"harm": values[RATE] ** 2}

    folder = swept(tmp_path, {RATE: TEN}, slope, base="village")
    done = call("tipping", folder, "--measure", "harm")
    assert done.exit_code == 0, done.stderr
    assert "harm, months 1 to 1 together, 5 replicates" in done.stdout
    assert f"\n  {RATE} 0.9 to 1 (95 %: 0.9 to 1)" in done.stdout
    assert "at the edge of the grid" in done.stdout
    assert "history" not in done.stdout
    told = json.loads(call("tipping", folder, "--json").stdout)
    assert told["gaps"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--measure", "hram"), "hram: this sweep has no such indicator; did you mean 'harm'?"),
        (
            ("--measure", "backlog"),
            "has not kept this indicator; kept are harm",
        ),
        (("--last", 3), "--last: 3 months are more than the 1 that were measured; give at most 1"),
        (("--last", 1), ""),
    ],
)
def test_a_measure_or_a_month_that_is_not_there_is_refused(call, tmp_path, words, said):
    folder = swept(tmp_path, {RATE: TEN}, lambda values, task: {"harm": 1.0}, base="village")
    done = call("tipping", folder, *words)
    assert done.exit_code == (2 if said else 0)
    assert said in done.stderr


def test_where_no_map_can_be_drawn_it_is_said_in_a_line(call, tmp_path):
    assert "holds no experiment" in call("tipping", tmp_path / "nowhere").stderr
    factors = {"choice.behaviour": ["expected_utility", "prospect"]}
    folder = swept(tmp_path, factors, lambda values, task: {"harm": 1.0}, base="village")
    done = call("tipping", folder)
    assert done.exit_code == 2
    assert "choice.behaviour: its values are not numbers" in done.stderr
    assert len(done.stderr.splitlines()) == 1
