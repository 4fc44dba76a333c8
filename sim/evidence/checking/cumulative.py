"""Monthly tables that are totals since the beginning of the statistical year."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark
from sim.evidence.period import number
from sim.evidence.row import Row

MONTHS = 9
"""Months of one year that have to rise before a series is taken for a cumulative one."""
RISE = 4.0
"""Factor by which the last of them exceeds the first."""


def looks_cumulative(material: Material) -> Iterator[Remark]:
    """A flow that only rises within each year, and falls back as a year begins."""
    if material.court.cumulative:
        return  # the rows are differences by now
    for rows in material.series():
        if KNOWN[rows[0].measure].kind != "flow" or not all(row.months == 1 for row in rows):
            continue
        years = _years(rows, material.court.year_begins)
        if years and all(_rises(year) for year in years):
            what = f"'{rows[0].measure}' rises from month to month in every year, as totals do"
            hint = "write cumulative = true in court.toml, or give the months apart"
            yield Remark(rows[0], "value", what, hint)


def _years(rows: Sequence[Row], begins: int) -> list[list[Row]]:
    """The rows by statistical year, of years with enough months."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault((number(row.last) - begins + 1) // 12, []).append(row)
    return [year for year in found.values() if len(year) >= MONTHS]


def _rises(rows: Sequence[Row]) -> bool:
    values = [row.value for row in rows]
    return values[-1] > RISE * max(values[0], 1e-9) and all(a <= b for a, b in pairwise(values))
