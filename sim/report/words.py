"""The texts of a report, in English or Chinese.

Chapters are written in English. The Chinese text is found in `zh.toml` under the English one; a
missing entry is a bug.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.scenario.policy import levers

if TYPE_CHECKING:
    from collections.abc import Iterable

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
"""Short English names of scenarios and packs (groups of policies); others are shown by title."""

PER_YUAN = "yuan per yuan"
"""How units of money per money begin, such as ``yuan per yuan recovered``."""


@cache
def chinese() -> dict[str, dict[str, str]]:
    """Chinese ``texts`` and ``titles`` by the English ones; ``names`` by scenario or pack."""
    text = Path(__file__).with_name("zh.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class Words:
    """Texts in one language.

    Args:
        language: ``en`` or ``zh``.
    """

    language: Language = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in the language of the report, with values inserted."""
        template = chinese()["texts"][text] if self.language == "zh" else text
        return template.format(**values)

    def known(self, text: str) -> str:
        """A text in the language if a translation is known, otherwise unchanged."""
        return chinese()["texts"].get(text, text) if self.language == "zh" else text

    def title(self, measure: "Measure") -> str:
        """Title of an indicator."""
        return measure.zh if self.language == "zh" else measure.title

    def unit(self, measure: "Measure", *, difference: bool = False) -> str:
        """The unit of an indicator; the difference of two shares is in percentage points."""
        if difference and measure.unit.startswith("%"):
            return self("percentage points")
        if self.language == "en":
            return measure.unit
        known = chinese()["texts"].get(measure.unit)  # units of extensions have no translation
        return known or ("%" if measure.unit.startswith("%") else measure.unit)

    def short_unit(self, measure: "Measure", *, difference: bool = False) -> str:
        """A short form of the unit: "%" for a share."""
        if measure.unit.startswith("%") and not difference:
            return "%"
        if measure.unit.startswith(PER_YUAN):
            return self(PER_YUAN)
        return self.unit(measure, difference=difference)

    def with_unit(self, measure: "Measure", *, difference: bool = False) -> str:
        """Title and unit of an indicator."""
        comma = "，" if self.language == "zh" else ", "
        return f"{self.title(measure)}{comma}{self.unit(measure, difference=difference)}"

    def listed(self, names: "Iterable[str]") -> str:
        """Several names joined by commas."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def titled(self, title: str) -> str:
        """A title in the language if it belongs to a shipped file; a user's title is unchanged."""
        return chinese()["titles"].get(title, title) if self.language == "zh" else title

    def name(self, slug: str, title: str = "") -> str:
        """Name of a scenario or a pack.

        Args:
            slug: Its short name, or the path of its file.
            title: Its English title, if it has one.
        """
        stem = Path(slug).stem if slug.endswith(".toml") else slug
        if self.language == "zh" and stem in chinese()["names"]:
            return chinese()["names"][stem]
        return NAMES.get(stem) or title or stem.replace("_", " ")

    def lever(self, path: str, title: str) -> str:
        """Title of a lever; for any other path the given title."""
        one = levers().get(path)
        if one is None:
            return title
        return one.zh if self.language == "zh" else one.title
