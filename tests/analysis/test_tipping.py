"""Claims about tipping: known folds are found, slopes are no jumps, chance is called chance."""

import random

import numpy as np
import pytest

import sim
from sim.analysis.paired import difference
from sim.analysis.tipping.hysteresis import Band, closing, joint_half_widths, regimes
from sim.analysis.tipping.steepest import tip
from sim.analysis.tipping.tipping import tipping, upper
from sim.errors import ServandaError
from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.experiment.small import Formula

RATE, MATCH = "comprehensive.list_rate", "comprehensive.match_rate"
TEN = [round(0.1 * n, 1) for n in range(1, 11)]
STARTS = ["tipping_from_order", "tipping_from_disorder"]
LOST, LEFT = 0.35, 0.75
"""Where order is lost on the way down, and disorder left on the way up."""


def draws(levels, runs, noise=0.02, seed=1):
    """Curves of some replicates around a function of the levels."""
    rng = np.random.default_rng(seed)
    return np.asarray(levels)[:, None] * 0.0 + noise * rng.normal(size=(len(levels), runs))


LEVELS = np.array(TEN)
STEP = LEVELS[:, None] > 0.55


def swept(folder, formula, factors, **more):
    base = {} if "scenario" in factors else {"base": "tipping"}
    asked = {"replicates": 5, "design": {"kind": "grid"}, "factors": factors} | base | more
    sweep(load_experiment(asked), folder, workers=lambda runs: Formula(formula))
    return sim.results(folder)


def noisy(value, task, sd=0.02):
    return value + random.Random(f"{task.seed} {task.point}").gauss(0.0, sd)


def fold(values, task):
    """Order is lost below one value and disorder left above another, after ten months."""
    x = values[RATE] - 0.2 * values.get(MATCH, 0.0)
    order = task.source == STARTS[0]
    good = x > (LOST if order else LEFT)
    early = [noisy(0.9 if order else 0.1, task)] * 10
    return {"grace_performance_able": early + [noisy(0.8 if good else 0.2, task)] * 10}


def test_a_jump_is_found_between_the_levels_where_it_is():
    found = tip(LEVELS, STEP + draws(LEVELS, 6))
    assert (found.low, found.high) == (found.least, found.most) == (0.5, 0.6)
    assert found.change.mean == pytest.approx(1.0, abs=0.05)
    assert found.jump
    assert found.jumps == 1.0


@pytest.mark.parametrize("width", [0.1, 0.15, 0.3])
def test_a_smooth_slope_is_not_called_a_jump(width):
    smooth = 1.0 / (1.0 + np.exp(-(LEVELS - 0.52) / width))
    for seed in range(20):
        found = tip(LEVELS, smooth[:, None] + draws(LEVELS, 6, noise=0.03, seed=seed))
        assert found.moves
        assert found.jump is False


def test_a_straight_line_moves_but_does_not_jump():
    found = tip(LEVELS, LEVELS[:, None] + draws(LEVELS, 6, noise=0.01))
    assert found.moves
    assert found.jump is False


def test_a_jump_that_comes_elsewhere_in_each_replicate_is_still_a_jump():
    where = np.array([0.35, 0.45, 0.45, 0.55, 0.55, 0.65])
    found = tip(LEVELS, (LEVELS[:, None] > where) + draws(LEVELS, 6, noise=0.01))
    assert found.jump
    assert found.jumps == 1.0
    # the mean curve alone would be a slope; its interval holds where most of them jump
    assert found.steeper < 3.0
    assert found.least <= 0.4
    assert found.most >= 0.6


def test_where_nothing_acts_nothing_moves():
    told = [tip(LEVELS, draws(LEVELS, 6, noise=1.0, seed=seed)) for seed in range(200)]
    assert sum(one.moves for one in told) <= 20  # one in twenty may, by chance
    assert all(one.jump is None for one in told if not one.moves)


