"""Reads a sheet of an Excel workbook with openpyxl, an optional package.

In: the bytes of a workbook. Out: rows of texts. Merged cells are refused, because it is
unknown to which column their value belongs.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sim.analysis.extra import extra
from sim.errors import ServandaError
from sim.reading import limits
from sim.reading.file import Unreadable

UNPACKED = 60_000_000
"""Bytes of a workbook after unpacking."""
SHOWN = 3


def workbook(data: bytes, path: Path, sheet: str) -> list[tuple[int, list[str]]]:
    """The rows of a sheet with their numbers; empty rows are left out.

    Args:
        data: Contents of the file.
        path: The file, for errors.
        sheet: Name of the sheet; the only one if empty.

    Raises:
        Unreadable: If it is no workbook or too large.
        ServandaError: If openpyxl is missing, cells are merged, a formula has no stored result, or
            several sheets have cells and none is named.
    """
    openpyxl = extra("openpyxl", "evidence")
    _measure(data, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a workbook that are not read
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # noqa: BLE001 openpyxl raises whatever its parsers raise
        what = f"cannot be read as a workbook: {str(error).splitlines()[0] if str(error) else ''}"
        raise Unreadable(str(path), what, "save it again, or as 'CSV UTF-8'") from None
    chosen = _chosen(book, path, sheet)
    if chosen.max_row > limits.ROWS or chosen.max_column > limits.COLUMNS:
        what = f"{chosen.max_row:,} rows and {chosen.max_column:,} columns"
        hint = f"the limits are {limits.ROWS:,} and {limits.COLUMNS:,}"
        raise Unreadable(str(path), what, hint)
    if merged := sorted(str(one) for one in chosen.merged_cells.ranges):
        named = ", ".join(merged[:SHOWN]) + (" …" if len(merged) > SHOWN else "")
        hint = "select them, choose 'unmerge cells', and write the text in each cell it is for"
        raise ServandaError(f"{path}: {merged[0]}", f"merged cells: {named}", hint)
    _refuse_unknown(chosen, formulas[chosen.title], path)
    return list(_rows(chosen, path))


def _measure(data: bytes, path: Path) -> None:
    """Refuse what is no ZIP archive, or too large once unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        hint = "save it as .xlsx or as 'CSV UTF-8'"
        raise Unreadable(str(path), "this is no Excel workbook", hint) from None
    if size > UNPACKED:
        what = f"{size:,} bytes once unpacked"
        raise Unreadable(str(path), what, f"the limit is {UNPACKED:,}: keep only the table")


def _chosen(book: Any, path: Path, sheet: str) -> Any:
    filled = [one for one in book.worksheets if one.max_row > 1 or one.max_column > 1]
    names = [one.title for one in filled]
    if sheet:
        if sheet not in names:
            hint = f"there are {', '.join(names)}" if names else "all sheets are empty"
            raise ServandaError("--sheet", f"{path} has no sheet '{sheet}'", hint)
        return book[sheet]
    if len(filled) != 1:
        what = f"{len(filled)} sheets with cells"
        hint = f"name one with --sheet: {', '.join(names)}" if names else "fill one"
        raise ServandaError(str(path), what, hint)
    return filled[0]


def _refuse_unknown(values: Any, formulas: Any, path: Path) -> None:
    """Refuse formulas without a stored value, which would look like empty cells."""
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and values[cell.coordinate].value is None:
                what = "the workbook does not contain the result of this formula"
                hint = "open and save it in a spreadsheet program, or write the number"
                raise ServandaError(f"{path}: {cell.coordinate}", what, hint)


def _rows(sheet: Any, path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = [_text(cell, path) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, texts


def _text(cell: Any, path: Path) -> str:
    """A cell as text; a percentage keeps its sign, a date is written as such."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            return f"{100.0 * value:.12g}%"
        return f"{value:.15g}"
    text = str(value).strip()
    if text.startswith("#"):
        what = f"the formula gives {text}"
        raise ServandaError(f"{path}: {cell.coordinate}", what, "correct it, or write NA")
    return text
