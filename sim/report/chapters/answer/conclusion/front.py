"""Conclusion of a search: how many packages are non-dominated, also on fresh seeds.

A package is a point of the search: a value for each factor. It is non-dominated if no other is at
least as good in every objective and better in one.
"""

from collections.abc import Mapping

from sim.analysis.optimisation.front import Candidate, Optimum
from sim.report.analysed import searched
from sim.report.chapters.answer.conclusion.phrases import (
    SECOND_MEASURES,
    Conclusion,
    Gap,
    judged,
    plain,
    several,
)
from sim.report.estimate import paired
from sim.report.material import Material
from sim.report.measures import measure
from sim.words.words import Words

START = 0
"""Number of the start: the point at which the search has chosen nothing."""


def front(material: Material, words: Words) -> Conclusion | None:
    """How many packages are non-dominated, and the effects of the best in the first objective."""
    found = searched(material)
    if found is None:
        return None
    within = int(found.generations["within"].iloc[-1]) if len(found.generations) else 0
    if not found.front:
        return plain(
            (words("The search tried {n} packages; none is within the limits.", n=found.trials),),
            intervals=False,
        )
    sentences = [
        words(
            "The search tried {n} packages; {within} are within the limits, and {front} are "
            "non-dominated.",
            n=found.trials,
            within=within,
            front=sum(one.point != START for one in found.front),
        )
    ]
    if any(one.point == START for one in found.front):
        sentences.append(
            words("The start, the point at which nothing is chosen, is non-dominated too.")
        )
    sentences.append(_fresh(found, words))
    sentences += _best(material, found, words)
    return plain(sentences, intervals=found.replicates > 1)


def _fresh(found: Optimum, words: Words) -> str:
    """How many of the best results hold on seeds that the search has not used."""
    if not found.confirmed:
        return words(
            "No package was run on fresh seeds: the best of many trials looks better than it is."
        )
    chosen = [one for one in found.front if one.point != START]
    return words(
        "On seeds that the search has not used, {holds} of these {all} packages "
        "hold: they are still within the limits and non-dominated.",
        holds=sum(one.holds is True for one in chosen),
        all=len(chosen),
    )


def _best(material: Material, found: Optimum, words: Words) -> list[str]:
    """Effects of the package that is best in the first objective, with recovery and harm."""
    best, first = found.front[0], next(iter(found.objectives))
    if best.point == START:
        return [
            words(
                "{title}: no package within the limits is better than the start.",
                title=words.title(measure(first)),
            )
        ]
    beside = [name for name in SECOND_MEASURES if material.has(name)]
    shown = {
        name: _gap(material, best, name) for name in dict.fromkeys((*found.objectives, *beside))
    }
    sentences = [
        words(
            "Of these, {point} is best in the first objective. Compared with the start: {items}.",
            point=words("point {n}", n=best.point),
            items=_items(shown, words),
        )
    ]
    again = {name: best.fresh[name] for name in found.objectives if name in best.fresh}
    if again:
        items = _items(again, words)
        sentences.append(words("On fresh seeds: {items}.", items=items))
    return sentences


def _gap(material: Material, best: Candidate, name: str) -> Gap:
    if name in best.differences:
        return best.differences[name]
    return paired(material, name, START)[best.point]


def _items(gaps: Mapping[str, Gap], words: Words) -> str:
    items = []
    for name, gap in gaps.items():
        one = measure(name)
        items.append(
            words("{title} {value}", title=words.title(one), value=judged(gap, one, words))
        )
    return several(items, words)