def test_what_few_levels_one_replicate_and_a_change_at_the_rim_cannot_tell_is_left_open():
    two = tip(LEVELS[:2], np.array([[0.0], [1.0]]) + draws(LEVELS[:2], 5))
    assert (two.moves, two.jump, two.edge) == (True, None, True)
    one = tip(LEVELS, STEP.astype(float))
    assert (one.low, one.high, one.moves) == (0.5, 0.6, False)
    assert np.isnan(one.least)
    rim = tip(LEVELS, np.exp(-8 * LEVELS)[:, None] + draws(LEVELS, 5, noise=0.001))
    assert (rim.low, rim.high, rim.edge) == (0.1, 0.2, True)


@pytest.mark.parametrize(
    ("values", "wide", "share"),
    [
        ([0.1, 0.8, 0.12, 0.82, 0.81], 0.8, 0.6),
        ([0.1, 0.8, 0.12], 0.8, np.nan),
        ([0.1, 0.3, 0.5, 0.7, 0.9], 0.8, np.nan),
    ],
)
def test_runs_in_two_groups_are_told_by_the_share_in_the_upper_one(values, wide, share):
    assert upper(np.array(values), wide) == pytest.approx(share, nan_ok=True)


@pytest.mark.parametrize("runs", [4, 10])
def test_noise_seldom_looks_like_two_groups(runs):
    rng = np.random.default_rng(3)
    maps = rng.normal(size=(200, 14, runs))
    seen = [not np.isnan(upper(point, float(np.ptp(one)))) for one in maps for point in one]
    assert np.mean(seen) < 0.02


@pytest.mark.parametrize(
    ("gaps", "kind"),
    [
        ((0.60, 0.62, 0.58, 0.61), "two"),
        ((0.01, 0.0, -0.01, 0.02), "one"),
        ((0.05, 0.051, 0.05, 0.049), "one"),  # sure, and small
        ((0.6, 0.0, 0.6, 0.0), "unclear"),
    ],
)
def test_regimes_are_two_where_they_differ_one_where_they_agree_and_else_unclear(gaps, kind):
    found = difference(gaps)
    assert regimes(found, 0.1, joint_half_widths([found])[0]) == kind


def test_a_map_of_noise_seldom_shows_two_regimes_anywhere():
    rng = np.random.default_rng(5)
    wrong = 0
    for _ in range(400):
        told = [difference(point) for point in rng.normal(size=(28, 4))]
        halves = joint_half_widths(told)
        wrong += any(abs(one.mean) > half for one, half in zip(told, halves, strict=True))
    assert wrong / 400 < 0.08


def test_starts_that_come_nearer_are_closing_and_those_at_rest_are_not():
    now = np.array([0.30, 0.32, 0.28, 0.31])
    assert closing(now * 1.3, now)
    assert not closing(now * 1.05, now)
    assert not closing(np.array([0.9, 0.1, 0.8, 0.0]), now)


@pytest.fixture(scope="module")
def folded(tmp_path_factory):
    """A fold over one factor, begun from either side."""
    folder = tmp_path_factory.mktemp("fold")
    return swept(folder, fold, {"scenario": STARTS, RATE: TEN})


def test_a_fold_gives_the_band_that_is_known(folded):
    told = tipping(folded)
    assert told.bands == (Band(RATE, {}, 0.4, 0.7, 0.3, 0.8),)
    tips = {one.start: (one.low, one.high) for one in told.tips}
    assert tips == {STARTS[0]: (0.3, 0.4), STARTS[1]: (0.7, 0.8)}
    assert all(one.jump for one in told.tips)


def test_what_the_starts_began_with_is_not_looked_at_unless_asked(folded):
    assert tipping(folded, last=4).bands == tipping(folded).bands
    whole = tipping(folded, last=0)
    assert (whole.bands[0].low, whole.bands[0].high) == (0.1, 1.0)


