"""What a report is made of: chapters of figures and tables, with the words beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matplotlib.figure import Figure as Canvas

from sim.report.frame import WIDE, Frame, settle
from sim.report.material import Material
from sim.report.style import styled
from sim.report.tones import Tone
from sim.report.words import Words


@dataclass(frozen=True)
class Figure:
    """A figure.

    Args:
        name: Name of its files, without ending.
        title: What it is called; stands above it.
        caption: What it shows and how to read it.
        draw: Draws it for a width, without its title.
        key: What short names in it stand for: the short one and the one in full.
    """

    name: str
    title: str
    caption: str
    draw: Callable[[Frame], Canvas] = field(repr=False)
    key: tuple[tuple[str, str], ...] = ()

    def drawn(self, frame: Frame = WIDE, language: str = "en") -> Canvas:
        """The drawing, in the house's style, with its title."""
        with styled(language):
            drawing = self.draw(frame)
            settle(drawing, self.title)
        return drawing


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Args:
        text: What it says.
        below: What stands below it, smaller.
        tone: What it is where it is clearly so.
    """

    text: str
    below: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Args:
        caption: What it shows and how to read it.
        heads: Headings of its columns; the first is that of the rows' names.
        rows: Its rows, the name first.
        folded: What it is called where it is shown only when asked for.
        key: What short names in it stand for: the short one and the one in full.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: str = ""
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Saying:
    """Sentences that belong together.

    Args:
        about: What they are about; empty where they are about everything.
        sentences: The sentences.
    """

    about: str
    sentences: tuple[str, ...]


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
        sayings: What it says in sentences, before its parts.
    """

    name: str
    title: str
    lead: str
    parts: tuple[Figure | Table, ...] = ()
    notes: tuple[str, ...] = ()
    text: str = ""
    sayings: tuple[Saying, ...] = ()

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
        subtitle: What stands below it; empty where the heading says all.
        question: What it is to answer.
        facts: A line on what was run.
        chapters: In order.
        language: ``en`` or ``zh``.
    """

    title: str
    subtitle: str
    question: str
    facts: str
    chapters: tuple[Chapter, ...] = field(repr=False)
    language: str
