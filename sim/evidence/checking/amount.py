"""How much there is: nothing known, a single figure, few cases."""

from collections.abc import Iterator
from math import sqrt

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark, number

FEW = 30.0
"""Cases a year below which chance alone moves a count by a fifth and more."""
YEAR = 12.0


def nothing_known(material: Material) -> Iterator[Remark]:
    """At least one figure is known and used in the fit; measures without any are named."""
    rows = material.rows
    if rows and not any(row.known for row in rows):
        what = "no row has a value: all are NA or NAP"
        yield Remark(rows[0], "value", what, "give at least one figure")
        return
    if rows and not any(row.known and row.use == "fit" for row in rows):
        what = "no row with a value has the use fit"
        yield Remark(rows[0], "use", what, "write fit in the rows that a fit may use")
    unknown = {row.measure for row in rows} - {row.measure for row in rows if row.known}
    for row in rows:
        if row.measure in unknown:
            unknown.discard(row.measure)
            what = f"'{row.measure}' has no value in any row"
            yield Remark(row, "value", what, "nothing is lost if you remove it", stops=False)


def single_rows(material: Material) -> Iterator[Remark]:
    """One figure alone fixes one combination of parameters at most."""
    fitted = [row for row in material.rows if row.known and row.use == "fit"]
    if len(fitted) == 1:
        what = "this is the only figure for a fit"
        hint = "it fixes one combination of parameters at most; add counts of cases and money"
        yield Remark(fitted[0], "use", what, hint, stops=False)


def few_cases(material: Material) -> Iterator[Remark]:
    """A court with a handful of cases a year."""
    for rows in material.series():
        row = rows[-1]
        if row.measure not in {"accepted", "closed"} or row.first is None:
            continue
        a_year = YEAR * row.value / row.months
        if KNOWN[row.measure].unit == "cases" and 0.0 < a_year < FEW:
            what = f"{number(a_year)} cases a year"
            share = 100.0 / sqrt(a_year)
            hint = f"chance alone moves such a count by ±{share:.0f} %: put years together"
            yield Remark(row, "value", what, hint, stops=False)
