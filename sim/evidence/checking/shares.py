"""Values and limits that are possible for their measure."""

from collections.abc import Iterator

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark, number

PERCENT = 100.0


def possible(material: Material) -> Iterator[Remark]:
    """A share lies between 0 and 1; a ratio is not far above what is plausible."""
    for row in material.rows:
        high = KNOWN[row.measure].high
        if not row.known or row.value <= high:
            continue
        if KNOWN[row.measure].unit == "share":
            hint = f"write a share from 0 to {number(high)}"
            if 2.0 * high < row.value <= PERCENT * high:
                hint = f"write the unit %, or {number(row.value / PERCENT)}"
            yield Remark(row, "value", f"a share of {number(row.value)}", hint)
        else:
            what = f"{number(row.value)} is far above the plausible {number(high)}"
            yield Remark(row, "value", what, "correct the value or its unit")


def limits_in_order(material: Material) -> Iterator[Remark]:
    """The value lies between its limits, and n is a number of cases."""
    for row in material.rows:
        if row.status != "known":
            continue
        if row.low is not None and row.low > row.value:
            what = f"the lower limit {number(row.low)} is above the value {number(row.value)}"
            yield Remark(row, "low", what, "write low ≤ value ≤ high, in the unit of the value")
        if row.high is not None and row.high < row.value:
            what = f"the upper limit {number(row.high)} is below the value {number(row.value)}"
            yield Remark(row, "high", what, "write low ≤ value ≤ high, in the unit of the value")
        if row.n is not None and row.n < 1.0:
            yield Remark(row, "n", f"n is {number(row.n)}", "write the number of cases, 1 or more")
