"""Counts, flows of money and spans of a run by month, for one cell, wherever they come from.

In: a `Series`, or columns with the names that the tables of a run have. Out: arrays by month.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.engine.named import Named
from sim.errors import ServandaError
from sim.measure.series import Series

Source = Any
"""A `Series`, a data frame, or a mapping of columns: `month`, the counts as ``n_…``, flows of money
by their names, spans as ``span_…`` (months × ages); `breakdown` and `cell` if there are several
cells."""
type Counter = Count | Named | Flow | Span
"""What a measure is made of."""
ALL = ("all", "all")
"""Breakdown and name of the cell with everything."""


def column(one: Counter) -> str:
    """Name of the column that holds a count, a flow of money or a span."""
    name = one.name.lower()
    if isinstance(one, Flow):
        return name
    return f"span_{name}" if isinstance(one, Span) else f"n_{name}"


class Counted:
    """The months of one run, so that many measures can be computed from it.

    Args:
        source: See `Source`.
    """

    def __init__(self, source: Source) -> None:
        """Keep the source; columns are looked up when they are needed."""
        self._series = source if isinstance(source, Series) else None
        self._columns: Mapping[str, Any] = {} if self._series is not None else source
        self._flows: dict[str, np.ndarray] | None = None
        self._cells: dict[tuple[str, str], np.ndarray] = {}
        if self._series is not None:
            self._places = {cell: place for place, cell in enumerate(self._series.cells)}
            self._months = self._series.months

    def months(self, cell: tuple[str, str] = ALL) -> np.ndarray:
        """Numbers of the months, ascending; those of the burn-in are below 1."""
        if self._series is not None:
            return self._months
        months: np.ndarray = np.asarray(self._columns["month"])[self._of(cell)]
        return months

    def values(self, one: Counter, cell: tuple[str, str] = ALL) -> np.ndarray:
        """A count, flow or span by month; the ages of a span are added up. Shape (months,)."""
        found = self.ages(one, cell) if isinstance(one, Span) else self._array(one, cell)
        return found.sum(axis=1) if found.ndim == 2 else found

    def ages(self, span: Span, cell: tuple[str, str] = ALL) -> np.ndarray:
        """A span by month and elapsed months; shape (months, ages)."""
        return self._array(span, cell)

    def _array(self, one: Counter, cell: tuple[str, str]) -> np.ndarray:
        if isinstance(one, Flow) and cell != ALL:
            what = f"flows of money are booked for all debtors together, not by {cell[0]}"
            raise ServandaError(column(one), what, "leave the cell empty")
        if self._series is None:
            return self._column(column(one), cell)
        if isinstance(one, Flow):
            if self._flows is None:
                books = self._series.books()
                self._flows = {str(name): books[name].to_numpy() for name in books}
            return self._flows[column(one)]
        if cell not in self._places:
            raise _no_such(cell)
        place = self._places[cell]
        if isinstance(one, Span):
            return self._series.spans(burn_in=True)[:, place, one]
        return self._series.sums(burn_in=True)[:, place, one]

    def _column(self, name: str, cell: tuple[str, str]) -> np.ndarray:
        if name not in self._columns:
            raise ServandaError(name, "this run has no such column", "keep its counts")
        found: np.ndarray = np.asarray(self._columns[name], float)[self._of(cell)]
        return found

    def _of(self, cell: tuple[str, str]) -> np.ndarray:
        """Which rows of the columns belong to a cell."""
        if cell not in self._cells:
            months = np.asarray(self._columns["month"])
            chosen = np.full(len(months), cell == ALL)
            if "cell" in self._columns:
                chosen = (np.asarray(self._columns["breakdown"]) == cell[0]) & (
                    np.asarray(self._columns["cell"]) == cell[1]
                )
            if not chosen.any():
                raise _no_such(cell)
            self._cells[cell] = chosen
        return self._cells[cell]


def _no_such(cell: tuple[str, str]) -> ServandaError:
    return ServandaError("cell", f"this run has no {cell[0]} '{cell[1]}'")
