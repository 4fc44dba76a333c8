"""Jumps of a series that no declared break explains."""

from collections.abc import Iterator
from itertools import pairwise
from math import log

import numpy as np

from sim.evidence.checking.material import Material, Remark, number, when

POINTS = 6
"""Figures from which the usual change can be judged."""
DEVIATIONS = 5.0
"""Robust standard deviations beyond which a change is a jump."""
LEAST = 0.05
"""Least standard deviation of the logarithm: rounding alone makes smaller ones."""
SLIP = 8.0
"""A jump by this factor is a slip of a unit or a digit, not a development."""
NORMAL = 1.4826
"""Standard deviation of a normal distribution, in median absolute deviations."""


def jumps(material: Material) -> Iterator[Remark]:
    """A change of more than 5 robust standard deviations: a fault if it is eightfold or more."""
    for one in material.series():
        rows = [row for row in one if row.value > 0.0 and row.status == "known"]
        lengths = {row.months for row in rows}
        if len(rows) < POINTS or len(lengths) > 1:
            continue
        changes = np.array([log(after.value / before.value) for before, after in pairwise(rows)])
        middle = float(np.median(changes))
        usual = max(NORMAL * float(np.median(np.abs(changes - middle))), LEAST)
        for (before, row), change in zip(pairwise(rows), changes, strict=True):
            if abs(change - middle) <= DEVIATIONS * usual:
                continue
            if material.court.broken(row.measure, before.last, row.last):
                continue
            factor = row.value / before.value
            slip = not 1.0 / SLIP < factor < SLIP
            what = (
                f"{number(row.value)} after {number(before.value)} for {when(before)}, a jump of "
                f"{abs(change - middle) / usual:.0f} robust standard deviations"
            )
            hint = "correct it, or declare [[break]] in court.toml if the definition changed"
            yield Remark(row, "value", what, hint, stops=slip)
            if slip:
                break  # the way back is a jump too
