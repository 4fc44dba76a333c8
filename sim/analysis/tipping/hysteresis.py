"""Hysteresis: where two starts of a world end in the same regime, and where in different ones.

A regime is the state in which a world settles. In: a grid of two starts. Out: their differences
point by point, and the bands (ranges of levels in which history decides the regime).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sim.analysis.paired import LEVEL, Difference, difference
from sim.analysis.tipping.grid import Grid

MARGIN = 0.1
"""Largest difference between two starts that counts as none, as a share of the range of the measure
on the map."""
CLOSES = 0.1
"""Two starts count as settled if their difference shrinks by at most this share of itself from one
period to the next."""

type Regimes = Literal["one", "two", "closing", "unclear"]
"""How many regimes two starts end in; ``closing`` if they are still converging."""


@dataclass(frozen=True)
class Band:
    """A range of levels in which history decides: the two starts end in two regimes.

    Args:
        along: The factor.
        at: The other factor, if there are two, with its value.
        low: Lowest level with two regimes.
        high: Highest level with two regimes. No level in between is known to have one regime.
        below: Nearest level below with one regime; None if the grid has none. The edge of the band
            is between it and `low`.
        above: Nearest level above with one regime; None if the grid has none.
    """

    along: str
    at: Mapping[str, float]
    low: float
    high: float
    below: float | None
    above: float | None


def gaps(over: Grid) -> pd.DataFrame:
    """The difference between the two starts at each point, and whether they end in two regimes.

    For the columns see `sim.analysis.tipping.tipping.Tipping.gaps`.
    """
    margin = MARGIN * float(np.ptp(np.nanmean(over.values, axis=-1)))
    places = [place for place, _ in over.places()]
    apart = [over.values[(0, *place)] - over.values[(1, *place)] for place in places]
    differences = [_of(gap) for gap in apart]
    rows = []
    for (place, named), gap, one, half in zip(
        over.places(), apart, differences, joint_half_widths(differences), strict=True
    ):
        ends = {"low": one.low, "high": one.high}
        kind, before = regimes(one, margin, half), math.nan
        if over.before is not None:
            earlier = over.before[(0, *place)] - over.before[(1, *place)]
            before = _of(earlier).mean
            if kind == "two" and closing(earlier, gap):
                kind = "closing"
        rows.append({**named, "difference": one.mean, **ends, "before": before, "regimes": kind})
    return pd.DataFrame(rows)


def _of(values: np.ndarray) -> Difference:
    return difference(values)


def joint_half_widths(differences: Sequence[Difference]) -> list[float]:
    """Half-widths of intervals that hold jointly at 95 % for all points of a map.

    A few replicates give only a rough estimate of the scatter at one point, but all points together
    give a good one. The standard error of a point is therefore set to at least that of an average
    point. The intervals use the degrees of freedom of all points together, and Bonferroni's
    correction for the number of points. An interval is at least as wide as that of the point alone.
    If the point alone has none, the width is infinite.

    Args:
        differences: For each point, the difference of the two starts.
    """
    known = [one for one in differences if one.known]
    freedom = sum(one.pairs - 1 for one in known)
    if not known:
        return [math.inf] * len(differences)
    spread = sum((one.pairs - 1) * one.pairs * one.error**2 for one in known) / freedom
    width = float(stdtrit(freedom, 1.0 - (1.0 - LEVEL) / (2.0 * len(differences))))
    return [
        max(one.half, width * max(one.error, math.sqrt(spread / one.pairs)))
        if one.known
        else math.inf
        for one in differences
    ]


def regimes(difference: Difference, margin: float, half: float) -> Regimes:
    """How many regimes two starts end in, if they have settled.

    They end in two if their difference exceeds both the margin and `half`. They end in one if the
    95 % interval of the difference is within the margin. Otherwise this is unclear.

    Args:
        difference: The difference of the two starts.
        margin: Largest difference that counts as none.
        half: Half-width of the joint interval of the difference; see `joint_half_widths`.
    """
    if abs(difference.mean) > max(margin, half):
        return "two"
    return (
        "one"
        if difference.known and abs(difference.mean) + difference.half <= margin
        else "unclear"
    )


def closing(before: np.ndarray, now: np.ndarray) -> bool:
    """Whether two starts are still converging. Their difference is then not due to history.

    They are converging if the difference clearly shrank from one period to the next, by more than
    the share `CLOSES`.

    Args:
        before: Differences by replicate over the earlier months.
        now: Differences by replicate over the last months.
    """
    lost = _of((before - now) * math.copysign(1.0, float(np.nanmean(before))))
    return lost.clear and lost.mean > CLOSES * abs(_of(before).mean)


def bands(over: Grid, found: pd.DataFrame) -> Iterator[Band]:
    """The bands in which history decides, along each factor."""
    kinds = found["regimes"].to_numpy().reshape([len(axis) for axis in over.axes.values()])
    for axis, (name, levels) in enumerate(over.axes.items()):
        for others, named in over.across(axis):
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
    """Ranges of levels with two regimes.

    For each range: the indices of the first and the last level, and of the nearest levels below and
    above with one regime (None if there is none). A range may contain levels that are unclear or
    closing between levels with two regimes.
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
