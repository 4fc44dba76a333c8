"""Harm beside recovery: what is won, and at whose cost."""

from itertools import zip_longest

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.estimate import WITHIN, Mean, mean, paired, within
from sim.report.frame import Frame, name_rows, tall
from sim.report.material import Material
from sim.report.measures import Measure, there
from sim.report.names import names
from sim.report.numbers import number, shorten
from sim.report.style import COLOURS, SOFT
from sim.report.tones import HUES
from sim.report.words import Words

WON = ("received", "recovery", "grace_performance", "completion", "social_return")
HARMED = (
    *("harm", "false_listing", "restrictions_on_unable", "detention_on_unable"),
    *("livelihood_breach", "firms_killed"),
)
MOST = 12
"""Points that are drawn."""


def harm(material: Material, words: Words) -> Chapter | None:
    """What enforcement wins on the left, whom it hurts on the right."""
    won, harmed = (
        [one for one in there(material, names_) if not _idle(material, one)]
        for names_ in (WON, HARMED)
    )
    if not won or not harmed or not material.chosen:
        return None
    if not material.several:
        return _chapter(words, _table(material, words, won, harmed), ())
    points = material.present if material.count <= MOST else material.chosen
    named = names(material, words)
    rows = [named.brief(named.points[point]) for point in points]
    placed = {one: _placed(material, one, points) for one in (*won, *harmed)}

    def panel(axis: Axes, one: Measure, colour: str, frame: Frame) -> None:
        _dots(axis, placed[one], colour)
        name_rows(axis, rows, frame)
        axis.set_title(_heading(material, words, one))
        axis.set_xlabel(words.unit(one, difference=material.base is not None))
        shorten(axis.xaxis)

    def draw(frame: Frame) -> Canvas:
        pairs = [
            pair
            for both in zip_longest(won, harmed)
            for pair in zip(both, (COLOURS[0], HUES["bad"]), strict=True)
        ]
        if frame.narrow:
            pairs = [(one, COLOURS[0]) for one in won] + [(one, HUES["bad"]) for one in harmed]
        drawing, axes = frame.grid(len(pairs), 0.7 + tall(rows, frame, 0.17), min(2, frame.columns))
        for axis, (one, colour) in zip(axes, pairs, strict=True):
            if one is None:
                axis.remove()
            else:
                panel(axis, one, colour, frame)
        return drawing

    notes = []
    if len(points) < len(material.present):
        notes.append(words("{n} of {all} points are drawn.", n=len(points), all=material.count))
    caption = _caption(material, words, named.points[points[0]])
    key = named.key(named.points[point] for point in points)
    figure = Figure("harm", words("What is won, and who is hurt"), caption, draw, key)
    return _chapter(words, figure, tuple(notes))


def _idle(material: Material, one: Measure) -> bool:
    """Whether nothing of it happened anywhere."""
    return bool((material.values(one.name).fillna(0.0) == 0.0).all(axis=None))


def _chapter(words: Words, part: Figure | Table, notes: tuple[str, ...]) -> Chapter:
    return Chapter(
        "harm",
        words("What is won, and who is hurt"),
        words("Recovery in blue, harm in red: they belong together."),
        (part,),
        (
            words("Not being able to pay is no dishonesty: what falls on the unable is harm."),
            words("What is felt is counted in yuan only to be added up; it is never money."),
            *notes,
        ),
    )


def _table(material: Material, words: Words, won: list[Measure], harmed: list[Measure]) -> Table:
    """What is won beside whom it hurts, where there is one point only."""
    empty = (Cell(""), Cell(""))
    rows = [
        (*(_level(material, one, words) if one else empty for one in pair),)
        for pair in zip_longest(won, harmed)
    ]
    heads = ("", words("won"), "", words("harmed"))
    caption = words("Means over replicates with 95 % intervals.") if material.replicates > 1 else ""
    return Table(caption, heads, tuple((*left, *right) for left, right in rows))


def _level(material: Material, one: Measure, words: Words) -> tuple[Cell, Cell]:
    found = mean(one.shown(material.values(one.name).to_numpy(float)))
    half = float(found.high[0] - found.mean[0])
    text = number(float(found.mean[0]))
    told = text if np.isnan(half) else f"{text} ± {number(half)}"
    return Cell(words.title(one), words.unit(one)), Cell(told)


def _caption(material: Material, words: Words, base: str) -> str:
    if material.base is None:
        return words(WITHIN)
    return words(
        "Differences from {base}, with 95 % intervals; the number in each title is its own level.",
        base=base,
    )


def _heading(material: Material, words: Words, one: Measure) -> str:
    """What an indicator is called, with the base's level."""
    if material.base is None:
        return words.title(one)
    level = mean(one.shown(material.values(one.name)[material.base].to_numpy(float)))
    unit = "%" if one.unit.startswith("%") else ""
    return f"{words.title(one)} · {number(float(level.mean))}{unit}"


def _placed(material: Material, one: Measure, points: list[int]) -> Mean:
    """Differences from the base; levels where there is none."""
    if material.base is None:
        return within(one.shown(material.values(one.name)[points].to_numpy(float)))
    told = paired(material, one.name, material.base)
    ends = [
        (told[p].mean, told[p].low, told[p].high) if p in told else (0.0, 0.0, 0.0) for p in points
    ]
    return Mean(*(one.factor * np.array(ends)).T)


def _dots(axis: Axes, found: Mean, colour: str) -> None:
    y = range(len(found.mean))
    axis.hlines(y, found.low, found.high, color=colour, alpha=0.45, linewidth=2.2)
    axis.plot(found.mean, y, "o", color=colour, markersize=5)
    if np.isfinite(found.mean[0]):
        axis.axvline(float(found.mean[0]), color=SOFT, linewidth=0.8, linestyle=(0, (3, 3)))
