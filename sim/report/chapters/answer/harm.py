"""Harm beside recovery: what enforcement gains, and whom it harms."""

from itertools import zip_longest

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from sim.analysis.paired import Difference
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.chapters.answer.forest import HOW, compared, forest
from sim.report.estimate import WITHIN, Mean, mean, paired, span, within
from sim.report.frame import Frame, name_rows, tall
from sim.report.material import Material
from sim.report.measures import Measure, better, measure, people_of, there
from sim.report.names import Names, names
from sim.report.numbers import number, shorten
from sim.report.style import COLOURS, SOFT
from sim.report.tones import tone
from sim.words.words import Words

WON = ("performed_12", "received", "recovery", "grace_performance", "completion", "social_return")
SHARES = (
    *("false_listing", "restrictions_on_unable", "detention_on_unable"),
    *("livelihood_breach", "firms_killed"),
)
"""Harm as shares, for example of all seizures or of all months of restrictions.

Most of these indicators have another beside them that counts the people harmed.
"""
MOST = 12
"""Up to this number of points, all are drawn; otherwise only the chosen ones."""


def harm(material: Material, words: Words) -> Chapter | None:
    """What enforcement gains, shown on the left, and whom it harms, on the right."""
    shares = tuple(name for name in SHARES if material.has(name))
    counts = tuple(p if material.has(p := people_of(name)) else name for name in shares)
    won, harmed = (
        [one for one in there(material, names_) if not _idle(material, one)]
        for names_ in (WON, ("harm", *counts))
    )
    if not won or not harmed or not material.chosen:
        return None
    if not material.several:
        every = [measure(n) for pair in zip(counts, shares, strict=True) for n in pair]
        ours = [one for one in dict.fromkeys(every) if not _idle(material, one)]
        harmed = [one for one in harmed if one.name == "harm"] + ours
        return _chapter(words, (_alone(material, words, won, harmed),), ())
    points = material.present if material.count <= MOST else material.chosen
    named = names(material, words)
    notes = []
    if len(points) < len(material.present):
        notes.append(words("{n} of {all} points are drawn.", n=len(points), all=material.count))
    parts: list[Figure | Table] = [_figure(material, words, named, won, harmed, points)]
    counted = [n for n in shares if material.has(people_of(n)) and people_of(n) != n]
    counted = [n for n in counted if not _idle(material, measure(n))]
    if counted:
        parts.append(_people(material, words, named, counted, points))
        notes.insert(
            0,
            words(
                "The share of people harmed can rise although fewer people are harmed, if fewer "
                "people are affected at all. Colours therefore follow the count of people."
            ),
        )
    return _chapter(words, tuple(parts), tuple(notes))


def _idle(material: Material, one: Measure) -> bool:
    """Whether a measure is 0 or NaN in all runs."""
    return bool((material.values(one.name).fillna(0.0) == 0.0).all(axis=None))


def _chapter(words: Words, parts: tuple[Figure | Table, ...], notes: tuple[str, ...]) -> Chapter:
    return Chapter(
        "harm",
        words("What is gained, and who is harmed"),
        words("Recovery first, then harm as counts of people: read the two together."),
        parts,
        (
            words(
                "Inability to pay is not dishonesty: sanctions against debtors who cannot "
                "pay count as harm."
            ),
            words(
                "Felt harm is measured in yuan only so that it can be added up; it is not money."
            ),
            *notes,
        ),
    )


# ---------------------------------------------------------------- one point


def _alone(material: Material, words: Words, won: list[Measure], harmed: list[Measure]) -> Table:
    """Gains beside harm, for a single point."""
    empty = (Cell(""), Cell(""))
    rows = [
        (*(_level(material, one, words) if one else empty for one in pair),)
        for pair in zip_longest(won, harmed)
    ]
    heads = ("", words("gained"), "", words("harmed"))
    caption = words("Means over replicates with 95 % intervals.") if material.replicates > 1 else ""
    return Table(caption, heads, tuple((*left, *right) for left, right in rows))


def _level(material: Material, one: Measure, words: Words) -> tuple[Cell, Cell]:
    found = mean(one.shown(material.values(one.name).to_numpy(float)), one.bounds)
    half = float(found.high[0] - found.mean[0])
    text = number(float(found.mean[0]))
    value = text if np.isnan(half) else f"{text} ± {number(half)}"
    return Cell(words.title(one), words.unit(one)), Cell(value)


