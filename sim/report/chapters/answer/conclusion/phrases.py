"""Building blocks of conclusions: measures, and values with their units and intervals.

In: values in the units of the runs. Out: pieces of sentences in one language.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sim.report.material import Material
from sim.report.measures import Measure, drawn, there
from sim.report.numbers import number
from sim.words.words import PER_YUAN, Words

SHOWN = 5
"""Largest number of items listed in one sentence."""
SECOND_MEASURES = ("recovery", "harm")
"""Measures shown after the first one: what is gained, and at whose cost."""


@dataclass(frozen=True)
class Conclusion:
    """The sentences of a conclusion.

    Args:
        sayings: Groups of sentences, each with its subject. The subject is empty if the sentences
            are about all results.
        intervals: Whether the sentences are based on 95 % intervals.
    """

    sayings: tuple[tuple[str, tuple[str, ...]], ...]
    intervals: bool


class Gap(Protocol):
    """A difference with its 95 % interval, from any analysis."""

    @property
    def mean(self) -> float:
        """The difference."""

    @property
    def low(self) -> float:
        """Lower end of the interval; NaN if there is none."""

    @property
    def high(self) -> float:
        """Upper end of the interval; NaN if there is none."""

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""


def plain(sentences: Iterable[str], *, intervals: bool) -> Conclusion:
    """A conclusion of sentences without a particular subject."""
    return Conclusion((("", tuple(sentences)),), intervals)


def subjects(material: Material) -> list[Measure]:
    """The measures of a conclusion: the first measure, then recovery and harm if recorded."""
    found = [*drawn(material)[:1], *there(material, SECOND_MEASURES)]
    return list(dict.fromkeys(found))


def whole(material: Material) -> bool:
    """Whether every planned run succeeded."""
    return len(material.runs) >= int(material.manifest.get("runs", 1))


def still(gap: Gap) -> bool:
    """Whether a difference and its interval are exactly 0."""
    return gap.mean == gap.low == gap.high == 0.0


def several(items: Iterable[str], words: Words, most: int = SHOWN) -> str:
    """The first items, separated by semicolons, since an item may contain commas."""
    every = list(items)
    shown = every[:most]
    if len(every) > most:
        shown.append(words("{n} more", n=len(every) - most))
    return ("；" if words.language == "zh" else "; ").join(shown)


def amount(value: float, one: Measure, words: Words) -> str:
    """A level with its unit.

    Args:
        value: The level, in the unit of the runs.
        one: The measure.
        words: Texts in the language of the report.
    """
    return _with_unit(number(value * one.factor), one, words)


def bare(value: float, one: Measure, words: Words) -> str:
    """The first of two levels in a sentence: in English only the second needs a unit."""
    return number(value * one.factor) if words.language == "en" else amount(value, one, words)


def between(value: float, low: float, high: float, one: Measure, words: Words) -> str:
    """A level with unit, and with an interval if there is one.

    Args:
        value: The level, in the unit of the runs.
        low: Lower end of the interval, in the same unit; NaN if there is none.
        high: Upper end; NaN if there is none.
        one: The measure.
        words: Texts in the language of the report.
    """
    return _spanned(amount(value, one, words), low * one.factor, high * one.factor, words)


def change(gap: Gap, one: Measure, words: Words) -> str:
    """A difference with sign and unit, and with an interval if there is one."""
    text = size(gap.mean, one, words, "+")
    return _spanned(text, gap.low * one.factor, gap.high * one.factor, words)


def size(value: float, one: Measure, words: Words, sign: str = "") -> str:
    """The size of a difference with its unit: percentage points for shares."""
    text = number(value * one.factor, sign)
    if one.unit.startswith("%"):
        return words("{n} percentage points", n=text)
    return _with_unit(text, one, words)


def judged(gap: Gap, one: Measure, words: Words) -> str:
    """A difference; if the interval includes 0, with the remark that it is not clear."""
    text = change(gap, one, words)
    if gap.clear or still(gap) or math.isnan(gap.low):
        return text
    return words("{change}, which is not clear", change=text)


def _spanned(text: str, low: float, high: float, words: Words) -> str:
    if math.isnan(low) or math.isnan(high):
        return text
    return words("{value} ({low} to {high})", value=text, low=number(low), high=number(high))


def _with_unit(value: str, one: Measure, words: Words) -> str:
    """A number and its unit, in the order of the language."""
    unit = words.short_unit(one) if one.unit.startswith(PER_YUAN) else words.unit(one)
    if words.language == "en" or not unit:
        return f"{value} {unit}".rstrip()
    if unit.endswith("%"):  # "占……%": in Chinese the whole of a share precedes the number
        of = unit.removesuffix("%")
        return f"{value}%（{of}）" if of else f"{value}%"
    return f"{unit}{value}" if one.unit.startswith("per ") else f"{value}{unit}"
