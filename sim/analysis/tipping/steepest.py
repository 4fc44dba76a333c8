"""Where a curve is steepest, and whether it jumps there.

In: a grid, line by line: levels of one factor, and a measure by level and replicate. Out: a `Tip`.
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
"""How many times steeper than its neighbours a jump is."""
MOST = 0.5
"""Share of all that a curve changes which a jump makes in one step."""


@dataclass(frozen=True)
class Tip:
    """Where a measure changes fastest along one factor.

    Args:
        start: From which of two starts; empty where all start alike.
        along: The factor.
        at: The other factor, where there are two, with its value.
        low: Where the steepest step of the mean curve begins.
        high: Where it ends: the tipping point lies between.
        least: Lower end of the 95 % interval of the steepest step, over resampled replicates.
        most: Upper end.
        slope: Change of the measure in it for one unit of the factor.
        change: Change of the measure in it, over replicates that share their draws.
        moves: Whether the measure changes at all along the factor, beyond chance: Friedman's test
            over replicates at 5 %.
        steeper: How many times steeper it is than the steeper of its neighbours; missing where
            there is none.
        jump: Whether it is a jump at this grid: `STEEPER` times steeper than its neighbours, and at
            least half of all change, on the mean curve or on more than half of the replicates' own
            curves. None where two levels are all, or nothing moves.
        jumps: Share of the replicates whose own curve jumps.
        edge: Whether it is the first or the last step: then the change may lie further out.
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

    Replicates that miss a value somewhere on the line are left out.

    Args:
        levels: Values of the factor, from the lowest.
        runs: The measure, shape (levels, replicates).
        start: Name of the start.
        along: Name of the factor.
        at: The other factor with its level.
    """
    whole = runs[:, ~np.isnan(runs).any(axis=0)]
    if whole.shape[1] == 0:  # nobody has a whole curve: the means are all that is known
        whole = np.nanmean(runs, axis=1, keepdims=True)
    mean = whole.mean(axis=1)
    slopes = np.diff(mean) / np.diff(levels)
    step = int(np.argmax(np.abs(slopes)))
    least, most = _resampled(levels, whole)
    own = [_jumps(levels, curve) for curve in whole.T]
    moves = _moves(whole)
    told = len(levels) > 2 and moves
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
        jump=(_jumps(levels, mean) or float(np.mean(own)) > 0.5) if told else None,
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
    """Whether one step of a curve is a jump beside the others."""
    steps = np.diff(curve)
    slopes = steps / np.diff(levels)
    step = int(np.argmax(np.abs(slopes)))
    enough = abs(float(steps[step])) >= MOST * float(np.ptp(curve)) > 0.0
    return enough and _steeper(slopes, step) >= STEEPER


def _moves(runs: np.ndarray) -> bool:
    """Whether the levels of a line differ by more than chance: Friedman's test at 5 %.

    It ranks the levels within each replicate, so that neither a level that scatters more nor one
    run far out decides. Two levels are told apart by their paired difference.
    """
    if runs.shape[1] < 2 or np.ptp(runs, axis=0).max() == 0.0:
        return False
    if len(runs) == 2:
        return _paired(runs[1], runs[0]).clear
    return bool(friedmanchisquare(*runs).pvalue < 1.0 - LEVEL)


def _resampled(levels: np.ndarray, runs: np.ndarray) -> tuple[float, float]:
    """From where to where the steepest step lies in 95 % of resamples of whole replicates."""
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
