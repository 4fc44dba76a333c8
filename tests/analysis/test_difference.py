"""Claims about differences: pairs, intervals, what pairs save, how many replicates are needed."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.special import stdtrit

from sim.analysis.difference import difference, expanded, interval, needed
from sim.analysis.pairs import effect

DRAWS = np.random.default_rng(4)
NOISE = DRAWS.normal(size=30)
GAPS = 0.2 + 0.05 * DRAWS.normal(size=30)


def test_a_difference_is_the_mean_of_pairs_and_its_interval_that_of_student_nearly():
    found = difference(10.0 + NOISE + GAPS, 10.0 + NOISE)
    student = effect((gap, 0.0) for gap in GAPS)
    assert found.mean == pytest.approx(GAPS.mean())
    assert found.base == pytest.approx(10.0 + NOISE.mean())
    assert found.high - found.low == pytest.approx(2.0 * student.half, rel=0.15)
    assert found.low < found.mean < found.high
    assert found.clear
    assert (found.pairs, found.dropped) == (30, 0)


def test_common_draws_save_what_the_pairs_share_and_nothing_where_they_share_nothing():
    shared = difference(NOISE + GAPS, NOISE)
    apart = (NOISE + GAPS).var(ddof=1) + NOISE.var(ddof=1)
    assert shared.saved == pytest.approx(1.0 - GAPS.var(ddof=1) / apart)
    assert shared.saved > 0.99
    other = np.random.default_rng(5).normal(size=4000)
    assert difference(other[:2000], other[2000:]).saved == pytest.approx(0.0, abs=0.05)
    assert difference(-NOISE, NOISE).saved == pytest.approx(-1.0)
    assert math.isnan(difference(np.full(3, 2.0), np.ones(3)).saved)


def test_what_never_varies_has_an_interval_of_no_width():
    found = difference(NOISE + 0.0, NOISE)
    assert (found.mean, found.low, found.high, found.clear) == (0.0, 0.0, 0.0, False)
    assert found.needed == 2


def test_a_measure_that_is_missing_in_one_run_costs_its_pair():
    one, base = NOISE + GAPS, NOISE.copy()
    one[0], base[1] = math.nan, math.nan
    found = difference(one, base)
    assert (found.pairs, found.dropped) == (28, 2)
    assert found.mean == pytest.approx(GAPS[2:].mean())
    nothing = difference(np.full(3, math.nan), np.ones(3))
    assert (nothing.pairs, nothing.dropped, nothing.needed) == (0, 3, None)
    assert math.isnan(nothing.mean)
    alone = difference(np.array([3.0]), np.array([1.0]))
    assert alone.mean == 2.0
    assert math.isnan(alone.low)
    assert not alone.clear


def test_the_same_runs_give_the_same_interval_and_few_runs_give_one_too():
    assert interval(GAPS) == interval(GAPS)
    skewed = np.exp(2.0 * NOISE)
    low, high = interval(skewed)
    assert high - skewed.mean() > skewed.mean() - low


@pytest.mark.parametrize("n", [2, 3, 5])
def test_of_few_pairs_the_interval_is_that_of_student(n):
    student = effect((gap, 0.0) for gap in GAPS[:n])
    ends = (student.mean - student.half, student.mean + student.half)
    assert interval(GAPS[:n]) == pytest.approx(ends)


def test_the_expanded_level_makes_a_normal_interval_as_wide_as_students():
    for n in (6, 10, 20):
        level = expanded(n)
        narrow = NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt((n - 1) / n)
        assert narrow == pytest.approx(stdtrit(n - 1, 0.975), rel=1e-6)
    assert expanded(100_000) == pytest.approx(0.95, abs=1e-4)


@pytest.mark.parametrize("n", [2, 4, 6, 10, 20])
def test_pure_noise_is_clear_in_one_of_twenty(n):
    drawn = np.random.default_rng(n).normal(size=(400, n))
    false = [low > 0.0 or high < 0.0 for low, high in map(interval, drawn)]
    assert 0.02 <= np.mean(false) <= 0.085


def test_as_many_replicates_are_needed_as_make_the_interval_narrow_enough():
    few = needed(1.0, 0.5)
    halves = [effect(zip(_spread(n), np.zeros(n), strict=True)).half for n in (few - 1, few)]
    assert halves[0] > 0.5 >= halves[1]
    assert needed(1.0, 0.05) == pytest.approx((1.96 / 0.05) ** 2, rel=0.01)
    assert needed(1.0, 0.0) is None
    assert needed(0.0, 0.0) == 2
    assert needed(1.0, 1e-9) is None


def _spread(n):
    """Values whose standard deviation is 1."""
    values = np.arange(n, dtype=float)
    return values / values.std(ddof=1)
