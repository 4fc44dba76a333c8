"""Views of tables for running rules in plain Python, to debug them and to test compiled code."""

from typing import Any

import numpy as np


class Row:
    """A view of one row of a table: reads give Python numbers, writes go to the table."""

    __slots__ = ("_index", "_table")

    def __init__(self, table: np.ndarray, index: int) -> None:
        """A view of one row."""
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_index", index)

    def __getattr__(self, name: str) -> Any:
        """The field as a Python number, a nested record as `Row`, an array as `Cells`."""
        if name.startswith("_"):  # a row that is being copied has no table yet
            raise AttributeError(name)
        try:
            column = self._table[name]
        except (ValueError, KeyError):
            raise AttributeError(f"a row has no field {name!r}") from None
        if column.dtype.fields:
            return Row(column, self._index)
        if column.ndim == 1:
            return column[self._index].item()
        return Cells(column[self._index])

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a field to the table; an unknown field is an error."""
        if name not in (self._table.dtype.names or ()):
            raise AttributeError(f"a row has no field {name!r}")
        self._table[name][self._index] = value

    def __dir__(self) -> list[str]:
        """The names of the fields."""
        return list(self._table.dtype.names or ())


class Rows:
    """A view of a table: indexing gives a `Row`."""

    __slots__ = ("_table",)

    def __init__(self, table: np.ndarray) -> None:
        """A view of a structured array."""
        self._table = table

    def __getitem__(self, index: int) -> Row:
        """One row; an index that is negative or too large is an error."""
        if not 0 <= index < len(self._table):
            raise IndexError(f"no row {index} in a table of {len(self._table)} rows")
        return Row(self._table, index)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._table)


class Cells:
    """A view of an array: reads give Python numbers, writes go to the array."""

    __slots__ = ("_array",)

    def __init__(self, array: np.ndarray) -> None:
        """A view of an array of any number of dimensions."""
        self._array = array

    def __getitem__(self, index: Any) -> Any:
        """One number, or a view of fewer dimensions."""
        found = self._array[index]
        return Cells(found) if isinstance(found, np.ndarray) else found.item()

    def __setitem__(self, index: Any, value: Any) -> None:
        """Write one number to the array."""
        self._array[index] = value

    def __len__(self) -> int:
        """Length of the first dimension."""
        return len(self._array)


def view(thing: Any) -> Any:
    """Wrap the arguments of a kernel, arrays and named tuples of arrays, in views."""
    if isinstance(thing, np.ndarray):
        return Rows(thing) if thing.dtype.fields else Cells(thing)
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return type(thing)(*(view(part) for part in thing))
    return thing