def test_starts_that_only_take_long_to_meet_are_no_two_regimes(tmp_path):
    def slow(values, task):
        sign = 1.0 if task.source == STARTS[0] else -1.0
        level = noisy(0.5, task, 0.005) + 0.1 * (values[RATE] > 0.5)
        return {"grace_performance_able": [level + sign * 0.4 * 0.93**m for m in range(24)]}

    told = tipping(swept(tmp_path, slow, {"scenario": STARTS, RATE: TEN[2:8]}))
    assert set(told.gaps["regimes"]) == {"closing"}
    assert (told.gaps["before"] > told.gaps["difference"]).all()
    assert told.bands == ()


def test_two_factors_give_a_map_and_a_band_for_each_row(tmp_path):
    # the second factor first: rows are the first factor of the file
    factors = {"scenario": STARTS, MATCH: [0.0, 0.5, 1.0], RATE: TEN}
    told = tipping(swept(tmp_path, fold, factors))
    assert told.factors == (MATCH, RATE)
    bands = {b.at[MATCH]: (b.low, b.high) for b in told.bands if b.along == RATE}
    assert bands == {0.0: (0.4, 0.7), 0.5: (0.5, 0.8), 1.0: (0.6, 0.9)}
    lost = {t.at[MATCH]: t.low for t in told.tips if t.along == RATE and t.start == STARTS[0]}
    assert lost == {0.0: 0.3, 0.5: 0.4, 1.0: 0.5}


def test_runs_that_went_either_way_show_as_a_share(tmp_path):
    def either(values, task):
        chance = random.Random(f"{task.seed}").random()
        return {"backlog": 10.0 if chance < values[RATE] else 1.0}

    told = tipping(swept(tmp_path, either, {RATE: TEN}, replicates=20))
    assert told.measure == "backlog"
    split = told.points[told.points["upper"].notna()]
    assert len(split) >= 6
    assert split["upper"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ({"choice.behaviour": ["expected_utility", "prospect"]}, "its values are not numbers"),
        ({RATE: [0.1, 0.2], MATCH: [0, 1], "comprehensive.officers": [1, 2]}, "3 factors"),
        ({"scenario": STARTS}, "it has no numeric factor"),
    ],
)
def test_what_is_no_grid_is_refused_in_a_line(tmp_path, factors, said):
    found = swept(tmp_path, lambda values, task: {"harm": 1.0}, factors, replicates=1)
    with pytest.raises(ServandaError, match=said):
        tipping(found)


def test_a_grid_with_holes_is_refused(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text(f"{RATE},{MATCH}\n0.1,0.1\n0.2,0.2\n0.1,0.2\n", encoding="utf-8")
    design = {"kind": "points", "file": str(file)}
    found = swept(tmp_path / "swept", lambda values, task: {"harm": 1.0}, {}, design=design)
    with pytest.raises(ServandaError, match=r"1 of 4 combinations are missing, such as 0.2, 0.1"):
        tipping(found)


def test_runs_that_failed_and_measures_that_are_not_there_are_refused(tmp_path):
    some = lambda values, task: None if values[RATE] > 0.15 else {"harm": 1.0}
    with pytest.raises(ServandaError, match="5 of 10 runs are missing or failed"):
        tipping(swept(tmp_path / "failed", some, {RATE: [0.1, 0.2]}))

    def lost(values, task):
        harm, recovery = (np.nan, np.inf) if values[RATE] > 0.15 else (1.0, 1.0)
        return {"harm": harm, "backlog": 2.0, "recovery": recovery}

    found = swept(tmp_path / "lost", lost, {RATE: [0.1, 0.2]})
    for name, said in (
        ("backlg", "did you mean 'backlog'"),
        ("harm", "no run of point 1 has a value"),
        ("recovery", "recovery: not finite at 1 of 2 points"),
    ):
        with pytest.raises(ServandaError, match=said):
            tipping(found, name)
