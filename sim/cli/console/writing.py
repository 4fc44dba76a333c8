"""How commands write: tables and sentences for people, JSON and CSV for programs, all on stdout.

In: texts and plain values. Out: lines on stdout. A pipe gets what an 80-column terminal gets,
without colour, so nothing may be said by colour alone: what is clear is marked with `MARK`. Texts
may come from anybody's file, so `legible` shows their control characters instead of obeying them,
and what a legacy code page lacks is written in ASCII.
"""

import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from sim.cli.console.streams import escaped, legible, writes_unicode

WIDTH = 80
"""Columns where the width is not known: of pipes, files and terminals that do not say."""
NARROWEST, WIDEST = 40, 120
"""Lines are never narrower, whatever a terminal says, nor so long that nobody reads them."""
MARK = "*"
"""Stands beside a difference whose interval excludes 0."""
GAP = 2
"""Blanks between two columns of a table."""
SLIM = 8
"""Columns that a cell which may be broken keeps beside those that are whole."""
ASCII_HEAD = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""A line below the heading, for code pages without box characters."""


class Column(NamedTuple):
    """A column of a table.

    Args:
        title: Its heading.
        right: Whether its cells stand to the right, as numbers do.
        whole: Whether its cells are never broken, as names are that someone will copy; where
            whole cells alone are wider than a line, the widest of them are broken nonetheless.
    """

    title: str
    right: bool = False
    whole: bool = False


def width() -> int:
    """Columns that a line may take."""
    told = os.environ.get("COLUMNS", "")
    if not told.isdecimal() or int(told) == 0:
        if not sys.stdout or not sys.stdout.isatty():
            return WIDTH
        told = str(Console().width)
    return min(max(int(told), NARROWEST), WIDEST)


class Safe(Console):
    """A console that shows what would act on the terminal, whoever lays out the lines."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """The pieces of a line; colours and the like are added to them later."""
        for piece in super().render(renderable, options):
            shown = piece.text if piece.control else escaped(piece.text)
            yield piece if shown == piece.text else Segment(shown, piece.style)


def console() -> Console:
    """The console that all commands write to: texts are taken as they are, without markup."""
    return Safe(width=width(), markup=False, highlight=False, emoji=False)


def say(text: str = "", *, indent: int = 0, bold: bool = False) -> None:
    """Write a sentence, wrapped between words; its lines after the first are indented alike."""
    line = Text(legible(text) or " ", style="bold" if bold else "")
    _put(Padding(line, (0, 0, 0, indent), expand=False))


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
    heads = [one if isinstance(one, Column) else Column(one) for one in columns]
    cells = [[legible(cell) for cell in row] for row in rows]
    whole = _whole(heads, cells)
    box = SIMPLE_HEAD if writes_unicode() else ASCII_HEAD
    made = Table(box=box, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=False)
    for column, kept in zip(heads, whole, strict=True):
        made.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=kept,
            overflow="fold",
        )
    for row in cells:
        clear = any(cell.endswith(MARK) for cell in row)
        made.add_row(*map(Text, row), style="bold" if clear else "")
    if title:
        say(title, bold=True)
    _put(made)
    for note in notes:
        say(note)


def about(facts: Iterable[tuple[str, str]], *, title: str = "") -> None:
    """Write what is known of one thing: a line a fact, its name before it; nothing for no text.

    Args:
        facts: Names and texts.
        title: A line above them.
    """
    if title:
        say(title, bold=True)
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in facts:
        if text:
            grid.add_row(Text(f"  {legible(name)}"), Text(legible(text)))
    _put(grid)


def _whole(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[bool]:
    """Which columns are never broken: those that wish it, but for the widest if all do not fit.

    rich would cut what cannot be broken and does not fit.
    """
    widths = [_longest([column.title]) for column in columns]
    for row in rows:
        widths = [max(most, _longest([cell])) for most, cell in zip(widths, row, strict=True)]
    whole = [column.whole for column in columns]
    room = width() - GAP * (len(columns) - 1)

    def least(place: int) -> int:
        return widths[place] if whole[place] else min(widths[place], SLIM)

    for place in sorted(range(len(columns)), key=lambda one: -widths[one]):
        if sum(map(least, range(len(columns)))) <= room:
            break
        whole[place] = False
    return whole


def _longest(texts: Iterable[str]) -> int:
    """Columns of the longest line; a Chinese character takes two."""
    return max((cell_len(line) for text in texts for line in text.split("\n")), default=0)


def _put(what: object) -> None:
    """Write something of rich's; without the blanks that fill its lines, unless on a terminal."""
    target = console()
    if target.is_terminal:
        target.print(what)
        return
    with target.capture() as got:
        target.print(what)
    for line in got.get().splitlines():
        target.file.write(f"{line.rstrip()}\n")
    target.file.flush()


def print_json(value: object) -> None:
    """Write one value as JSON that any reader takes: null stands for NaN and infinities.

    Characters that stdout cannot encode, and those that would act on a terminal, are escaped the
    way JSON does it.
    """
    text = json.dumps(
        plain_value(value), ensure_ascii=not writes_unicode(), indent=2, allow_nan=False
    )
    print_data(escaped(text, json_style=True) + "\n")


def print_data(text: str) -> None:
    """Write text for programs as it is, in UTF-8 where the code page lacks a character of it.

    Names of files that are no UTF-8 come out as the bytes that they are.
    """
    out = sys.stdout
    try:
        text.encode(out.encoding or "utf-8")
    except UnicodeEncodeError:
        if reconfigure := getattr(out, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="surrogateescape")
    out.write(text)
    out.flush()


def plain_value(value: object) -> Any:
    """A value as JSON knows it: no NaN, no infinity, no types of numpy or paths."""
    match value:
        case None | bool() | str():
            return value
        case float():
            return float(value) if math.isfinite(value) else None
        case int():
            return int(value)
        case dict():
            return {str(name): plain_value(one) for name, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain_value(one) for one in value]
        case _ if hasattr(value, "item"):
            return plain_value(value.item())
        case _:
            return str(value)
