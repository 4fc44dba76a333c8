"""Conclusion of a sensitivity analysis: the factors that matter beyond chance, ranked."""

from collections.abc import Mapping
from typing import Any

from sim.analysis.sensitivity.sensitivity import Sensitivity
from sim.report.analysed import sensitivities
from sim.report.chapters.answer.conclusion.phrases import (
    SHOWN,
    Conclusion,
    plain,
    several,
    size,
    subjects,
)
from sim.report.material import Material
from sim.report.measures import measure
from sim.report.names import Names, names
from sim.report.numbers import number
from sim.words.words import Words

FEW = 3
"""Largest number of factors listed for a measure other than the first."""


def ranked(material: Material, words: Words) -> Conclusion | None:
    """Factors distinguishable from chance, the strongest first, and the other factors.

    The index of a factor without any effect exceeds a certain value in 5 % of cases, by chance. A
    factor is distinguishable from chance if its index is above that value.
    """
    about = [one.name for one in subjects(material)]
    found = [one for one in sensitivities(material) if one.measure in about]
    if not found:
        return None
    named = names(material, words)
    first, *others = found
    sentences = [_strongest(first, words, named)]
    sentences += _weak(first, words, named)
    sentences += [_strongest(one, words, named, FEW) for one in others]
    shown = any(bool(one.clear.any()) or not chance_known(one) for one in found)
    if shown:
        sentences.append(_index(first, words))
    sentences.append(
        words(
            "The wider a factor's range, the more important it appears: the result "
            "depends on the ranges studied."
        )
    )
    return plain(sentences, intervals=shown and material.replicates > 1)


def chance_known(one: Sensitivity) -> bool:
    """Whether it is known which value an index exceeds in 5 % of cases by chance alone."""
    return one.replicates > 1 or bool(one.table["by_chance"].notna().all())


def _strongest(one: Sensitivity, words: Words, named: Names, most: int = SHOWN) -> str:
    """The factors that matter, ranked, with their indices."""
    title = words.title(measure(one.measure))
    rows = one.table if not chance_known(one) else one.table[one.clear]
    if not len(rows):
        return words("{title}: no factor has an effect distinguishable from chance.", title=title)
    items = several(
        (_named(one, row, words, named) for row in rows.to_dict("records")), words, most
    )
    if not chance_known(one):
        return words(
            "{title} depends most on: {items}; how much of this is due to chance is "
            "unknown, since each point was run once.",
            title=title,
            items=items,
        )
    return words(
        "{title} depends, beyond chance, on these factors, the strongest first: {items}.",
        title=title,
        items=items,
    )


def _named(one: Sensitivity, row: Mapping[Any, Any], words: Words, named: Names) -> str:
    """A factor with its index, and the interval of the index."""
    about, index = measure(one.measure), float(row[one.rank])
    scale = about.factor if one.method == "morris" else 1.0
    value = size(index, about, words) if one.method == "morris" else number(index)
    if one.replicates > 1:
        low, high = (number(scale * float(row[end])) for end in ("low", "high"))
        value = words("{value} ({low} to {high})", value=value, low=low, high=high)
    return f"{named.factor(str(row['factor']))} {value}"


def _weak(one: Sensitivity, words: Words, named: Names) -> list[str]:
    """Factors whose index is not distinguishable from chance."""
    if not chance_known(one) or one.clear.all() or not one.clear.any():
        return []
    listed = several(map(named.factor, one.table.loc[~one.clear, "factor"]), words)
    return [words("No effect distinguishable from chance: {factors}.", factors=listed)]


def _index(one: Sensitivity, words: Words) -> str:
    """A sentence on the meaning of the numbers."""
    if one.method == "morris":
        return words(
            "The numbers are μ*: by how much the measure changes on average, up or "
            "down, when the factor moves across its whole range."
        )
    if one.method == "sobol":
        return words(
            "The numbers are total indices: the share of the measure's variance to which the "
            "factor contributes, alone or with others."
        )
    return words(
        "The numbers are PAWN indices, from 0 to 1: how far the distribution of the "
        "measure moves when the factor is restricted to one part of its range."
    )
