"""Claims about differences: pairs, intervals, what pairs save, how many replicates are needed."""

import math

import numpy as np
import pytest

from sim.analysis.interval import half_width
from sim.analysis.paired import (
    difference,
    replicates_needed,
    replicates_to_show,
    smallest_effect,
)
from sim.measure.indicators import INDICATORS

KNOWN = {one.name: one for one in INDICATORS}
DRAWS = np.random.default_rng(4)
NOISE = DRAWS.normal(size=30)
GAPS = 0.2 + 0.05 * DRAWS.normal(size=30)
NAN = math.nan


def test_a_difference_is_the_mean_of_pairs_and_its_interval_that_of_student_nearly():
    found = difference(10.0 + NOISE + GAPS, 10.0 + NOISE)
    student = half_width(30, float(GAPS.std(ddof=1)))
    assert found.mean == pytest.approx(GAPS.mean())
    assert found.high - found.low == pytest.approx(2.0 * student, rel=0.1)
    assert found.clear
    assert (found.pairs, found.dropped) == (30, 0)


def test_of_few_pairs_the_interval_is_students():
    found = difference([2.0, 4.0, 6.0], [1.0, 2.0, 3.0])
    assert found.mean == pytest.approx(2.0)
    assert found.half == pytest.approx(4.302653 / math.sqrt(3.0), rel=1e-6)  # t(2) at .975
    assert found.error == pytest.approx(1.0 / math.sqrt(3.0))
    assert (found.pairs, found.dropped, found.clear, found.sign) == (3, 0, False, 0)


def test_common_draws_save_what_the_pairs_share():
    shared = difference(NOISE + GAPS, NOISE)
    apart = (NOISE + GAPS).var(ddof=1) + NOISE.var(ddof=1)
    assert shared.saved == pytest.approx(1.0 - GAPS.var(ddof=1) / apart)


def test_a_measure_that_is_missing_in_one_run_costs_its_pair():
    one, base = NOISE + GAPS, NOISE.copy()
    one[0], base[1] = NAN, NAN
    found = difference(one, base)
    assert (found.pairs, found.dropped) == (28, 2)
    assert found.mean == pytest.approx(GAPS[2:].mean())
    alone = difference([3.0], [1.0])
    assert (alone.mean, alone.clear) == (2.0, False)
    assert math.isnan(alone.low)


@pytest.mark.parametrize(
    ("pairs", "gap", "measure", "ends", "reason"),
    [
        (3, 2.0, "wrongly_listed", (NAN, NAN), "3 equal differences are too few"),
        (6, 2.0, "wrongly_listed", (2.0, 2.0), ""),
        (3, 2.0, "public_outlay", (2.0, 2.0), ""),
        (30, 0.0, "backlog", (0.0, 0.0), "no run differed"),
    ],
)
def test_what_differs_by_the_same_in_every_run_is_certain_only_if_it_is_money_or_often_so(
    pairs, gap, measure, ends, reason
):
    base = np.arange(float(pairs))
    found = difference(base + gap, base, about=KNOWN[measure])
    assert (found.mean, found.reason) == (gap, reason)
    assert (found.low, found.high) == pytest.approx(ends, abs=0.0, nan_ok=True)
    assert found.clear == (found.low > 0.0)
    assert found.needed == (2 if found.known else None)


def test_no_interval_of_a_bounded_measure_lies_outside_the_possible():
    base, one = np.array([0.9, 0.2, 0.6]), np.array([0.1, 0.9, 0.0])
    found, wide = difference(one, base, about=KNOWN["firms_killed"]), difference(one, base)
    assert -1.0 <= found.low < found.high <= 1.0
    assert wide.low < -1.0
    assert wide.high > 1.0


def test_too_few_cases_have_no_interval_but_a_reason():
    one, base = NOISE[:4] + 2.0, NOISE[:4]
    some = np.array([1, 2, 0, 1]), np.array([0, 1, 1, 1])
    few = difference(one, base, cases=some)
    assert few.reason == "fewer than 10 cases in all runs together (7)"
    assert math.isnan(few.low)
    assert not difference(one + DRAWS.normal(size=4), base, cases=(some[0] + 1, some[1])).reason
    lost = difference([NAN] * 12 + [*range(12, 20)], np.ones(20))
    assert lost.reason == "12 of 20 replicates had no case to measure"
    assert math.isnan(lost.low)


def test_as_many_replicates_are_needed_as_make_the_interval_narrow_enough():
    few = replicates_needed(1.0, 0.5)
    assert half_width(few - 1, 1.0) > 0.5 >= half_width(few, 1.0)
    assert replicates_needed(1.0, 0.0) is None
    assert replicates_needed(0.0, 0.0) == 2
    assert replicates_needed(1.0, 1e-9) is None


@pytest.mark.parametrize(
    ("pairs", "quantiles"),
    [
        # Student's t at .975 and .8 with n − 1 degrees of freedom, from tables
        (2, 12.7062 + 1.3764),
        (6, 2.5706 + 0.9195),
        (20, 2.0930 + 0.8610),
        (10**6, 1.9600 + 0.8416),
    ],
)
def test_the_smallest_effect_that_pairs_could_have_shown_has_known_values(pairs, quantiles):
    spread = 3.0
    expected = quantiles * spread / math.sqrt(pairs)
    assert smallest_effect(spread, pairs) == pytest.approx(expected, rel=1e-4)


def test_an_effect_of_that_size_is_clear_in_four_of_five_experiments():
    trials, pairs = 20_000, 8
    draws = np.random.default_rng(11).normal(smallest_effect(1.0, pairs), 1.0, (trials, pairs))
    halves = half_width(pairs, 1.0) * draws.std(axis=1, ddof=1)
    assert (draws.mean(axis=1) > halves).mean() == pytest.approx(0.8, abs=0.03)


def test_as_many_replicates_show_an_effect_as_make_the_smallest_one_so_small():
    few = replicates_to_show(2.0, -0.9)
    assert smallest_effect(2.0, few - 1) > 0.9 >= smallest_effect(2.0, few)
    assert replicates_to_show(1.0, 0.0) is None
    assert replicates_to_show(1.0, 1e-6) is None
    assert replicates_to_show(0.0, 1.0) == 2
