"""Means of paired differences, of two runs that share every draw they can, with their intervals."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.special import stdtrit

LEVEL = 0.95


@dataclass(frozen=True)
class Effect:
    """Mean of paired differences from the baseline.

    Args:
        mean: The mean, in the unit of the measure; missing without pairs.
        half: Half the width of its 95 % interval by Student's t; missing with fewer than two pairs.
        pairs: Seeds behind it.
        dropped: Seeds left out because the measure was missing in one of the two runs.
    """

    mean: float
    half: float
    pairs: int
    dropped: int = 0

    @property
    def known(self) -> bool:
        """Whether there are pairs enough for an interval."""
        return not math.isnan(self.half)

    @property
    def error(self) -> float:
        """Standard error of the mean; missing with fewer than two pairs."""
        if not self.known:
            return math.nan
        return self.half / float(stdtrit(self.pairs - 1, 0.5 + LEVEL / 2))

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return abs(self.mean) > self.half

    @property
    def sign(self) -> int:
        """Its direction where it is clear, else 0."""
        return int(math.copysign(1, self.mean)) if self.clear else 0


def effect(pairs: Iterable[tuple[float, float]]) -> Effect:
    """The effect that pairs show, each of a run and its baseline."""
    told = list(pairs)
    gaps = [one - base for one, base in told if not math.isnan(one - base)]
    n = len(gaps)
    mean = math.fsum(gaps) / n if n else math.nan
    half = math.nan
    if n > 1:
        spread = math.sqrt(math.fsum((gap - mean) ** 2 for gap in gaps) / (n - 1))
        half = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * spread / math.sqrt(n)
    return Effect(mean, half, n, len(told) - n)
