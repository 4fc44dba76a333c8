"""A table of records: rows can be appended, retired, compacted and found by id."""

from typing import Any

import numpy as np

from sim.engine.record import LINE, dtype


def aligned(rows: int, kind: np.dtype[Any]) -> np.ndarray:
    """Allocate zeroed rows, aligned to a cache line.

    So a row whose size is a multiple of a cache line occupies as few lines as possible, and
    neighbouring fields are loaded together.
    """
    raw = np.zeros(rows * kind.itemsize + LINE, np.uint8)
    start = -raw.ctypes.data % LINE
    return raw[start : start + rows * kind.itemsize].view(kind)


def whole(rows: np.ndarray) -> np.ndarray:
    """The bytes of each row: a view of shape (rows, bytes). NumPy copies records field by field."""
    return rows.view(np.uint8).reshape(len(rows), rows.dtype.itemsize)


class Table:
    """Rows of one record type in an array with spare capacity.

    Ids ascend from row to row, because their leading bits are the month or the row in which the
    record was made. Compaction keeps this order, so an id is found by bisection.
    """

    def __init__(self, kind: type, rows: int = 0) -> None:
        """Make an empty table, or one with `rows` rows of zeros."""
        self.kind = kind
        self._store = aligned(max(rows, 16), dtype(kind))
        self._columns: dict[str, np.ndarray] = {}
        self.size = rows

    def __len__(self) -> int:
        """Number of rows in use."""
        return self.size

    @property
    def rows(self) -> np.ndarray:
        """The rows in use: a view, valid until the table grows or is compacted."""
        return self._store[: self.size]

    @property
    def nbytes(self) -> int:
        """Size in bytes, including spare capacity and added columns."""
        return self._store.nbytes + sum(c.nbytes for c in self._columns.values())

    def append(self, count: int) -> slice:
        """Append `count` rows of zeros and return their positions."""
        first, self.size = self.size, self.size + count
        if self.size > len(self._store):
            grown = aligned(self.size + self.size // 2, self._store.dtype)
            grown[:first] = self._store[:first]
            self._store = grown
            for name, column in self._columns.items():
                wider = np.zeros(len(grown), column.dtype)
                wider[:first] = column[:first]
                self._columns[name] = wider
        else:
            whole(self._store)[first : self.size] = 0
            for column in self._columns.values():
                column[first : self.size] = 0
        return slice(first, self.size)

    def add_column(self, name: str, kind: str) -> None:
        """Add a column beside the records; its cells grow, move and retire with the rows."""
        self._columns[name] = np.zeros(len(self._store), kind)

    def column(self, name: str) -> np.ndarray:
        """An added column of the rows in use: a view, valid as long as the view `rows`."""
        return self._columns[name][: self.size]

    def clear_columns(self, rows: np.ndarray) -> None:
        """Set the added columns of the marked rows (bool, one per row) to 0."""
        for column in self._columns.values():
            column[: self.size][rows] = 0

    def retire(self, gone: np.ndarray) -> np.ndarray:
        """Remove the rows marked in `gone` (bool, one per row), keeping the order of the rest.

        Returns:
            A copy of the removed rows.
        """
        rows = whole(self.rows)
        left = np.flatnonzero(gone)
        out: np.ndarray = rows[left].view(self._store.dtype)[:, 0]
        if len(left):
            first = int(left[0])  # the rows before the first one that leaves stay where they are
            stay = first + np.flatnonzero(~gone[first:])
            self.size = first + len(stay)
            rows[first : self.size] = rows[stay]
            for column in self._columns.values():
                column[first : self.size] = column[stay]
        return out

    def find(self, identity: int) -> int:
        """Find the row with this id.

        Raises:
            KeyError: If no row has it.
        """
        ids: Any = self.rows["id"]
        row = int(np.searchsorted(ids, identity))
        if row == self.size or ids[row] != identity:
            raise KeyError(f"no {self.kind.__name__.lower()} with id {identity}")
        return row
