"""Months from totals since the beginning of a statistical year.

In: the rows of a court whose monthly tables are cumulative. Out: rows of single months.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sim.evidence.catalogue import KNOWN
from sim.evidence.period import months, number
from sim.evidence.row import Row


class Falls(ValueError):
    """A total that is below that of the month before.

    Args:
        row: The row.
        before: The total before it.
    """

    def __init__(self, row: Row, before: float) -> None:
        super().__init__(row, before)
        self.row, self.before = row, before


def differenced(rows: Iterable[Row], begins: int) -> tuple[list[Row], list[Falls]]:
    """Monthly flows as differences of totals; other rows as they are.

    Where months are missing, a difference covers them all.

    Args:
        rows: Rows whose monthly flows are totals since the month `begins`.
        begins: First month of the statistical year.

    Returns:
        The rows, in their order, and the totals that fall.
    """
    rows = list(rows)
    made: dict[int, Row] = {}
    falls: list[Falls] = []
    series: dict[object, list[Row]] = {}
    for row in rows:
        if cumulated(row) and row.known:
            series.setdefault(row.key, []).append(row)
    for one in series.values():
        one.sort(key=lambda row: row.last)
        for place, row in enumerate(one):
            made[id(row)] = _difference(one, place, begins, falls)
    return [made.get(id(row), row) for row in rows], falls


def cumulated(row: Row) -> bool:
    """Whether a row is a flow of one month."""
    return KNOWN[row.measure].kind == "flow" and row.months == 1


def _difference(rows: Sequence[Row], place: int, begins: int, falls: list[Falls]) -> Row:
    row = rows[place]
    year = (number(row.last) - begins + 1) // 12
    earlier = rows[place - 1] if place else None
    if earlier is None or (number(earlier.last) - begins + 1) // 12 != year:
        before, start = 0.0, year * 12 + begins - 1
    else:
        before, start = earlier.value, number(earlier.last) + 1
    if row.value < before:
        falls.append(Falls(row, before))
    first = months(start // 12, start % 12 + 1, 1).first
    return replace(row, first=first, value=float(f"{row.value - before:.12g}"))
