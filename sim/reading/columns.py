"""Tables of cells from Parquet files, checked against limits before anything is unpacked.

In: the bytes of a file. Out: column headings and rows. A Parquet file of one megabyte can contain
hundreds of millions of rows. The sizes in its metadata are therefore checked first.
"""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from sim.reading import limits
from sim.reading.cells import Cells
from sim.reading.file import Unreadable

MARK = b"PAR1"
"""The first bytes of a Parquet file."""
INDEX = re.compile(r"__index_level_\d+__")
"""Names of columns in which pandas stores an unnamed index."""


def columns(data: bytes, where: str) -> Cells:
    """Read the table in a Parquet file.

    Args:
        data: Contents of the file.
        where: Name of the file, for errors.

    Raises:
        Unreadable: If the file is damaged or too large, or a column contains anything but numbers,
            booleans or text.
    """
    try:
        file = parquet.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        _measure(file.metadata, where)
        schema = file.schema_arrow
        for field in schema:
            _refuse_type(field, where)
        rows = file.read(use_threads=False)
        kept = [n for n, name in enumerate(schema.names) if not INDEX.fullmatch(name)]
        values = [_values(rows.column(n), schema.names[n], where) for n in kept]
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        what = (
            f"cannot be read as Parquet: {str(error).splitlines()[0] if str(error) else 'damaged'}"
        )
        raise Unreadable(where, what, "write the file again, or use CSV") from None
    heads = [schema.names[n] for n in kept]
    return Cells(heads, [(0, list(row)) for row in zip(*values, strict=True)])


def _measure(about: Any, where: str) -> None:
    """Refuse a file if a size in its metadata exceeds a limit."""
    sizes = {
        "rows": (about.num_rows, limits.ROWS),
        "columns": (about.num_columns, limits.COLUMNS),
        "cells": (about.num_rows * about.num_columns, limits.CELLS),
    }
    groups = range(about.num_row_groups)
    if about.num_row_groups <= limits.ROWS and about.num_columns <= limits.COLUMNS:
        unpacked = sum(about.row_group(group).total_byte_size for group in groups)
        sizes["bytes, unpacked"] = (unpacked, limits.UNPACKED)
    for name, (count, most) in sizes.items():
        if count > most:
            what = f"too many {name}: {count:,}"
            raise Unreadable(where, what, f"the limit is {most:,}")


def _refuse_type(field: Any, where: str) -> None:
    """Refuse a column unless it contains numbers, booleans or text."""
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    plain = (
        *(pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_null),
        *(pa.types.is_string, pa.types.is_large_string),
    )
    if not any(test(kind) for test in plain):
        what = f"the column {field.name!r} contains values of the type {field.type}"
        raise Unreadable(where, what, "give numbers, true or false, or words")


def _values(column: Any, name: str, where: str) -> list[Any]:
    """The values of a column. Missing values (null or NaN) become None, like empty cells."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = column.cast(pa.float64())
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, pa.float64()), column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest > 4 * limits.CELL_CHARACTERS:
            what = f"there is a word of {longest:,} bytes in the column {name!r}"
            hint = f"the limit is {limits.CELL_CHARACTERS:,} characters"
            raise Unreadable(where, what, hint)
    values: list[Any] = column.to_pylist()
    return values
