"""How worlds, scenarios and results show themselves: a few lines in a terminal, HTML in a notebook.

In: a title, facts, and what can be asked next. Out: text, or HTML in which all of it is escaped.
"""

from abc import abstractmethod
from collections.abc import Iterable
from html import escape
from textwrap import shorten
from typing import NamedTuple

LONGEST = 100
"""Characters of a fact that are shown."""


class About(NamedTuple):
    """What is shown of an object.

    Args:
        kind: What it is: ``World``.
        title: What it is called.
        facts: Names and texts; a fact without a text is left out.
        more: What it can be asked, in code.
    """

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    more: tuple[str, ...]

    def text(self) -> str:
        """A line for the title, one for each fact, one for what can be asked."""
        known = self._known()
        wide = max(len(name) for name, _ in known)
        lines = [f"  {name:<{wide}}  {text}" for name, text in known]
        return "\n".join([f"{self.kind} {self.title!r}", *lines])

    def html(self) -> str:
        """The same as a small table."""
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{escape(text)}</td></tr>"
            for name, text in self._known()
        )
        return f"<b>{escape(self.kind)}</b> {escape(self.title)}<table>{rows}</table>"

    def _known(self) -> list[tuple[str, str]]:
        shown = [(name, shorten(text, LONGEST)) for name, text in self.facts if text]
        return [*shown, ("look at", ", ".join(self.more))]


class Shown:
    """An object that shows what it is; `_about` says it."""

    __slots__ = ()

    @abstractmethod
    def _about(self) -> About:
        """What is shown."""

    def __repr__(self) -> str:
        """A few lines for a terminal."""
        return self._about().text()

    def __str__(self) -> str:
        """A few lines for a terminal."""
        return self._about().text()

    def _repr_html_(self) -> str:
        """A small table for a notebook."""
        return self._about().html()


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names in a row, the first of many."""
    there = list(names)
    more = f" and {len(there) - most:,} more" if len(there) > most else ""
    return ", ".join(there[:most]) + more
