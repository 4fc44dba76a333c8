"""A sheet with its cells as texts, from a CSV file or an Excel workbook.

In: a path. Out: rows of cells, each with an address that people find again.
"""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.evidence.converting.workbook import workbook
from sim.evidence.encodings import decoded
from sim.evidence.table import BYTES
from sim.reading.cells import cells
from sim.reading.file import Unreadable, contents

ENDINGS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Sheet:
    """Cells as texts.

    Args:
        path: The file.
        rows: Number of the row in the file, and its cells.
        excel: Whether it is from a workbook, where cells have addresses such as B7.
    """

    path: Path
    rows: list[tuple[int, list[str]]]
    excel: bool


def letters(column: int) -> str:
    """Letters of a column of a workbook, counted from 0: A, B, …, Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def read_sheet(path: Path, sheet: str = "", encoding: str = "") -> Sheet:
    """Read a sheet.

    Args:
        path: A CSV file or an Excel workbook.
        sheet: Name of the sheet of a workbook; the only one if empty.
        encoding: Encoding of a CSV file; recognised if empty.

    Raises:
        Unreadable: If it cannot be read; the error says what to do.
        ServandaError: If the workbook has merged cells, or several sheets and none is named.
    """
    data = contents(path, BYTES, "a sheet")
    if path.suffix.lower() in ENDINGS:
        return Sheet(path, workbook(data, path, sheet), excel=True)
    data = _decode(data, path, encoding) if encoding else decoded(data)
    got = cells(data, str(path))
    rows = [(1, got.heads), *got.rows] if got.heads else list(got.rows)
    return Sheet(path, [(line, [cell.strip() for cell in row]) for line, row in rows], excel=False)


def _decode(data: bytes, path: Path, encoding: str) -> bytes:
    """The bytes in UTF-8, from an encoding that the user names."""
    decode: Callable[..., tuple[str, int]]
    try:
        decode = codecs.lookup(encoding).decode
        return decode(data)[0].encode()
    except LookupError:
        hint = "such as utf-8, gb18030 or cp1252"
        raise Unreadable(str(path), f"there is no encoding '{encoding}'", hint) from None
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise Unreadable(str(path), f"not {encoding} text", "name its encoding", line) from None
