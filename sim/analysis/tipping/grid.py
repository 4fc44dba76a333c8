"""A swept grid as an array: one measure over one or two numeric factors, from one start or two.

In: a finished sweep. Out: a `Grid`, or an error that says why the sweep is not one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
import pandas as pd

from sim.analysis.comparison.compare import HEADLINE
from sim.analysis.measures import kept, unkept
from sim.errors import ServandaError
from sim.experiment.factor_target import SCENARIO
from sim.runs.results import Results

FIRST = ("grace_performance_able", "grace_performance", *HEADLINE)
"""Default measure: the first of these that was recorded."""
LATE = 0.25
"""Share of all months, counted from the last, over which two starts are compared. By then,
temporary effects of the start have faded."""
MOST = 2
"""Largest number of numeric factors of a grid."""


@dataclass(frozen=True)
class Grid:
    """One measure at every combination of factors.

    Args:
        measure: Name of the measure.
        starts: The two scenarios from which each point was started; empty with a single start.
        axes: By numeric factor, the levels in ascending order. The first factor gives the rows of
            a map.
        values: Values of the measure, shape (starts or 1, levels of each axis …, replicates). NaN
            if a run has no value because the denominator is zero.
        months: The first and the last month used.
        monthly: Whether values are means of monthly values. If not, they are those of the whole
            period, as recorded by the runs.
        before: As `values`, over the equally long period just before; None if there are too few
            months.
    """

    measure: str
    starts: tuple[str, ...]
    axes: Mapping[str, np.ndarray]
    values: np.ndarray
    months: tuple[int, int]
    monthly: bool = False
    before: np.ndarray | None = None

    @property
    def replicates(self) -> int:
        """Number of runs of each point."""
        return int(self.values.shape[-1])

    def places(self) -> Iterator[tuple[tuple[int, ...], dict[str, float]]]:
        """The indices of every combination of levels, with the values of the factors."""
        for place in product(*(range(len(axis)) for axis in self.axes.values())):
            levels = zip(self.axes.items(), place, strict=True)
            yield place, {name: float(axis[at]) for (name, axis), at in levels}

    def across(self, axis: int) -> Iterator[tuple[tuple[int, ...], dict[str, float]]]:
        """For each line along one axis, the index and the value of the other factor.

        If there is no other factor, there is one line, and both its index and its value are empty.

        Args:
            axis: Number of the axis.
        """
        others = [item for number, item in enumerate(self.axes.items()) if number != axis]
        if not others:
            yield (), {}
            return
        ((name, levels),) = others
        for at, level in enumerate(levels.tolist()):
            yield (at,), {name: level}


def grid(found: Results, measure: str | None = None, last: int | None = None) -> Grid:
    """The results of a swept grid as an array.

    Args:
        found: The sweep.
        measure: Name of an indicator. By default it is the first of `FIRST` that was recorded, or
            else the first recorded one.
        last: Number of last months to use, as the mean of monthly values; 0 for the whole period,
            as recorded by the runs. The default is the whole period with one start, and the last
            quarter with two.

    Raises:
        ServandaError: If the sweep is not a full grid of one or two numeric factors; if runs are
            missing or failed; if the measure is infinite in a run or NaN in all runs of a point; or
            if there are too few months.
    """
    points = found.points.sort_values("point")
    starts, levels = axes(points)
    wanted, done = int(found.manifest["runs"]), int((found.runs["status"] == "ok").sum())
    if done < wanted:
        what = f"{wanted - done} of {wanted} runs are missing or failed"
        raise ServandaError("tipping", what, "see `servanda status`, then sweep or retry")
    chosen = _measure(found, measure, {*levels, SCENARIO})
    places = _places(points, starts, levels)
    shape = (max(1, len(starts)), *map(len, levels.values()), -1)

    def as_array(runs: pd.DataFrame) -> np.ndarray:
        """Values of the measure in runs, in the shape of `Grid.values`."""
        table = runs.pivot_table(index="point", columns="replicate", values=chosen, dropna=False)
        return table.reindex(places).to_numpy(float).reshape(shape)

    runs, earlier, months, monthly = _selected(found, chosen, last, two=bool(starts))
    values = as_array(runs)
    if (infinite := np.isinf(values).any(axis=-1)).any():
        what = f"not finite at {int(infinite.sum())} of {infinite.size} points"
        raise ServandaError(chosen, what, "choose another measure; a map needs finite numbers")
    before = None if earlier is None else as_array(earlier)
    if np.isnan(values).all(axis=-1).any():
        point = places[int(np.flatnonzero(np.isnan(values).all(axis=-1))[0])]
        what = f"no run of point {point} has a value, so the grid is incomplete"
        raise ServandaError(chosen, what, "choose another measure, or other months")
    return Grid(chosen, starts, levels, values, months, monthly, before)


def axes(points: pd.DataFrame) -> tuple[tuple[str, ...], dict[str, np.ndarray]]:
    """The starts and the levels of each numeric factor.

    Args:
        points: A row per point.

    Raises:
        ServandaError: If the points have scenarios, but not two; if factors are not numeric or have
            only one value; or if there are no factors or too many.
    """
    names = [str(name) for name in points if name != "point"]
    starts: tuple[str, ...] = ()
    if SCENARIO in names:
        names.remove(SCENARIO)
        starts = tuple(dict.fromkeys(map(str, points[SCENARIO])))
        if len(starts) != 2:
            what = f"{len(starts)} scenarios instead of two starts"
            raise ServandaError(SCENARIO, what, "list two: one starting in order, one in disorder")
    if not names:
        raise _refusal("it has no numeric factor")
    if len(names) > MOST:
        raise _refusal(f"it has {len(names)} factors, and a map has at most {MOST}")
    for name in names:
        column = points[name]
        if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            raise ServandaError(name, "its values are not numbers", "a map needs numeric factors")
        if column.nunique() < 2:
            raise ServandaError(name, "it has one value only", "a map needs at least two")
    return starts, {name: np.unique(points[name].to_numpy(float)) for name in names}


def _refusal(what: str) -> ServandaError:
    hint = 'sweep every combination of one or two factors: kind = "grid"'
    return ServandaError("tipping", f"this is not a grid that can be mapped: {what}", hint)


def _places(
    points: pd.DataFrame, starts: tuple[str, ...], axes: Mapping[str, np.ndarray]
) -> list[int]:
    """The point of each combination of starts and levels, in the order of the array.

    Raises:
        ServandaError: Unless each combination has one point.
    """
    heads = ([points[SCENARIO].astype(str)] if starts else []) + [points[name] for name in axes]
    at = dict(zip(zip(*heads, strict=True), points["point"].tolist(), strict=True))
    levels = [*([starts] if starts else []), *(axis.tolist() for axis in axes.values())]
    whole = prod(map(len, levels))
    holes = [place for place in product(*levels) if place not in at]
    if holes:
        first = ", ".join(str(value) for value in holes[0])
        raise _refusal(f"{len(holes)} of {whole} combinations are missing, such as {first}")
    if len(points) != whole:
        raise _refusal(f"{len(points)} points for {whole} combinations")
    return [at[place] for place in product(*levels)]


def _measure(found: Results, chosen: str | None, factors: set[str]) -> str:
    """The requested measure, or the first available one.

    Raises:
        ServandaError: If the measure was not recorded, or no indicator was.
    """
    names = kept(found)
    if chosen is None:
        first = next((name for name in (*FIRST, *names) if name in names), None)
        if first is None:
            raise ServandaError("tipping", "this sweep has recorded no indicator")
        return first
    if chosen not in names:
        raise unkept(chosen, names, factors)
    return chosen


def _selected(
    found: Results, measure: str, last: int | None, *, two: bool
) -> tuple[pd.DataFrame, pd.DataFrame | None, tuple[int, int], bool]:
    """Select the months of a measure.

    Returns:
        The measure by point and replicate; the same over the equally long period just before, or
        None; the first and last month; and whether the measure is the mean of monthly values.

    Raises:
        ServandaError: If the last months are requested, but the monthly series was not recorded or
            is too short.
    """
    ends = found.query("SELECT min(month) AS a, max(month) AS z FROM series")
    there = bool(ends["z"].notna().iloc[0])
    first, end = (int(ends["a"].iloc[0]), int(ends["z"].iloc[0])) if there else (0, 0)
    if last is None:
        last = max(1, round(LATE * (end - first + 1))) if two else 0
    if last == 0:
        return found.runs[["point", "replicate", measure]], None, (first, end), False
    begin = end - last + 1
    if there and begin < first:
        months = end - first + 1
        what = f"{last} months are more than the {months} that were measured"
        raise ServandaError("--last", what, f"give at most {months}, or 0 for the whole period")
    rows = _between(found, measure, begin, end)
    if rows.empty:
        what = "this sweep has recorded no monthly series over all debtors"
        raise ServandaError("--last", what, 'give --last 0, or record the series: by = "all"')
    early = begin - (end - begin + 1)
    before = _between(found, measure, early, begin - 1) if early >= first else None
    return rows, before, (begin, end), True


def _between(found: Results, measure: str, first: int, last: int) -> pd.DataFrame:
    """Mean of monthly values between two months, by point and replicate."""
    return found.query(
        f"""SELECT point, replicate, avg("{measure}") AS "{measure}" FROM series
        WHERE breakdown = 'all' AND month BETWEEN {first} AND {last}
        GROUP BY point, replicate ORDER BY point, replicate"""
    )
