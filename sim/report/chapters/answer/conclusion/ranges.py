"""Conclusion without an analysis: the lowest and the highest point of each measure."""

from sim.report.chapters.answer.conclusion.phrases import Conclusion, amount, plain, subjects
from sim.report.material import Material
from sim.report.measures import Measure
from sim.report.names import names
from sim.words.words import Words


def ranges(material: Material, words: Words) -> Conclusion | None:
    """The lowest and the highest point of each measure, and a remark on chance."""
    about = [one for one in subjects(material) if material.several]
    if not about:
        return None
    sentences = [_range(material, one, words) for one in about]
    if material.replicates < 2:
        sentences.append(
            words("There is one run per point, so how much chance contributes is unknown.")
        )
    else:
        sentences.append(
            words(
                "The largest of many means is large partly by chance: run such a point again with "
                "new seeds."
            )
        )
    return plain(sentences, intervals=False)


def _range(material: Material, one: Measure, words: Words) -> str:
    means = material.values(one.name).mean()
    named = names(material, words)
    low, high = (material.present[int(at)] for at in (means.argmin(), means.argmax()))
    if means[low] == means[high]:
        value = amount(float(means[low]), one, words)
        return words("{title}: {value} at every point.", title=words.title(one), value=value)
    return words(
        "{title}: from {low} ({lowest}) to {high} ({highest}).",
        title=words.title(one),
        low=amount(float(means[low]), one, words),
        lowest=named.points[low],
        high=amount(float(means[high]), one, words),
        highest=named.points[high],
    )
