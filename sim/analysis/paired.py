"""Paired differences: a run less the baseline run of the same seed, and the mean over all pairs.

In: values by replicate, the same replicates on both sides. Out: the mean difference with its
interval (`sim.analysis.interval`), or the reason why there is none; what the pairing saves, how
many replicates a precision needs, and the smallest effect that so many pairs could have shown.
Every command that compares runs takes its numbers from here.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Self

import numpy as np
from scipy.special import stdtrit

from sim.analysis.interval import LEVEL, RESAMPLES, SEED, Interval, half_width, interval
from sim.indicator import UNBOUNDED, Indicator

__all__ = [
    "LEVEL",
    "PRECISION",
    "RESAMPLES",
    "SEED",
    "Difference",
    "difference",
    "level",
    "replicates_needed",
    "replicates_to_show",
    "smallest_effect",
]

PRECISION = 0.01
MOST = 1_000_000
"""The largest number of replicates that `replicates_needed` returns."""
POWER = 0.8
"""Chance with which an effect of the smallest size that runs could have shown is clear."""
MIN_CASES = 10
"""Cases in all runs together below which no interval is given."""
ONE_REPLICATE = "one replicate has no spread"


@dataclass(frozen=True)
class Difference:
    """A run less its baseline in one measure: the mean over pairs of runs of one seed each.

    Args:
        mean: Mean difference, in the unit of the measure; missing without pairs.
        low: Lower end of its 95 % interval, see `sim.analysis.interval`; missing where there is
            none.
        high: Upper end.
        pairs: Replicates behind it.
        dropped: Replicates left out because the measure is missing in one of the two runs.
        base: Mean of the baseline in these pairs; missing without pairs.
        spread: Standard deviation of the differences; missing where there is no interval.
        saved: Share of the variance that common draws remove, compared with independent seeds;
            missing where neither side varies.
        needed: Replicates at which half the interval is the wanted precision; None where the
            spread is not known, the baseline is 0, or more than `MOST` were needed.
        reason: Why there is no interval, or that no run differed; else empty.
    """

    mean: float
    low: float
    high: float
    pairs: int
    dropped: int = 0
    base: float = math.nan
    spread: float = math.nan
    saved: float = math.nan
    needed: int | None = None
    reason: str = ""

    @classmethod
    def symmetric(cls, mean: float, half: float, pairs: int, dropped: int = 0) -> Self:
        """A difference known by its mean and half the width of Student's interval around it."""
        wide = half / float(stdtrit(pairs - 1, 0.5 + LEVEL / 2)) if pairs > 1 else math.nan
        spread = wide * math.sqrt(pairs)
        return cls(mean, mean - half, mean + half, pairs, dropped, spread=spread)

    @property
    def half(self) -> float:
        """Half the width of the interval; missing where there is none."""
        return (self.high - self.low) / 2.0

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.half)

    @property
    def error(self) -> float:
        """Standard error of the mean; missing where there is no interval."""
        return self.spread / math.sqrt(self.pairs) if self.known else math.nan

    @property
    def smallest(self) -> float:
        """The smallest effect that these pairs could have shown; missing without an interval."""
        return smallest_effect(self.spread, self.pairs) if self.known else math.nan

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def sign(self) -> int:
        """Direction of the difference where it is clear, else 0."""
        return int(math.copysign(1, self.mean)) if self.clear else 0

    def times(self, factor: float) -> Self:
        """The same difference in another unit.

        Args:
            factor: Units of the result in one unit of this difference, above 0.
        """
        numbers = (self.mean, self.low, self.high, self.base, self.spread)
        mean, low, high, base, spread = (factor * number for number in numbers)
        return replace(self, mean=mean, low=low, high=high, base=base, spread=spread)

    def without_interval(self, reason: str) -> Self:
        """The same mean without an interval.

        Args:
            reason: Why there is none.
        """
        nan = math.nan
        return replace(self, low=nan, high=nan, spread=nan, needed=None, reason=reason)


