"""The difference of two scenarios in one measure, over pairs of runs that share their draws.

In: values by replicate. Out: the mean difference with an interval, or the reason why there is none;
what the pairs save, and how many replicates a precision needs.
"""

import math
from dataclasses import dataclass
from itertools import count

import numpy as np
from scipy.special import stdtrit

from sim.analysis.interval import LEVEL, RESAMPLES, SEED, Interval, half_width, interval
from sim.indicator import UNBOUNDED, Indicator

__all__ = ["PRECISION", "RESAMPLES", "SEED", "Difference", "difference", "needed"]

PRECISION = 0.01
MOST = 1_000_000
"""Replicates beyond which nobody asks how many."""
FEW = 10
"""Cases in all runs together below which no interval is told."""


@dataclass(frozen=True)
class Difference:
    """A scenario less the baseline, in one measure, over pairs of runs that share their draws.

    Args:
        base: Mean of the baseline in these pairs; missing without pairs.
        mean: Mean difference.
        low: Lower end of its 95 % interval, see `sim.analysis.interval`; missing where there is
            none.
        high: Upper end.
        pairs: Replicates behind it.
        dropped: Replicates left out because the measure was missing in one of the two runs.
        saved: Share of the variance that common draws take off, against independent seeds; missing
            where neither side varies.
        needed: Replicates at which half the interval is the wanted precision; None where the
            spread is not known, the baseline is 0, or more than `MOST` were needed.
        reason: Why there is no interval; or that no run differed. Empty otherwise.
    """

    base: float
    mean: float
    low: float
    high: float
    pairs: int
    dropped: int
    saved: float
    needed: int | None
    reason: str = ""

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0.0 or self.high < 0.0


def difference(
    one: np.ndarray,
    base: np.ndarray,
    precision: float = PRECISION,
    *,
    about: Indicator | None = None,
    cases: tuple[np.ndarray, np.ndarray] | None = None,
) -> Difference:
    """The paired difference of two scenarios in one measure.

    Args:
        one: Values of the scenario, by replicate.
        base: Values of the baseline, in the same order.
        precision: Wanted half-width as a share of the baseline's mean.
        about: The indicator that was measured; its bounds are those of the interval.
        cases: How many cases the values rest on in each run of both: `cases_…` of a sweep's runs.
    """
    there = ~np.isnan(one - base)
    dropped = int((~there).sum())
    one, base = one[there], base[there]
    gaps = one - base
    n = len(gaps)
    mean = float(gaps.mean()) if n else math.nan
    level = float(base.mean()) if n else math.nan
    found = too_few(n, dropped, cases, there)
    if not found.reason:
        bounds = UNBOUNDED if about is None else about.bounds
        steps = about is not None and about.steps
        found = interval(gaps, base=base, bounds=bounds, steps=steps)
    if math.isnan(found.low):
        return Difference(level, mean, *found[:2], n, dropped, math.nan, None, found.reason)
    apart = one.var(ddof=1) + base.var(ddof=1)
    saved = 1.0 - float(gaps.var(ddof=1) / apart) if apart > 0.0 else math.nan
    wanted = needed(float(gaps.std(ddof=1)), precision * abs(level))
    return Difference(level, mean, *found[:2], n, dropped, saved, wanted, found.reason)


def too_few(
    pairs: int,
    dropped: int,
    cases: tuple[np.ndarray, np.ndarray] | None,
    there: np.ndarray,
) -> Interval:
    """No interval, with the reason, where too little happened to tell anything; else no reason.

    Args:
        pairs: Replicates in which the measure is known on both sides.
        dropped: Those in which it is not.
        cases: Cases behind each run of both sides.
        there: Which replicates are known.
    """
    reason = ""
    if dropped and (pairs < 2 or dropped > pairs):
        reason = f"{dropped} of {pairs + dropped} replicates had no such case"
    elif pairs == 1:
        reason = "one replicate tells no spread"
    elif cases is not None:
        happened = float(sum(np.asarray(side, float)[there].sum() for side in cases))
        if happened < FEW:  # where it was not recorded, nothing is known
            reason = f"fewer than {FEW} cases in all runs together ({happened:,.0f})"
    return Interval(math.nan, math.nan, reason)


def needed(spread: float, half: float) -> int | None:
    """Replicates at which Student's interval of a mean is as narrow as wanted.

    Args:
        spread: Standard deviation of the differences.
        half: Wanted half of the width.

    Returns:
        Their number; None beyond `MOST`, and where no width at all is wanted.
    """
    if spread == 0.0:
        return 2
    if half <= 0.0:
        return None

    if half_width(MOST, spread) > half:
        return None
    # The normal quantile is the smallest of Student's, so that the answer lies not far above this.
    least = max(2, math.floor((float(stdtrit(MOST, 0.5 + LEVEL / 2)) * spread / half) ** 2))
    return next(n for n in count(least) if half_width(n, spread) <= half)
