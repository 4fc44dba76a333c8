"""Cases pending at the end: those before, plus cases accepted, less cases closed."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

from sim.evidence.checking.material import Material, Remark, number
from sim.evidence.row import Row

TOLERANCE = 0.02
"""Difference that counts as rounding, as a share of the cases pending before and accepted."""


def balance(material: Material) -> Iterator[Remark]:
    """Pending at the end = pending before + accepted − closed.

    Where the court does not say whether revived cases count as accepted, or terminated ones as
    closed, the balance has to hold in one of the ways.
    """
    for cell, span in material.spans():
        first, last = span
        if first is None:
            continue
        ends = material.at("pending", cell, (None, last))
        starts = material.at("pending", cell, (None, first - timedelta(days=1)))
        accepted = material.at("accepted", cell, span)
        closed = material.at("closed", cell, span)
        if not (ends and starts and accepted and closed):
            continue
        came, went = _came(material, accepted[0]), _went(material, closed[0])
        before, after = starts[0], ends[0]
        wanted = [before.value + plus - minus for plus, minus in product(came, went)]
        allowed = TOLERANCE * (before.value + accepted[0].value) + 1.0
        if wanted and min(abs(one - after.value) for one in wanted) > allowed:
            nearest = min(wanted, key=lambda one: abs(one - after.value))
            what = (
                f"{number(before.value)} pending before + {number(accepted[0].value)} accepted "
                f"− {number(closed[0].value)} closed leave {number(nearest)}, "
                f"not {number(after.value)}"
            )
            hint = (
                f"correct line {before.line}, {accepted[0].line}, {closed[0].line} or this one, "
                "or add rows of revived and terminated cases"
            )
            yield Remark(after, "value", what, hint)


def _came(material: Material, accepted: Row) -> list[float]:
    """What may have come in, by what the court counts as accepted."""
    revived = [row.value for row in material.beside("revived", accepted)]
    if accepted.definition == "with_revived":
        return [accepted.value]
    both = [accepted.value + one for one in revived]
    return both if accepted.definition == "new" else [accepted.value, *both]


def _went(material: Material, closed: Row) -> list[float]:
    """What may have gone out, by what the court counts as closed."""
    terminated = [row.value for row in material.beside("terminated", closed)]
    if closed.definition == "with_termination":
        return [closed.value]
    both = [closed.value + one for one in terminated]
    return both if closed.definition == "without_termination" else [closed.value, *both]
