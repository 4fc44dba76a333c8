"""An ensemble: weighted sets of parameters that fit a court's figures about equally well.

In: a Parquet file that a fit has written. Out: an `Ensemble`, whose
members take the place of the base's parameters, replicate by replicate.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import ServandaError
from sim.experiment.factor_target import Base
from sim.reading.columns import columns
from sim.reading.file import Missing, Unreadable, contents
from sim.reading.limits import TABLE_BYTES
from sim.scenario.checking.fault import Fault

WEIGHT = "weight"
"""Column with the weights; every other column is the path of a parameter."""
ENDING = ".parquet"
GOLDEN = (5.0**0.5 - 1.0) / 2.0


@dataclass(frozen=True)
class Ensemble:
    """Weighted sets of parameters.

    Args:
        name: Path of the file, or of the folder of the fit.
        paths: Paths of the parameters.
        values: Their values; shape (sets, parameters).
        weights: Weights of the sets, with sum 1; shape (sets,).
    """

    name: str
    paths: tuple[str, ...]
    values: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)

    def __len__(self) -> int:
        """Number of sets."""
        return len(self.values)

    @property
    def effective(self) -> float:
        """Effective number of sets."""
        return float(1.0 / np.square(self.weights).sum())

    def members(
        self, count: int, seed: int, fixed: Collection[str] = ()
    ) -> list[tuple[tuple[str, float], ...]]:
        """Sets drawn in proportion to their weights, as pairs of path and value.

        The quantiles of the draws are steps of the golden ratio: they cover the ensemble evenly,
        and a longer series begins with the shorter one.

        Args:
            count: Number of sets to draw.
            seed: Seed of the first draw.
            fixed: Paths that keep the value of the scenario.
        """
        first = np.random.default_rng([seed, 5]).random()
        at = (first + GOLDEN * np.arange(count)) % 1.0
        drawn = np.searchsorted(np.cumsum(self.weights), at).clip(0, len(self) - 1)
        kept = [(place, path) for place, path in enumerate(self.paths) if path not in fixed]
        return [
            tuple((path, float(self.values[one, place])) for place, path in kept) for one in drawn
        ]

    def described(self) -> dict[str, Any]:
        """Name and size in plain values, for the manifest of a sweep."""
        return {
            "name": self.name,
            "parameters": list(self.paths),
            "sets": len(self),
            "effective": self.effective,
        }

    def refuse_foreign(self, base: Base) -> None:
        """Refuse a base that has not these parameters, or not these values in its ranges.

        Raises:
            ServandaError: With the parameter, and what is wrong.
        """
        for place, path in enumerate(self.paths):
            found = base.target(path)
            if isinstance(found, Fault):
                raise ServandaError(self.name, f"{base.name} has no '{path}'", found.hint)
            for value in (self.values[:, place].min(), self.values[:, place].max()):
                if (wrong := found.problem(float(value))) is not None:
                    raise ServandaError(f"{self.name}: {path}", *wrong)


def load_ensemble(source: str | Path) -> Ensemble:
    """Read an ensemble.

    Args:
        source: A Parquet file, or the folder of a fit.

    Raises:
        ServandaError: If there is no such ensemble, or the file is not one.
    """
    path = Path(source)
    if path.is_dir():
        path /= f"ensemble{ENDING}"
    try:
        read = columns(contents(path, TABLE_BYTES, "an ensemble"), str(path))
    except Missing:
        hint = "name the folder of a complete fit, or its ensemble.parquet"
        raise ServandaError(str(source), "there is no such ensemble", hint) from None
    except Unreadable as error:
        raise ServandaError(str(path), error.what, error.hint) from None
    return _ensemble(str(source), read.heads, [row for _, row in read.rows])


def _ensemble(name: str, heads: list[str], rows: list[list[object]]) -> Ensemble:
    """The ensemble in a table.

    Raises:
        ServandaError: If the table is not one.
    """
    if WEIGHT not in heads or len(heads) < 2 or not rows:
        what = f"needs a column '{WEIGHT}', a column per parameter, and rows"
        raise ServandaError(name, what, "`servanda fit` writes such files")
    try:
        table = np.array(rows, float)
    except (TypeError, ValueError):
        raise ServandaError(name, "has a cell that is not a number") from None
    place = heads.index(WEIGHT)
    weights = table[:, place]
    if not np.isfinite(table).all() or (weights < 0.0).any() or weights.sum() <= 0.0:
        raise ServandaError(name, "has a weight below 0, no weight, or an infinite number")
    kept = weights > 0.0
    paths = tuple(head for head in heads if head != WEIGHT)
    values = np.delete(table, place, axis=1)[kept]
    return Ensemble(name, paths, values, weights[kept] / weights[kept].sum())
