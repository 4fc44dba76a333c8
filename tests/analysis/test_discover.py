"""Claims about discovery: boxes that are there are found, and those that are not are doubted."""

import math
import sys

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.discovery.box import Limit, inside, score, significant_limits
from sim.analysis.discovery.discover import discover
from sim.analysis.factors import Factor
from sim.errors import ServandaError
from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.analysis.filled import filled
from tests.experiment.small import Small, inline

OFFICERS, RATE, BLANK = (
    "comprehensive.officers",
    "comprehensive.list_rate",
    "comprehensive.match_rate",
)
FACTORS = {
    OFFICERS: {"low": 0.04, "high": 0.16, "scale": "log", "title": "Officers"},
    RATE: {"low": 0.0, "high": 1.0},
    BLANK: {"low": 0.0, "high": 1.0},
    "run.months": {"low": 3, "high": 12},
    "choice.behaviour": {"values": ["expected_utility", "prospect"]},
    "scenario": {"values": ["village", "china_2016", "special"]},
}


def asked(design=None, factors=(*FACTORS,), **more):
    design = design or {"kind": "latin_hypercube", "points": 400}
    told = {name: FACTORS[name] for name in factors}
    return load_experiment({"base": "village", "design": design, "factors": told} | more)


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
    return filled(tmp_path_factory.mktemp("fails"), asked(replicates=2), failing)


@pytest.fixture(scope="module")
def noise(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("noise"), asked(), chancy)


def limits(box):
    return {limit.factor.path: limit for limit in box.limits}


# ---------------------------------------------------------------- what is there


def test_prim_finds_the_box_that_is_there_and_no_other_limits(swept):
    told = discover(swept, "recovery < 0.5")
    (box,) = told.boxes
    found = limits(box)
    assert set(found) == {OFFICERS, "run.months", "scenario"}
    assert found[OFFICERS].high == pytest.approx(0.08, rel=0.05)
    assert found[OFFICERS].low is None
    assert (found["run.months"].low, found["run.months"].high) == (5.0, None)
    assert found["scenario"].values == ("china_2016", "village")
    assert all(p < 0.001 for limit in box.limits for p in limit.quasi_p.values())
    assert box.training.density == pytest.approx(0.9, abs=0.07)
    assert box.training.coverage > 0.9
    assert box.held_out.density == pytest.approx(0.9, abs=0.1)
    assert box.held_out.coverage > 0.9


def test_the_leaves_of_a_tree_say_the_same_and_hold_every_run_once(swept):
    told = discover(swept, "recovery < 0.5", method="cart")
    assert sum(box.training.runs for box in told.boxes) + told.held == told.runs == 800
    assert sum(box.held_out.runs for box in told.boxes) == told.held
    assert sum(box.training.coverage for box in told.boxes) == pytest.approx(1.0)
    densities = [box.training.density for box in told.boxes]
    assert densities == sorted(densities, reverse=True)
    first = limits(told.boxes[0])
    assert first[OFFICERS].high == pytest.approx(0.08, rel=0.05)
    assert first["run.months"].low == 5.0
    assert first["scenario"].values == ("china_2016", "village")


def test_a_leaf_of_one_value_of_three_is_that_value(tmp_path):
    """The workbench's own trees forget the value on this side of the question."""

    def answer(row, replicate):
        return {"recovery": 0.1 if row["scenario"] == "special" else 0.9}

    found = filled(tmp_path, asked(factors=("scenario", RATE)), answer)
    for method in ("cart", "prim"):
        (limit,) = discover(found, "recovery < 0.5", method=method).boxes[0].limits
        assert limit.values == ("special",)


def test_a_switch_is_a_factor_like_any_other(tmp_path):
    experiment = load_experiment(
        {
            "base": "special",
            "design": {"kind": "latin_hypercube", "points": 100},
            "factors": {"policies.special": {}, RATE: {"low": 0.0, "high": 1.0}},
        }
    )

    def answer(row, replicate):
        return {"recovery": 0.9 if row["policies.special"] else 0.1}

    found = filled(tmp_path, experiment, answer)
    for method in ("cart", "prim"):
        (limit,) = discover(found, "recovery < 0.5", method=method).boxes[0].limits
        assert limit.values == (False,)


