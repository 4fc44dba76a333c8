"""Claims about means of paired differences and their intervals."""

import math

import pytest

from sim.analysis.pairs import effect


def test_the_interval_is_students():
    found = effect([(2.0, 1.0), (4.0, 2.0), (6.0, 3.0)])
    assert found.mean == pytest.approx(2.0)
    assert found.half == pytest.approx(4.302653 / math.sqrt(3.0), rel=1e-6)  # t(2) at .975
    assert (found.pairs, found.dropped, found.clear) == (3, 0, False)


def test_pairs_with_a_missing_value_are_dropped_and_counted():
    found = effect([(1.0, 0.0), (math.nan, 1.0), (3.0, 0.0), (1.0, math.nan)])
    assert (found.mean, found.pairs, found.dropped) == (2.0, 2, 2)
    lonely = effect([(1.0, 0.0), (1.0, math.nan)])
    assert math.isnan(lonely.half)
    assert not lonely.clear
    nothing = effect([(math.nan, 1.0)])
    assert math.isnan(nothing.mean)
    assert nothing.sign == 0
