"""A 95 % interval of the mean of paired differences: one method for every command.

In: differences by replicate, and the bounds of the measure. Out: both ends of the interval, or why
there is none.
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
"""Smallest number of pairs for resampling. With fewer it is unreliable, and Student's t is used."""
RESAMPLES = 9999
SEED = 20170101
"""Seed of the resampling. It is fixed, because the same runs must give the same intervals."""
ALIKE = 1e-9
"""Differences count as equal if they vary by no more than this share of the largest difference.
The reason: the last digits of a sum depend on the order of its terms."""
NOBODY = "no run differed"


class Interval(NamedTuple):
    """Both ends of an interval. If there is none, they are NaN, and `reason` says why."""

    low: float
    high: float
    reason: str = ""

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0.0 or self.high < 0.0


def interval(
    gaps: np.ndarray,
    *,
    base: np.ndarray | None = None,
    bounds: Bounds = UNBOUNDED,
    steps: bool = False,
) -> Interval:
    """A 95 % interval of the mean: Student's t for fewer than `FEWEST` pairs, else a bootstrap.

    The bootstrap is the bias-corrected and accelerated one (BCa) at the level that `expanded`
    returns. If it cannot be computed, percentiles are used. Two rules are added.

    **Equal differences.** If all differences are equal, their spread cannot be estimated. Some
    measures change in steps, for example a share of few cases. Three equal differences of such a
    measure often arise by chance. Six arise in at most one of thirty-two samples. Fewer than six
    pairs with equal differences therefore have no interval. Sums of money have no steps. A sum that
    differs by the same amount in every run is taken to be exact.

    **Bounds.** If the measure is bounded, the interval is cut to the differences that are possible.
    These are computed from the ends of the interval of the baseline, because the mean of the
    baseline is itself an estimate.

    Callers apply two more minimums. Below them there is no interval: 10 cases behind an indicator
    in all runs together (`sim.analysis.paired.MIN_CASES`), and 30 claims reached by at least one
    policy of the scenario (`sim.analysis.comparison.reach.MIN_CLAIMS`).

    benchmarks/intervals.py measures how often an interval excludes 0 although nothing differs, and
    how often it contains the true difference. The table is in docs/comparing.md.

    Args:
        gaps: Differences, none of them NaN.
        base: Values of the baseline in the same pairs; None leaves the interval without bounds.
        bounds: Smallest and largest possible value of the measure.
        steps: Whether the measure changes in steps. Differences can then be equal by chance.
    """
    n = len(gaps)
    if n < 2:
        return Interval(math.nan, math.nan, f"at least 2 replicates are needed, not {n}")
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
    """Smallest and largest possible difference from a baseline, from the interval of its mean."""
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

    It is 1 − α', where α' / 2 = Φ(−√(n / (n − 1)) · t(1 − α / 2; n − 1)). Here α is 5 %, Φ is the
    standard normal distribution function, and t(p; n − 1) is the p-quantile of Student's t with
    n − 1 degrees of freedom.

    Without this correction the interval would be too narrow. The means of resamples vary as if the
    standard deviation were known exactly and had the divisor n instead of n − 1 (Hesterberg 2015,
    "What Teachers Should Know About the Bootstrap", The American Statistician 69).

    Args:
        n: Number of values, at least two.
    """
    wide = math.sqrt(n / (n - 1)) * float(stdtrit(n - 1, 0.5 + LEVEL / 2))
    return 1.0 - 2.0 * float(ndtr(-wide))


def half_width(n: int, spread: float) -> float:
    """Half-width of Student's interval of the mean of n values with standard deviation `spread`."""
    return float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * spread / math.sqrt(n)


def resampled(gaps: np.ndarray, method: str, level: float) -> tuple[float, float]:
    """An interval by one bootstrap method of SciPy; NaN if it is undefined."""
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
