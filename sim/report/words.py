"""The words of a report, in English or Chinese.

Chapters are written in English. Where the language is Chinese each text is looked up in `zh.toml`,
by its English; one that is missing there is a fault of ours.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.scenario.policy import levers

if TYPE_CHECKING:
    from sim.report.measures import Measure

type Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

NAMES = {
    "china_2016": "Baseline 2016",
    "rule_of_law": "Rule of law",
    "comprehensive": "Comprehensive",
    "systemic": "Systemic",
    "at_source": "At source",
    "collaborative": "Collaborative",
    "special": "Special campaigns",
    "all_six": "All six",
}
"""Short English names of scenarios and packs; others go by their own names, without underscores."""


@cache
def chinese() -> dict[str, dict[str, str]]:
    """Chinese ``texts`` by their English, and ``names`` of scenarios and packs."""
    text = Path(__file__).with_name("zh.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class Words:
    """Texts in a language.

    Args:
        language: ``en`` or ``zh``.
    """

    language: Language = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """A text in the language, with values put in."""
        told = chinese()["texts"][text] if self.language == "zh" else text
        return told.format(**values)

    def title(self, measure: "Measure") -> str:
        """What an indicator is called."""
        return measure.zh if self.language == "zh" else measure.title

    def unit(self, measure: "Measure", *, difference: bool = False) -> str:
        """The unit of an indicator; the difference of two shares is in percentage points."""
        if measure.unit == "%":
            return self("percentage points") if difference else "%"
        if self.language == "zh":  # units of extensions are their own
            return chinese()["texts"].get(measure.unit, measure.unit)
        return measure.unit

    def name(self, slug: str) -> str:
        """What a scenario or a pack is called, given its name or file."""
        stem = Path(slug).stem if slug.endswith(".toml") else slug
        if self.language == "zh" and stem in chinese()["names"]:
            return chinese()["names"][stem]
        return NAMES.get(stem, stem.replace("_", " "))

    def lever(self, path: str, title: str) -> str:
        """What a lever is called; anything else by the title given."""
        one = levers().get(path)
        return one.zh if self.language == "zh" and one is not None else title
