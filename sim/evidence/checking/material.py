"""What the checks look at, and what they say.

In: the rows of a table. Out: `Material` with rows found by measure, period and cell.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sim.evidence.court import Court
from sim.evidence.fit_file import FitSpec
from sim.evidence.row import Row

type Cell = tuple[str, str]
type Span = tuple[date | None, date]


class Remark(NamedTuple):
    """What a check finds in a row.

    Args:
        row: The row.
        column: The column.
        what: What is wrong, or unusual.
        hint: What to write instead.
        stops: Whether it is a fault; a warning does not stop.
    """

    row: Row
    column: str
    what: str
    hint: str
    stops: bool = True


@dataclass(frozen=True)
class Material:
    """What the checks look at.

    Args:
        rows: The rows without faults of their own.
        court: The court.
        fit: What a fit varies; None without `fit.toml`, or if it has faults.
    """

    rows: tuple[Row, ...]
    court: Court
    fit: FitSpec | None

    @cached_property
    def _by_place(self) -> dict[tuple[str, Cell, Span], list[Row]]:
        found: dict[tuple[str, Cell, Span], list[Row]] = {}
        for row in self.rows:
            if row.status == "known":
                found.setdefault((row.measure, row.cell, (row.first, row.last)), []).append(row)
        return found

    def beside(self, measure: str, row: Row) -> list[Row]:
        """Figures of another measure for the period and the cell of a row."""
        return self.at(measure, row.cell, (row.first, row.last))

    def at(self, measure: str, cell: Cell, span: Span) -> list[Row]:
        """Figures of a measure for a period and a cell."""
        return self._by_place.get((measure, cell, span), [])

    def spans(self) -> Iterator[tuple[Cell, Span]]:
        """Every cell and period for which there is a figure, each once."""
        yield from dict.fromkeys((cell, span) for _, cell, span in self._by_place)

    def series(self) -> Iterator[list[Row]]:
        """The figures by measure, definition and cell, each list in the order of time."""
        found: dict[object, list[Row]] = {}
        for row in self.rows:
            if row.known:
                found.setdefault(row.key, []).append(row)
        for one in found.values():
            yield sorted(one, key=lambda row: (row.last, row.first or row.last))


type Check = Callable[[Material], Iterable[Remark]]


def number(value: float) -> str:
    """A number as a remark shows it."""
    return f"{value:,.6g}"


def when(row: Row) -> str:
    """The period of a row in words."""
    if row.first is None:
        return f"{row.last}"
    return f"{row.first} to {row.last}"
