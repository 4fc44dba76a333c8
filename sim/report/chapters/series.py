"""Through time: means over replicates with bands, or how far many points lie apart."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from sim.report.chapter import Chapter, Figure
from sim.report.estimate import Mean, mean
from sim.report.labels import labels
from sim.report.material import Material
from sim.report.measures import Measure, drawn, measure
from sim.report.style import BASE, COLOURS, SOFT, bottom, colours, grid, legend_below, shorten
from sim.report.words import Words

SPREAD = (0.05, 0.25, 0.75, 0.95)
"""Shares of many points between which bands are drawn."""
BANDS = 3
"""Points whose bands can be told apart."""
LONG = 24
"""Months from which means of quarters are drawn."""


class Course(NamedTuple):
    """A measure through time.

    Args:
        measure: Which.
        months: The last month of each step.
        values: Of each point, in the unit shown; shape (replicates, steps).
    """

    measure: Measure
    months: np.ndarray
    values: dict[int, np.ndarray]


def series(material: Material, words: Words) -> Chapter | None:
    """How it went, step by step."""
    names = [one.name for one in drawn(material) if one.name in material.monthly]
    if not names:
        return None
    columns = ", ".join(f'"{name}"' for name in names)
    table = material.query(
        f"SELECT point, replicate, month, {columns} FROM series WHERE breakdown = 'all'"
    )
    if table["month"].nunique() < 2:
        return None
    found = [_course(material, table, name) for name in names if table[name].notna().any()]
    if not material.few:
        parts = [_spread(material, words, found)]
    else:
        parts = [_levels(material, words, found)]
        if material.several and material.base is not None:
            parts.append(_differences(material, words, found))
    notes = [words("Indicators over twelve months are missing until there are twelve.")]
    if table["month"].nunique() >= LONG:
        notes.insert(0, words("Each step is the mean of three months."))
    return Chapter(
        "series",
        words("Through time"),
        words("What a mean over all months hides: when effects come, and whether they last."),
        tuple(parts),
        tuple(notes),
    )


def _course(material: Material, rows: pd.DataFrame, name: str) -> Course:
    """A measure of every run by month, or by quarter where there are many months."""
    table = rows.pivot_table(
        index=["point", "replicate"], columns="month", values=name, dropna=False
    )
    if table.shape[1] >= LONG:
        quarters = table.T.groupby((table.columns.to_numpy() - 1) // 3)
        full = quarters.size() == 3
        table = quarters.mean()[full].T
        table.columns = 3 * table.columns.to_numpy() + 3
    one = measure(name)
    every = [sorted(table.index.get_level_values(1).unique()), material.present]
    whole = table.reindex(pd.MultiIndex.from_product(every[::-1]))
    values = {p: one.shown(whole.loc[p].to_numpy(float)) for p in material.present}
    return Course(one, table.columns.to_numpy(), values)


# ---------------------------------------------------------------- few points


def _levels(material: Material, words: Words, found: list[Course]) -> Figure:
    drawing, axes = grid(len(found), 2.15)
    banded = len(material.present) <= BANDS
    for axis, one in zip(axes, found, strict=True):
        means = {point: mean(values) for point, values in one.values.items()}
        _limits(axis, _lines(axis, one, means, material, banded=banded), floor=True)
        axis.set_title(words.title(one.measure))
        axis.set_ylabel(words.short_unit(one.measure))
    _finish(axes, words)
    _legend(drawing, material, words, material.present)
    if material.replicates < 2:
        caption = words("One run of each: differences from step to step are chance too.")
    else:
        caption = f"{words('Means over replicates.')} {_bands(words, banded)}".strip()
    return Figure("series", caption, drawing)


def _differences(material: Material, words: Words, found: list[Course]) -> Figure:
    """Each point less the first, pair by pair: what the points do, with little of chance."""
    base, *others = material.present
    drawing, axes = grid(len(found), 2.15)
    banded = len(others) <= BANDS
    for axis, one in zip(axes, found, strict=True):
        # Rows of both are replicates in one order: a table of all has a row for each.
        means = {point: mean(one.values[point] - one.values[base]) for point in others}
        axis.axhline(0.0, color=SOFT, linewidth=0.9)
        _limits(axis, _lines(axis, one, means, material, banded=banded), floor=False)
        axis.set_title(words.title(one.measure))
        axis.set_ylabel(words.short_unit(one.measure, difference=True))
    _finish(axes, words)
    _legend(drawing, material, words, others)
    caption = words(
        "Difference from {base}: replicates of one seed are set against each other.",
        base=labels(material, words)[base],
    )
    return Figure("series_differences", f"{caption} {_bands(words, banded)}".strip(), drawing)


def _bands(words: Words, banded: bool) -> str:
    """What bands are, where there are any."""
    if not banded:
        return ""
    return words("Bands are of 95 % by Student's t, cut where they leave the frame.")


def _lines(
    axis: Axes, one: Course, means: dict[int, Mean], material: Material, *, banded: bool
) -> np.ndarray:
    """Draw a line for each point; all means, shape (points, steps)."""
    hues = colours(material.present, material.base)
    for point, found in reversed(means.items()):
        if banded:
            _band(axis, one.months, found.low, found.high, hues[point], 0.13)
        axis.plot(one.months, found.mean, color=hues[point])
    return np.stack([found.mean for found in means.values()])


def _band(
    axis: Axes, x: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, alpha: float
) -> None:
    axis.fill_between(x, low, high, color=colour, alpha=alpha, linewidth=0)


def _limits(axis: Axes, means: np.ndarray, *, floor: bool) -> None:
    """Limits that show the means whole: one wide band would flatten all of them.

    Args:
        axis: The axis.
        means: All means on it.
        floor: Whether nothing lies below 0, where no mean does.
    """
    known = means[~np.isnan(means)]
    if len(known) and np.ptp(known) > 0.0:
        room = 0.3 * np.ptp(known)
        low = known.min() - room
        low = max(low, 0.0) if floor and known.min() >= 0.0 else low
        axis.set_ylim(low, known.max() + room)


def _legend(drawing: Canvas, material: Material, words: Words, points: list[int]) -> None:
    if not material.several:
        return
    named, hues = labels(material, words), colours(material.present, material.base)
    handles = [Line2D([], [], color=hues[p]) for p in points]
    legend_below(drawing, handles, [named[p] for p in points])


# ---------------------------------------------------------------- many points


def _spread(material: Material, words: Words, found: list[Course]) -> Figure:
    """How far the means of all points lie apart."""
    drawing, axes = grid(len(found), 2.15)
    for axis, one in zip(axes, found, strict=True):
        means = np.stack([mean(values).mean for values in one.values.values()])
        there = ~np.isnan(means).all(axis=0)
        ends = np.full((len(SPREAD) + 1, len(one.months)), np.nan)
        ends[:, there] = np.nanquantile(means[:, there], (*SPREAD, 0.5), axis=0)
        for low, high, alpha in ((0, 3, 0.13), (1, 2, 0.22)):
            _band(axis, one.months, ends[low], ends[high], COLOURS[0], alpha)
        axis.plot(one.months, ends[-1], color=COLOURS[0])
        if material.base is not None:
            axis.plot(one.months, means[0], color=BASE, linewidth=1.2)
        axis.set_title(words.title(one.measure))
        axis.set_ylabel(words.short_unit(one.measure))
    _finish(axes, words)
    caption = words(
        "Means of all {n} points: the line is their median, the bands hold half and nine tenths of "
        "them; a grey line is the first point.",
        n=len(material.present),
    )
    return Figure("series", caption, drawing)


def _finish(axes: list[Axes], words: Words) -> None:
    for axis in axes:
        shorten(axis.yaxis)
    for axis in bottom(axes):
        axis.set_xlabel(words("month"))