def difference(
    one: Sequence[float] | np.ndarray,
    base: Sequence[float] | np.ndarray | float = 0.0,
    precision: float = PRECISION,
    *,
    about: Indicator | None = None,
    cases: tuple[np.ndarray, np.ndarray] | None = None,
) -> Difference:
    """Pair the values of two sides by replicate, and take the mean of their differences.

    Args:
        one: Values by replicate, shape (replicates,); missing values are NaN.
        base: Values of the baseline in the same order; 0 where `one` holds differences already.
        precision: Wanted half-width as a share of the baseline's mean.
        about: The indicator that was measured; its bounds are those of the interval.
        cases: How many cases the values rest on in each run of both sides: `cases_…` of a
            sweep's runs.
    """
    every = np.asarray(one, float)
    every_base = np.broadcast_to(np.asarray(base, float), every.shape)
    there = ~np.isnan(every - every_base)
    dropped = int((~there).sum())
    mine, theirs = every[there], every_base[there]
    gaps = mine - theirs
    n = len(gaps)
    mean = float(gaps.mean()) if n else math.nan
    base_mean = float(theirs.mean()) if n else math.nan
    found = _too_little(n, dropped, cases, there)
    if not found.reason:
        bounds = UNBOUNDED if about is None else about.bounds
        steps = about is not None and about.steps
        found = interval(gaps, base=theirs, bounds=bounds, steps=steps)
    low, high, reason = found
    if math.isnan(low):
        return Difference(mean, low, high, n, dropped, base_mean, reason=reason)
    spread = float(gaps.std(ddof=1))
    apart = float(mine.var(ddof=1) + theirs.var(ddof=1))
    saved = 1.0 - float(gaps.var(ddof=1)) / apart if apart > 0.0 else math.nan
    wanted = replicates_needed(spread, precision * abs(base_mean))
    return Difference(mean, low, high, n, dropped, base_mean, spread, saved, wanted, reason)


def level(values: Iterable[float]) -> Difference:
    """The mean of some runs' own values, missing values left out, with Student's interval."""
    every = np.array(list(values), float)
    known = every[~np.isnan(every)]
    n = len(known)
    mean = float(known.mean()) if n else math.nan
    half = half_width(n, float(known.std(ddof=1))) if n > 1 else math.nan
    return Difference.symmetric(mean, half, n, len(every) - n)


def _too_little(
    pairs: int,
    dropped: int,
    cases: tuple[np.ndarray, np.ndarray] | None,
    there: np.ndarray,
) -> Interval:
    """No interval, with a reason where too little happened for one, and without where not.

    Args:
        pairs: Replicates in which the measure is known on both sides.
        dropped: Replicates in which it is not.
        cases: Cases behind each run of both sides.
        there: Which replicates are known.
    """
    reason = ""
    if dropped and (pairs < 2 or dropped > pairs):
        reason = f"{dropped} of {pairs + dropped} replicates had no such case"
    elif pairs == 1:
        reason = ONE_REPLICATE
    elif cases is not None:
        happened = float(sum(np.asarray(side, float)[there].sum() for side in cases))
        if (
            happened < MIN_CASES
        ):  # a missing number of cases compares as False: nothing is known then
            reason = f"fewer than {MIN_CASES} cases in all runs together ({happened:,.0f})"
    return Interval(math.nan, math.nan, reason)


def replicates_needed(spread: float, half: float) -> int | None:
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
    # The normal quantile is the smallest of Student's, so the answer lies just above this number.
    least = max(2, math.floor((float(stdtrit(MOST, 0.5 + LEVEL / 2)) * spread / half) ** 2))
    return next(n for n in count(least) if half_width(n, spread) <= half)


def smallest_effect(spread: float, pairs: int) -> float:
    """The smallest true effect that pairs show clearly with a chance of `POWER`.

    (t_{n−1,.975} + t_{n−1,.8})·s/√n, at the 5 % level on both sides.

    Args:
        spread: Standard deviation s of the differences.
        pairs: Their number n, two at least.
    """
    quantiles = stdtrit(pairs - 1, 0.5 + LEVEL / 2) + stdtrit(pairs - 1, POWER)
    return float(quantiles) * spread / math.sqrt(pairs)


def replicates_to_show(spread: float, effect: float) -> int | None:
    """Replicates that show an effect clearly with a chance of `POWER`.

    Args:
        spread: Standard deviation of the differences.
        effect: The effect, of either sign.

    Returns:
        Their number; None beyond `MOST`, and where there is no effect.
    """
    wanted = abs(effect)
    if wanted == 0.0 or smallest_effect(spread, MOST) > wanted:
        return None
    least, most = 1, 2  # too few, and perhaps enough
    while smallest_effect(spread, most) > wanted:
        least, most = most, 2 * most
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (
            (middle, most) if smallest_effect(spread, middle) > wanted else (least, middle)
        )
    return most