def test_of_two_places_the_second_is_found_among_what_the_first_left(tmp_path):
    def answer(row, replicate):
        return {"recovery": 0.1 if row[RATE] < 0.15 or row[BLANK] > 0.8 else 0.9}

    found = filled(tmp_path, asked(factors=(RATE, BLANK)), answer)
    told = discover(found, "recovery < 0.5", coverage=0.9)
    assert len(told.boxes) == 2
    assert {limit.factor.path for box in told.boxes for limit in box.limits} == {RATE, BLANK}
    for scores in ([box.training for box in told.boxes], [box.held_out for box in told.boxes]):
        # runs in both are counted once: else there were more of them than there are
        assert 0.9 < sum(one.coverage for one in scores) <= 1.0
    assert len(discover(found, "recovery < 0.5", boxes=1).boxes) == 1


def test_less_density_asked_for_is_more_coverage(swept):
    dense = discover(swept, "recovery < 0.5", density=0.85, boxes=1).boxes[0].training
    wide = discover(swept, "recovery < 0.5", density=0.4, boxes=1).boxes[0].training
    assert wide.density >= 0.4
    assert wide.coverage >= dense.coverage
    assert dense.density >= 0.85


# ---------------------------------------------------------------- what is not there


def test_where_only_chance_decides_no_box_holds_outside_the_runs_that_made_it(noise):
    told = discover(noise, "recovery < 0.25", density=0.6)
    for box in told.boxes:
        assert box.held_out.low < 0.25 + 0.1
    assert any("chance" in remark or "reaches" in remark for remark in told.remarks)


def test_without_runs_held_out_chance_looks_like_a_finding(noise):
    told = discover(noise, "recovery < 0.25", density=0.6, held=0.0)
    assert told.held == 0
    assert all(box.held_out is None for box in told.boxes)


def test_replicates_that_disagree_are_counted(swept, noise):
    told = discover(swept, "recovery < 0.5")
    runs = swept.runs
    rate = runs.assign(bad=runs["recovery"] < 0.5).groupby("point")["bad"].mean()
    assert told.mixed == ((rate > 0) & (rate < 1)).sum() > 0
    assert (told.runs, told.points, told.hits) == (800, 400, (runs["recovery"] < 0.5).sum())
    assert discover(noise, "recovery < 0.25").mixed == 0


def test_means_of_replicates_may_be_counted_instead(swept):
    told = discover(swept, "recovery < 0.5", unit="point")
    assert (told.runs, told.mixed) == (400, 0)
    mean = swept.runs.groupby("point")["recovery"].mean()
    assert told.hits == (mean < 0.5).sum()


# ---------------------------------------------------------------- halves


def test_all_replicates_of_a_point_are_on_one_side_of_the_line(tmp_path):
    """Held out, a point's own replicate would not be new."""
    found = filled(
        tmp_path, asked({"kind": "latin_hypercube", "points": 41}, replicates=3), failing
    )
    told = discover(found, "recovery < 0.5")
    assert told.held % 3 == 0
    assert told.held // 3 in {20, 21}


@pytest.mark.parametrize(
    ("design", "rows"),
    [
        ({"kind": "morris", "trajectories": 30}, 4),
        ({"kind": "sobol", "samples": 32}, 5),
        ({"kind": "sobol", "samples": 16, "second_order": True}, 8),
    ],
)
def test_points_that_share_coordinates_are_not_torn_apart(tmp_path, design, rows):
    found = filled(tmp_path, asked(design, (RATE, BLANK, OFFICERS)), chancy)
    assert discover(found, "recovery < 0.5").held % rows == 0


def test_the_same_runs_give_the_same_boxes(swept):
    one, other = (discover(swept, "recovery < 0.5") for _ in range(2))
    assert one.boxes == other.boxes


# ---------------------------------------------------------------- words


def test_few_runs_and_few_hits_are_warned_of(tmp_path):
    found = filled(tmp_path, asked({"kind": "latin_hypercube", "points": 30}), failing)
    said = " ".join(discover(found, "recovery < 0.5").remarks)
    assert "30 runs are few" in said
    assert "hits are few" in said
    assert "30 points are few" in said


def test_what_holds_always_or_never_is_refused(swept):
    with pytest.raises(ServandaError, match="holds in none of the 800 runs"):
        discover(swept, "recovery < 0.01")
    with pytest.raises(ServandaError, match="holds in all 800 runs"):
        discover(swept, "recovery < 2")


