"""The first part of a sweep's design as a sweep of its own, to study convergence."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.report.material import Material
from sim.runs.results import Results

STEPS = (0.25, 0.5, 0.75, 1.0)
"""Shares of the trajectories of a Morris design that are analysed."""
MOST = 4
"""Number of parts of a Sobol design that are analysed. Each is twice as large as the one before."""


class Part(Results):
    """The first points of a sweep.

    Args:
        whole: The sweep.
        count: Number of points.
    """

    def __init__(self, whole: Results, count: int) -> None:
        """Keep only the rows of the first points in the tables that analyses read."""
        self._store = whole._store
        self.manifest = {**whole.manifest, "points": count}
        self.points = _first(whole.points, count)
        self.runs = _first(whole.runs, count)
        self.shares = None if whole.shares is None else _first(whole.shares, count)


def _first(table: pd.DataFrame, count: int) -> pd.DataFrame:
    return table[table["point"] < count].reset_index(drop=True)


def shortened(material: Material) -> Iterator[tuple[int, Part]]:
    """Growing parts of a design, up to the whole, with their numbers of trajectories or samples.

    Args:
        material: A sweep by a Morris or a Sobol design.
    """
    if material.sweep is None:
        return
    plan: dict[str, Any] = dict(material.manifest["design"])
    factors = len([name for name in material.points if name != "point"])
    if plan["kind"] == "morris":
        size, whole = factors + 1, int(plan["trajectories"])
        numbers = sorted({round(share * whole) for share in STEPS})
    else:
        size = factors * (1 + bool(plan["second_order"])) + 2
        whole = int(plan["samples"])
        numbers = sorted(whole >> step for step in range(MOST))
    for number in numbers:
        if number >= 2:
            yield number, Part(material.sweep, number * size)
