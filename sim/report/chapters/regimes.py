"""Where it tips: two starts of one world, the stretch in which history decides, and sharp turns."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from sim.analysis.tipping import Tipping, tipping
from sim.errors import ServandaError
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.labels import factor_title
from sim.report.material import Material
from sim.report.measures import Measure, drawn, measure
from sim.report.style import (
    COLOURS,
    COLUMNS,
    DIVERGING,
    INK,
    bottom,
    field,
    grid,
    legend_below,
    number,
    short,
    shorten,
)
from sim.report.words import Words

HISTORY = "#f3e3b3"
"""Colour of the stretch in which history decides."""


def regimes(material: Material, words: Words) -> Chapter | None:
    """Tipping points of a grid, and with two starts where they end apart."""
    if material.kind != "grid" or material.sweep is None:
        return None
    told = []
    for one in drawn(material):
        try:
            told.append(tipping(material.sweep, one.name))
        except ServandaError:
            continue  # no such grid, or a measure that is missing somewhere
    if not told:
        return None
    parts: list[Figure | Table] = []
    if told[0].starts:
        draw = _curves if len(told[0].factors) == 1 else _maps
        parts.append(draw(material, words, told))
    table = _table(material, words, told)
    if table is not None:
        parts.append(table)
    if not parts:
        return None
    notes = [
        words(
            "Of the last months only, from {first} to {last}: what the starts began with fades.",
            first=told[0].months[0],
            last=told[0].months[1],
        )
        if told[0].starts
        else words("A jump is one at this grid: a finer one may show a slope.")
    ]
    return Chapter(
        "regimes",
        words("Where it tips"),
        words(
            "Where a small change makes a large difference, and where what came before decides: "
            "there the way back is longer than the way there."
        )
        if told[0].starts
        else words("Where a small change makes a large difference."),
        tuple(parts),
        tuple(notes),
    )


def _curves(material: Material, words: Words, told: list[Tipping]) -> Figure:
    """A curve for each start, and the stretch in which they end apart."""
    drawing, axes = grid(len(told), 2.3)
    handles: list[Any] = []
    for axis, one in zip(axes, told, strict=True):
        shown = measure(one.measure)
        for band in one.bands:
            axis.axvspan(band.low, band.high, color=HISTORY, linewidth=0, zorder=0)
        handles = [_curve(axis, one, shown, at) for at in range(len(one.starts))]
        axis.set_title(words.title(shown))
        axis.set_ylabel(words.short_unit(shown))
        shorten(axis.yaxis)
    for axis in bottom(axes):
        axis.set_xlabel(factor_title(material, told[0].factors[0], words))
    names = [words.name(start) for start in told[0].starts]
    decides = words("Where history decides")
    legend_below(drawing, [*handles, Patch(color=HISTORY)], [*names, decides])
    caption = words("The same worlds from two starts, with 95 % bands by Student's t.")
    return Figure("regimes", caption, drawing)


def _curve(axis: Axes, one: Tipping, shown: Measure, at: int) -> Any:
    rows = one.points[one.points["start"] == one.starts[at]]
    where = rows[one.factors[0]].to_numpy(float)
    mean, low, high = (shown.shown(rows[c].to_numpy(float)) for c in ("mean", "low", "high"))
    axis.fill_between(where, low, high, color=COLOURS[at], alpha=0.15, linewidth=0)
    (line,) = axis.plot(where, mean, "o-", color=COLOURS[at], markersize=3.5)
    return line


def _maps(material: Material, words: Words, told: list[Tipping]) -> Figure:
    """How far two starts end apart, over two factors; a dot where there are two regimes."""
    drawing, axes = grid(len(told), 2.5)
    up, across = told[0].factors
    for at, (axis, one) in enumerate(zip(axes, told, strict=True)):
        shown = measure(one.measure)
        values = shown.factor * one.map("difference").to_numpy(float)
        most = float(np.nanmax(np.abs(values))) or 1.0
        axis.imshow(
            values, cmap=DIVERGING, vmin=-most, vmax=most, aspect="auto", origin="lower", alpha=0.85
        )
        kinds = one.map("regimes").to_numpy()
        for kind, filling in (("two", INK), ("closing", "none")):
            y, x = np.nonzero(kinds == kind)
            axis.plot(x, y, "o", color=INK, markerfacecolor=filling, markersize=4)
        for row, column in zip(*np.nonzero(kinds == "unclear"), strict=True):
            axis.text(column, row, "?", ha="center", va="center", fontsize=7, color=INK)
        table = one.map("difference")
        axis.set_xticks(range(table.shape[1]), [short(float(v)) for v in table.columns])
        axis.set_yticks(range(table.shape[0]), [short(float(v)) for v in table.index])
        field(axis)
        scale = f"± {number(most)} {words.unit(shown, difference=True)}"
        axis.set_title(f"{words.title(shown)}\n{scale}", fontsize=8.5)
        if at % COLUMNS == 0:
            axis.set_ylabel(factor_title(material, up, words))
        if axis in bottom(axes):
            axis.set_xlabel(factor_title(material, across, words))
    first, second = (words.name(start) for start in told[0].starts)
    caption = words(
        "{first} less {second}: red is more, blue is less, up to the number in the title; a dot "
        "stands where the two end in two regimes, a ring where they are still on the way "
        "together, a question mark where chance hides it.",
        first=first,
        second=second,
    )
    return Figure("regimes", caption, drawing)


def _table(material: Material, words: Words, told: list[Tipping]) -> Table | None:
    """Steepest steps along one factor, of the measures that move beyond chance."""
    if len(told[0].factors) > 1:
        return None
    rows = []
    for one in told:
        shown = measure(one.measure)
        for tip in (tip for tip in one.tips if tip.moves):
            start = f" · {words.name(tip.start)}" if tip.start else ""
            step = words("{low} to {high}", low=number(tip.low), high=number(tip.high))
            range_ = words("{low} to {high}", low=number(tip.least), high=number(tip.most))
            jump = words("jump") if tip.jump else words("slope")
            change = number(tip.change.mean * shown.factor, "+")
            half = number(tip.change.half * shown.factor)
            rows.append(
                (
                    Cell(f"{words.title(shown)}{start}", words.unit(shown, difference=True)),
                    Cell(step, range_),
                    Cell(f"{change} ± {half}"),
                    Cell(jump),
                )
            )
    if not rows:
        return None
    step = factor_title(material, told[0].factors[0], words)
    heads = ("", words("steepest step in: {factor}", factor=step), words("change in it"), "")
    caption = words(
        "Where each measure changes fastest, with the 95 % interval of that step below it; "
        "measures that Friedman's test does not tell from chance are left out."
    )
    return Table(caption, heads, tuple(rows))
