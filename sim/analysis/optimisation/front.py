"""The Pareto front of a search: the points within the limits that no other point dominates.

A point dominates another if it is as good in every objective and better in at least one. In: the
folder of a search (`optimise`). Out: an `Optimum`: the front with intervals, every point, and how
the front grew by generation.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.analysis.optimisation.evaluation import Measured, mean_of, measured
from sim.analysis.optimisation.pareto import dominating, hypervolume_share, non_dominated
from sim.analysis.paired import SEED, Difference, difference
from sim.errors import ServandaError
from sim.experiment.spec import Search
from sim.runs.output import declared
from sim.runs.results import results

NOTE = "search.json"
"""File that a search writes beside its runs. With it, they can be read as a search."""
ADDED = "added_outlay"
"""Public cost of a point minus that of the start, yuan a year per 1,000 debtors."""
RESAMPLES = 999
LATE = 0.25
"""Share of the generations, counted from the last. If they add little to the hypervolume (the space
that the front dominates), the search has converged."""

type Again = tuple[dict[str, Difference], bool]
"""The differences of a point from the start on fresh seeds, and `Candidate.holds`."""


@dataclass(frozen=True)
class Candidate:
    """A point of the front: within the limits and not dominated.

    Args:
        point: Number of the point in the folder of the search.
        generation: The generation in which it was found; 0 for the start.
        values: Values of its factors.
        means: Mean of each measure in the search.
        differences: By measure and `ADDED`, paired mean differences from the start with 95 %
            intervals.
        frontier: Share of the resamples of replicates in which the point is within the limits and
            not dominated; NaN if a measure is NaN in some replicate, here or at the start.
        alike: Numbers of the points of the front that do not clearly differ from this one. For
            every objective, the 95 % interval of the difference includes 0 or does not exist.
        fresh: As `differences`, on seeds that the search has not used; empty if none were run.
        holds: Whether the point is within the limits on fresh seeds, and no other point of the
            front dominates it there; None if no fresh seeds were run.
    """

    point: int
    generation: int
    values: Mapping[str, Any]
    means: Mapping[str, float]
    differences: Mapping[str, Difference]
    frontier: float
    alike: tuple[int, ...]
    fresh: Mapping[str, Difference]
    holds: bool | None


@dataclass(frozen=True)
class Optimum:
    """The result of a search.

    Args:
        title: Title of the experiment.
        objectives: By indicator, 1 to maximise and -1 to minimise.
        budget: Limit of added public cost, yuan a year per 1,000 debtors.
        at_most: By indicator, upper limit of its mean.
        at_least: By indicator, lower limit of its mean.
        factors: Names of the factors whose values are chosen.
        replicates: Number of runs of each point.
        confirmed: Number of runs of each point of the front on fresh seeds.
        trials: Number of points tried, with repetitions.
        base: Means of the measures at the start, where no factor is changed.
        front: The best points, sorted by the first objective.
        points: A row for the start and for each point tried: ``point``, ``generation``, the
            factors, ``status`` (``ok`` or ``failed``), ``within`` (whether it is within the
            limits), ``front``, the mean of each measure, and `ADDED`. A point tried again has a
            row each time; only the first can be on the front.
        generations: A row per generation: ``generation``, ``trials`` and ``within`` so far,
            ``front`` (number of points on the front so far) and ``hypervolume`` (the share
            that the front dominates of the space between the best and the worst points of the
            whole search).
        selection_bias: By objective, how much better the front looked in the search than on fresh
            seeds, mean over the front without the start; empty if no fresh seeds were run.
    """

    title: str
    objectives: Mapping[str, int]
    budget: float | None
    at_most: Mapping[str, float]
    at_least: Mapping[str, float]
    factors: tuple[str, ...]
    replicates: int
    confirmed: int
    trials: int
    base: Mapping[str, float]
    front: tuple[Candidate, ...]
    points: pd.DataFrame = field(repr=False)
    generations: pd.DataFrame = field(repr=False)
    selection_bias: Mapping[str, float]

    @property
    def late(self) -> float:
        """Share of the hypervolume that the last quarter of the generations added.

        NaN if there are fewer than four generations, or if the hypervolume is 0.
        """
        volumes = self.generations["hypervolume"].to_numpy()
        if len(volumes) < 4 or volumes[-1] <= 0.0:
            return math.nan
        before = volumes[len(volumes) - 1 - math.ceil(LATE * len(volumes))]
        return float(1.0 - before / volumes[-1])

    def frame(self) -> pd.DataFrame:
        """The front as a table, a row per point.

        Columns: ``point``, ``generation``, the factors; ``frontier``, ``alike``, ``holds``. For
        each measure and for `ADDED`, there are columns that begin with the name. They end in
        ``_mean`` (not for `ADDED`), ``_difference``, ``_low`` and ``_high`` (relative to the start)
        and, with fresh seeds, ``_fresh``, ``_fresh_low`` and ``_fresh_high``.
        """
        return pd.DataFrame([self._row(one) for one in self.front])

    @staticmethod
    def _row(one: Candidate) -> dict[str, Any]:
        row: dict[str, Any] = {"point": one.point, "generation": one.generation, **one.values}
        for name, effect in one.differences.items():
            if name in one.means:
                row[f"{name}_mean"] = one.means[name]
            row |= _ends(name, "difference", effect)
            if one.fresh:
                row |= _ends(f"{name}_fresh", "", one.fresh[name])
        return row | {"frontier": one.frontier, "alike": one.alike, "holds": one.holds}


def _ends(name: str, word: str, effect: Difference) -> dict[str, float]:
    """A mean and the ends of its interval as columns."""
    head = f"{name}_{word}" if word else name
    return {head: effect.mean, f"{name}_low": effect.low, f"{name}_high": effect.high}


def optimum(folder: str | Path) -> Optimum:
    """The best points of a search.

    Args:
        folder: Its folder.

    Raises:
        ServandaError: If the folder contains no search, or runs of it are missing.
    """
    return _Reader(Path(folder)).optimum()


# ---------------------------------------------------------------- reading a folder


class _Reader:
    """Reads the front of a search from its folder."""

    def __init__(self, folder: Path) -> None:
        """Read the folder."""
        found = results(folder)
        note = read_note(folder)
        self.title = str(found.manifest["title"])
        self.design = Search.model_validate(note["design"])
        self.replicates = int(note["replicates"])
        self.fresh = [int(number) for number in note["fresh"]]
        self.chosen = [int(point) for point in note["front"]]
        self.table = found.points
        self.factors = [str(name) for name in self.table if name != "point"]
        self.runs = found.runs
        seen = range(self.replicates)
        self.found = measured(self.design, self.runs, len(self.table), seen)
        self.front = best(self.found, self.table[self.factors])
        self.again = self._again()

    def _again(self) -> Measured | None:
        """Results of the start and the front on fresh seeds; None if these were not run."""
        places = [0, *(point for point in self.front if point > 0)]
        if not self.fresh or not set(places) <= {0, *self.chosen}:
            return None
        runs = self.runs[self.runs["point"].isin(places)]
        runs = runs.assign(point=runs["point"].map({p: n for n, p in enumerate(places)}))
        return measured(self.design, runs, len(places), self.fresh)

    def optimum(self) -> Optimum:
        """Assemble the result."""
        means = self.found.means
        fresh = self._fresh()
        front = [self._candidate(point, fresh) for point in self.front]
        first, sign = next(iter(self.design.objectives().items()))
        front.sort(key=lambda one: (-sign * one.means[first], one.point))
        return Optimum(
            title=self.title,
            objectives=self.design.objectives(),
            budget=self.design.budget,
            at_most=self.design.at_most,
            at_least=self.design.at_least,
            factors=tuple(self.factors),
            replicates=self.replicates,
            confirmed=len(self.fresh) if self.again is not None else 0,
            trials=len(self.table) - 1,
            base={name: float(table[0]) for name, table in means.items()},
            front=tuple(front),
            points=self._points(),
            generations=self._generations(),
            selection_bias=self._selection_bias(front),
        )

    def _generation(self) -> np.ndarray:
        """The generation of each point; 0 for the start."""
        return (np.arange(len(self.table)) - 1) // self.design.population + 1

    def _points(self) -> pd.DataFrame:
        frame = self.table.copy()
        frame.insert(1, "generation", self._generation())
        frame["status"] = np.where(self.found.failed, "failed", "ok")
        frame["within"] = self.found.within
        frame["front"] = frame["point"].isin(self.front)
        for name, means in self.found.means.items():
            frame[name] = means
        return frame.assign(**{ADDED: mean_of(self.found.added)})

    def _generations(self) -> pd.DataFrame:
        """The growth of the front by generation."""
        objectives, within = self.found.objectives, self.found.within
        number = self._generation()
        ahead = objectives[within & (number == 0)]
        rows = []
        for last in range(1, int(number.max(initial=0)) + 1):
            ahead = np.concatenate([ahead, objectives[within & (number == last)]])
            ahead = np.unique(ahead[non_dominated(ahead)], axis=0)
            there = within & (number <= last) & (number > 0)
            rows.append(
                {
                    "generation": last,
                    "trials": int(((number <= last) & (number > 0)).sum()),
                    "within": int(there.sum()),
                    "front": len(ahead),
                    "hypervolume": hypervolume_share(ahead, objectives[within]),
                }
            )
        return pd.DataFrame(rows)

    def _candidate(
        self, point: int, fresh: "dict[int, tuple[dict[str, Difference], bool]]"
    ) -> Candidate:
        row = self.table.iloc[point]
        again, holds = fresh.get(point, ({}, None))
        return Candidate(
            point=point,
            generation=int(self._generation()[point]),
            values={name: _plain(row[name]) for name in self.factors},
            means={name: float(means[point]) for name, means in self.found.means.items()},
            differences=differences(self.found, point),
            frontier=self._shares[point],
            alike=self._alike(point),
            fresh=again,
            holds=holds,
        )

    @cached_property
    def _shares(self) -> dict[int, float]:
        return dict(zip(self.front, frontier(self.found, self.front), strict=True))

    def _alike(self, point: int) -> tuple[int, ...]:
        """Other points of the front that do not clearly differ from a point in any objective."""
        others = (other for other in self.front if other != point)
        return tuple(other for other in others if not self._apart(point, other))

    def _apart(self, one: int, other: int) -> bool:
        tables = (self.found.values[name] for name in self.design.objectives())
        return any(_effect(table[one], table[other]).clear for table in tables)

    def _fresh(self) -> dict[int, Again]:
        """By point of the front, the differences on fresh seeds and `Candidate.holds`."""
        if self.again is None:
            return {}
        places = {0: 0} | {p: n for n, p in enumerate([p for p in self.front if p > 0], 1)}
        ahead = [places[point] for point in self.front]
        objectives, kept = self.again.objectives, self.again.within
        rivals = objectives[[place for place in ahead if kept[place]]]
        return {
            point: (
                differences(self.again, place),
                bool(kept[place]) and not dominating(objectives[place], rivals).any(),
            )
            for point, place in zip(self.front, ahead, strict=True)
        }

    def _selection_bias(self, front: Sequence[Candidate]) -> dict[str, float]:
        """How much the search overstated the front, by objective."""
        chosen = [one for one in front if one.fresh and one.point > 0]
        if not chosen:
            return {}
        return {
            name: sign * float(np.mean([_gap(one, name) for one in chosen])) + 0.0
            for name, sign in self.design.objectives().items()
        }


def _gap(one: Candidate, name: str) -> float:
    """Effect of a point in the search minus its effect on fresh seeds."""
    return one.differences[name].mean - one.fresh[name].mean


def read_note(folder: Path) -> dict[str, Any]:
    """Read the file that a search writes beside its runs.

    Raises:
        ServandaError: If it does not exist, is not the file of a search, or was altered.
    """
    hint = "`servanda optimise` writes one"
    try:
        found = declared.read(folder / NOTE, _Note, "a search", schema=1)
        Search.model_validate(found["design"])
    except FileNotFoundError:
        raise ServandaError(str(folder), "contains no search", hint) from None
    except ValidationError:
        what = "this is not a manifest of a search: 'design'"
        raise ServandaError(str(folder / NOTE), what, hint) from None
    if declared.altered(found):
        raise ServandaError(str(folder / NOTE), "was altered since it was written", hint)
    return found


class _Note(BaseModel):
    """Required content of the file of a search."""

    model_config = ConfigDict(strict=True, extra="allow")

    design: dict[str, Any]
    replicates: Annotated[int, Field(ge=1, le=10**9)]
    seed: int
    front: list[int]
    fresh: list[int]


def best(found: Measured, factors: pd.DataFrame) -> list[int]:
    """The points of the front, each once even if tried several times.

    Args:
        found: The results of the points.
        factors: Values of the factors, a row per point.
    """
    fresh = ~factors.duplicated().to_numpy() if factors.shape[1] else np.ones(len(factors), bool)
    places = np.flatnonzero(found.within & fresh)
    return [int(place) for place in places[non_dominated(found.objectives[places])]]


def differences(found: Measured, point: int) -> dict[str, Difference]:
    """Differences of a point from the start, by measure and `ADDED`."""
    effects = {name: _effect(table[point], table[0]) for name, table in found.values.items()}
    added = found.added
    return effects | {ADDED: _effect(added[point], added[0])}


def _effect(one: np.ndarray, other: np.ndarray) -> Difference:
    return difference(one, other)


def frontier(found: Measured, front: Sequence[int]) -> list[float]:
    """Share of the resamples in which each point is within the limits and not dominated.

    Each resample draws the same replicates for all points. A point with a NaN in some replicate is
    left out, and its share is NaN. All shares are NaN if the start has a NaN, or if there are fewer
    than two replicates.

    Args:
        found: The results of the points.
        front: Numbers of the points to assess.
    """
    holes = [np.isnan(table).any(axis=1) for table in found.values.values()]
    whole = ~found.failed & ~np.any(holes, axis=0)
    replicates = next(iter(found.values.values())).shape[1]
    if not whole[0] or replicates < 2:
        return [math.nan] * len(front)
    rng = np.random.default_rng(SEED)
    kept = np.zeros(len(front))
    for _ in range(RESAMPLES):
        again = found.of(rng.integers(0, replicates, size=(replicates,)))
        within, objectives = again.within & whole, again.objectives
        rivals = objectives[within]
        kept += [within[p] and not dominating(objectives[p], rivals).any() for p in front]
    shares = kept / RESAMPLES
    return [float(s) if whole[p] else math.nan for p, s in zip(front, shares, strict=True)]


def _plain(value: Any) -> Any:
    """The value of a factor as a plain Python value."""
    return value.item() if isinstance(value, np.generic) else value
