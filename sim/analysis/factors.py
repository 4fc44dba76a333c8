"""The design and the factors of a sweep, as recorded in its folder.

In: results. Out: the design, and the title, unit and kind of each factor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.errors import ServandaError
from sim.runs.results import Results


@dataclass(frozen=True)
class Factor:
    """A factor of an experiment.

    Args:
        path: Path of the value that the factor sets; also the name of the column in tables.
        title: Name of the factor in reports.
        kind: ``number``, ``whole`` (a whole number), ``switch`` or ``word``.
        unit: Unit of a number; empty for switches and words.
        group: The group of factors that move together in designs for sensitivity indices; empty if
            this factor moves alone.
    """

    path: str
    title: str
    kind: str
    unit: str = ""
    group: str = ""

    @property
    def moved(self) -> str:
        """Name of the group, or the path if the factor moves alone."""
        return self.group or self.path

    @property
    def number(self) -> bool:
        """Whether its values are numbers."""
        return self.kind in {"number", "whole"}


def design(found: Results, where: str) -> Mapping[str, Any]:
    """The design of a sweep: its kind and options.

    Args:
        found: The sweep.
        where: Location for the error, such as the name of the analysis.

    Raises:
        ServandaError: If the folder does not record it.
    """
    stated: Mapping[str, Any] | None = found.manifest.get("design")
    if not stated:
        what = "the folder does not record the design of its points"
        hint = "run `servanda sweep` on it again: it records the design and keeps finished runs"
        raise ServandaError(where, what, hint)
    return stated


def factors(found: Results, where: str) -> list[Factor]:
    """The factors of a sweep that have more than one value, in the order of their columns.

    Args:
        found: The sweep.
        where: Location for the error, such as the name of the analysis.

    Raises:
        ServandaError: If the folder does not record them, or nothing varies.
    """
    design(found, where)
    varying = [
        Factor(
            one["path"],
            one["title"],
            _kind(one["kind"], found.points[one["path"]]),
            one["unit"],
            one.get("group", ""),
        )
        for one in found.manifest["factors"]
        if found.points[one["path"]].nunique(dropna=False) > 1
    ]
    if not varying:
        raise ServandaError(
            where,
            "no factor varies between the points",
            "run a sweep in which a factor has several values",
        )
    return varying


def _kind(declared: str, column: pd.Series) -> str:
    """The kind of a factor. A column that mixes numbers and words counts as words."""
    number = pd.api.types.is_numeric_dtype(column)
    return declared if number or declared == "switch" else "word"