def test_too_few_runs_with_the_measure_are_refused_and_what_is_missing_is_said(tmp_path):
    known = iter([0.9, *[math.nan] * 43])
    experiment = asked({"kind": "latin_hypercube", "points": 44})
    found = filled(tmp_path, experiment, lambda row, _: {"recovery": next(known)})
    with pytest.raises(ServandaError) as caught:
        discover(found, "recovery < 0.5")
    told = str(caught.value)
    assert "1 run can be used, but 20 are needed" in told
    assert "recovery is missing in 43 of 44 finished runs" in told


def test_infinite_measures_are_left_out_and_told(tmp_path):
    def answer(row, replicate):
        return failing(row, replicate) | ({"recovery": math.inf} if row[RATE] < 0.1 else {})

    found = filled(tmp_path, asked(), answer)
    told = discover(found, "recovery < 0.5")
    lost = int((found.points[RATE] < 0.1).sum())
    assert told.left_out == lost
    assert f"recovery is not finite in {lost} of 400 finished runs" in told.remarks


def test_runs_that_failed_or_lack_the_measure_are_left_out_and_told(tmp_path):
    def answer(row, replicate):
        told = failing(row, replicate)
        return told | {"harm": math.nan if row[RATE] < 0.1 else 1.0}

    found = filled(tmp_path, asked(), answer, fails=lambda point, replicate: point < 20)
    told = discover(found, "recovery < 0.5 and harm > 0")
    assert told.left_out == 20 + (found.points[RATE][20:] < 0.1).sum()
    assert told.runs + told.left_out == 400


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"method": "tree"}, "--method.*known are prim, cart"),
        ({"unit": "month"}, "--by.*known are run, point"),
        ({"density": 0.0}, "--density"),
        ({"coverage": 1.5}, "--coverage"),
        ({"held": 1.0}, "--hold-out"),
        ({"boxes": 0}, "--boxes"),
    ],
)
def test_what_makes_no_sense_is_refused(swept, more, said):
    with pytest.raises(ServandaError, match=said):
        discover(swept, "recovery < 0.5", **more)


def test_a_folder_that_does_not_tell_its_factors_is_refused(tmp_path):
    sweep(Small(count=2, replicates=1), tmp_path, workers=inline)
    with pytest.raises(ServandaError, match="does not record the design"):
        discover(sim.results(tmp_path), "recovery < 0.5")


# ---------------------------------------------------------------- boxes by hand


def test_an_end_that_brings_no_more_hits_is_dropped_and_the_others_keep_their_p():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"a": rng.random(400), "b": rng.random(400)})
    hits = (frame["a"] < 0.3).to_numpy()
    a, b = (Factor(name, name, "number") for name in "ab")
    kept = significant_limits((Limit(a, high=0.3), Limit(b, low=0.1)), frame, hits, 0.05)
    assert [limit.factor for limit in kept] == [a]
    # were it no denser than all runs, n of n had the chance share ** n
    n, share = hits.sum(), hits.mean()
    assert kept[0].quasi_p["high"] == pytest.approx(share**n)


def test_a_score_counts_what_is_inside():
    within = np.array([True, True, True, False, False])
    hits = np.array([True, True, False, True, False])
    told = score(within, hits)
    assert (told.runs, told.hits) == (3, 2)
    assert (told.density, told.coverage, told.mass) == pytest.approx((2 / 3, 2 / 3, 0.6))
    assert 0.0 < told.low < 2 / 3 < told.high < 1.0
    assert math.isnan(score(~np.ones(5, bool), hits).density)


def test_limits_hold_inside_ends_included():
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "w": ["x", "y", "x", "y"]})
    a, w = Factor("a", "a", "number"), Factor("w", "w", "word")
    assert inside((Limit(a, low=2.0, high=3.0),), frame).tolist() == [False, True, True, False]
    assert inside((Limit(a, low=2.0), Limit(w, values=("x",))), frame).tolist() == [
        *(False, False, True, False)
    ]


@pytest.mark.parametrize(
    ("method", "module"), [("prim", "ema_workbench.analysis.prim"), ("cart", "sklearn.tree")]
)
def test_a_missing_library_is_named_with_what_installs_it(swept, monkeypatch, method, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ServandaError, match=r'pip install "servanda\[analysis\]"'):
        discover(swept, "recovery < 0.5", method=method)