# ---------------------------------------------------------------- several points


def _figure(
    material: Material,
    words: Words,
    named: Names,
    won: list[Measure],
    harmed: list[Measure],
    points: list[int],
) -> Figure:
    """Recovery on the left and harm on the right; on a phone, one after the other."""
    base = material.base
    rows = [point for point in points if point != base]
    briefs = [named.brief(named.points[point]) for point in rows]
    every = (*won, *harmed)
    gaps = {one: compared(material, one, base, rows) for one in every} if base is not None else {}

    def panel(axis: Axes, one: Measure, frame: Frame) -> None:
        axis.set_title(_heading(material, words, one))
        if base is not None:
            forest(axis, one, gaps[one], briefs, frame, words)
            return
        _dots(axis, within(one.shown(material.values(one.name)[rows].to_numpy(float)), one.bounds))
        name_rows(axis, briefs, frame)
        axis.set_xlabel(words.unit(one))
        shorten(axis.xaxis)

    def draw(frame: Frame) -> Canvas:
        order = [*won, *harmed] if frame.narrow else _beside(won, harmed)
        height = 0.75 + tall(briefs, frame, 0.2)
        drawing, axes = frame.grid(len(order), height, min(2, frame.columns))
        for axis, one in zip(axes, order, strict=True):
            if one is None:
                axis.remove()
            else:
                panel(axis, one, frame)
        return drawing

    whole = named.points[points[0]]
    caption = words(WITHIN)
    if base is not None:
        level = words("The number in each title is the value at {base}.", base=whole)
        caption = f"{words(HOW, base=whole)} {level}"
    key = named.key(named.points[point] for point in points)
    return Figure("harm", words("What is gained, and who is harmed"), caption, draw, key)


def _beside(won: list[Measure], harmed: list[Measure]) -> list[Measure | None]:
    return [one for both in zip_longest(won, harmed) for one in both]


def _heading(material: Material, words: Words, one: Measure) -> str:
    """Title of an indicator, with its value at the base."""
    if material.base is None:
        return words.title(one)
    level = mean(one.shown(material.values(one.name)[material.base].to_numpy(float)))
    unit = "%" if one.unit.startswith("%") else ""
    return f"{words.title(one)} · {number(float(level.mean))}{unit}"


def _dots(axis: Axes, found: Mean) -> None:
    y = range(len(found.mean))
    axis.hlines(y, found.low, found.high, color=COLOURS[0], alpha=0.45, linewidth=2.2)
    axis.plot(found.mean, y, "o", color=COLOURS[0], markersize=5)
    if np.isfinite(found.mean[0]):
        axis.axvline(float(found.mean[0]), color=SOFT, linewidth=0.8, linestyle=(0, (3, 3)))


def _people(
    material: Material, words: Words, named: Names, shares: list[str], points: list[int]
) -> Table:
    """Counts of the people harmed, with their share below."""
    rows = []
    for name in shares:
        share, people = measure(name), measure(people_of(name))
        cells = [Cell(words.title(people), words.unit(people))]
        cells += [_hurt(material, words, share, people, point) for point in points]
        rows.append(tuple(cells))
    caption = words(
        "Number of people harmed; below it, the same harm as a share, for example of all seizures."
    )
    if material.base is not None:
        caption += " " + words(
            "The first column gives values, the others give differences from them."
        )
    columns = [named.points[point] for point in points]
    return Table(caption, ("", *map(named.brief, columns)), tuple(rows), key=named.key(columns))


def _hurt(material: Material, words: Words, share: Measure, people: Measure, point: int) -> Cell:
    base = material.base
    if base is None or point == base:
        count, part = (
            float(mean(one.shown(material.values(one.name)[point].to_numpy(float))).mean)
            for one in (people, share)
        )
        return Cell(number(count), words("share: {n} %", n=number(part)))
    gap, other = (paired(material, one.name, base)[point] for one in (people, share))
    below = words("share: {n} percentage points", n=number(other.mean * share.factor, "+"))
    found = tone(gap.mean, gap.clear, better(people.name) or better(share.name))
    return Cell(number(gap.mean * people.factor, "+"), _below(gap, people, below, words), found)


def _below(gap: Difference, people: Measure, share: str, words: Words) -> str:
    interval = span(gap.low * people.factor, gap.high * people.factor, words)
    return f"{interval} · {share}" if interval else share
