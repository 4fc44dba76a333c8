"""What the points of a search came to: objectives, limits, and what each adds to public cost.

In: finished runs, and what is wanted of them. Out: `Measured`, arrays with a row a point, of which
the first is the start, where nothing is chosen.
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
    """What points came to on some replicates.

    Args:
        asked: What is wanted of them.
        values: By measure, shape (points, replicates); missing where a run has none. The first
            point is the start.
        failed: Points of which a run failed or is infinite, or all runs miss a measure.
    """

    asked: Search
    values: Mapping[str, np.ndarray]
    failed: np.ndarray

    @cached_property
    def means(self) -> dict[str, np.ndarray]:
        """By measure, the mean of each point; missing where it failed."""
        return {name: mean_of(table) for name, table in self.values.items()}

    @cached_property
    def added(self) -> np.ndarray:
        """What each point adds to public cost, yuan a year per 1,000 debtors; as `values`."""
        table = self.values[OUTLAY]
        return np.asarray(THOUSAND * (table - table[0]))

    @cached_property
    def objectives(self) -> np.ndarray:
        """Shape (points, objectives), less being better."""
        wanted = self.asked.objectives().items()
        return np.stack([-sign * self.means[name] for name, sign in wanted], axis=1)

    @cached_property
    def excess(self) -> np.ndarray:
        """By how much each point breaks each limit, as a share of it; shape (points, limits)."""
        found = [self._over(name, top, 1.0) for name, top in self.asked.at_most.items()]
        found += [self._over(name, least, -1.0) for name, least in self.asked.at_least.items()]
        if self.asked.budget is not None:
            found.append(mean_of(self.added) / self.asked.budget - 1.0)
        none = np.zeros((len(self.failed), 0))
        return np.stack(found, axis=1) if found else none

    def _over(self, name: str, limit: float, sign: float) -> np.ndarray:
        return np.asarray(sign * (self.means[name] - limit) / (abs(limit) or 1.0))

    @cached_property
    def within(self) -> np.ndarray:
        """Whether each point keeps every limit."""
        kept: np.ndarray = ~self.failed & (self.excess <= 0.0).all(axis=1)
        return kept

    def of(self, draws: np.ndarray) -> "Measured":
        """The same on replicates drawn with repetition."""
        tables = {name: table[:, draws] for name, table in self.values.items()}
        return Measured(self.asked, tables, self.failed)


def measured(asked: Search, runs: pd.DataFrame, points: int, replicates: Sequence[int]) -> Measured:
    """What points came to.

    Args:
        asked: What is wanted.
        runs: Finished runs: ``point``, ``replicate``, ``status`` and the measures.
        points: How many there are, from point 0, the start.
        replicates: The replicates to look at.

    Raises:
        ServandaError: If a run is missing.
    """
    wanted = pd.MultiIndex.from_product([range(points), replicates], names=["point", "replicate"])
    names = measures(asked)
    told = runs.set_index(["point", "replicate"]).reindex([*names, "status"], axis=1)
    told = told.reindex(wanted)
    if told["status"].isna().any():
        missing = int(told["status"].isna().sum())
        what = f"{missing} of {len(wanted)} runs are missing"
        raise ServandaError("search", what, "the same `servanda optimise` does them")
    shape = (points, len(replicates))
    read = {name: told[name].to_numpy(float).reshape(shape) for name in names}
    values = {name: finite(table) for name, table in read.items()}
    failed = (told["status"] != "ok").to_numpy().reshape(shape).any(axis=1)
    for name, table in values.items():
        failed |= np.isnan(table).all(axis=1) | np.isinf(read[name]).any(axis=1)
    return Measured(asked, values, failed)


def measures(asked: Search) -> list[str]:
    """The indicators that a search looks at; what is paid is always told."""
    return list(dict.fromkeys([*asked.needs(), OUTLAY]))


def mean_of(table: np.ndarray) -> np.ndarray:
    """Mean over replicates of each point, without those that miss the measure."""
    there = ~np.isnan(table)
    count = there.sum(axis=1)
    sums = np.where(there, table, 0.0).sum(axis=1)
    return np.asarray(np.where(count > 0, sums / np.maximum(count, 1), np.nan))
