"""Text and HTML representations of worlds, scenarios and results.

In: a title, facts, and names of attributes to look at next. Out: a few lines of text for a
terminal, or escaped HTML for a notebook.
"""

from abc import abstractmethod
from collections.abc import Iterable
from html import escape
from textwrap import shorten
from typing import NamedTuple

LONGEST = 100
"""Maximum length of a fact that is shown, in characters."""


class About(NamedTuple):
    """Content of an object's representation.

    Args:
        kind: Type of the object, such as ``World``.
        title: Title of the object.
        facts: Pairs of name and text. A fact without a text is left out.
        more: Attributes and methods to look at next, as code.
    """

    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    more: tuple[str, ...]

    def text(self) -> str:
        """One line for the title, one for each fact and one for `more`."""
        known = self._known()
        wide = max(len(name) for name, _ in known)
        lines = [f"  {name:<{wide}}  {text}" for name, text in known]
        return "\n".join([f"{self.kind} {self.title!r}", *lines])

    def html(self) -> str:
        """The same content as a small HTML table."""
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
    """Base class of objects with a readable representation; `_about` gives its content."""

    __slots__ = ()

    @abstractmethod
    def _about(self) -> About:
        """The content of the representation."""

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
    """Names separated by commas; those after the first `most` are only counted."""
    there = list(names)
    more = f" and {len(there) - most:,} more" if len(there) > most else ""
    return ", ".join(there[:most]) + more
