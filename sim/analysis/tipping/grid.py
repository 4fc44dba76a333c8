"""A swept grid as an array: one measure over one or two numeric factors, and perhaps two starts.

In: a finished sweep. Out: a `Grid`; or why the sweep is none.
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
"""Which measure is looked at unless one is named: the first of these that was kept."""
LATE = 0.25
"""The last part of the months, over which two starts are compared: what they began with fades."""
MOST = 2
"""Numeric factors of a map."""


@dataclass(frozen=True)
class Grid:
    """One measure at every combination of factors.

    Args:
        measure: Its name.
        starts: The two scenarios from which each point was started; none where all start alike.
        axes: By numeric factor, its levels from the lowest; rows of the map first.
        values: Shape (starts or 1, levels of each axis …, replicates); missing where a run has
            nothing to divide by.
        months: The first and the last month behind it.
        monthly: Whether values are means of monthly ones; else they are those of all these months
            together, as the runs tell them.
        before: As `values`, over as many months before; None where there are not so many.
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
        """Runs of each point."""
        return int(self.values.shape[-1])

    def places(self) -> Iterator[tuple[tuple[int, ...], dict[str, float]]]:
        """Every place of a grid, with the factors' values there."""
        for place in product(*(range(len(axis)) for axis in self.axes.values())):
            levels = zip(self.axes.items(), place, strict=True)
            yield place, {name: float(axis[at]) for (name, axis), at in levels}

    def across(self, axis: int) -> Iterator[tuple[tuple[int, ...], dict[str, float]]]:
        """Each level of the factor beside an axis; one empty place where there is none."""
        others = [item for number, item in enumerate(self.axes.items()) if number != axis]
        if not others:
            yield (), {}
            return
        ((name, levels),) = others
        for at, level in enumerate(levels.tolist()):
            yield (at,), {name: level}


def grid(found: Results, measure: str | None = None, last: int | None = None) -> Grid:
    """The grid that a sweep has run.

    Args:
        found: The sweep.
        measure: An indicator; the first of `FIRST` that was kept if None.
        last: The last so many months are looked at, as the mean of monthly values; 0 for all of
            them together, as the runs tell them. If None, all with one start, and the last quarter
            with two.

    Raises:
        ServandaError: If the sweep is no full grid of one or two numeric factors, runs are missing
            or failed, the measure is not there or infinite, or fewer months are than are asked for.
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

    def laid(runs: pd.DataFrame) -> np.ndarray:
        """Runs as an array."""
        table = runs.pivot_table(index="point", columns="replicate", values=chosen, dropna=False)
        return table.reindex(places).to_numpy(float).reshape(shape)

    runs, earlier, months, monthly = _told(found, chosen, last, two=bool(starts))
    values = laid(runs)
    if (infinite := np.isinf(values).any(axis=-1)).any():
        what = f"not finite at {int(infinite.sum())} of {infinite.size} points"
        raise ServandaError(chosen, what, "take another measure; a map needs numbers")
    before = None if earlier is None else laid(earlier)
    if np.isnan(values).all(axis=-1).any():
        point = places[int(np.flatnonzero(np.isnan(values).all(axis=-1))[0])]
        what = f"no run of point {point} has a value: the grid has a hole"
        raise ServandaError(chosen, what, "take another measure, or months in which there is one")
    return Grid(chosen, starts, levels, values, months, monthly, before)


def axes(points: pd.DataFrame) -> tuple[tuple[str, ...], dict[str, np.ndarray]]:
    """The starts and the levels of each numeric factor.

    Args:
        points: A row a point.

    Raises:
        ServandaError: If these are no starts, no numbers, too few or too many.
    """
    names = [str(name) for name in points if name != "point"]
    starts: tuple[str, ...] = ()
    if SCENARIO in names:
        names.remove(SCENARIO)
        starts = tuple(dict.fromkeys(map(str, points[SCENARIO])))
        if len(starts) != 2:
            what = f"{len(starts)} scenarios are not two starts"
            raise ServandaError(SCENARIO, what, "list the world from order and from disorder")
    if not names:
        raise _refusal("it has no numeric factor")
    if len(names) > MOST:
        raise _refusal(f"it has {len(names)} factors, and a map has {MOST} at most")
    for name in names:
        column = points[name]
        if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
            raise ServandaError(name, "its values are no numbers", "a map needs numbers to lie on")
        if column.nunique() < 2:
            raise ServandaError(name, "it has one value only", "a map needs two at least")
    return starts, {name: np.unique(points[name].to_numpy(float)) for name in names}


def _refusal(what: str) -> ServandaError:
    hint = 'sweep every combination of one or two factors: kind = "grid"'
    return ServandaError("tipping", f"this is no grid to map: {what}", hint)


def _places(
    points: pd.DataFrame, starts: tuple[str, ...], axes: Mapping[str, np.ndarray]
) -> list[int]:
    """The point at each place of the grid, in the order of the array.

    Raises:
        ServandaError: If one is missing or there twice.
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


def _measure(found: Results, asked: str | None, factors: set[str]) -> str:
    """The measure that is asked for, or the first that is there.

    Raises:
        ServandaError: If it was not kept.
    """
    names = kept(found)
    if asked is None:
        first = next((name for name in (*FIRST, *names) if name in names), None)
        if first is None:
            raise ServandaError("tipping", "this sweep has kept no indicator")
        return first
    if asked not in names:
        raise unkept(asked, names, factors)
    return asked


def _told(
    found: Results, measure: str, last: int | None, *, two: bool
) -> tuple[pd.DataFrame, pd.DataFrame | None, tuple[int, int], bool]:
    """The measure by point and replicate, the same of as many months before, and the months.

    At last, whether it is the mean of monthly values.

    Raises:
        ServandaError: If the last months are asked for and no series was kept, or not so many.
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
        raise ServandaError("--last", what, f"give {months} at most, or 0 for all of them together")
    rows = _between(found, measure, begin, end)
    if rows.empty:
        what = "this sweep has kept no series over all debtors"
        raise ServandaError("--last", what, 'give --last 0, or keep them: by = "all"')
    early = begin - (end - begin + 1)
    before = _between(found, measure, early, begin - 1) if early >= first else None
    return rows, before, (begin, end), True


def _between(found: Results, measure: str, first: int, last: int) -> pd.DataFrame:
    """Mean of monthly values over some months, by point and replicate."""
    return found.query(
        f"""SELECT point, replicate, avg("{measure}") AS "{measure}" FROM series
        WHERE breakdown = 'all' AND month BETWEEN {first} AND {last}
        GROUP BY point, replicate ORDER BY point, replicate"""
    )
