"""Which memory the kernels of a month touch, found by running them in plain Python.

In: a small world. Out: for each kernel of a month, the records and the cache lines that it reads or
writes, by table. The kernels receive views of the tables that note every access, so that fields a
kernel never reads do not count, and neither do rows that it skips.

Noted are the tables that grow with the number of debtors: debtors, claims and creditors, the arrays
beside them, and the indices. Courts, levers and parameters stay in the caches. Sums, the building
of indices, and what NumPy does between the kernels (such as the removal of closed claims) are not
noted, so that a month moves a little more than is found here.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from benchmarks.apart import Asked, aged
from sim.engine.blocks import Execution
from sim.engine.compile import Kernel
from sim.engine.index import Index
from sim.engine.plain import view
from sim.engine.record import LINE
from sim.month.shared.state import State

TABLES = ("debtors", "claims", "creditors")
ARRAYS = ("neighbours", "signals", "covers", "arrivals", "places", "keys")
INDICES = ("by_debtor", "hands", "cases", "news")


class Marks:
    """The places of one table that a kernel touches: records, and lines of memory by number."""

    def __init__(self) -> None:
        """Start with none."""
        self.width = 0
        self.records: set[int] = set()
        self.changed: set[int] = set()
        self.lines: set[int] = set()
        self.dirty: set[int] = set()

    def note(self, record: int, first: int, width: int, *, write: bool) -> None:
        """Note an access.

        Args:
            record: Address of the record.
            first: Address of the first byte that is accessed.
            width: Number of bytes.
            write: Whether they are written.
        """
        lines = range(first // LINE, (first + width - 1) // LINE + 1)
        self.records.add(record)
        self.lines.update(lines)
        if write:
            self.changed.add(record)
            self.dirty.update(lines)

    @property
    def record_bytes(self) -> int:
        """Bytes of the records read, and again of those written."""
        return self.width * (len(self.records) + len(self.changed))

    @property
    def line_bytes(self) -> int:
        """Bytes of the lines read, and again of those written."""
        return LINE * (len(self.lines) + len(self.dirty))


class Pass:
    """One pass of a kernel over its rows.

    Args:
        kernel: Name of the kernel, such as ``economy.live``.
        marks: What it touches, by table.
    """

    def __init__(self, kernel: str) -> None:
        """Start before the first row."""
        self.kernel = kernel
        self.marks: defaultdict[str, Marks] = defaultdict(Marks)


# ---------------------------------------------------------------- views that note what is accessed


class WatchedRows:
    """A table; indexing gives a `WatchedRow`."""

    def __init__(self, table: np.ndarray, marks: Marks) -> None:
        """Watch a structured array."""
        self.table, self.marks = table, marks
        marks.width = table.dtype.itemsize
        self.start = table.ctypes.data

    def __getitem__(self, row: int) -> "WatchedRow":
        """One row."""
        if not 0 <= row < len(self.table):
            raise IndexError(f"no row {row} in a table of {len(self.table)} rows")
        return WatchedRow(self, row)

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.table)


class WatchedRow:
    """One row of a table."""

    __slots__ = ("_row", "_rows")

    def __init__(self, rows: WatchedRows, row: int) -> None:
        """Watch a row."""
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_row", row)

    def __getattr__(self, name: str) -> Any:
        """A field as a Python number, or an array as `WatchedCells`."""
        column = self._rows.table[name]
        if column.ndim > 1:
            record = self._rows.start + self._row * self._rows.marks.width
            return WatchedCells(column[self._row], self._rows.marks, record)
        self._note(name, write=False)
        return column[self._row].item()

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a field."""
        self._note(name, write=True)
        self._rows.table[name][self._row] = value

    def _note(self, name: str, *, write: bool) -> None:
        fields = self._rows.table.dtype.fields
        kind, offset = fields[name][:2]
        record = self._rows.start + self._row * self._rows.marks.width
        self._rows.marks.note(record, record + offset, kind.itemsize, write=write)


