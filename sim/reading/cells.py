"""A table of cells from a text with commas, semicolons or tabs, as spreadsheets write it.

In: the bytes of a file. Out: heads and rows. What can be read in one way only is read, whatever the
country of the spreadsheet; what can be read in two is refused, with both.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sim.reading import limits
from sim.reading.file import Unreadable
from sim.reading.text import format_of, utf16_without_mark

SAVE = "save the sheet as 'CSV UTF-8'"
DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Marks at the start of a text, and its encoding."""
COUNTRIES = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1251", "cp1250")
"""Encodings in which spreadsheets still write; tried only where the heads are known."""


@dataclass(frozen=True)
class Cells:
    """A table as it is read.

    Args:
        heads: Names of the columns.
        rows: Rows with the line on which each stands, 0 where a file has no lines.
    """

    heads: list[str]
    rows: list[tuple[int, list[Any]]]


def cells(data: bytes, where: str, words: Collection[str] = ()) -> Cells:
    """The table that a text spells.

    Args:
        data: What stands in the file.
        where: The file.
        words: Heads of columns that hold texts, not numbers.

    Raises:
        Unreadable: With the line, if it is no table, in an unknown encoding, or can be read in two
            ways.
    """
    if (kind := format_of(data)) is not None:
        raise Unreadable(where, f"this is {kind}, not a table of text", SAVE)
    text = _decoded(data, where, words)
    delimiter, text, line = _declared(text)
    heads, rows = _split(text, where, delimiter or _delimiter(text, where), line)
    while heads and not heads[-1]:
        heads.pop()  # a sheet has more columns than were filled
    for number, row in rows:
        while len(row) > len(heads) and not row[-1].strip():
            row.pop()
        if any(len(cell) > limits.CELL_CHARACTERS for cell in row):
            what = "a cell of too many characters"
            hint = f"{limits.CELL_CHARACTERS:,} is the most that is read"
            raise Unreadable(where, what, hint, number)
    _point(heads, rows, where, words)
    return Cells(heads, rows)


# ---------------------------------------------------------------- the text


def _decoded(data: bytes, where: str, words: Collection[str]) -> str:
    """The text that bytes spell, in any encoding that is sure."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None)
    try:
        text = data.decode(encoding or utf16_without_mark(data) or "utf-8")
    except UnicodeDecodeError as error:
        known = _of_a_country(data, words) if encoding is None else None
        if known is None:
            line = data.count(b"\n", 0, error.start) + 1
            what = "not UTF-8 text, perhaps GBK or another code page of a spreadsheet"
            raise Unreadable(where, what, SAVE, line) from None
        text = known
    if (at := text.find("\0")) >= 0:
        what = "a character with the code 0 stands here, which no text has"
        raise Unreadable(where, what, SAVE, text.count("\n", 0, at) + 1)
    return text


def _of_a_country(data: bytes, words: Collection[str]) -> str | None:
    """A text in an older encoding, if its first line holds heads that are known in only one."""
    wanted = [word for word in words if not word.isascii()]
    first = data.split(b"\n", 1)[0]
    found = set()
    for encoding in COUNTRIES if wanted else ():
        try:
            if all(word in first.decode(encoding) for word in wanted):
                found.add(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- rows and columns


def _declared(text: str) -> tuple[str | None, str, int]:
    """The delimiter that a first line ``sep=;`` names, the rest, and how many lines stand above."""
    found = re.match(r"\"?sep=(.)\"?[ \t,;]*\r?\n", text, re.IGNORECASE)
    return (found[1], text[found.end() :], 1) if found else (None, text, 0)


def _delimiter(text: str, where: str) -> str:
    """What stands between the cells, by the first line; by all of them where that holds several."""
    line = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    there = [one for one in DELIMITERS if one in line]
    if len(there) > 1:
        there = [one for one in there if _even(text, where, one)] or there
    if len(there) > 1:
        what = f"the cells may be parted by {' or by '.join(DELIMITERS[one] for one in there)}"
        raise Unreadable(where, what, "write sep=, or sep=; on a line of its own on top", 1)
    return there[0] if there else ","


def _even(text: str, where: str, delimiter: str) -> bool:
    """Whether all lines have as many cells as the first, if parted so."""
    try:
        heads, rows = _split(text, where, delimiter, 0)
    except Unreadable:
        return False
    return all(len(row) == len(heads) for _, row in rows)


def _split(
    text: str, where: str, delimiter: str, skipped: int
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Heads and rows; empty rows are left out."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    rows: list[tuple[int, list[str]]] = []
    try:
        heads = [head.strip() for head in next(reader, [])]
        _within(where, columns=len(heads))
        for row in reader:
            if any(map(str.strip, row)):
                rows.append((reader.line_num + skipped, row))
                _within(where, rows=len(rows), columns=len(row), cells=len(rows) * len(heads))
    except csv.Error as error:
        what = f"cannot be read as a table: {str(error).lower()}"
        hint = "close every quotation mark, and write a cell on one line"
        raise Unreadable(where, what, hint, reader.line_num + skipped) from None
    return heads, rows


def _within(where: str, **counts: int) -> None:
    """Refuse a table that is larger than the limits."""
    for name, count in counts.items():
        most = getattr(limits, name.upper())
        if count > most:
            raise Unreadable(where, f"too many {name}", f"{most:,} is the most that is read")


# ---------------------------------------------------------------- numbers

GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
"""A number that may have marks between its thousands: 1,500 or 1.500.000."""
FRACTION = re.compile(r"[+-]?\d*([.,])\d+(?:[eE][+-]?\d+)?")
MIXED = re.compile(r"[+-]?\d{1,3}(?:[., '\u00a0\u202f]\d{3})+[.,]\d+")
"""A number with thousands apart and a fraction: 1.234,5."""


def _point(
    heads: Sequence[str], rows: list[tuple[int, list[str]]], where: str, words: Collection[str]
) -> None:
    """Write every number with a point, if the mark of fractions is the same throughout."""
    numeric = [place for place, head in enumerate(heads) if head not in words]
    marks: dict[str, int] = {}
    doubtful: dict[str, tuple[int, str]] = {}
    for line, row in rows:
        for place in (p for p in numeric if p < len(row)):
            cell = row[place] = row[place].strip().replace("\u2212", "-")
            if MIXED.fullmatch(cell):
                what, hint = f"{cell!r} has marks between thousands", "write it without"
                raise Unreadable(where, what, hint, line)
            if found := GROUPED.fullmatch(cell):
                doubtful.setdefault(found[1], (line, cell))
            elif found := FRACTION.fullmatch(cell):
                marks.setdefault(found[1], line)
    if len(marks) > 1:
        line = max(marks.values())
        what = "fractions stand with a point and with a comma"
        raise Unreadable(where, what, "write all of them with a point", line)
    # A point alone is a fraction, as everywhere in files of ours; a comma may be either.
    mark = next(iter(marks), "." if "," not in doubtful else "")
    for other, (line, cell) in doubtful.items():
        if other != mark:
            digits = re.sub(r"\D", "", cell)
            what = f"{cell!r} may be {digits} or a fraction"
            raise Unreadable(where, what, "write fractions with a point, and no thousands", line)
    if mark == ",":
        _replace(rows, numeric, lambda cell: FRACTION.fullmatch(cell) is not None)


def _replace(
    rows: list[tuple[int, list[str]]], numeric: Sequence[int], is_number: Callable[[str], bool]
) -> None:
    for _, row in rows:
        for place in numeric:
            if place < len(row) and is_number(row[place]):
                row[place] = row[place].replace(",", ".")
