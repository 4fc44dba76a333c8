"""The steepest step of a curve, and whether it is a jump.

In: a line of a grid, with the levels of one factor, and a measure by level and replicate.
Out: a `Tip`.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import friedmanchisquare

from sim.analysis.paired import LEVEL, RESAMPLES, SEED, Difference, difference
from sim.analysis.tipping.grid import Grid

STEEPER = 3.0
"""How many times steeper than its neighbours a jump must be."""
MOST = 0.5
"""A jump is at least this share of the range of the curve, from the lowest value to the highest."""


@dataclass(frozen=True)
class Tip:
    """Where a measure changes fastest along one factor.

    Args:
        start: Name of the start, if there are two; empty with a single start.
        along: The factor.
        at: The other factor, if there are two, with its value.
        low: Level at which the steepest step of the mean curve begins.
        high: Level at which this step ends. The tipping point is between the two.
        least: Lower end of the 95 % interval of the position of the steepest step, over resampled
            replicates, as a level of the factor.
        most: Upper end.
        slope: Change of the measure in this step per unit of the factor.
        change: Change of the measure in this step, paired by replicate.
        moves: Whether the measure changes along the factor beyond chance, by Friedman's test over
            replicates at 5 %. With two levels, whether their paired difference is clear.
        steeper: How many times steeper the step is than the steeper of its neighbours; NaN without
            neighbours.
        jump: Whether there is a jump on this grid, in the mean curve or in the curves of more than
            half of the replicates. A jump is a steepest step that is at least `STEEPER` times
            steeper than its neighbours and at least `MOST` of the range of the curve. None with
            only two levels, or if `moves` is false.
        jumps: Share of the replicates whose curve has a jump; NaN with only two levels.
        edge: Whether the steepest step is the first or the last. The steepest change may then be
            outside the grid.
    """

    start: str
    along: str
    at: Mapping[str, float]
    low: float
    high: float
    least: float
    most: float
    slope: float
    change: Difference
    moves: bool
    steeper: float
    jump: bool | None
    jumps: float
    edge: bool

    @property
    def middle(self) -> float:
        """The middle of the steepest step."""
        return (self.low + self.high) / 2.0


def tips(over: Grid) -> Iterator[Tip]:
    """The tipping point along each factor, at each level of the other, from each start."""
    for at, start in enumerate(over.starts or ("",)):
        for axis, (name, levels) in enumerate(over.axes.items()):
            for others, named in over.across(axis):
                place: list[Any] = [at, *others]
                place.insert(axis + 1, slice(None))
                yield tip(levels, over.values[tuple(place)], start, name, named)


def tip(
    levels: np.ndarray,
    runs: np.ndarray,
    start: str = "",
    along: str = "",
    at: Mapping[str, float] | None = None,
) -> Tip:
    """The tipping point of one line of a grid.

    Replicates with a NaN on the line are left out.

    Args:
        levels: Values of the factor in ascending order.
        runs: The measure, shape (levels, replicates).
        start: Name of the start.
        along: Name of the factor.
        at: The other factor, if there are two, with its level.
    """
    whole = runs[:, ~np.isnan(runs).any(axis=0)]
    if whole.shape[1] == 0:  # no replicate has a complete curve: only the means are known
        whole = np.nanmean(runs, axis=1, keepdims=True)
    mean = whole.mean(axis=1)
    slopes = np.diff(mean) / np.diff(levels)
    step = int(np.argmax(np.abs(slopes)))
    least, most = _resampled(levels, whole)
    own = [_jumps(levels, curve) for curve in whole.T]
    moves = _moves(whole)
    judged = len(levels) > 2 and moves
    return Tip(
        start=start,
        along=along,
        at=at or {},
        low=float(levels[step]),
        high=float(levels[step + 1]),
        least=least,
        most=most,
        slope=float(slopes[step]),
        change=_paired(whole[step + 1], whole[step]),
        moves=moves,
        steeper=_steeper(slopes, step),
        jump=(_jumps(levels, mean) or float(np.mean(own)) > 0.5) if judged else None,
        jumps=float(np.mean(own)) if len(levels) > 2 else math.nan,
        edge=step in {0, len(slopes) - 1},
    )


def _paired(one: np.ndarray, other: np.ndarray) -> Difference:
    return difference(one, other)


def _steeper(slopes: np.ndarray, step: int) -> float:
    """How many times steeper a step is than the steeper of its neighbours."""
    beside = np.abs(slopes[[n for n in (step - 1, step + 1) if 0 <= n < len(slopes)]])
    if len(beside) == 0:
        return math.nan
    top = float(beside.max())
    return abs(float(slopes[step])) / top if top > 0.0 else math.inf


def _jumps(levels: np.ndarray, curve: np.ndarray) -> bool:
    """Whether the steepest step of a curve is a jump."""
    steps = np.diff(curve)
    slopes = steps / np.diff(levels)
    step = int(np.argmax(np.abs(slopes)))
    enough = abs(float(steps[step])) >= MOST * float(np.ptp(curve)) > 0.0
    return enough and _steeper(slopes, step) >= STEEPER


def _moves(runs: np.ndarray) -> bool:
    """Whether the levels of a line differ by more than chance: Friedman's test at 5 %.

    The test ranks the levels within each replicate. Outliers and levels with more scatter therefore
    do not decide it. Two levels are compared by their paired difference.
    """
    if runs.shape[1] < 2 or np.ptp(runs, axis=0).max() == 0.0:
        return False
    if len(runs) == 2:
        return _paired(runs[1], runs[0]).clear
    return bool(friedmanchisquare(*runs).pvalue < 1.0 - LEVEL)


def _resampled(levels: np.ndarray, runs: np.ndarray) -> tuple[float, float]:
    """Range of levels that contains the steepest step in 95 % of resamples of replicates."""
    count = runs.shape[1]
    if count < 2:
        return math.nan, math.nan
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1.0 / count), RESAMPLES)
    slopes = np.diff(drawn @ runs.T / count, axis=1) / np.diff(levels)
    steps = np.abs(slopes).argmax(axis=1)
    tail = (1.0 - LEVEL) / 2.0
    first = int(np.quantile(steps, tail, method="lower"))
    last = int(np.quantile(steps, 1.0 - tail, method="higher"))
    return float(levels[first]), float(levels[last + 1])
