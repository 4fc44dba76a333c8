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
        name: Base name of the files.
        title: Title above the figure.
        caption: What the figure shows and how to read it.
        draw: Draws the figure without a title, for a frame (a width of page).
        key: Short names in the figure, each with the full name.
    """

    name: str
    title: str
    caption: str
    draw: Callable[[Frame], Canvas] = field(repr=False)
    key: tuple[tuple[str, str], ...] = ()

    def drawn(self, frame: Frame = WIDE, language: str = "en") -> Canvas:
        """The drawing with the title, in the style of reports."""
        with styled(language):
            drawing = self.draw(frame)
            settle(drawing, self.title)
        return drawing


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Args:
        text: The text.
        below: Smaller text below the text.
        tone: Colour of a clear difference, such as ``good``; empty otherwise.
    """

    text: str
    below: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Args:
        caption: What the table shows and how to read it.
        heads: Headings of the columns. The first is that of the row names.
        rows: The rows. The first cell of each is the name of the row.
        folded: Title if the table is collapsed; empty if it is shown.
        key: Short names in the table, each with the full name.
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
        about: The subject, such as a scenario; empty if it is all results.
        sentences: The sentences.
    """

    about: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter.

    Args:
        name: Anchor in the page.
        title: Heading.
        lead: One or two sentences on the question that the chapter answers.
        parts: Figures and tables, in order.
        notes: Caveats.
        text: A text shown verbatim, such as the file of an experiment.
        sayings: Groups of sentences, shown before the figures and tables.
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
        """The figures among the parts."""
        return [part for part in self.parts if isinstance(part, Figure)]


type Write = Callable[[Material, Words], Chapter | None]
"""Function that writes a chapter; it returns None if there are no data for the chapter."""


@dataclass(frozen=True)
class Report:
    """A whole report.

    Args:
        title: Heading.
        subtitle: Text below the heading; may be empty.
        question: The question of the experiment.
        facts: One line with the numbers of runs, points (worlds compared), replicates, debtors and
            months.
        chapters: The chapters, in order.
        language: ``en`` or ``zh``.
    """

    title: str
    subtitle: str
    question: str
    facts: str
    chapters: tuple[Chapter, ...] = field(repr=False)
    language: str
