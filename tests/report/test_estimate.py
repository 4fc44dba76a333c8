"""Claims about the intervals of a report."""

import numpy as np
import pytest

from sim.indicator import NOT_NEGATIVE, SHARE
from sim.report.estimate import mean, within
from sim.report.measures import measure

SCATTERED = np.array([[0.0, 0.9], [0.1, 1.0], [0.6, 0.5]])
"""Values of two points in three replicates."""


@pytest.mark.parametrize("of", [mean, within])
def test_no_interval_of_a_level_lies_outside_the_possible(of):
    free, shares, counts = of(SCATTERED), of(SCATTERED, SHARE), of(SCATTERED, NOT_NEGATIVE)
    assert free.low[0] < 0.0
    assert free.high[1] > 1.0
    assert (shares.low >= 0.0).all()
    assert (shares.high <= 1.0).all()
    assert counts.low[0] == 0.0


def test_bounds_are_told_in_the_unit_shown():
    assert measure("false_listing").bounds == (0.0, 100.0)
    assert measure("backlog").bounds == NOT_NEGATIVE
    assert measure("of_an_extension").bounds == (-np.inf, np.inf)
