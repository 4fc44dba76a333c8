"""Parts are not larger than the whole, and cells add up to it."""

from collections.abc import Iterator

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark, number
from sim.evidence.counted import ALL
from sim.evidence.row import Row
from sim.terms import Domain, Kind, Size, label

WHOLES: dict[str, tuple[str, ...]] = {
    "closed": (
        "closed_full",
        "closed_settled",
        "terminated",
        "closed_withdrawn",
        "closed_bankrupt",
    ),
    "claimed": ("recovered",),
    "traces": ("traces_hit",),
    "auctions": ("auctions_sold",),
    "preservations_asked": ("preservations",),
    "charges": ("convicted",),
}
"""Measures whose parts cannot exceed them."""
TOLERANCE = 0.02
CELLS = {
    "kind": tuple(map(label, Kind)),
    "domain": tuple(map(label, Domain)),
    "size": tuple(map(label, Size)),
}


def parts_of_whole(material: Material) -> Iterator[Remark]:
    """The parts of a whole together do not exceed it."""
    for cell, span in material.spans():
        for whole, names in WHOLES.items():
            wholes = material.at(whole, cell, span)
            parts = [row for name in names for row in material.at(name, cell, span)[:1]]
            if not wholes or not parts:
                continue
            total, row = sum(part.value for part in parts), wholes[0]
            # without terminated cases, these are no part of what is closed
            if row.definition == "without_termination":
                total -= sum(part.value for part in parts if part.measure == "terminated")
            if total > (1.0 + TOLERANCE) * row.value + 1.0:
                named = " + ".join(f"{part.measure} (line {part.line})" for part in parts)
                what = f"{named} are {number(total)}, more than {whole}, {number(row.value)}"
                yield Remark(row, "value", what, "correct the figures, their units or definitions")


def cells_add_up(material: Material) -> Iterator[Remark]:
    """Cells of a breakdown together are the whole if all are given, and never more."""
    for row in material.rows:
        if row.cell != ALL or row.status != "known" or not KNOWN[row.measure].extensive:
            continue
        for breakdown, names in CELLS.items():
            found = [cell for name in names for cell in _cell(material, row, breakdown, name)]
            total, allowed = sum(one.value for one in found), TOLERANCE * row.value + 1.0
            short = len(found) == len(names) and total < row.value - allowed
            if found and (short or total > row.value + allowed):
                what = f"the rows by {breakdown} add up to {number(total)}, not {number(row.value)}"
                lines = ", ".join(str(one.line) for one in found)
                yield Remark(row, "value", what, f"correct this row or lines {lines}")


def _cell(material: Material, row: Row, breakdown: str, name: str) -> list[Row]:
    there = material.at(row.measure, (breakdown, name), (row.first, row.last))
    return [one for one in there if one.definition == row.definition][:1]