class WatchedCells:
    """An array of numbers, alone or inside a row.

    Args:
        array: The array.
        marks: Where accesses are noted.
        record: Address of the record that contains the array. If there is none, each number counts
            as a record.
    """

    def __init__(self, array: np.ndarray, marks: Marks, record: int | None = None) -> None:
        """Watch an array."""
        self.array, self.marks, self.record = array, marks, record
        if record is None:
            marks.width = array.itemsize

    def __getitem__(self, place: Any) -> Any:
        """One number."""
        self._note(place, write=False)
        return self.array[place].item()

    def __setitem__(self, place: Any, value: Any) -> None:
        """Write one number."""
        self._note(place, write=True)
        self.array[place] = value

    def __len__(self) -> int:
        """Length of the first dimension."""
        return len(self.array)

    def _note(self, place: Any, *, write: bool) -> None:
        places = place if isinstance(place, tuple) else (place,)
        strides = zip(places, self.array.strides, strict=True)
        at = self.array.ctypes.data + sum(int(one) * stride for one, stride in strides)
        record = at if self.record is None else self.record
        self.marks.note(record, at, self.array.itemsize, write=write)


def watched(state: State, one: Pass) -> State:
    """The state as a kernel in plain Python receives it; accesses are noted in `one`."""
    parts: dict[str, Any] = {
        name: WatchedRows(getattr(state, name), one.marks[name]) for name in TABLES
    }
    parts |= {name: WatchedCells(getattr(state, name), one.marks[name]) for name in ARRAYS}
    for name in INDICES:
        arrays = getattr(state, name)._asdict()
        cells: dict[str, Any] = {
            part: WatchedCells(array, one.marks[f"{name}.{part}"]) for part, array in arrays.items()
        }
        parts[name] = Index(**cells)
    plain: State = view(state)
    stages: Any = WatchedCells(np.asarray(state.journal.stages), one.marks["stages"])
    return plain._replace(**parts, journal=plain.journal._replace(stages=stages))


class Watching(Execution):
    """Runs kernels compiled, until the first pass is wanted; from then on in plain Python."""

    def __init__(self) -> None:
        """Start without watching."""
        super().__init__()
        self.passes: list[Pass] | None = None

    def run_kernel(self, kernel: Kernel, state: Any, rows: int) -> None:
        """Run the kernel over rows 0 to ``rows - 1``, and note what it touches."""
        if self.passes is None:
            super().run_kernel(kernel, state, rows)
            return
        name = f"{kernel.__module__.rpartition('.')[2]}.{kernel.__name__}"
        self.passes.append(Pass(name))
        for first in range(0, rows, self.block):
            last = min(rows, first + self.block)
            kernel.py_func(watched(state, self.passes[-1]), first, last)


# ---------------------------------------------------------------- what a month touches


class Month(NamedTuple):
    """What the kernels touch in one month, in bytes for each debtor of the world.

    What is written counts twice, because it is loaded into the caches before.

    Args:
        records: For each pass of a kernel, the whole records of which it touches anything.
        lines: For each pass, the lines of the caches that it touches: what has to be moved if
            nothing is left in the caches from one pass to the next.
        once: Lines touched in the month, each counted once: what has to be moved if the month
            needs only one pass.
        claims: Claims per debtor.
        passes: `lines` of each pass, by kernel and table.
    """

    records: float
    lines: float
    once: float
    claims: float
    passes: list[tuple[str, dict[str, float]]]


def month(size: int, warm_up: int) -> Month:
    """What one month touches, in a world of this size after some months of warm-up."""
    execution = Watching()
    world = aged(Asked(size, warm_up=warm_up, months=1), execution)
    execution.passes = []
    world.run_for(1)
    return charged(execution.passes, size, len(world.claims))


def charged(passes: Sequence[Pass], debtors: int, claims: int) -> Month:
    """Add up the passes of one month, in a world with so many debtors and claims."""
    marks = [marks for one in passes for marks in one.marks.values()]
    lines = set[int]().union(*(one.lines for one in marks))
    dirty = set[int]().union(*(one.dirty for one in marks))
    tables = [
        {name: one.line_bytes / debtors for name, one in each.marks.items() if one.lines}
        for each in passes
    ]
    return Month(
        records=sum(one.record_bytes for one in marks) / debtors,
        lines=sum(one.line_bytes for one in marks) / debtors,
        once=LINE * (len(lines) + len(dirty)) / debtors,
        claims=claims / debtors,
        passes=[(one.kernel, each) for one, each in zip(passes, tables, strict=True)],
    )
