"""The words of a report, in English or Chinese.

Chapters are written in English; where the language is Chinese, each text is looked up in `chinese`,
and one that is missing there is a fault of ours.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.report.chinese import NAMES_ZH, TEXTS
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


@dataclass(frozen=True)
class Words:
    """Texts in a language.

    Args:
        language: ``en`` or ``zh``.
    """

    language: Language = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """A text in the language, with values put in."""
        return (TEXTS[text] if self.language == "zh" else text).format(**values)

    def title(self, measure: "Measure") -> str:
        """What an indicator is called."""
        return measure.zh if self.language == "zh" else measure.title

    def unit(self, measure: "Measure", *, difference: bool = False) -> str:
        """The unit of an indicator; the difference of two shares is in percentage points."""
        if measure.unit == "%":
            return self("percentage points") if difference else "%"
        return self(measure.unit) if measure.unit in TEXTS else measure.unit

    def name(self, slug: str) -> str:
        """What a scenario or a pack is called, given its name or file."""
        stem = Path(slug).stem if slug.endswith(".toml") else slug
        if self.language == "zh" and stem in NAMES_ZH:
            return NAMES_ZH[stem]
        return NAMES.get(stem, stem.replace("_", " "))

    def lever(self, path: str, title: str) -> str:
        """What a lever is called; anything else by the title given."""
        one = levers().get(path)
        return one.zh if self.language == "zh" and one is not None else title
