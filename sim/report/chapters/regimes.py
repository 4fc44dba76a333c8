"""Where it tips: two starts of one world, the stretch in which history decides, and sharp turns."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from sim.analysis.tipping.tipping import Tipping
from sim.report.analysed import tipped
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.frame import WHOLE, Frame, bottom, first, floor, legend_below
from sim.report.material import Material
from sim.report.measures import Measure, better, drawn, measure
from sim.report.names import names
from sim.report.numbers import number, short, shorten
from sim.report.shades import fields, scale
from sim.report.style import COLOURS
from sim.report.text import BRIEF, cut
from sim.report.words import Words

MARK = {"two": " ●", "closing": " ○", "unclear": " ?"}
"""What stands behind a number, by what kind of place it is."""
HISTORY = "#f3e3b3"
"""Colour of the stretch in which history decides."""


def regimes(material: Material, words: Words) -> Chapter | None:
    """Tipping points of a grid, and with two starts where they end apart."""
    if material.kind != "grid" or material.sweep is None:
        return None
    told, missing = [], []
    for one in drawn(material):
        found = tipped(material, one.name)
        if found is None:
            missing.append(words.title(one))  # or there is no such grid, and none is told
        else:
            told.append(found)
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
    if missing:
        left = words.listed(missing)
        notes.append(words("Left out, for some point has no value: {names}.", names=left))
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
    named = names(material, words)
    starts = [named.scenario(start) for start in told[0].starts]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(told), 2.0)
        handles: list[Any] = []
        for axis, one in zip(axes, told, strict=True):
            shown = measure(one.measure)
            for band in one.bands:
                axis.axvspan(band.low, band.high, color=HISTORY, linewidth=0, zorder=0)
            handles = [_curve(axis, one, shown, at) for at in range(len(one.starts))]
            floor(axis, share=shown.factor == WHOLE)
            axis.set_title(words.title(shown))
            axis.set_ylabel(words.short_unit(shown))
            shorten(axis.yaxis)
        for axis in bottom(axes):
            axis.set_xlabel(named.factor(told[0].factors[0]))
        every = [*map(named.brief, starts), words("Where history decides")]
        legend_below(drawing, [*handles, Patch(color=HISTORY)], every, frame)
        return drawing

    caption = words("The same worlds from two starts, with 95 % bands by Student's t.")
    title = words("Two starts of one world")
    return Figure("regimes", title, caption, draw, named.key(starts))


def _curve(axis: Axes, one: Tipping, shown: Measure, at: int) -> Any:
    rows = one.points[one.points["start"] == one.starts[at]]
    where = rows[one.factors[0]].to_numpy(float)
    mean, low, high = (shown.shown(rows[c].to_numpy(float)) for c in ("mean", "low", "high"))
    axis.fill_between(where, low, high, color=COLOURS[at], alpha=0.15, linewidth=0)
    (line,) = axis.plot(where, mean, "o-", color=COLOURS[at], markersize=3.5)
    return line


def _maps(material: Material, words: Words, told: list[Tipping]) -> Figure:
    """How far two starts end apart, over two factors; what kind of place each is, as a letter."""
    named = names(material, words)
    up, across = told[0].factors
    starts = [named.scenario(start) for start in told[0].starts]

    def draw(frame: Frame) -> Canvas:
        table = told[0].map("difference")
        drawing, axes = frame.grid(len(told), 1.2 + 0.3 * len(table), min(2, frame.columns))
        for axis, one in zip(axes, told, strict=True):
            shown = measure(one.measure)
            fields(axis, _cells(one, shown), table.shape, better(one.measure))
            axis.set_xticks(range(table.shape[1]), [short(float(v)) for v in table.columns])
            axis.set_yticks(range(table.shape[0]), [short(float(v)) for v in table.index])
            axis.set_title(words.with_unit(shown, difference=True), fontsize=8.5)
            if first(axis):
                axis.set_ylabel(cut(named.factor(up), BRIEF))
            if axis in bottom(axes):
                axis.set_xlabel(named.factor(across))
        legend_below(drawing, *scale(words, {better(one.measure) for one in told}), frame)
        return drawing

    caption = words(
        "{first} less {second}: neutral where its 95 % interval includes 0, darker where the "
        "difference is two or four times its own uncertainty. A dot behind the number stands where "
        "the two end in two regimes, a ring where they are still on their way to each other, a "
        "question mark where that cannot be told.",
        first=starts[0],
        second=starts[1],
    )
    title = words("How far two starts end apart")
    return Figure("regimes", title, caption, draw, named.key([named.factor(up)]))


def _cells(one: Tipping, shown: Measure) -> dict[tuple[int, int], tuple[str, float, float]]:
    """By row and column: the difference with its mark, and its uncertainty."""
    means, lows, highs = (one.map(c).to_numpy(float) for c in ("difference", "low", "high"))
    kinds = one.map("regimes").to_numpy()
    found = {}
    for (row, column), mean in np.ndenumerate(means):
        half = mean - lows[row, column] if mean > 0.0 else highs[row, column] - mean
        text = short(mean * shown.factor)
        mark = MARK.get(str(kinds[row, column]), "")
        found[(row, column)] = (f"{text}{mark}", float(mean), float(half))
    return found


def _table(material: Material, words: Words, told: list[Tipping]) -> Table | None:
    """Steepest steps along one factor, of the measures that move beyond chance."""
    if len(told[0].factors) > 1:
        return None
    named = names(material, words)
    rows = []
    for one in told:
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
    step = named.factor(told[0].factors[0])
    heads = ("", words("steepest step in: {factor}", factor=step), words("change in it"), "")
    caption = words(
        "Where each measure changes fastest, with the 95 % interval of that step below it; "
        "measures that Friedman's test does not tell from chance are left out."
    )
    return Table(caption, heads, tuple(rows))
