"""Claims about discovery: boxes that are there are found, and those that are not are doubted."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.analysis.discovery.box import Limit, inside, score, significant_limits
from sim.analysis.discovery.discover import discover
from sim.analysis.factors import Factor
from sim.errors import ServandaError
from tests.analysis.filled import PATHS, UNIT, fill

OFFICERS, (RATE, BLANK, _) = "comprehensive.officers", PATHS
FACTORS = {
    OFFICERS: {"low": 0.04, "high": 0.16, "scale": "log", "title": "Officers"},
    RATE: UNIT,
    BLANK: UNIT,
    "run.months": {"low": 3, "high": 12},
    "choice.behaviour": {"values": ["expected_utility", "prospect"]},
    "scenario": {"values": ["village", "china_2016", "special"]},
}
FAILS = "recovery < 0.5"


def points(folder, answer, *paths, points=400, **more):
    """A latin hypercube over some factors, or all."""
    factors = {path: FACTORS[path] for path in paths or FACTORS}
    return fill(folder, answer, factors, "latin_hypercube", points=points, **more)


def luck(row, replicate):
    """A number from 0 to 1 that a run draws."""
    numbers = [int(value * 1e9) for value in row.values() if isinstance(value, float)]
    return np.random.default_rng([*numbers, replicate]).random()


def failing(row, replicate):
    """Few officers, no short time and no campaign: there recovery fails in nine runs of ten."""
    bad = row[OFFICERS] < 0.08 and row["run.months"] >= 5 and row["scenario"] != "special"
    return {"recovery": 0.1 if bad and luck(row, replicate) < 0.9 else 0.9}


def chancy(row, replicate):
    """Recovery fails in one run of four, wherever."""
    return {"recovery": luck(row, replicate)}


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return points(tmp_path_factory.mktemp("fails"), failing, replicates=2)


@pytest.fixture(scope="module")
def noise(tmp_path_factory):
    return points(tmp_path_factory.mktemp("noise"), chancy)


@pytest.fixture(scope="module")
def found(swept):
    return discover(swept, FAILS)


def limits(box):
    return {limit.factor.path: limit for limit in box.limits}


def test_prim_finds_the_box_that_is_there_and_no_other_limits(swept, found):
    (box,) = found.boxes
    by_path = limits(box)
    assert set(by_path) == {OFFICERS, "run.months", "scenario"}
    assert by_path[OFFICERS].high == pytest.approx(0.08, rel=0.05)
    assert by_path[OFFICERS].low is None
    assert (by_path["run.months"].low, by_path["run.months"].high) == (5.0, None)
    assert by_path["scenario"].values == ("china_2016", "village")
    assert box.training.density == pytest.approx(0.9, abs=0.07)
    assert box.held_out.density == pytest.approx(0.9, abs=0.1)
    assert discover(swept, FAILS).boxes == found.boxes


def test_a_box_is_scored_apart_on_the_runs_held_out(swept, found):
    (box,) = found.boxes
    within, hits = inside(box.limits, swept.runs), swept.runs["recovery"] < 0.5
    assert box.held_out.runs != box.training.runs  # so that none stands for the other
    assert box.training.runs + box.held_out.runs == within.sum()
    assert box.training.hits + box.held_out.hits == (within & hits).sum()


def test_the_leaves_of_a_tree_say_the_same_and_hold_every_run_once(swept):
    told = discover(swept, FAILS, method="cart")
    assert sum(box.training.runs for box in told.boxes) + told.held == told.runs == 800
    assert sum(box.held_out.runs for box in told.boxes) == told.held
    assert sum(box.training.coverage for box in told.boxes) == pytest.approx(1.0)


def test_of_two_places_the_second_is_found_among_what_the_first_left(tmp_path):
    answer = lambda row, _: {"recovery": 0.1 if row[RATE] < 0.15 or row[BLANK] > 0.8 else 0.9}
    found = points(tmp_path, answer, RATE, BLANK)
    told = discover(found, FAILS, coverage=0.9)
    assert len(told.boxes) == 2
    assert {limit.factor.path for box in told.boxes for limit in box.limits} == {RATE, BLANK}
    # runs in both are counted once: else there were more of them than there are
    assert 0.9 < sum(box.training.coverage for box in told.boxes) <= 1.0


def test_where_only_chance_decides_no_box_holds_outside_the_runs_that_made_it(noise):
    told = discover(noise, "recovery < 0.25", density=0.6)
    for box in told.boxes:
        assert box.held_out.low < 0.25 + 0.1
    assert any("chance" in remark or "reaches" in remark for remark in told.remarks)


def test_replicates_that_disagree_are_counted_and_may_be_counted_by_their_mean(swept, found):
    by_point = swept.runs.assign(bad=swept.runs["recovery"] < 0.5).groupby("point")
    rate = by_point["bad"].mean()
    assert found.mixed == ((rate > 0) & (rate < 1)).sum() > 0
    assert found.hits == (swept.runs["recovery"] < 0.5).sum()
    told = discover(swept, FAILS, unit="point")
    assert (told.runs, told.mixed) == (400, 0)
    assert told.hits == (by_point["recovery"].mean() < 0.5).sum()


@pytest.mark.parametrize(
    ("design", "rows"),
    [
        ({"kind": "morris", "trajectories": 30}, 4),
        ({"kind": "sobol", "samples": 16, "second_order": True}, 8),
    ],
)
def test_points_that_share_coordinates_are_not_torn_apart(tmp_path, design, rows):
    factors = {path: FACTORS[path] for path in (RATE, BLANK, OFFICERS)}
    found = fill(tmp_path, chancy, factors, replicates=3, **design)
    assert discover(found, FAILS).held % (3 * rows) == 0


def test_runs_that_failed_and_measures_that_are_missing_or_infinite_are_left_out(tmp_path):
    def answer(row, replicate):
        odd = row[RATE] < 0.1
        return failing(row, replicate) | ({"recovery": math.inf} if odd else {})

    found = points(tmp_path, answer, fails=lambda point, replicate: point < 20)
    lost = int((found.points[RATE][20:] < 0.1).sum())
    told = discover(found, FAILS)
    assert told.left_out == 20 + lost
    assert f"recovery is not finite in {lost} of 380 finished runs" in told.remarks


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"where": "recovery < 0.01"}, "holds in none of the 800 runs"),
        ({"method": "tree"}, "--method.*choose prim or cart"),
        ({"density": 0.0}, "--density"),
        ({"boxes": 0}, "--boxes"),
    ],
)
def test_what_makes_no_sense_is_refused(swept, more, said):
    with pytest.raises(ServandaError, match=said):
        discover(swept, more.pop("where", FAILS), **more)


def test_an_end_that_brings_no_more_hits_is_dropped_and_the_others_keep_their_p():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"a": rng.random(400), "b": rng.random(400)})
    hits = (frame["a"] < 0.3).to_numpy()
    a, b = (Factor(name, name, "number") for name in "ab")
    kept = significant_limits((Limit(a, high=0.3), Limit(b, low=0.1)), frame, hits, 0.05)
    assert [limit.factor for limit in kept] == [a]
    # were it no denser than all runs, n of n had the chance share ** n
    assert kept[0].quasi_p["high"] == pytest.approx(hits.mean() ** hits.sum())


def test_a_score_counts_what_is_inside():
    hits = np.array([True, True, False, True, False])
    told = score(np.arange(5) < 3, hits)
    assert (told.runs, told.hits) == (3, 2)
    assert (told.density, told.coverage, told.mass) == pytest.approx((2 / 3, 2 / 3, 0.6))
    assert 0.0 < told.low < 2 / 3 < told.high < 1.0
