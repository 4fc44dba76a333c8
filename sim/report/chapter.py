"""What a report is made of: chapters of figures and tables, with the words beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matplotlib.figure import Figure as Canvas

from sim.report.material import Material
from sim.report.words import Words


@dataclass(frozen=True)
class Figure:
    """A figure.

    Args:
        name: Name of its files, without ending.
        caption: What it shows and how to read it.
        canvas: The drawing.
    """

    name: str
    caption: str
    canvas: Canvas


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Args:
        text: What it says.
        below: What stands below it, smaller.
        tone: ``good`` or ``bad`` where it is clearly so, ``clear`` where it is neither.
    """

    text: str
    below: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Args:
        caption: What it shows and how to read it.
        heads: Headings of its columns; the first is that of the rows' names.
        rows: Its rows, the name first.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Args:
        name: Its anchor.
        title: Its heading.
        lead: A sentence or two on what it answers.
        parts: Figures and tables, in order.
        notes: What to beware of.
        text: A text shown as it is, such as the file of an experiment.
    """

    name: str
    title: str
    lead: str
    parts: tuple[Figure | Table, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = ""

    @property
    def figures(self) -> list[Figure]:
        """Its figures."""
        return [part for part in self.parts if isinstance(part, Figure)]


type Write = Callable[[Material, Words], Chapter | None]
"""Writes a chapter; None where the material holds nothing for it."""


@dataclass(frozen=True)
class Report:
    """A whole report.

    Args:
        title: Its heading.
        question: What it is to answer.
        facts: A line on what was run.
        chapters: In order.
        language: ``en`` or ``zh``.
    """

    title: str
    question: str
    facts: str
    chapters: tuple[Chapter, ...] = field(repr=False)
    language: str
