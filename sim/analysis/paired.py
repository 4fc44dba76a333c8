"""Paired differences: a run minus the baseline run with the same seed, and their mean.

In: values by replicate, for the same replicates on both sides. Out: the mean difference with an
interval (`sim.analysis.interval`), or why there is none. Also the share of the variance that
pairing removes, the number of replicates needed for a given precision, and the smallest true effect
that this number of pairs would probably show. Every command that compares runs uses this.
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
"""Probability that the interval excludes 0 if the true effect is `smallest_effect`."""
MIN_CASES = 10
"""Smallest number of cases, in all runs together, for which an interval is given."""
ONE_REPLICATE = "one replicate has no spread"


@dataclass(frozen=True)
class Difference:
    """The mean difference of a measure between runs and the baseline runs with the same seeds.

    Args:
        mean: Mean difference, in the unit of the measure; NaN without pairs.
        low: Lower end of the 95 % interval, see `sim.analysis.interval`; NaN if there is none.
        high: Upper end.
        pairs: Number of replicates used.
        dropped: Number of replicates left out because the measure is NaN in one or both runs.
        base: Mean of the baseline in these pairs; NaN without pairs.
        spread: Standard deviation of the differences; NaN if there is no interval.
        saved: Share of the variance that common random numbers remove, compared with independent
            seeds; NaN if both sides are constant.
        needed: Number of replicates at which the half-width of the interval would equal the wanted
            precision. None if the spread is unknown, if the number would exceed `MOST`, or if the
            baseline is 0 and the differences vary.
        reason: Why there is no interval, or that no run differed; otherwise empty.
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
        """A difference with a given mean and a given half-width of Student's interval."""
        wide = half / float(stdtrit(pairs - 1, 0.5 + LEVEL / 2)) if pairs > 1 else math.nan
        spread = wide * math.sqrt(pairs)
        return cls(mean, mean - half, mean + half, pairs, dropped, spread=spread)

    @property
    def half(self) -> float:
        """Half the width of the interval; NaN if there is none."""
        return (self.high - self.low) / 2.0

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.half)

    @property
    def error(self) -> float:
        """Standard error of the mean; NaN if there is no interval."""
        return self.spread / math.sqrt(self.pairs) if self.known else math.nan

    @property
    def smallest(self) -> float:
        """The result of `smallest_effect` for these pairs; NaN if there is no interval."""
        return smallest_effect(self.spread, self.pairs) if self.known else math.nan

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def sign(self) -> int:
        """1 or -1, the sign of the difference, if it is clear; otherwise 0."""
        return int(math.copysign(1, self.mean)) if self.clear else 0

    def times(self, factor: float) -> Self:
        """The same difference in another unit.

        Args:
            factor: Number of new units in one present unit, above 0.
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
    """The mean difference of paired values, with its interval.

    Args:
        one: Values by replicate, shape (replicates,); NaN where a run has none.
        base: Values of the baseline in the same order; 0 if `one` already contains differences.
        precision: Wanted half-width as a share of the mean of the baseline.
        about: The indicator that was measured. Its bounds limit the interval; None for no bounds.
        cases: Number of cases behind each value, of `one` and of the baseline; see
            `sim.analysis.cases.cases`.
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
    """The mean of the values of some runs, without NaN, with Student's interval."""
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
    """An interval of NaN. The reason says why the data are too few; it is empty if they suffice.

    Args:
        pairs: Number of replicates in which the measure is known on both sides.
        dropped: Number of replicates in which the measure is NaN on at least one side.
        cases: As for `difference`.
        there: By replicate, whether the measure is known on both sides.
    """
    reason = ""
    if dropped and (pairs < 2 or dropped > pairs):
        reason = f"{dropped} of {pairs + dropped} replicates had no case to measure"
    elif pairs == 1:
        reason = ONE_REPLICATE
    elif cases is not None:
        happened = float(sum(np.asarray(side, float)[there].sum() for side in cases))
        if happened < MIN_CASES:  # False if the number is NaN, that is, unknown
            reason = f"fewer than {MIN_CASES} cases in all runs together ({happened:,.0f})"
    return Interval(math.nan, math.nan, reason)


def replicates_needed(spread: float, half: float) -> int | None:
    """Number of replicates at which Student's interval of a mean is as narrow as wanted.

    Args:
        spread: Standard deviation of the differences.
        half: Wanted half-width.

    Returns:
        The number of replicates. It is 2 if the differences do not vary. Otherwise it is None if
        more than `MOST` would be needed, or if the wanted half-width is 0.
    """
    if spread == 0.0:
        return 2
    if half <= 0.0:
        return None

    if half_width(MOST, spread) > half:
        return None
    # Student's quantile is smallest for the most replicates. The answer is at least `least`.
    least = max(2, math.floor((float(stdtrit(MOST, 0.5 + LEVEL / 2)) * spread / half) ** 2))
    return next(n for n in count(least) if half_width(n, spread) <= half)


def smallest_effect(spread: float, pairs: int) -> float:
    """The smallest true effect whose interval excludes 0 with probability `POWER`.

    For a two-sided test at the 5 % level it is (t_{n−1,.975} + t_{n−1,.8})·s/√n. Here t_{n−1,p} is
    the p-quantile of Student's t with n − 1 degrees of freedom.

    Args:
        spread: Standard deviation s of the differences.
        pairs: Number n of pairs, at least two.
    """
    quantiles = stdtrit(pairs - 1, 0.5 + LEVEL / 2) + stdtrit(pairs - 1, POWER)
    return float(quantiles) * spread / math.sqrt(pairs)


def replicates_to_show(spread: float, effect: float) -> int | None:
    """Number of replicates at which the interval of an effect excludes 0 with probability `POWER`.

    Args:
        spread: Standard deviation of the differences.
        effect: The effect, of either sign.

    Returns:
        The number of replicates; None if it exceeds `MOST`, or if the effect is 0.
    """
    wanted = abs(effect)
    if wanted == 0.0 or smallest_effect(spread, MOST) > wanted:
        return None
    least, most = 1, 2  # `least` is too few, `most` may be enough
    while smallest_effect(spread, most) > wanted:
        least, most = most, 2 * most
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (
            (middle, most) if smallest_effect(spread, middle) > wanted else (least, middle)
        )
    return most
