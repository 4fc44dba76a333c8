"""Elements of a report: chapters with figures, tables and texts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matplotlib.figure import Figure as Canvas

from sim.report.frame import WIDE, Frame, settle
from sim.report.material import Material
from sim.report.style import styled
from sim.report.tones import Tone
from sim.words.words import Words


@dataclass(frozen=True)
class Figure:
    """A figure.

    Args:
        name: Base name of its files.
        title: Its title, shown above it.
        caption: What it shows and how to read it.
        draw: Function that draws it, without its title, for a frame (a width of page).
        key: Short names used in it, each with the full name.
    """

    name: str
    title: str
    caption: str
    draw: Callable[[Frame], Canvas] = field(repr=False)
    key: tuple[tuple[str, str], ...] = ()

    def drawn(self, frame: Frame = WIDE, language: str = "en") -> Canvas:
        """The drawing in the style of reports, with its title."""
        with styled(language):
            drawing = self.draw(frame)
            settle(drawing, self.title)
        return drawing


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Args:
        text: Its text.
        below: Smaller text below it.
        tone: Which colour a clear difference has, such as ``good``; empty otherwise.
    """

    text: str
    below: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Args:
        caption: What it shows and how to read it.
        heads: Headings of its columns; the first is that of the row names.
        rows: Its rows; the first cell of each is the name of the row.
        folded: Title if the table is collapsed; empty if it is shown.
        key: Short names used in it, each with the full name.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: str = ""
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Saying:
    """A group of sentences.

    Args:
        about: Their subject, such as a scenario; empty if they concern all results.
        sentences: The sentences.
    """

    about: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Args:
        name: Its anchor in the page.
        title: Its heading.
        lead: One or two sentences on the question that it answers.
        parts: Figures and tables, in order.
        notes: Caveats.
        text: A text shown verbatim, such as the file of an experiment.
        sayings: Groups of sentences, shown before its parts.
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
"""Function that writes a chapter; it returns None if the material has no data for it."""


@dataclass(frozen=True)
class Report:
    """A whole report.

    Args:
        title: Its heading.
        subtitle: Text below the heading; may be empty.
        question: The question of the experiment.
        facts: One line on the runs: numbers of runs, points (worlds compared), replicates, debtors
            and months.
        chapters: Its chapters, in order.
        language: ``en`` or ``zh``.
    """

    title: str
    subtitle: str
    question: str
    facts: str
    chapters: tuple[Chapter, ...] = field(repr=False)
    language: str
