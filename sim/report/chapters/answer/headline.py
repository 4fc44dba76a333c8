"""The main results: values of the measures, or differences from the base, with intervals."""

import math

import numpy as np
from matplotlib.figure import Figure as Canvas

from sim.analysis.paired import Difference
from sim.measure.headline import possible
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.chapters.answer.forest import HOW, compared, forest
from sim.report.estimate import judged, mean, paired, span
from sim.report.frame import Frame, tall
from sim.report.material import FIRST, Material
from sim.report.measures import (
    TABLE,
    Measure,
    better,
    beyond,
    drawn,
    interval_notes,
    measure,
    there,
)
from sim.report.names import names
from sim.report.numbers import number
from sim.report.tones import tone
from sim.words.words import Words

ONE = "There is one run per point, so how much chance contributes is unknown."
MOST = 12
"""Largest number of points that are shown one by one."""


def headline(material: Material, words: Words) -> Chapter | None:
    """The results in numbers."""
    measures = there(material, TABLE) if material.has("received") else []
    measures += [one for one in drawn(material) if one not in measures]
    if not measures:
        return None
    if not material.several:
        lead = words("For the whole measured period.")
        if material.replicates > 1:
            lead = words("Means over replicates for the whole measured period.")
        parts = (_levels(material, words, measures),)
        notes = (*interval_notes(material, words), *beyond(material, words, measures))
        notes += _too_short(material, words)
        return Chapter("headline", words("What came out"), lead, parts, notes)
    if material.count > MOST or material.base is None:
        return Chapter(
            "headline",
            words("What came out"),
            words("The points with the lowest, middle and highest value of each measure."),
            (_range(material, words, measures),),
            _lost(material, words)
            or (
                words(
                    "The largest of many means is large partly by chance: run such a point again "
                    "with new seeds."
                ),
            ),
        )
    lead = words(
        "Each column minus the first, on common random numbers: a replicate has the "
        "same seed in every scenario, so differences are mostly due to the "
        "scenarios."
    )
    figure = _forest(material, words, drawn(material))
    parts_: tuple[Table | Figure, ...] = (_differences(material, words, measures), *figure)
    notes = (_clear(words), *interval_notes(material, words), *beyond(material, words, measures))
    notes += _too_short(material, words)
    return Chapter("headline", words("What came out"), lead, parts_, notes)


def _lost(material: Material, words: Words) -> tuple[str, ...]:
    """A note if no comparison is possible."""
    if FIRST in material.present:
        return ()
    return (words("No run of the first point succeeded, so there is nothing to compare with."),)


def _too_short(material: Material, words: Words) -> tuple[str, ...]:
    """A note on the cohort indicators for which the runs are too short, if any."""
    measured = material.manifest.get("months")
    if measured is None:
        return ()
    months = int(np.max(measured))
    there = possible(TABLE, months)
    missing = [words.title(measure(name)) for name in TABLE if name not in there]
    if not missing:
        return ()
    sentence = (
        "Without a value, since a cohort must be followed for more than {months} months: {names}."
    )
    return (words(sentence, names=words.listed(missing), months=months),)


def _clear(words: Words) -> str:
    return words(
        "Bold where the interval excludes 0; without any true difference, about one "
        "line in twenty would be bold by chance."
    )


# ---------------------------------------------------------------- tables


def _levels(material: Material, words: Words, measures: list[Measure]) -> Table:
    """The level of each measure at the only point."""
    point = material.present[0]
    rows = []
    for one in measures:
        found = mean(one.shown(material.values(one.name)[point].to_numpy(float)), one.bounds)
        interval = span(float(found.low), float(found.high), words)
        rows.append((_name(one, words), Cell(number(float(found.mean)), interval)))
    if material.replicates > 1:
        caption = words("Mean, with its 95 % interval by Student's t.")
        return Table(caption, ("", words("mean")), tuple(rows))
    return Table(
        words("This is one run, so how much chance contributes is unknown."), ("", ""), tuple(rows)
    )


def _differences(material: Material, words: Words, measures: list[Measure]) -> Table:
    """The level of the base, and the difference of each other point from it."""
    named = names(material, words)
    base, *others = material.present
    columns = [named.points[point] for point in (base, *others)]
    rows = []
    for one in measures:
        level = mean(one.shown(material.values(one.name)[base].to_numpy(float)), one.bounds)
        differences = paired(material, one.name, base)
        cells = [Cell(number(float(level.mean)))]
        by = judged(material, one.name, base)
        cells += [_difference(differences[point], by[point], one, words) for point in others]
        rows.append((_name(one, words), *cells))
    return Table(
        words("Differences, with 95 % intervals; shares differ in percentage points."),
        ("", *map(named.brief, columns)),
        tuple(rows),
        key=named.key(columns),
    )


def _difference(one: Difference, by: Difference, shown: Measure, words: Words) -> Cell:
    """The cell of a difference; its colour has the tone of the difference `by`."""
    interval = span(one.low * shown.factor, one.high * shown.factor, words)
    found = tone(by.mean, by.clear, better(shown.name))
    return Cell(number(one.mean * shown.factor, "+"), interval, found)


def _name(one: Measure, words: Words) -> Cell:
    return Cell(words.title(one), words.unit(one))


def _range(material: Material, words: Words, measures: list[Measure]) -> Table:
    """The range of many points: lowest, middle and highest value, each with its point."""
    named = names(material, words)
    rows, shown = [], []

    def cell(value: float, point: int) -> Cell:
        shown.append(named.points[point])
        return Cell(number(value), named.brief(named.points[point]))

    for one in measures:
        means = material.values(one.name).mean().dropna() * one.factor
        if means.empty:
            continue
        ordered = means.sort_values(kind="stable")
        chosen = (0, (len(ordered) - 1) // 2, len(ordered) - 1)
        base = material.base
        if math.isclose(ordered.iloc[0], ordered.iloc[-1]):
            same = Cell(number(float(ordered.iloc[0])), words("the same at every point"))
            cells = [Cell(number(float(ordered.iloc[at]))) for at in chosen[1:]]
            start = [] if base is None else [Cell(number(float(means.get(base, np.nan))))]
            rows.append((_name(one, words), *start, same, *cells))
            continue
        cells = [cell(float(ordered.iloc[at]), ordered.index[at]) for at in chosen]
        start = [] if base is None else [cell(float(means.get(base, np.nan)), base)]
        rows.append((_name(one, words), *start, *cells))
    first = [] if material.base is None else [words("first point")]
    heads = (*first, words("lowest"), words("middle"), words("highest"))
    many = material.replicates > 1
    caption = words("Means over replicates, by point.") if many else words(ONE)
    return Table(caption, ("", *heads), tuple(rows), key=named.key(shown))


# ---------------------------------------------------------------- the figure


def _forest(material: Material, words: Words, measures: list[Measure]) -> tuple[Figure, ...]:
    """Differences from the base with their intervals, a panel per measure."""
    named = names(material, words)
    base, *others = material.present
    if not others:
        return ()
    found = {one.name: compared(material, one, base, others) for one in measures}
    rows = [named.brief(named.points[point]) for point in others]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(measures), 0.75 + tall(rows, frame))
        for axis, one in zip(axes, measures, strict=True):
            forest(axis, one, found[one.name], rows, frame, words)
            axis.set_title(words.title(one))
        return drawing

    whole = named.points[base]
    caption = words(HOW, base=whole)
    title = words("Differences from {base}", base=named.brief(whole))
    key = named.key(named.points[point] for point in (base, *others))
    return (Figure("differences", title, caption, draw, key),)
