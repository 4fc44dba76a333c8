"""Conclusion of a grid: the change between the ends of a factor's range, and any jumps.

If each world has two starts (two initial states), the conclusion says instead where the start
decides the outcome.
"""

import math

import pandas as pd

from sim.analysis.tipping.hysteresis import Band
from sim.analysis.tipping.steepest import Tip
from sim.analysis.tipping.tipping import Tipping
from sim.report.analysed import tipped
from sim.report.chapters.answer.conclusion.contrasts import at, ends, levels
from sim.report.chapters.answer.conclusion.phrases import (
    Conclusion,
    amount,
    bare,
    judged,
    plain,
    several,
    subjects,
    whole,
)
from sim.report.estimate import mean
from sim.report.material import Material
from sim.report.measures import Measure, measure
from sim.report.names import Names, names, varying
from sim.words.words import Words


def across(material: Material, words: Words) -> Conclusion | None:
    """How measures change over a grid; with two starts, where the start decides the outcome."""
    if material.replicates < 2 or not whole(material):
        return None
    read = [one for one in (tipped(material, each.name) for each in subjects(material)) if one]
    named = names(material, words)
    if read and read[0].starts:
        return plain(_history(read, words, named), intervals=True)
    paths = [path for path in varying(material.points) if _numeric(material.points[path])]
    if not paths:
        return None
    sentences = [
        words(
            "{title}: {changes}.",
            title=words.title(one),
            changes=several((_change(material, one, path, words, named) for path in paths), words),
        )
        for one in subjects(material)
    ]
    if read:
        sentences[1:1] = _steepest(read[0], words, named)
    if len(varying(material.points)) > 1:
        sentences.append(words("Each value is the mean over all values of the other factors."))
    return plain(sentences, intervals=True)


def _numeric(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


# ---------------------------------------------------------------- one start


def _change(material: Material, one: Measure, path: str, words: Words, named: Names) -> str:
    """The change of a measure from a factor's lowest value to its highest."""
    low, high = levels(material.points[path])
    before, after = (float(mean(at(material, one, path, end)).mean) for end in (low, high))
    return words(
        "as {factor} rises from {low} to {high}, the measure goes from {before} to "
        "{after}, a change of {change}",
        factor=named.factor(path),
        low=named.value(path, low),
        high=named.value(path, high),
        before=bare(before, one, words),
        after=amount(after, one, words),
        change=judged(ends(material, one, path), one, words),
    )


def _steepest(one: Tipping, words: Words, named: Names) -> list[str]:
    """Where a measure changes fastest, and whether it jumps there."""
    longer = [tip for tip in one.tips if not math.isnan(tip.jumps)]  # two values have one step only
    if not longer:
        return []
    title = words.title(measure(one.measure))
    moving = [tip for tip in longer if tip.moves]
    if not moving:
        return [
            words("{title}: its values along the grid differ by no more than chance.", title=title)
        ]
    tip = max(moving, key=lambda each: abs(each.change.mean))
    kind = words("a jump on this grid") if tip.jump else words("a slope, not a jump")
    return [
        words(
            "{title}: the steepest step is {change}, between {low} and {high} of {factor}: {kind}.",
            title=title,
            change=judged(tip.change, measure(one.measure), words),
            low=named.value(tip.along, tip.low),
            high=named.value(tip.along, tip.high),
            factor=_along(tip, words, named),
            kind=kind,
        )
    ]


def _along(found: Tip | Band, words: Words, named: Names) -> str:
    """A factor, with the values of the other factors if there are any."""
    factor = named.factor(found.along)
    if not found.at:
        return factor
    others = words.listed(f"{named.factor(p)} {named.value(p, v)}" for p, v in found.at.items())
    return words("{factor} (at {others})", factor=factor, others=others)


# ---------------------------------------------------------------- two starts


def _history(read: list[Tipping], words: Words, named: Names) -> list[str]:
    """For each measure, where the start decides how the same world ends."""
    first, second = (named.scenario(start) for start in read[0].starts)
    sentences = [
        words(
            "The same worlds are compared from two starts, “{first}” and “{second}”, over months "
            "{begin} to {end}.",
            first=first,
            second=second,
            begin=read[0].months[0],
            end=read[0].months[1],
        )
    ]
    for one in read:
        title = words.title(measure(one.measure))
        along = [band for band in one.bands if band.along == one.factors[-1]]
        if not along:
            sentences.append(
                words(
                    "{title}: nowhere on this grid is it clear that the start decides.", title=title
                )
            )
            continue
        places = several((_stretch(band, words, named) for band in along), words, 3)
        sentences.append(
            words("{title}: the start decides at {places}.", title=title, places=places)
        )
    return sentences


def _stretch(band: Band, words: Words, named: Names) -> str:
    """The range of a factor in which the start decides."""
    factor = _along(band, words, named)
    low, high = (named.value(band.along, end) for end in (band.low, band.high))
    if low == high:
        return f"{factor} {low}"
    return words("{factor} {low} to {high}", factor=factor, low=low, high=high)
