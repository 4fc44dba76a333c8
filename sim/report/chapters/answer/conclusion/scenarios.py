"""Conclusion of a comparison of scenarios: the same as that of `servanda compare`."""

from sim.analysis.comparison.compare import compare
from sim.analysis.comparison.conclusion import conclusion as concluded
from sim.analysis.comparison.district import restored
from sim.analysis.comparison.money import intake, money
from sim.analysis.comparison.statements import in_words
from sim.errors import ServandaError
from sim.report.chapters.answer.conclusion.phrases import Conclusion
from sim.report.material import SCENARIO, Material
from sim.report.names import names
from sim.scenario.differences import Unlike
from sim.words.words import Words

INTERVAL = "interval"
"""Key of the last statement of a conclusion, which says what the intervals cover."""


def scenarios(material: Material, words: Words) -> Conclusion | None:
    """Sentences about all scenarios, then about each; None if some run is not done."""
    found = material.sweep
    if found is None or material.replicates < 2:
        return None
    if material.base is None or not material.several:
        return None
    try:
        standings = compare(found)
    except ServandaError:
        return None  # some run is not done, which the last chapter reports
    district = restored(found.manifest.get("district"), intake(found))
    unlike = [Unlike(**one) for one in found.manifest.get("unlike", ())]
    stated = concluded(standings, money(found), district=district, unlike=unlike)
    named = names(material, words)
    slugs = [str(slug) for slug in material.points[SCENARIO]]

    def name(slug: str) -> str:
        return named.scenario(slug) if slug in slugs else named.policy(slug)

    sentences = [(one, in_words(one, words.language, name)) for one in stated]
    general = tuple(text for one, text in sentences if not one.about and one.key != INTERVAL)
    each = (
        (name(slug), tuple(text for one, text in sentences if one.about == slug))
        for slug in slugs[1:]
    )
    return Conclusion((("", general), *each), intervals=True)
