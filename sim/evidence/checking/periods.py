"""Periods: whole months, no overlaps, within the months of a run."""

from collections.abc import Iterator
from itertools import pairwise

from sim.evidence.checking.material import Material, Remark, when
from sim.evidence.period import begins_month, ends_month


def whole_months(material: Material) -> Iterator[Remark]:
    """Flows run from the first day of a month to the last day of one."""
    for row in material.rows:
        if row.first is None:
            continue
        if not begins_month(row.first):
            what = f"{row.first} is in the middle of a month; the model counts by months"
            yield Remark(row, "from", what, "write the first day of a month")
        if not ends_month(row.last):
            what = f"{row.last} is in the middle of a month; the model counts by months"
            yield Remark(row, "to", what, "write the last day of a month")


def overlaps(material: Material) -> Iterator[Remark]:
    """No two figures of a series that a fit uses cover the same month."""
    for one in material.series():
        fitted = [row for row in one if row.use == "fit" and row.first is not None]
        fitted.sort(key=lambda row: (row.first or row.last, row.last))
        for before, row in pairwise(fitted):
            same = (before.first, before.last) == (row.first, row.last)
            if not same and row.first is not None and row.first <= before.last:
                what = f"overlaps with line {before.line} ({when(before)}) and would count twice"
                yield Remark(row, "from", what, "use one of the two, and write check for the other")


def outside_run(material: Material) -> Iterator[Remark]:
    """No figure lies before the first month of a run, or in the burn-in."""
    fit = material.fit
    for row in material.rows if fit is not None else ():
        if fit is not None and (row.first or row.last) < fit.month_1 and row.use != "input":
            what = f"this is before month 1 of a run, {fit.month_1:%Y-%m}"
            hint = "give an earlier month_1 in fit.toml, or the period that the figure stands for"
            column = "to" if row.first is None else "from"
            yield Remark(row, column, what, hint)
