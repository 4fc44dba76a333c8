"""Figures that are there twice: in one period, in two years, or in a whole series."""

from collections.abc import Iterator
from itertools import pairwise

from sim.evidence.checking.material import Material, Remark, number, when

DIGITS, OF_A_YEAR = 4, 3
"""Significant digits from which an equal figure in two periods, and in two years, is remarkable:
numbers of three digits repeat by chance in a series of months."""
CONSTANT = 4
"""Figures from which a constant series is remarkable."""


def twice(material: Material) -> Iterator[Remark]:
    """One figure for a period, from one source."""
    for one in material.series():
        for before, row in pairwise(one):
            if (before.first, before.last) != (row.first, row.last):
                continue
            if before.value == row.value:
                what = f"this figure is in line {before.line} already"
                yield Remark(row, "value", what, "remove one of the two rows")
            elif before.use == row.use == "fit":
                what = f"line {before.line} gives {number(before.value)} for the same period"
                yield Remark(
                    row, "value", what, "use one of the two, and write check for the other"
                )


def same_in_two_years(material: Material) -> Iterator[Remark]:
    """The same figure in two periods is often a copied cell."""
    for one in material.series():
        if _constant([row.value for row in one]):
            continue
        for before, row in pairwise(one):
            same = before.value == row.value and row.value != 0.0 and before.last != row.last
            digits = len(f"{row.value:.12g}".strip("0.").replace(".", ""))
            enough = OF_A_YEAR if row.months >= 12 else DIGITS
            if same and digits >= enough and row.status == "known":
                what = f"the same figure as for {when(before)} in line {before.line}"
                yield Remark(row, "value", what, "check that no cell was copied", stops=False)


def constant(material: Material) -> Iterator[Remark]:
    """A series that never changes says little about change."""
    for one in material.series():
        if len(one) >= CONSTANT and _constant([row.value for row in one]):
            what = f"all {len(one)} figures of '{one[0].measure}' are {number(one[0].value)}"
            hint = "check the source; give one row for the whole period if it is right"
            yield Remark(one[0], "value", what, hint, stops=False)


def _constant(values: list[float]) -> bool:
    return len(set(values)) == 1 and len(values) >= CONSTANT
