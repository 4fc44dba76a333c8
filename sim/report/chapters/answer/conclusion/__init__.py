"""The conclusion of a run or a sweep in sentences; it precedes all tables and figures.

In: the results of a run or sweep (`Material`). Out: a chapter of sentences, which depend on the
kind of design.
"""

from collections.abc import Callable

from sim.analysis.comparison.statements import Statement, in_words
from sim.report.chapter import Chapter, Saying
from sim.report.chapters.answer.conclusion.across import across
from sim.report.chapters.answer.conclusion.beside import beside
from sim.report.chapters.answer.conclusion.contrasts import contrasts
from sim.report.chapters.answer.conclusion.front import front
from sim.report.chapters.answer.conclusion.level import level
from sim.report.chapters.answer.conclusion.moved import moved
from sim.report.chapters.answer.conclusion.parts import parts
from sim.report.chapters.answer.conclusion.phrases import Conclusion
from sim.report.chapters.answer.conclusion.ranges import ranges
from sim.report.chapters.answer.conclusion.ranked import ranked
from sim.report.chapters.answer.conclusion.scenarios import INTERVAL, scenarios
from sim.report.material import Material
from sim.words.words import Words

type Conclude = Callable[[Material, Words], Conclusion | None]
"""Function that draws a conclusion; it returns None if the material does not support one."""

BY_KIND: dict[str, tuple[Conclude, ...]] = {
    "scenarios": (scenarios, ranges),
    "run": (level,),
    "none": (level,),
    "grid": (across, beside, ranges),
    "one_at_a_time": (moved, ranges),
    "morris": (ranked, ranges),
    "sobol": (ranked, ranges),
    "latin_hypercube": (ranked, ranges),
    "factorial": (parts, contrasts, ranges),
    "fractional_factorial": (contrasts, ranges),
    "points": (beside, ranked, ranges),
    "search": (front,),
}
"""For each kind of design, the functions to try in turn; the first conclusion found is used."""


def conclusion(material: Material, words: Words) -> Chapter | None:
    """The conclusion; None if nothing can be concluded."""
    tries = (conclude(material, words) for conclude in BY_KIND.get(material.kind, (ranges,)))
    found = next((one for one in tries if one is not None), None)
    if found is None:
        return None
    doubts = (in_words(Statement(INTERVAL), words.language),) if found.intervals else ()
    sayings = tuple(Saying(about, sentences) for about, sentences in found.sayings if sentences)
    return Chapter("conclusion", words("Conclusion"), "", notes=doubts, sayings=sayings)
