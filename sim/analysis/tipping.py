"""Where a measure tips: steepest steps, jumps, two regimes, and where history decides.

In: a swept grid of one or two numeric factors, from one start or from two. Out: a `Tipping`: curves
and maps with intervals, the tipping point along each factor, and the bands in which two starts end
in two regimes.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import stdtrit
from scipy.stats import friedmanchisquare

from sim.analysis.difference import SEED
from sim.analysis.grid import Grid, grid
from sim.analysis.pairs import LEVEL, Effect, effect
from sim.experiment.results import Results

RESAMPLES = 9999
STEEPER = 3.0
"""How many times steeper than its neighbours a jump is."""
MOST = 0.5
"""Share of all that a curve changes which a jump makes in one step."""
MARGIN = 0.1
"""Share of the range of a map within which two starts count as having ended in the same place."""
WIDE = 0.25
"""Share of the range of all runs that lies empty between two regimes at one point."""
SELDOM = 0.01
"""Share of samples of one normal group that look like two."""
SAMPLES = 20_000
"""Samples behind that share."""
FEWEST = 4
"""Replicates below which nobody can see two groups."""

CLOSES = 0.1
"""Share of their difference that two starts may lose from one stretch of months to the next, and
still count as having come to rest."""

type Regimes = Literal["one", "two", "closing", "unclear"]
"""How many regimes two starts end in; ``closing`` while they are still on the way together."""


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
    change: Effect
    moves: bool
    steeper: float
    jump: bool | None
    jumps: float
    edge: bool

    @property
    def middle(self) -> float:
        """The middle of the steepest step."""
        return (self.low + self.high) / 2.0


@dataclass(frozen=True)
class Band:
    """Levels of a factor between which history decides: two starts end in two regimes.

    Args:
        along: The factor.
        at: The other factor, where there are two, with its value.
        low: Lowest level with two regimes.
        high: Highest such level; no level between them is known to have one.
        below: Nearest level below with one regime: the edge lies between it and `low`; None where
            the grid shows none.
        above: Nearest level above with one.
    """

    along: str
    at: Mapping[str, float]
    low: float
    high: float
    below: float | None
    above: float | None


@dataclass(frozen=True)
class Tipping:
    """A grid, read for where it tips.

    Args:
        measure: The indicator.
        factors: One or two numeric factors; of two, the first makes the rows of a map.
        starts: The two starts; none where all start alike.
        months: First and last month behind the measure.
        replicates: Runs of each point.
        points: A row for each start and combination: ``start`` (empty with one), the factors,
            ``mean``, ``low`` and ``high`` (95 % interval by Student's t over replicates),
            ``replicates`` behind it, ``upper``: where its runs fall into two groups, the share of
            them in the upper one, else missing.
        tips: A tipping point for each start, factor and level of the other factor.
        gaps: With two starts, a row a combination: the factors, ``difference`` (first start less
            the second, paired), ``low``, ``high``, ``before`` (the difference over as many months
            before; missing where there are not so many), and ``regimes``: ``two``, ``one``,
            ``closing`` or ``unclear``. None with one start.
        bands: Where history decides, along each factor.
    """

    measure: str
    factors: tuple[str, ...]
    starts: tuple[str, ...]
    months: tuple[int, int]
    replicates: int
    points: pd.DataFrame = field(repr=False)
    tips: tuple[Tip, ...]
    gaps: pd.DataFrame | None = field(repr=False)
    bands: tuple[Band, ...]

    def map(self, value: str = "mean", start: str = "") -> pd.DataFrame:
        """The matrix of a heat map: rows are the first factor, columns the second.

        With one factor it has one row, named after the measure.

        Args:
            value: A column of `points`, or of `gaps`.
            start: Which of two starts, for a column of `points`; the first unless named.
        """
        rows = self.gaps
        if rows is None or value in {"mean", "replicates", "upper"} or start:
            chosen = start or (self.starts[0] if self.starts else "")
            rows = self.points[self.points["start"] == chosen]
        if len(self.factors) == 1:
            return rows.set_index(self.factors[0])[[value]].set_axis([self.measure], axis=1).T
        return rows.pivot_table(
            index=self.factors[0], columns=self.factors[1], values=value, aggfunc="first"
        )


def tipping(found: Results, measure: str | None = None, last: int | None = None) -> Tipping:
    """Read a swept grid for where it tips.

    Args:
        found: The sweep.
        measure: As for `sim.analysis.grid.grid`.
        last: Likewise.

    Raises:
        ServandaError: If the sweep is no full grid of one or two numeric factors, or of two starts
            beside; if runs are missing or failed, or the measure is not there.
    """
    return read(grid(found, measure, last))


def read(over: Grid) -> Tipping:
    """Read a grid for where it tips."""
    gaps = _gaps(over) if over.starts else None
    return Tipping(
        measure=over.measure,
        factors=tuple(over.axes),
        starts=over.starts,
        months=over.months,
        replicates=over.replicates,
        points=_points(over),
        tips=tuple(_tips(over)),
        gaps=gaps,
        bands=tuple(_bands(over, gaps)) if gaps is not None else (),
    )


# ---------------------------------------------------------------- points


def _points(over: Grid) -> pd.DataFrame:
    """Every point with its interval, and whether its runs fall apart."""
    wide = float(np.nanmax(over.values) - np.nanmin(over.values))
    rows = []
    for at, start in enumerate(over.starts or ("",)):
        for place, named in _places(over):
            runs = over.values[(at, *place)]
            rows.append({"start": start, **named, **_spread(runs), "upper": upper(runs, wide)})
    return pd.DataFrame(rows)


def _places(over: Grid) -> Iterator[tuple[tuple[int, ...], dict[str, float]]]:
    """Every place of a grid, with the factors' values there."""
    for place in product(*(range(len(axis)) for axis in over.axes.values())):
        levels = zip(over.axes.items(), place, strict=True)
        yield place, {name: float(axis[at]) for (name, axis), at in levels}


def _spread(runs: np.ndarray) -> dict[str, Any]:
    """Mean and interval of some runs."""
    told = effect((float(value), 0.0) for value in runs)
    ends = {"low": told.mean - told.half, "high": told.mean + told.half}
    return {"mean": told.mean, **ends, "replicates": told.pairs}


def upper(runs: np.ndarray, wide: float) -> float:
    """Share of runs in the upper of two groups; missing where they do not fall into two.

    The runs are split at their widest gap. They are two groups if that is at least `WIDE` of the
    range of all runs of the grid, and wider beside the wider group than it is in 99 of 100 samples
    as large of one normal distribution.

    Args:
        runs: Values of one point.
        wide: Range of all runs of the grid.
    """
    told = np.sort(runs[~np.isnan(runs)])
    if len(told) < FEWEST or wide <= 0.0:
        return math.nan
    gap, group, below = (one[0] for one in _split(told[None]))
    if gap < WIDE * wide or gap < _seldom(len(told)) * group:
        return math.nan
    return float(len(told) - below) / len(told)


def _split(told: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The widest gap of samples, the range of the wider group, and how many lie below the gap.

    Args:
        told: Sorted samples, shape (samples, runs).
    """
    steps = np.diff(told, axis=1)
    at = steps.argmax(axis=1)
    rows = np.arange(len(told))
    groups = np.maximum(told[rows, at] - told[:, 0], told[:, -1] - told[rows, at + 1])
    return steps[rows, at], groups, at + 1


@cache
def _seldom(runs: int) -> float:
    """How many times wider than the wider group the gap seldom is where there is one group."""
    drawn = np.random.default_rng(SEED).normal(size=(SAMPLES, runs))
    gap, group, _ = _split(np.sort(drawn, axis=1))
    return float(np.quantile(gap / group, 1.0 - SELDOM))


# ---------------------------------------------------------------- tipping points


def _tips(over: Grid) -> Iterator[Tip]:
    """The tipping point along each factor, at each level of the other, from each start."""
    for at, start in enumerate(over.starts or ("",)):
        for axis, (name, levels) in enumerate(over.axes.items()):
            for others, named in _across(over, axis):
                place: list[Any] = [at, *others]
                place.insert(axis + 1, slice(None))
                yield tip(levels, over.values[tuple(place)], start, name, named)


def _across(over: Grid, axis: int) -> Iterator[tuple[tuple[int, ...], dict[str, float]]]:
    """Each level of the factor beside an axis; one empty place where there is none."""
    others = [item for number, item in enumerate(over.axes.items()) if number != axis]
    if not others:
        yield (), {}
        return
    ((name, levels),) = others
    for at, level in enumerate(levels.tolist()):
        yield (at,), {name: level}


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


def _paired(one: np.ndarray, other: np.ndarray) -> Effect:
    return effect(zip(one.tolist(), other.tolist(), strict=True))


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


# ---------------------------------------------------------------- two starts


def _gaps(over: Grid) -> pd.DataFrame:
    """What the starts differ by at each point, and whether they end in two regimes."""
    margin = MARGIN * float(np.ptp(np.nanmean(over.values, axis=-1)))
    places = [place for place, _ in _places(over)]
    gaps = [over.values[(0, *place)] - over.values[(1, *place)] for place in places]
    told = [_of(gap) for gap in gaps]
    rows = []
    for (place, named), gap, one, half in zip(_places(over), gaps, told, sure(told), strict=True):
        ends = {"low": one.mean - one.half, "high": one.mean + one.half}
        kind, before = regimes(one, margin, half), math.nan
        if over.before is not None:
            earlier = over.before[(0, *place)] - over.before[(1, *place)]
            before = _of(earlier).mean
            if kind == "two" and closing(earlier, gap):
                kind = "closing"
        rows.append({**named, "difference": one.mean, **ends, "before": before, "regimes": kind})
    return pd.DataFrame(rows)


def _of(values: np.ndarray) -> Effect:
    return effect((float(value), 0.0) for value in values)


def sure(told: Sequence[Effect]) -> list[float]:
    """Half the width of intervals that hold at 95 % for all points of a map together.

    A few replicates tell little of how much a point scatters, but all points together do: each
    takes the larger of its own error and that of an average point, with the degrees of freedom of
    all (Bonferroni over the points). None is narrower than that of the point alone, and nothing is
    sure where no point has two replicates.

    Args:
        told: The differences of two starts, a point each.
    """
    known = [one for one in told if one.known]
    freedom = sum(one.pairs - 1 for one in known)
    if not known:
        return [math.inf] * len(told)
    spread = sum((one.pairs - 1) * one.pairs * one.error**2 for one in known) / freedom
    width = float(stdtrit(freedom, 1.0 - (1.0 - LEVEL) / (2.0 * len(told))))
    return [
        max(one.half, width * max(one.error, math.sqrt(spread / one.pairs)))
        if one.known
        else math.inf
        for one in told
    ]


def regimes(told: Effect, margin: float, half: float) -> Regimes:
    """How many regimes two starts end in, if they have come to rest.

    Two, if their difference is larger than the margin and not chance; one, if its 95 % interval
    lies within the margin; else nobody can tell.

    Args:
        told: The difference of the two starts.
        margin: Largest difference that counts as none.
        half: Half the width of its interval; see `sure`.
    """
    if abs(told.mean) > max(margin, half):
        return "two"
    return "one" if told.known and abs(told.mean) + told.half <= margin else "unclear"


def closing(before: np.ndarray, now: np.ndarray) -> bool:
    """Whether two starts are still on the way together: then time, not history, tells them apart.

    They are if the difference has become smaller by more than `CLOSES` of it from one stretch of
    months to the next, and not by chance.

    Args:
        before: Differences by replicate, over the months before.
        now: The same over the last months.
    """
    lost = _of((before - now) * math.copysign(1.0, float(np.nanmean(before))))
    return lost.clear and lost.mean > CLOSES * abs(_of(before).mean)


def _bands(over: Grid, gaps: pd.DataFrame) -> Iterator[Band]:
    """The bands in which history decides, along each factor."""
    kinds = gaps["regimes"].to_numpy().reshape([len(axis) for axis in over.axes.values()])
    for axis, (name, levels) in enumerate(over.axes.items()):
        for others, named in _across(over, axis):
            place: list[Any] = list(others)
            place.insert(axis, slice(None))
            for first, last, below, above in _runs(list(kinds[tuple(place)])):
                yield Band(
                    name,
                    named,
                    float(levels[first]),
                    float(levels[last]),
                    None if below is None else float(levels[below]),
                    None if above is None else float(levels[above]),
                )


def _runs(kinds: list[Regimes]) -> Iterator[tuple[int, int, int | None, int | None]]:
    """Runs of levels with two regimes, and the nearest levels with one on either side.

    Levels of which nobody can tell, or at which starts are closing, do not end a run that goes on
    behind them.
    """
    inside: list[int] = []
    below: int | None = None
    for at, kind in enumerate(kinds):
        if kind == "two":
            inside.append(at)
        elif kind == "one":
            if inside:
                yield inside[0], inside[-1], below, at
            inside, below = [], at
    if inside:
        yield inside[0], inside[-1], below, None
