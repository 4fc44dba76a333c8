"""Conclusion of a list of points (worlds): those that clearly differ from the first, ranked."""

from sim.report.chapters.answer.conclusion.parts import CHANCE
from sim.report.chapters.answer.conclusion.phrases import (
    Conclusion,
    change,
    plain,
    several,
    subjects,
)
from sim.report.estimate import paired
from sim.report.material import Material
from sim.report.measures import Measure
from sim.report.names import names
from sim.words.words import Words


def beside(material: Material, words: Words) -> Conclusion | None:
    """Points that clearly differ from the first point, the largest difference first."""
    if material.base is None or not material.several or material.replicates < 2:
        return None
    about = subjects(material)
    if not about:
        return None
    sentences = [_apart(material, one, material.base, words) for one in about]
    return plain((*sentences, words(CHANCE)), intervals=True)


def _apart(material: Material, one: Measure, base: int, words: Words) -> str:
    named, gaps = names(material, words), paired(material, one.name, base)
    clear = sorted((p for p, gap in gaps.items() if gap.clear), key=lambda p: -abs(gaps[p].mean))
    title, first = words.title(one), named.points[base]
    if not clear:
        return words("{title}: no point clearly differs from {base}.", title=title, base=first)
    items = (f"{named.points[point]} {change(gaps[point], one, words)}" for point in clear)
    return words(
        "{title}: {n} of {all} points clearly differ from {base}, the farthest first: {items}.",
        title=title,
        n=len(clear),
        all=len(gaps),
        base=first,
        items=several(items, words),
    )
