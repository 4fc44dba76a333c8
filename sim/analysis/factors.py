"""What a sweep has varied: its design and its factors, as the folder tells them.

In: results. Out: the design, and of each factor its title, unit and kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.errors import ServandaError
from sim.runs.results import Results


@dataclass(frozen=True)
class Varied:
    """A factor.

    Args:
        path: What it moves; its column in the tables.
        title: What people call it.
        kind: ``number``, ``whole``, ``switch`` or ``word``.
        unit: Of a number.
        group: The group with which it moves in designs for indices; empty if it moves alone.
    """

    path: str
    title: str
    kind: str
    unit: str = ""
    group: str = ""

    @property
    def moved(self) -> str:
        """What is moved with it: its group, or itself."""
        return self.group or self.path

    @property
    def number(self) -> bool:
        """Whether its values are numbers."""
        return self.kind in {"number", "whole"}


def design(found: Results, where: str) -> Mapping[str, Any]:
    """The design of a sweep: its kind and options.

    Args:
        found: The sweep.
        where: Who asks.

    Raises:
        ServandaError: If the folder does not tell.
    """
    told: Mapping[str, Any] | None = found.manifest.get("design")
    if not told:
        what = "the folder does not say which design its points follow"
        hint = "call `servanda sweep` on it again: it notes the design and keeps what is done"
        raise ServandaError(where, what, hint)
    return told


def factors(found: Results, where: str) -> list[Varied]:
    """The factors of a sweep that take more than one value, in the order of their columns.

    Args:
        found: The sweep.
        where: Who asks.

    Raises:
        ServandaError: If the folder does not tell, or nothing varies.
    """
    design(found, where)
    told = [
        Varied(
            one["path"],
            one["title"],
            _kind(one["kind"], found.points[one["path"]]),
            one["unit"],
            one.get("group", ""),
        )
        for one in found.manifest["factors"]
        if found.points[one["path"]].nunique(dropna=False) > 1
    ]
    if not told:
        raise ServandaError(where, "nothing varies between the points", "it needs factors")
    return told


def _kind(declared: str, column: pd.Series) -> str:
    """What a factor takes; a column of numbers and words together is kept as words."""
    number = pd.api.types.is_numeric_dtype(column)
    return declared if number or declared == "switch" else "word"
