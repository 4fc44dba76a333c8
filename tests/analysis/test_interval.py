"""Claims about the one interval of all comparisons."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.special import stdtrit

from sim.analysis.interval import expanded, half_width, interval
from sim.indicator import SHARE


def test_the_expanded_level_makes_a_normal_interval_as_wide_as_students():
    for n in (6, 10, 20):
        level = expanded(n)
        narrow = NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt((n - 1) / n)
        assert narrow == pytest.approx(stdtrit(n - 1, 0.975), rel=1e-6)
    assert expanded(100_000) == pytest.approx(0.95, abs=1e-4)


FEW, STEPS = (-1.0, 1.0), (-2.0, -1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0)


@pytest.mark.parametrize("steps", [None, FEW, (-1.0, 0.0, 1.0), STEPS])
def test_pure_noise_is_clear_in_one_of_twenty_and_in_steps_at_most(steps):
    for n in (2, 4, 6, 10, 20) if steps is None else (3, 4, 5, 6, 8):
        rng = np.random.default_rng(n)
        drawn = rng.normal(size=(400, n)) if steps is None else rng.choice(steps, size=(400, n))
        false = np.mean([interval(gaps, steps=steps is not None).clear for gaps in drawn])
        assert false <= (0.085 if steps is None else 0.075)
        assert steps is not None or false >= 0.02


def test_what_comes_in_steps_is_clear_where_enough_runs_say_so():
    assert interval(np.array([1.0, 1.0, 2.0, 1.0, 1.0]), steps=True).clear
    assert interval(np.ones(6), steps=True).clear
    assert not interval(np.ones(5), steps=True).clear
    assert interval(np.ones(2)).clear  # of money


def test_an_interval_of_a_share_stays_between_nought_and_one():
    one, base = np.array([0.05, 0.4, 0.0, 0.2]), np.array([0.1, 0.05, 0.2, 0.1])
    gaps = one - base
    found = interval(gaps, base=base, bounds=SHARE)
    most = base.mean() + half_width(4, base.std(ddof=1))
    assert found.low == pytest.approx(-most)
    assert interval(gaps).low < -most


def test_where_a_scenario_leaves_nothing_the_interval_still_holds_the_truth():
    """The baseline's mean is measured too: ends at its mean would miss in half of all samples."""
    rng = np.random.default_rng(7)
    bases = rng.binomial(30, 0.1, (200, 5)) / 30
    held = [interval(-b, base=b, bounds=SHARE, steps=True) for b in bases]
    inside = [low <= -0.1 <= high for low, high, _ in held if not math.isnan(low)]
    assert np.mean(inside) > 0.9
