"""Time series: means over replicates with bands, or the spread of many points."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from sim.indicator import Cohort
from sim.measure.indicators import KNOWN
from sim.report.chapter import Chapter, Figure
from sim.report.estimate import Mean, mean
from sim.report.frame import WHOLE, Frame, bottom, first, floor, legend_below, whole_numbers
from sim.report.material import Material
from sim.report.measures import Measure, drawn, main_measures, measure, unmoved
from sim.report.names import Names, names
from sim.report.numbers import shorten
from sim.report.style import BASE, COLOURS, SOFT, colours
from sim.words.words import Words

SPREAD = (0.05, 0.25, 0.75, 0.95)
"""Bands are drawn between these quantiles of the means of the points."""
BANDS = 3
"""Largest number of points for one panel; more bands could not be told apart."""
LONG = 24
"""From this number of months on, quarterly means are drawn."""
DOTTED = 12
"""Up to this number of steps, each has a dot, because a single step would not show as a line."""
APART = 3
"""Largest number of measures that get a panel per point, if there are more than `BANDS` points."""
HEIGHT = 1.9
"""Height of a row of panels, inches."""


class Course(NamedTuple):
    """A measure through time.

    Args:
        measure: The measure.
        months: The last month of each step.
        values: Values by point, in the unit shown; shape (replicates, steps).
    """

    measure: Measure
    months: np.ndarray
    values: dict[int, np.ndarray]


def series(material: Material, words: Words) -> Chapter | None:
    """The measures through time."""
    kept = [one.name for one in drawn(material) if one.name in material.monthly]
    if not kept:
        return None
    columns = ", ".join(f'"{name}"' for name in kept)
    table = material.query(
        f"SELECT point, replicate, month, {columns} FROM series WHERE breakdown = 'all'"
    )
    if table["month"].nunique() < 2:
        return None
    found = [_course(material, table, name) for name in kept if table[name].notna().any()]
    if not found:
        return None
    named = names(material, words)
    moved = found if material.base is None else [one for one in found if _moves(one, material)]
    if not material.few:
        parts = [_spread(material, words, found)]
    elif len(material.present) <= BANDS or material.base is None:
        parts = [_levels(material, words, named, found, material.present)]
        if material.several and material.base is not None and moved:
            parts.append(_differences(material, words, named, moved))
    else:
        parts = [_levels(material, words, named, found, [material.base])]
        main = [one for one in moved if one.measure.name in main_measures(material)] or moved
        main.sort(key=lambda one: -sum(int((~np.isnan(v)).sum()) for v in one.values.values()))
        parts += [_apart(material, words, named, one) for one in main[:APART]]
    notes = [words("Twelve-month indicators have no value in the first eleven months.")]
    if any(isinstance(KNOWN.get(one.measure.name), Cohort) for one in found):
        sentence = (
            "Indicators of cohorts are shown at the month in which the claims fell due, "
            "and have no value until the cohort has been followed to its end."
        )
        notes.append(words(sentence))
    if material.few and material.several:
        notes += unmoved(words, [one.measure for one in found], [one.measure for one in moved])
    if table["month"].nunique() >= LONG:
        notes.insert(0, words("Each step is the mean of three months."))
    return Chapter(
        "series",
        words("Through time"),
        words("What a mean over all months hides: when effects appear, and whether they last."),
        tuple(parts),
        tuple(notes),
    )


def _moves(one: Course, material: Material) -> bool:
    """Whether any point differs from the base in any step of any replicate."""
    base = one.values[material.present[0]]
    return any(bool((np.abs(values - base) > 0.0).any()) for values in one.values.values())


def _course(material: Material, rows: pd.DataFrame, name: str) -> Course:
    """A measure of every run by month, or by quarter if there are many months."""
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


def _levels(
    material: Material, words: Words, named: Names, found: list[Course], points: list[int]
) -> Figure:
    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(found), HEIGHT)
        for axis, one in zip(axes, found, strict=True):
            means = {p: mean(one.values[p], one.measure.bounds) for p in points}
            _limits(axis, _lines(axis, one, means, material))
            floor(axis, share=one.measure.factor == WHOLE)
            axis.set_title(words.title(one.measure))
            axis.set_ylabel(words.short_unit(one.measure))
        _finish(axes, words)
        _legend(drawing, material, named, points, frame)
        return drawing

    if material.replicates < 2:
        caption = words("One run per point: changes from step to step are partly due to chance.")
    else:
        caption = f"{words('Means over replicates.')} {_bands(words)}"
    title = words("Month by month")
    if material.several and len(points) == 1:
        title = words("Month by month: {point}", point=named.brief(named.points[points[0]]))
    return Figure("series", title, caption, draw, _key(material, named, points))


def _differences(material: Material, words: Words, named: Names, found: list[Course]) -> Figure:
    """Paired differences of each point from the first, in which chance mostly cancels out."""
    base, *others = material.present
    whole = named.points[base]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(found), HEIGHT)
        for axis, one in zip(axes, found, strict=True):
            # Rows of both arrays are the same replicates in the same order.
            means = {point: mean(one.values[point] - one.values[base]) for point in others}
            axis.axhline(0.0, color=SOFT, linewidth=0.9)
            _limits(axis, _lines(axis, one, means, material))
            axis.set_title(words.title(one.measure))
            axis.set_ylabel(words.short_unit(one.measure, difference=True))
        _finish(axes, words)
        _legend(drawing, material, named, others, frame)
        return drawing

    title = words("Month by month, minus {base}", base=named.brief(whole))
    caption = _apart_caption(material, words, whole)
    return Figure(
        "series_differences", title, caption, draw, _key(material, named, [base, *others])
    )


def _apart(material: Material, words: Words, named: Names, one: Course) -> Figure:
    """Differences of a measure between each point and the first: a panel per point."""
    base, *others = material.present
    whole = named.points[base]
    means = {point: mean(one.values[point] - one.values[base]) for point in others}

    def draw(frame: Frame) -> Canvas:
        columns = 2 if frame.narrow else 4
        drawing, axes = frame.grid(len(others), 1.55, columns, shared=True)
        for axis, point in zip(axes, others, strict=True):
            axis.axhline(0.0, color=SOFT, linewidth=0.9)
            _lines(axis, one, {point: means[point]}, material)
            axis.set_title(named.brief(named.points[point]), fontsize=8.5)
            if first(axis):
                axis.set_ylabel(words.short_unit(one.measure, difference=True))
        _limits(axes[0], np.stack([found.mean for found in means.values()]))
        _finish(axes, words)
        return drawing

    title = words(
        "{measure}, month by month, minus {base}",
        measure=words.title(one.measure),
        base=named.brief(whole),
    )
    caption = _apart_caption(material, words, whole)
    key = _key(material, named, [base, *others])
    return Figure(f"series_{one.measure.name}", title, caption, draw, key)


def _apart_caption(material: Material, words: Words, base: str) -> str:
    caption = words("Difference from {base}, paired by replicates with the same seed.", base=base)
    return caption if material.replicates < 2 else f"{caption} {_bands(words)}"


def _key(material: Material, named: Names, points: list[int]) -> tuple[tuple[str, str], ...]:
    return named.key(named.points[point] for point in points) if material.several else ()


def _bands(words: Words) -> str:
    """A sentence on the bands."""
    return words("95 % bands by Student's t, clipped at the frame.")


def _lines(axis: Axes, one: Course, means: dict[int, Mean], material: Material) -> np.ndarray:
    """Draw a line and a band for each point; return all means, shape (points, steps)."""
    hues = colours(material.present, material.base)
    for point, found in reversed(means.items()):
        _band(axis, one.months, found.low, found.high, hues[point], 0.13)
        dots = "." if len(one.months) <= DOTTED else ""
        axis.plot(one.months, found.mean, color=hues[point], marker=dots, markersize=4)
    return np.stack([found.mean for found in means.values()])


def _band(
    axis: Axes, x: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, alpha: float
) -> None:
    axis.fill_between(x, low, high, color=colour, alpha=alpha, linewidth=0)


def _limits(axis: Axes, means: np.ndarray) -> None:
    """Fit an axis to the means, not to their bands: one wide band would flatten all means.

    Args:
        axis: The axis.
        means: All means on it.
    """
    known = means[~np.isnan(means)]
    if len(known) and np.ptp(known) > 0.0:
        room = 0.4 * np.ptp(known)
        axis.set_ylim(known.min() - room, known.max() + room)


def _legend(
    drawing: Canvas, material: Material, named: Names, points: list[int], frame: Frame
) -> None:
    if not material.several or len(points) < 2:
        return
    hues = colours(material.present, material.base)
    handles = [Line2D([], [], color=hues[p]) for p in points]
    legend_below(drawing, handles, [named.brief(named.points[p]) for p in points], frame)


# ---------------------------------------------------------------- many points


def _spread(material: Material, words: Words, found: list[Course]) -> Figure:
    """Spread of the means of all points."""

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(found), HEIGHT)
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
            floor(axis, share=one.measure.factor == WHOLE)
            axis.set_title(words.title(one.measure))
            axis.set_ylabel(words.short_unit(one.measure))
        _finish(axes, words)
        return drawing

    caption = words(
        "Means of all {n} points: the line is their median, the bands contain half and nine "
        "tenths of them. The grey line, if any, is the first point.",
        n=len(material.present),
    )
    return Figure("series", words("Month by month, all points"), caption, draw)


def _finish(axes: list[Axes], words: Words) -> None:
    for axis in axes:
        shorten(axis.yaxis)
        whole_numbers(axis)
    for axis in bottom(axes):
        axis.set_xlabel(words("month"))
