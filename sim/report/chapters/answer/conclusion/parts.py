"""Conclusion of a full factorial: clear contributions, and the whole compared with its parts."""

import math

from sim.analysis.sensitivity.shapley import Attribution
from sim.report.analysed import attributions
from sim.report.chapters.answer.conclusion.phrases import (
    Conclusion,
    change,
    judged,
    plain,
    several,
    still,
    subjects,
)
from sim.report.material import Material
from sim.report.measures import measure
from sim.report.names import Names, names
from sim.words.words import Words

CHANCE = "Without any true difference, about one comparison in twenty would be clear by chance."


def parts(material: Material, words: Words) -> Conclusion | None:
    """Clear and unclear Shapley values, and the whole compared with the sum of its parts."""
    if material.replicates < 2:
        return None
    about = [one.name for one in subjects(material)]
    found = [
        one
        for one in attributions(material)
        if one.measure in about and not math.isnan(one.total.mean)
    ]
    if not found:
        return None
    named = names(material, words)
    first, *others = found
    sentences = [_shares(first, words, named), *_unclear(first, words, named)]
    if len(first.parts) > 1 and not still(first.total):
        sentences.append(_beyond(first, words))
    sentences += [_shares(one, words, named) for one in others]
    return plain((*sentences, words(CHANCE)), intervals=True)


def _shares(one: Attribution, words: Words, named: Names) -> str:
    """The effect of all parts together, and the parts with a clear share."""
    about = measure(one.measure)
    values = {path: part.value for path, part in one.parts.items()}
    if still(one.total) and all(still(value) for value in values.values()):
        return words("{title}: no run differs from any other.", title=words.title(about))
    clear = sorted((p for p in values if values[p].clear), key=lambda p: -abs(values[p].mean))
    total = judged(one.total, about, words)
    if not clear:
        return words(
            "{title}: all parts together change it by {change}; no part has a clear share.",
            title=words.title(about),
            change=total,
        )
    items = (f"{named.factor(path)} {change(values[path], about, words)}" for path in clear)
    return words(
        "{title}: all parts together change it by {change}; parts with a clear share: {parts}.",
        title=words.title(about),
        change=total,
        parts=several(items, words),
    )


def _unclear(one: Attribution, words: Words, named: Names) -> list[str]:
    """Parts whose share is not clear."""
    unclear = [path for path, part in one.parts.items() if not part.value.clear]
    if not unclear or len(unclear) == len(one.parts):
        return []
    listed = several(map(named.factor, unclear), words)
    return [words("The share of these parts is not clear: {parts}.", parts=listed)]


def _beyond(one: Attribution, words: Words) -> str:
    """Whether the whole differs from the sum of the effects of each part alone."""
    if still(one.beyond):
        return words(
            "The effect of all parts together is exactly the sum of the effects of each part alone."
        )
    text = judged(one.beyond, measure(one.measure), words)
    return words(
        "The effect of all parts together differs from the sum of the effects of each part alone "
        "by {change}.",
        change=text,
    )
