"""Tipping points: steepest steps, and where two starts of one world end differently."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.analysis.tipping.tipping import Tipping
from sim.report.analysed import tipped
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.chapters.panels import curve, label_levels, label_map
from sim.report.frame import Frame, bottom, legend_below
from sim.report.material import Material
from sim.report.measures import Measure, better, drawn, measure
from sim.report.names import names
from sim.report.numbers import number, short
from sim.report.shades import fields, scale
from sim.report.style import COLOURS
from sim.words.words import Words

MARK = {"two": " ●", "closing": " ○", "unclear": " ?"}
"""Mark after a number: the starts end in two regimes, still converge, or it is unclear."""
HISTORY = "#f3e3b3"
"""Colour of the range in which the start decides where a world ends."""


def regimes(material: Material, words: Words) -> Chapter | None:
    """Tipping points of a grid; with two starts, also where these end in two regimes."""
    if material.kind != "grid" or material.sweep is None:
        return None
    analyses, missing = [], []
    for one in drawn(material):
        found = tipped(material, one.name)
        if found is None:
            missing.append(words.title(one))
        else:
            analyses.append(found)
    if not analyses:
        return None
    parts: list[Figure | Table] = []
    if analyses[0].starts:
        draw = _curves if len(analyses[0].factors) == 1 else _maps
        parts.append(draw(material, words, analyses))
    table = _table(material, words, analyses)
    if table is not None:
        parts.append(table)
    if not parts:
        return None
    notes = [
        words(
            "Only the last months are used, {first} to {last}, when the effect of the "
            "initial state has faded.",
            first=analyses[0].months[0],
            last=analyses[0].months[1],
        )
        if analyses[0].starts
        else words("A jump is a jump on this grid only: a finer grid may show a slope.")
    ]
    if missing:
        left = words.listed(missing)
        notes.append(words("Left out because some point has no value: {names}.", names=left))
    return Chapter(
        "regimes",
        words("Tipping points"),
        words(
            "Where a small change makes a large difference, and where history decides: "
            "there, returning to the earlier state takes a larger change than leaving it did."
        )
        if analyses[0].starts
        else words("Where a small change makes a large difference."),
        tuple(parts),
        tuple(notes),
    )


def _curves(material: Material, words: Words, analyses: list[Tipping]) -> Figure:
    """A curve for each start, and the range in which the starts end in two regimes."""
    named = names(material, words)
    starts = [named.scenario(start) for start in analyses[0].starts]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(analyses), 2.0)
        handles: list[Any] = []
        for axis, one in zip(axes, analyses, strict=True):
            shown = measure(one.measure)
            for band in one.bands:
                axis.axvspan(band.low, band.high, color=HISTORY, linewidth=0, zorder=0)
            handles = [_curve(axis, one, shown, at) for at in range(len(one.starts))]
            label_levels(axis, shown, words)
        for axis in bottom(axes):
            axis.set_xlabel(named.factor(analyses[0].factors[0]))
        every = [*map(named.brief, starts), words("Where history decides")]
        legend_below(drawing, [*handles, Patch(color=HISTORY)], every, frame)
        return drawing

    caption = words("The same worlds from two starts, with 95 % bands by Student's t.")
    title = words("Two starts of one world")
    return Figure("regimes", title, caption, draw, named.key(starts))


def _curve(axis: Axes, one: Tipping, shown: Measure, at: int) -> Line2D:
    rows = one.points[one.points["start"] == one.starts[at]]
    where = rows[one.factors[0]].to_numpy(float)
    mean, low, high = (shown.shown(rows[c].to_numpy(float)) for c in ("mean", "low", "high"))
    return curve(axis, where, mean, low, high, COLOURS[at])


def _maps(material: Material, words: Words, analyses: list[Tipping]) -> Figure:
    """The final difference between two starts over two factors, with the marks of `MARK`."""
    named = names(material, words)
    up, across = analyses[0].factors
    starts = [named.scenario(start) for start in analyses[0].starts]

    def draw(frame: Frame) -> Canvas:
        table = analyses[0].map("difference")
        drawing, axes = frame.grid(len(analyses), 1.2 + 0.3 * len(table), min(2, frame.columns))
        for axis, one in zip(axes, analyses, strict=True):
            shown = measure(one.measure)
            fields(axis, _cells(one, shown), table.shape, better(one.measure))
            axis.set_title(words.with_unit(shown, difference=True), fontsize=8.5)
            levels = (table.index.tolist(), table.columns.tolist())
            label_map(axis, axes, levels, (named.factor(up), named.factor(across)))
        legend_below(drawing, *scale(words, {better(one.measure) for one in analyses}), frame)
        return drawing

    caption = words(
        "{first} minus {second}: neutral where the 95 % interval includes 0, darker "
        "where the difference is two or four times its uncertainty. A dot after the "
        "number marks where the two starts end in two regimes, a ring where they are still "
        "converging, a question mark where this is unclear.",
        first=starts[0],
        second=starts[1],
    )
    title = words("Final difference between two starts")
    return Figure("regimes", title, caption, draw, named.key([named.factor(up)]))


def _cells(one: Tipping, shown: Measure) -> dict[tuple[int, int], tuple[str, float, float]]:
    """For each row and column: the text with a mark, the difference, and the uncertainty."""
    means, lows, highs = (one.map(c).to_numpy(float) for c in ("difference", "low", "high"))
    kinds = one.map("regimes").to_numpy()
    found = {}
    for (row, column), mean in np.ndenumerate(means):
        half = mean - lows[row, column] if mean > 0.0 else highs[row, column] - mean
        text = short(mean * shown.factor)
        mark = MARK.get(str(kinds[row, column]), "")
        found[(row, column)] = (f"{text}{mark}", float(mean), float(half))
    return found


def _table(material: Material, words: Words, analyses: list[Tipping]) -> Table | None:
    """Steepest steps along a single factor, for the measures that change more than by chance."""
    if len(analyses[0].factors) > 1:
        return None
    named = names(material, words)
    rows = []
    for one in analyses:
        shown = measure(one.measure)
        for tip in (tip for tip in one.tips if tip.moves):
            start = f" · {named.scenario(tip.start)}" if tip.start else ""
            step = words("{low} to {high}", low=number(tip.low), high=number(tip.high))
            range_ = words("{low} to {high}", low=number(tip.least), high=number(tip.most))
            jump = words("jump") if tip.jump else words("slope")
            if not abs(tip.change.mean) > tip.change.half:  # its interval includes 0
                jump = words("not clear")
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
    step = named.factor(analyses[0].factors[0])
    heads = ("", words("steepest step in: {factor}", factor=step), words("change in that step"), "")
    caption = words(
        "Where each measure changes fastest; below each, the 95 % interval of the "
        "place of that step. Measures whose change is not significant by Friedman's "
        "test are left out."
    )
    return Table(caption, heads, tuple(rows))
