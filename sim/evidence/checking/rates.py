"""Rates: that they agree with the counts beside them, and that there are counts."""

from collections.abc import Iterator

from sim.evidence.catalogue import KNOWN, MEASURES
from sim.evidence.checking.material import Material, Remark, number
from sim.evidence.measure import Definition, Part
from sim.evidence.row import Row

TOLERANCE = 0.03
"""Relative difference that counts as rounding."""
COUNTS: dict[tuple[Part, ...], tuple[str, str]] = {
    definition.above: (one.name, definition.code)
    for one in MEASURES
    for definition in one.definitions
    if one.extensive
}
"""The measure and definition that count the terms of a numerator or denominator."""


def agrees_with_counts(material: Material) -> Iterator[Remark]:
    """A rate is its numerator over its denominator, where both are given for the period."""
    for row in material.rows:
        measure = KNOWN[row.measure]
        if row.status != "known" or measure.extensive:
            continue
        found = [
            value
            for one in measure.definitions
            if row.definition in {"", one.code}
            for value in _from_counts(material, row, one)
        ]
        if not found or (len(found) < len(measure.definitions) and not row.definition):
            continue  # one of the other definitions may be the right one
        if all(abs(one - row.value) > TOLERANCE * abs(row.value) + 1e-9 for one in found):
            given = " or ".join(map(number, found))
            what = f"{number(row.value)}, but the counts of this period give {given}"
            yield Remark(row, "value", what, "correct the figures, or name the definition")


def _from_counts(material: Material, row: Row, definition: Definition) -> Iterator[float]:
    if not definition.below or definition.by_months or definition.scale != 1.0:
        return
    above, below = (_count(material, row, parts) for parts in (definition.above, definition.below))
    if above is not None and below:
        yield above / below


def _count(material: Material, row: Row, parts: tuple[Part, ...]) -> float | None:
    """What the court counts of the terms in the period of a row; None if it is not given."""
    name, code = COUNTS.get(parts, ("", ""))
    for one in material.beside(name, row):
        if one.definition == code or (not one.definition and len(KNOWN[name].definitions) == 1):
            return one.value
    return None


def without_counts(material: Material) -> Iterator[Remark]:
    """A rate without n, limits or counts: nobody can say how exact it is."""
    for row in material.rows:
        measure = KNOWN[row.measure]
        if row.status != "known" or measure.extensive or row.use not in {"fit", "hold"}:
            continue
        if row.n is not None or row.sd is not None or row.low is not None or row.high is not None:
            continue
        counts = {COUNTS[one.below][0] for one in measure.definitions if one.below in COUNTS}
        if any(material.beside(name, row) for name in counts):
            continue
        what = f"'{row.measure}' is given without the number of cases behind it"
        hint = "add n, or limits, or the counts as rows of their own"
        yield Remark(row, "n", what, hint, stops=False)
