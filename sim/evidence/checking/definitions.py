"""Definitions: one in a series, and named where several are in use."""

from collections.abc import Iterator
from itertools import pairwise

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark, when
from sim.evidence.row import Row


def changed_definition(material: Material) -> Iterator[Remark]:
    """A series does not change its definition from one period to the next without a break."""
    found: dict[object, list[Row]] = {}
    for row in material.rows:
        if row.known:
            found.setdefault((row.measure, row.cell), []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.last)
        periods = {(one.definition, one.first, one.last) for one in rows}
        for before, row in pairwise(rows):
            if before.definition == row.definition or before.last == row.last:
                continue
            if (row.definition, before.first, before.last) in periods:
                continue  # two series beside each other
            if not material.court.broken(row.measure, before.last, row.last):
                now, then = row.definition or "none", before.definition or "none"
                what = f"the definition is {now} here, but {then} for {when(before)}"
                hint = "use one definition, or declare [[break]] in court.toml"
                yield Remark(row, "definition", what, hint)
                break


def open_definition(material: Material) -> Iterator[Remark]:
    """Where courts differ, the definition is named; otherwise a fit has to try all of them."""
    named: set[str] = set()
    for row in material.rows:
        several = len(KNOWN[row.measure].definitions) > 1
        if row.known and several and not row.definition and row.measure not in named:
            named.add(row.measure)
            codes = ", ".join(one.code for one in KNOWN[row.measure].definitions)
            what = f"courts define '{row.measure}' in several ways"
            hint = f"choose from {codes}; without it a fit takes the first"
            yield Remark(row, "definition", what, hint, stops=False)
