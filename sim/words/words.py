"""Texts of reports and of the view, in English or Chinese.

Texts are written in English where they are shown. For Chinese, each is looked up in the catalogue
by its English text; a missing entry is a bug.
"""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim import terms
from sim.scenario.policy import levers
from sim.terms import Stage, label
from sim.words.catalogue import chinese
from sim.words.currency import in_currency
from sim.words.language import Language
from sim.words.modes import MODES
from sim.words.numbers import amount_in_chinese, amount_in_english

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = {"china_2016": "Baseline 2016", "all_six": "All six"}
"""Short English names of scenarios. A scenario of a mode of governance is shown by the name of the
mode, any other by its title."""

PER_YUAN = "yuan per yuan"
"""Common beginning of units of money per money, such as ``yuan per yuan recovered``."""


OUTCOMES = {"C": "compliance", "R": "recovery", "B": "backlog", "H": "harm"}
"""Outcomes by their letters in the expected effects of a lever."""


def axis_unit(unit: str) -> str:
    """The English unit of an indicator as an axis shows it: ``share of claims`` as ``% of claims``.

    Values of shares are multiplied by 100.
    """
    return "%" + unit.removeprefix("share") if unit.startswith("share") else unit


class Titled(Protocol):
    """What has a title in both languages and an English unit: a lever, or an indicator in figures.

    The unit of a share is ``% of …`` for an indicator and ``share of …`` for a lever.
    """

    @property
    def title(self) -> str:
        """English title."""

    @property
    def zh(self) -> str:
        """Chinese title."""

    @property
    def unit(self) -> str:
        """English unit."""


@dataclass(frozen=True)
class Words:
    """Texts in one language.

    Args:
        language: ``en`` or ``zh``.
    """

    language: Language = "en"

    def __call__(self, text: str, /, **values: object) -> str:
        """A text in the language, with values inserted."""
        template = chinese()["texts"][text] if self.language == "zh" else text
        return in_currency(template).format(**values)

    def known(self, text: str) -> str:
        """A text in the language if a translation is known, otherwise unchanged."""
        return in_currency(chinese()["texts"].get(text, text) if self.language == "zh" else text)

    def title(self, measure: Titled) -> str:
        """Title of an indicator or a lever."""
        # An extension may declare no Chinese title.
        return measure.zh or measure.title if self.language == "zh" else measure.title

    def unit(self, measure: Titled, *, difference: bool = False) -> str:
        """The unit of an indicator or a lever.

        The difference of two indicators that are shares is in percentage points.
        """
        return self._unit(measure.unit, difference)

    def axis_unit(self, indicator: Titled, *, difference: bool = False) -> str:
        """The unit of an indicator as an axis shows it, with shares in per cent."""
        return self._unit(axis_unit(indicator.unit), difference)

    def _unit(self, unit: str, difference: bool) -> str:
        if difference and unit.startswith("%"):
            return self("percentage points")
        if self.language == "en":
            return in_currency(unit)
        known = chinese()["units"].get(unit)  # units of extensions have no translation
        return in_currency(known or ("%" if unit.startswith("%") else unit))

    def short_unit(self, measure: Titled, *, difference: bool = False) -> str:
        """A short form of the unit: "%" for a share."""
        if measure.unit.startswith("%") and not difference:
            return "%"
        if measure.unit.startswith(PER_YUAN):
            return self(PER_YUAN)
        return self.unit(measure, difference=difference)

    def with_unit(self, measure: Titled, *, difference: bool = False) -> str:
        """Title and unit of an indicator."""
        comma = "，" if self.language == "zh" else ", "
        return f"{self.title(measure)}{comma}{self.unit(measure, difference=difference)}"

    def listed(self, names: "Iterable[str]") -> str:
        """Several names joined by commas."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def titled(self, title: str) -> str:
        """A title, question or description of a shipped file; a user's own stays unchanged."""
        return chinese()["titles"].get(title, title) if self.language == "zh" else title

    def name(self, slug: str, title: str = "") -> str:
        """Name of a scenario or a pack.

        Args:
            slug: Its short name, or the path of its file.
            title: Its English title, if it has one.
        """
        stem = Path(slug).stem if slug.endswith(".toml") else slug
        if stem in MODES:
            return MODES[stem].name(self.language, short=True)
        if self.language == "zh" and stem in chinese()["names"]:
            return chinese()["names"][stem]
        return NAMES.get(stem) or self.titled(title) or stem.replace("_", " ")

    def lever(self, path: str, title: str) -> str:
        """Title of a lever; for any other path the given title."""
        one = levers().get(path)
        if one is None:
            return title
        return one.zh if self.language == "zh" else one.title

    def source(self, source: str) -> str:
        """The source of a lever's value in the language; the argument is the English text."""
        return chinese()["sources"].get(source, source) if self.language == "zh" else source

    def meaning(self, name: str) -> str:
        """What a lever does or an indicator counts, in one sentence; empty in English.

        Args:
            name: Path of a lever, or name of an indicator.
        """
        return chinese()["meanings"].get(name, "") if self.language == "zh" else ""

    def expected(self, signs: str) -> str:
        """Expected effects of a lever in words: ``C+ B-`` is compliance +, backlog −.

        What an extension expects in other words stays as it is.
        """
        ends = signs.replace("-", "−").split()
        if any(one[0] not in OUTCOMES or one[1:].isalpha() for one in ends):
            return signs
        return self.listed(f"{self(OUTCOMES[one[0]])} {one[1:]}" for one in ends)

    def term(self, word: IntEnum) -> str:
        """The full name of a member of an enumeration: a stage, a kind, an option, an ability."""
        if self.language == "en":
            return label(word).replace("_", " ")
        if type(word) in terms.CHINESE:
            return terms.chinese(word)
        return chinese()["terms"][f"{type(word).__name__}.{label(word)}"]

    def stage(self, stage: Stage) -> str:
        """A name of a stage that is short enough to stand below a column."""
        key = f"Stage.{label(stage)}"
        return chinese()["terms"][key] if self.language == "zh" else label(stage).replace("_", " ")

    def amount(self, value: float) -> str:
        """A large number: 1,234,567 in English, 123.5万 in Chinese."""
        return amount_in_chinese(value) if self.language == "zh" else amount_in_english(value)

    def month(self, month: int) -> str:
        """A measured month by its number."""
        return f"第{month}个月" if self.language == "zh" else f"month {month}"
