"""Means of paired differences, of two runs that share every draw they can, with their intervals."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from sim.analysis.interval import LEVEL, half_width, interval
from sim.indicator import UNBOUNDED, Indicator

__all__ = ["LEVEL", "Effect", "effect", "level"]


@dataclass(frozen=True)
class Effect:
    """Mean of paired differences from the baseline.

    Args:
        mean: The mean, in the unit of the measure; missing without pairs.
        half: Half the width of its 95 % interval; missing where there is none.
        pairs: Seeds behind it.
        dropped: Seeds left out because the measure was missing in one of the two runs.
        ends: Both ends of the interval; mean ± half unless given.
        spread: Standard deviation of the differences; that of Student's interval unless given.
        reason: Why there is no interval, or that no run differed; empty otherwise.
    """

    mean: float
    half: float
    pairs: int
    dropped: int = 0
    ends: tuple[float, float] | None = None
    spread: float | None = None
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.half)

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.ends[0] if self.ends else self.mean - self.half

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.ends[1] if self.ends else self.mean + self.half

    @property
    def error(self) -> float:
        """Standard error of the mean; missing where there is no interval."""
        if not self.known:
            return math.nan
        if self.spread is not None:
            return self.spread / math.sqrt(self.pairs)
        return self.half / float(stdtrit(self.pairs - 1, 0.5 + LEVEL / 2))

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def sign(self) -> int:
        """Its direction where it is clear, else 0."""
        return int(math.copysign(1, self.mean)) if self.clear else 0


def effect(pairs: Iterable[tuple[float, float]], about: Indicator | None = None) -> Effect:
    """The effect that pairs show, each of a run and its baseline.

    The interval is that of every comparison: see `sim.analysis.interval`.

    Args:
        pairs: Values of a run and of its baseline.
        about: The indicator that was measured; its bounds are those of the interval.
    """
    told = list(pairs)
    known = [(one, base) for one, base in told if not math.isnan(one - base)]
    gaps = np.array([one - base for one, base in known])
    n, dropped = len(known), len(told) - len(known)
    mean = math.fsum(gaps) / n if n else math.nan
    if n < 2:
        return Effect(mean, math.nan, n, dropped, reason="one replicate tells no spread")
    base = np.array([base for _, base in known])
    bounds = UNBOUNDED if about is None else about.bounds
    found = interval(gaps, base=base, bounds=bounds, steps=about is not None and about.steps)
    half, ends = (found.high - found.low) / 2.0, (found.low, found.high)
    return Effect(mean, half, n, dropped, ends, float(gaps.std(ddof=1)), found.reason)


def level(values: Iterable[float]) -> Effect:
    """The mean of some runs' own values with Student's interval, the missing left out."""
    told = np.array(list(values), float)
    known = told[~np.isnan(told)]
    n = len(known)
    mean = math.fsum(known) / n if n else math.nan
    half = half_width(n, float(known.std(ddof=1))) if n > 1 else math.nan
    return Effect(mean, half, n, len(told) - n)
