"""Conclusion of a single run, or of replicates of one world: levels, and who was harmed."""

from sim.report.chapters.answer.conclusion.phrases import Conclusion, between, plain, several
from sim.report.estimate import mean
from sim.report.material import Material
from sim.report.measures import Measure, drawn, there
from sim.words.words import Words

WON = ("performed_12", "voluntary_12", "grace_performance", "recovery", "received")
"""Measures of performance and of money received."""
UNABLE = ("unable", "inability")
"""Number and share of debtors who could not pay."""
HURT = ("restricted_unable", "wrongly_listed", "detained_unable", "below_exempt")
"""People harmed by restrictions, the list, detention and seizure."""
HARM = "harm"


def level(material: Material, words: Words) -> Conclusion | None:
    """Performance, recovery, money received, who could not pay, and who was harmed."""
    won = there(material, WON) or drawn(material)[:3]
    if not won:
        return None
    listed = several((_shown(material, one, words) for one in won), words)
    sentences = [words("Over all measured months together: {items}.", items=listed)]
    unable = there(material, UNABLE)
    if unable:
        listed = several((_shown(material, one, words) for one in unable), words)
        sentences.append(words("Debtors who could not pay: {items}.", items=listed))
    sentences += _hurt(material, words)
    if material.replicates < 2:
        sentences.append(
            words("One run says nothing about chance: another seed would give other numbers.")
        )
    return plain(sentences, intervals=material.replicates > 1)


def _hurt(material: Material, words: Words) -> list[str]:
    """A sentence on how many people each kind of harm affected, and on felt harm."""
    people = there(material, HURT)
    some = [one for one in people if bool((material.values(one.name) > 0.0).any(axis=None))]
    named = [*some, *there(material, (HARM,))]
    if not named:
        return []
    listed = several((_shown(material, one, words) for one in named), words)
    sentence = words(
        "Persons harmed by restrictions, detention and seizure: {items}.", items=listed
    )
    if people and not some:
        sentence = words(
            "No restriction, detention or seizure fell on anyone it should have spared: {items}.",
            items=listed,
        )
    return [sentence]


def _shown(material: Material, one: Measure, words: Words) -> str:
    """Name and level of a measure; with replicates also the interval."""
    values = material.values(one.name)[material.present[0]].to_numpy(float) * one.factor
    found = mean(values, one.bounds)
    middle, low, high = (float(part) / one.factor for part in found)
    return words(
        "{title} {value}", title=words.title(one), value=between(middle, low, high, one, words)
    )
