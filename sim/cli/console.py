"""How commands write for people: tables and sentences that fit the terminal, plain when piped.

In: texts. Out: lines on stdout. A pipe gets what an 80-column terminal gets, without colour, so
nothing may be said by colour alone: what is clear is marked with `MARK`.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH = 80
"""Columns where the width is not known: of pipes, files and terminals that do not say."""
NARROWEST, WIDEST = 40, 120
"""Lines are never narrower, whatever a terminal says, nor so long that nobody reads them."""
MARK = "*"
"""Stands beside a difference whose interval excludes 0."""


class Column(NamedTuple):
    """A column of a table.

    Args:
        title: Its heading.
        right: Whether its cells stand to the right, as numbers do.
        whole: Whether its cells are never broken, as names are that someone will copy.
    """

    title: str
    right: bool = False
    whole: bool = False


def width() -> int:
    """Columns that a line may take."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return WIDTH
    told = Console().width
    return WIDTH if told <= 0 else min(max(told, NARROWEST), WIDEST)


def console() -> Console:
    """The console that all commands write to: texts are taken as they are, without markup."""
    return Console(width=width(), markup=False, highlight=False, emoji=False)


def say(text: str = "", *, indent: int = 0, bold: bool = False) -> None:
    """Write a sentence, wrapped between words; its lines after the first are indented alike."""
    line = Text(text, style="bold" if bold else "")
    console().print(Padding(line, (0, 0, 0, indent), expand=False))


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    notes: Iterable[str] = (),
) -> None:
    """Write a table: a heading, a line, a row each; long cells go on in the next line, none is cut.

    Args:
        columns: Its columns; a text stands for one to the left.
        rows: A text for each column; one with a cell that ends with `MARK` is bold on a terminal.
        title: A line above it.
        notes: Sentences below it.
    """
    made = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, expand=False)
    for one in columns:
        column = one if isinstance(one, Column) else Column(one)
        made.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=column.whole,
            overflow="fold",
        )
    for row in rows:
        clear = any(cell.endswith(MARK) for cell in row)
        made.add_row(*map(Text, row), style="bold" if clear else "")
    if title:
        say(title, bold=True)
    console().print(made)
    for note in notes:
        say(note)
