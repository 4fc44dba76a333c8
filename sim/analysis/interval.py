"""A 95 % interval of the mean of paired differences: one method for every command.

In: differences by replicate, and what is known of the measure. Out: both ends, or the reason why
there are none.
"""

import math
import warnings
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, stdtrit
from scipy.stats import DegenerateDataWarning, bootstrap

from sim.indicator import UNBOUNDED, Bounds

LEVEL = 0.95
FEWEST = 6
"""Pairs below which resampling is unreliable, and Student's t is used instead."""
RESAMPLES = 9999
SEED = 20170101
"""Of the resampling: the same runs give the same intervals."""
ALIKE = 1e-9
"""Part of the largest difference within which two are equal: sums in another order."""
NOBODY = "no run differed"


class Interval(NamedTuple):
    """Both ends, missing where there is no interval, and then the reason in plain words."""

    low: float
    high: float
    reason: str = ""

    @property
    def clear(self) -> bool:
        """Whether it excludes 0."""
        return self.low > 0.0 or self.high < 0.0


def interval(
    gaps: np.ndarray,
    *,
    base: np.ndarray | None = None,
    bounds: Bounds = UNBOUNDED,
    steps: bool = False,
) -> Interval:
    """A 95 % interval of the mean: Student's t below `FEWEST` pairs, from there a bootstrap.

    The bootstrap is the bias-corrected and accelerated one (BCa; percentiles where that cannot
    be computed) at the level of `expanded`. Two rules come on top.

    **Equal differences.** Where all are equal there is no spread to go by. Of a measure that comes
    in steps, such as those of a few cases, chance makes three equal differences often, six in one
    of thirty-two samples at most: below six there is no interval. Money has no steps, and what
    differs by the same in every run is certain.

    **What is possible.** Neither end takes a bounded measure beyond its bounds from where the
    baseline may lie: from the ends of its own interval, because its mean is only measured, too.

    Two more limits decide before whether there is an interval at all: of an indicator, 10 cases in
    all runs together (`sim.analysis.paired.MIN_CASES`); of policies, 30 claims that they reached
    (`sim.analysis.comparison.reach.MIN_CLAIMS`). Below these nothing is said.

    benchmarks/intervals.py measures how often pure noise is clear, and how often the true
    difference lies inside; docs/comparing.md has the table.

    Args:
        gaps: Differences, none of them missing.
        base: Values of the baseline in the same pairs; without them nothing is bounded.
        bounds: Between which values the measure lies.
        steps: Whether chance can make two differences other than 0 equal, as with few cases.
    """
    n = len(gaps)
    if n < 2:
        return Interval(math.nan, math.nan, f"{n} of two replicates at least")
    if not gaps.any():
        return Interval(0.0, 0.0, NOBODY)
    if np.ptp(gaps) <= ALIKE * float(np.abs(gaps).max()):
        if n < FEWEST and steps:
            return Interval(math.nan, math.nan, f"{n} equal differences are too few")
        return Interval(float(gaps.mean()), float(gaps.mean()))
    low, high = _ends(gaps)
    if base is not None:
        least, most = _possible(base, bounds)
        low, high = max(low, least), min(high, most)
    return Interval(low, high)


def _possible(base: np.ndarray, bounds: Bounds) -> tuple[float, float]:
    """Between which values a difference from a baseline can lie, its own interval being known."""
    mean, half = float(base.mean()), half_width(len(base), float(base.std(ddof=1)))
    least, most = max(mean - half, bounds.low), min(mean + half, bounds.high)
    return bounds.low - most, bounds.high - least


def _ends(gaps: np.ndarray) -> tuple[float, float]:
    if len(gaps) < FEWEST:
        mean, half = float(gaps.mean()), half_width(len(gaps), float(gaps.std(ddof=1)))
        return mean - half, mean + half
    low, high = resampled(gaps, "BCa", expanded(len(gaps)))
    if math.isnan(low + high):
        return resampled(gaps, "percentile", expanded(len(gaps)))
    return low, high


def expanded(n: int) -> float:
    """The level at which a percentile interval of n values is as wide as one of Student's t.

    1 − α', α' / 2 = Φ(−√(n / (n − 1)) · t(1 − α / 2; n − 1)): a sample's resamples spread by the
    standard deviation with n in the divisor, and know nothing of its own uncertainty (Hesterberg
    2015, "What Teachers Should Know About the Bootstrap", The American Statistician 69).

    Args:
        n: Values, two at least.
    """
    wide = math.sqrt(n / (n - 1)) * float(stdtrit(n - 1, 0.5 + LEVEL / 2))
    return 1.0 - 2.0 * float(ndtr(-wide))


def half_width(n: int, spread: float) -> float:
    """Half the width of Student's interval of a mean of n values."""
    return float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * spread / math.sqrt(n)


def resampled(gaps: np.ndarray, method: str, level: float) -> tuple[float, float]:
    """An interval by one of the bootstraps; missing where it is undefined."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        ends = bootstrap(
            (gaps,),
            np.mean,
            confidence_level=level,
            n_resamples=RESAMPLES,
            method=method,
            rng=np.random.default_rng(SEED),
        ).confidence_interval
    return float(ends.low), float(ends.high)
