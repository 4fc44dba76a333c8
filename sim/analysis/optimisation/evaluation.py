"""Evaluation of the points of a search: objectives, limits, and added public cost.

In: finished runs, and the design of the search. Out: `Measured`, arrays with a row per point. The
first point is the start: every policy whose dose is a factor is off, and all else is as in the
base.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sim.analysis.sensitivity.responses import finite
from sim.errors import ServandaError
from sim.experiment.spec import OUTLAY, Search

THOUSAND = 1000.0


@dataclass(frozen=True)
class Measured:
    """The results of points on some replicates.

    Args:
        design: The design of the search, with objectives and limits.
        values: By measure, the values; shape (points, replicates). NaN if a run has no value. The
            first point is the start.
        failed: By point, whether any run failed, any run has an infinite measure, or any measure is
            NaN in all runs.
    """

    design: Search
    values: Mapping[str, np.ndarray]
    failed: np.ndarray

    @cached_property
    def means(self) -> dict[str, np.ndarray]:
        """By measure, the mean of each point; NaN without any value."""
        return {name: mean_of(table) for name, table in self.values.items()}

    @cached_property
    def added(self) -> np.ndarray:
        """Public cost that points add, yuan a year per 1,000 debtors, by point and replicate."""
        table = self.values[OUTLAY]
        return np.asarray(THOUSAND * (table - table[0]))

    @cached_property
    def objectives(self) -> np.ndarray:
        """Objectives, shape (points, objectives); smaller is better."""
        wanted = self.design.objectives().items()
        return np.stack([-sign * self.means[name] for name, sign in wanted], axis=1)

    @cached_property
    def excess(self) -> np.ndarray:
        """Excess of each point over each limit, as a share of the limit; shape (points, limits).

        It is 0 or less within the limit. If a limit is 0, the excess is absolute.
        """
        found = [self._over(name, top, 1.0) for name, top in self.design.at_most.items()]
        found += [self._over(name, least, -1.0) for name, least in self.design.at_least.items()]
        if self.design.budget is not None:
            found.append(mean_of(self.added) / self.design.budget - 1.0)
        none = np.zeros((len(self.failed), 0))
        return np.stack(found, axis=1) if found else none

    def _over(self, name: str, limit: float, sign: float) -> np.ndarray:
        return np.asarray(sign * (self.means[name] - limit) / (abs(limit) or 1.0))

    @cached_property
    def within(self) -> np.ndarray:
        """By point, whether it did not fail and is within all limits."""
        kept: np.ndarray = ~self.failed & (self.excess <= 0.0).all(axis=1)
        return kept

    def of(self, draws: np.ndarray) -> "Measured":
        """The same results on resampled replicates; `draws` are their numbers."""
        tables = {name: table[:, draws] for name, table in self.values.items()}
        return Measured(self.design, tables, self.failed)


def measured(
    design: Search, runs: pd.DataFrame, points: int, replicates: Sequence[int]
) -> Measured:
    """The results of points on some replicates.

    Args:
        design: The design of the search.
        runs: Finished runs: ``point``, ``replicate``, ``status`` and the measures.
        points: Number of points to use, counted from point 0, which is the start.
        replicates: Numbers of the replicates to use.

    Raises:
        ServandaError: If a run is missing.
    """
    wanted = pd.MultiIndex.from_product([range(points), replicates], names=["point", "replicate"])
    names = measures(design)
    rows = runs.set_index(["point", "replicate"]).reindex([*names, "status"], axis=1)
    rows = rows.reindex(wanted)
    if rows["status"].isna().any():
        missing = int(rows["status"].isna().sum())
        what = f"{missing} of {len(wanted)} runs are missing"
        raise ServandaError("search", what, "repeat `servanda optimise` to run them")
    shape = (points, len(replicates))
    read = {name: rows[name].to_numpy(float).reshape(shape) for name in names}
    values = {name: finite(table) for name, table in read.items()}
    failed = (rows["status"] != "ok").to_numpy().reshape(shape).any(axis=1)
    for name, table in values.items():
        failed |= np.isnan(table).all(axis=1) | np.isinf(read[name]).any(axis=1)
    return Measured(design, values, failed)


def measures(design: Search) -> list[str]:
    """Names of the indicators that a search needs; public cost is always among them."""
    return list(dict.fromkeys([*design.needs(), OUTLAY]))


def mean_of(table: np.ndarray) -> np.ndarray:
    """Mean over replicates of each point, ignoring NaN."""
    there = ~np.isnan(table)
    count = there.sum(axis=1)
    sums = np.where(there, table, 0.0).sum(axis=1)
    return np.asarray(np.where(count > 0, sums / np.maximum(count, 1), np.nan))
