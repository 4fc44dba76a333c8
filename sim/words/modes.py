"""The modes of governance, by which levers are grouped, and their names."""

from typing import NamedTuple

from sim.words.language import Language


class Mode(NamedTuple):
    """The names of a mode.

    Args:
        title: English name.
        short: English name where there is little room, as in figures.
        zh: Chinese name.
    """

    title: str
    short: str
    zh: str

    @property
    def both(self) -> tuple[str, str]:
        """The English title and the Chinese name."""
        return self.title, self.zh

    def name(self, language: Language, *, short: bool = False) -> str:
        """The name in a language."""
        if language == "zh":
            return self.zh
        return self.short if short else self.title


MODES = {
    "rule_of_law": Mode("Law-based governance", "Rule of law", "依法治理"),
    "comprehensive": Mode("Comprehensive governance", "Comprehensive", "综合治理"),
    "systemic": Mode("Systemic governance", "Systemic", "系统治理"),
    "at_source": Mode("Governance at the source", "At source", "源头治理"),
    "collaborative": Mode("Collaborative governance", "Collaborative", "协同治理"),
    "special": Mode("Special campaigns", "Special campaigns", "专项治理"),
    "sanctions": Mode("Sanctions", "Sanctions", "制裁"),
}
"""All modes by name, in the order in which they are listed."""
