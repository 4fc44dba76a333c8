"""Tables of cells in text form (CSV with commas, semicolons or tabs), as spreadsheets write them.

In: the bytes of a file. Out: column headings and rows. A cell is one field of the table. Numbers
may have any national format if only one reading is possible. If two readings are possible, the file
is refused, and the error names both.
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
"""Byte order marks, and the encodings that they indicate."""
LEGACY_ENCODINGS = ("gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "cp1251", "cp1250")
"""Older encodings that spreadsheets still write. They are tried only if headings with letters
beyond ASCII are known in advance."""


@dataclass(frozen=True)
class Cells:
    """A table as read.

    Args:
        heads: Column headings.
        rows: Rows, each with its line number; the number is 0 if the file has no lines.
    """

    heads: list[str]
    rows: list[tuple[int, list[Any]]]


def cells(data: bytes, where: str, words: Collection[str] = ()) -> Cells:
    """Parse a table in text form.

    Args:
        data: Contents of the file.
        where: Name of the file, for errors.
        words: Headings of columns that contain texts, not numbers.

    Raises:
        Unreadable: If it is not a table, has an unknown encoding, exceeds a limit, or is ambiguous.
            The error names the line if it is known.
    """
    if (kind := format_of(data)) is not None:
        raise Unreadable(where, f"this is {kind}, not a table in text form", SAVE)
    text = _decoded(data, where, words)
    delimiter, text, line = _declared(text)
    heads, rows = _split(text, where, delimiter or _delimiter(text, where), line)
    while heads and not heads[-1]:
        heads.pop()  # spreadsheets may export empty columns
    for number, row in rows:
        while len(row) > len(heads) and not row[-1].strip():
            row.pop()
        if any(len(cell) > limits.CELL_CHARACTERS for cell in row):
            what = "a cell has too many characters"
            hint = f"the limit is {limits.CELL_CHARACTERS:,}"
            raise Unreadable(where, what, hint, number)
    _use_decimal_points(heads, rows, where, words)
    return Cells(heads, rows)


# ---------------------------------------------------------------- the text


def _decoded(data: bytes, where: str, words: Collection[str]) -> str:
    """Decode a text if its encoding is certain, else refuse it."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None)
    try:
        text = data.decode(encoding or utf16_without_mark(data) or "utf-8")
    except UnicodeDecodeError as error:
        known = _legacy_text(data, words) if encoding is None else None
        if known is None:
            line = data.count(b"\n", 0, error.start) + 1
            what = "not UTF-8 text, perhaps GBK or another code page of a spreadsheet"
            raise Unreadable(where, what, SAVE, line) from None
        text = known
    if (at := text.find("\0")) >= 0:
        what = "there is a character with the code 0, which does not occur in text"
        raise Unreadable(where, what, SAVE, text.count("\n", 0, at) + 1)
    return text


def _legacy_text(data: bytes, words: Collection[str]) -> str | None:
    """Decode text in an older encoding, recognised by known headings in the first line.

    Only headings with letters beyond ASCII tell encodings apart. All of them must be found. The
    result is None if no encoding gives them, or if several do and the texts differ.
    """
    wanted = [word for word in words if not word.isascii()]
    first = data.split(b"\n", 1)[0]
    found = set()
    for encoding in LEGACY_ENCODINGS if wanted else ():
        try:
            if all(word in first.decode(encoding) for word in wanted):
                found.add(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- rows and columns


def _declared(text: str) -> tuple[str | None, str, int]:
    """The delimiter that a first line such as ``sep=;`` declares, and the text after this line.

    The third value is the number of lines left out: 1 if there is such a line, else 0.
    """
    found = re.match(r"\"?sep=(.)\"?[ \t,;]*\r?\n", text, re.IGNORECASE)
    return (found[1], text[found.end() :], 1) if found else (None, text, 0)


def _delimiter(text: str, where: str) -> str:
    """The delimiter that occurs in the first line; a comma if there is none.

    If several occur, all lines decide between them.
    """
    line = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    there = [one for one in DELIMITERS if one in line]
    if len(there) > 1:
        there = [one for one in there if _same_width(text, where, one)] or there
    if len(there) > 1:
        what = f"the delimiter may be {' or '.join(DELIMITERS[one] for one in there)}"
        raise Unreadable(where, what, "put 'sep=,' or 'sep=;' on a line of its own at the top", 1)
    return there[0] if there else ","


def _same_width(text: str, where: str, delimiter: str) -> bool:
    """Whether all lines have the same number of cells when split at this delimiter."""
    try:
        heads, rows = _split(text, where, delimiter, 0)
    except Unreadable:
        return False
    return all(len(row) == len(heads) for _, row in rows)


def _split(
    text: str, where: str, delimiter: str, skipped: int
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Split a text into headings and rows; empty rows are left out."""
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
        hint = "close every quotation mark, and write each cell on one line"
        raise Unreadable(where, what, hint, reader.line_num + skipped) from None
    return heads, rows


def _within(where: str, **counts: int) -> None:
    """Refuse a table that exceeds a limit."""
    for name, count in counts.items():
        most = getattr(limits, name.upper())
        if count > most:
            raise Unreadable(where, f"too many {name}", f"the limit is {most:,}")


# ---------------------------------------------------------------- numbers

GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
"""A number that may have thousands separators: 1,500 or 1.500.000."""
FRACTION = re.compile(r"[+-]?\d*([.,])\d+(?:[eE][+-]?\d+)?")
MIXED = re.compile(r"[+-]?\d{1,3}(?:[., '\u00a0\u202f]\d{3})+[.,]\d+")
"""A number with thousands separators and a fraction: 1.234,5."""


def _use_decimal_points(
    heads: Sequence[str], rows: list[tuple[int, list[str]]], where: str, words: Collection[str]
) -> None:
    """Rewrite every number with a decimal point; refuse a table with ambiguous numbers."""
    numeric = [place for place, head in enumerate(heads) if head not in words]
    marks: dict[str, int] = {}
    doubtful: dict[str, tuple[int, int, str]] = {}
    for line, row in rows:
        for place in (p for p in numeric if p < len(row)):
            cell = row[place] = row[place].strip().replace("\u2212", "-")
            if MIXED.fullmatch(cell):
                what, hint = f"{cell!r} has thousands separators", "write it without them"
                raise Unreadable(where, what, hint, line, heads[place])
            if found := GROUPED.fullmatch(cell):
                doubtful.setdefault(found[1], (line, place, cell))
            elif found := FRACTION.fullmatch(cell):
                marks.setdefault(found[1], line)
    if len(marks) > 1:
        line = max(marks.values())
        what = "some fractions have a decimal point and some a comma"
        raise Unreadable(where, what, "write all of them with a point", line)
    # A cell that can only be a fraction (1,5) shows the mark of all fractions. Without such a cell
    # the mark is the point, and a cell like 1,500 is refused: it may be a whole number.
    mark = next(iter(marks), "." if "," not in doubtful else "")
    for other, (line, place, cell) in doubtful.items():
        if other != mark:
            digits = re.sub(r"\D", "", cell)
            what = f"{cell!r} may be {digits} or a fraction"
            hint = "write fractions with a point, and no thousands separators"
            raise Unreadable(where, what, hint, line, heads[place])
    if mark == ",":
        _replace(rows, numeric, lambda cell: FRACTION.fullmatch(cell) is not None)


def _replace(
    rows: list[tuple[int, list[str]]], numeric: Sequence[int], is_number: Callable[[str], bool]
) -> None:
    for _, row in rows:
        for place in numeric:
            if place < len(row) and is_number(row[place]):
                row[place] = row[place].replace(",", ".")
