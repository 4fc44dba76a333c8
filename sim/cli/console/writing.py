"""Output of commands on stdout: tables and sentences for people, JSON and CSV for programs.

In: texts and plain values. Out: lines on stdout.

Output to a pipe is 80 columns wide and has no colour. So colour alone never carries a meaning: a
difference whose interval excludes 0 has a `MARK`. Texts may come from untrusted files. `legible`
therefore shows control characters, and does not send them to the terminal. If an old
encoding lacks a character, ASCII takes its place.
"""

import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from sim.cli.console.streams import escaped, legible, writes_unicode
from sim.words.currency import in_currency

WIDTH = 80
"""Assumed width in columns if the real one is unknown, as for pipes, files and some terminals."""
NARROWEST, WIDEST = 40, 120
"""Limits of the line width in columns, whatever the terminal reports."""
MARK = "*"
"""Marks a difference whose interval excludes 0."""
GAP = 2
"""Blanks between two columns of a table."""
SLIM = 8
"""Minimum width of a column that may be wrapped, if others in the table may not."""
ASCII_HEAD = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""Table style for encodings without box characters: hyphens below the heading."""


class Column(NamedTuple):
    """A column of a table.

    Args:
        title: Heading of the column.
        right: Whether cells are right-aligned, as numbers are.
        whole: Whether cells stay on one line, as names that users copy should. If these columns are
            too wide for a line, the widest of them are wrapped after all.
    """

    title: str
    right: bool = False
    whole: bool = False


def width() -> int:
    """Width of a line in columns."""
    columns = os.environ.get("COLUMNS", "")
    if not columns.isdecimal() or int(columns) == 0:
        if not sys.stdout or not sys.stdout.isatty():
            return WIDTH
        columns = str(Console().width)
    return min(max(int(columns), NARROWEST), WIDEST)


class Safe(Console):
    """A console that shows control characters instead of sending them to the terminal."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """The segments of a line, before colours are added."""
        for piece in super().render(renderable, options):
            shown = piece.text if piece.control else escaped(piece.text)
            yield piece if shown == piece.text else Segment(shown, piece.style)


def console() -> Console:
    """The console to which all commands write; texts are not read as markup."""
    return Safe(width=width(), markup=False, highlight=False, emoji=False)


def shown(text: str) -> str:
    """A text as people see it: money in the currency of the scenario, no control characters."""
    return legible(in_currency(text))


def say(text: str = "", *, indent: int = 0, bold: bool = False) -> None:
    """Write a sentence, wrapped between words, with every line indented alike."""
    line = Text(shown(text) or " ", style="bold" if bold else "")
    _put(Padding(line, (0, 0, 0, indent), expand=False))


def table(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    notes: Iterable[str] = (),
) -> None:
    """Write a table: heading, line, rows; long cells are wrapped, none is truncated.

    Args:
        columns: The columns; a text is the heading of a left-aligned column.
        rows: One text per column. A row is bold on a terminal if a cell ends with `MARK`.
        title: Line above the table.
        notes: Sentences below the table.
    """
    heads = [one if isinstance(one, Column) else Column(one) for one in columns]
    cells = [[shown(cell) for cell in row] for row in rows]
    whole = _whole(heads, cells)
    box = SIMPLE_HEAD if writes_unicode() else ASCII_HEAD
    made = Table(box=box, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, expand=False)
    for column, kept in zip(heads, whole, strict=True):
        made.add_column(
            Text(in_currency(column.title)),
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
    """Write a list of facts, one per line after its name; facts without text are left out.

    Args:
        facts: Names and texts.
        title: Line above the facts.
    """
    if title:
        say(title, bold=True)
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in facts:
        if text:
            grid.add_row(Text(f"  {shown(name)}"), Text(shown(text)))
    _put(grid)


def _whole(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[bool]:
    """Which columns are not wrapped: those marked `whole`, except the widest if not all fit.

    rich would truncate a cell that may not be wrapped and does not fit.
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
    """Width of the longest line; a Chinese character takes two columns."""
    return max((cell_len(line) for text in texts for line in text.split("\n")), default=0)


def _put(what: object) -> None:
    """Write a rich renderable; trailing blanks are removed unless the output is a terminal."""
    target = console()
    if target.is_terminal:
        target.print(what)
        return
    with target.capture() as got:
        target.print(what)
    for line in got.get().splitlines():
        target.file.write(f"{line.rstrip()}\n")
    target.file.flush()


def emit[T](
    result: T, *, as_json: bool, plain: Callable[[T], object], show: Callable[[T], None]
) -> None:
    """Write the result of a command as JSON or for people.

    Args:
        result: The result.
        as_json: Whether to write JSON.
        plain: Turns the result into plain values for JSON.
        show: Prints the result for people.
    """
    if as_json:
        print_json(plain(result))
    else:
        show(result)


def print_json(value: object) -> None:
    """Write one value as standard JSON, with null for NaN and infinities.

    Characters are escaped if stdout cannot encode them or a terminal would interpret them.
    """
    text = json.dumps(
        plain_value(value), ensure_ascii=not writes_unicode(), indent=2, allow_nan=False
    )
    print_data(escaped(text, json_style=True) + "\n")


def print_data(text: str) -> None:
    """Write text for programs as it is; use UTF-8 if the encoding of stdout lacks a character.

    A file name that is not valid UTF-8 is then written as its original bytes.
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
    """A value that JSON can represent: no NaN, no infinity, no numpy types, no paths."""
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
