"""What can be chosen on the page: worlds and levers, as plain data.

The worker process fills it (`sim.view.setting.worlds`). The web process only reads it, so it need
not import the model.
"""

from dataclasses import dataclass, field
from typing import Any

Plain = dict[str, Any]
"""A dictionary of texts, numbers, lists and further dictionaries."""

BASELINE = "china_2016"
"""The shipped world that is shown first unless another one was asked for."""

EXTENSIONS = "extensions"
"""The group of the levers that a world's extensions add."""


@dataclass(frozen=True)
class Known:
    """What can be chosen on the page.

    Args:
        worlds: Worlds by name, each with ``source`` (name or file; empty if all is in ``tree``),
            ``title`` and ``about`` (English and Chinese), ``seed``, ``debtors`` and ``months``
            with which it opens, ``levers`` (its own value of each lever), ``policies`` (name,
            title, first and last month), ``tree`` (the merged scenario as read), and of its
            extensions ``added``, levers by path, and ``curves``, indicators by language.
        levers: The model's levers by path, each with mode, titles, unit, range and origin.
        first: The world that is shown first.
        left_out: What of the folder is not shown and why, in English and Chinese.
        report: Name of the folder of results that the page shows; empty if there is none.
    """

    worlds: dict[str, Plain]
    levers: dict[str, Plain]
    first: str
    left_out: list[list[str]] = field(default_factory=list)
    report: str = ""

    def levers_of(self, world: str) -> dict[str, Plain]:
        """The levers of a world: the model's, and those of its extensions."""
        added: dict[str, Plain] = self.worlds[world]["added"]
        return self.levers | added

    def curves_of(self, lang: str, *worlds: str) -> list[Plain]:
        """The indicators of the extensions of these worlds."""
        found = {one["name"]: one for w in worlds for one in self.worlds[w]["curves"][lang]}
        return list(found.values())

    def shared_curves(self, lang: str, worlds: list[str]) -> list[Plain]:
        """The indicators of extensions that all of these worlds have."""
        found = self.curves_of(lang, *worlds)
        return [one for one in found if all(one in self.curves_of(lang, w) for w in worlds)]
