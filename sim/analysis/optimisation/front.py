"""The best points of a search: who is beaten by nobody within the limits, and how surely.

In: the folder of a search (`optimise`). Out: an `Optimum`: its front with intervals, every point,
and how the front grew from generation to generation.
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
from sim.analysis.optimisation.pareto import beaten, ruled, unbeaten
from sim.analysis.paired import SEED, Difference, difference
from sim.errors import ServandaError
from sim.experiment.spec import Search
from sim.runs.output import declared
from sim.runs.results import results

NOTE = "search.json"
"""What a search leaves beside its runs, so that they can be read as a search."""
ADDED = "added_outlay"
"""What a point adds to public cost over the start, yuan a year per 1,000 debtors."""
RESAMPLES = 999
LATE = 0.25
"""The last part of the generations, whose gain tells whether a search has come to its end."""

type Again = tuple[dict[str, Difference], bool]
"""What a point does on fresh seeds, and whether it holds there."""


@dataclass(frozen=True)
class Candidate:
    """A point that no other of the search beats within the limits.

    Args:
        point: Its number in the store.
        generation: That in which it was found; 0 for the start, where nothing is chosen.
        values: Its factors.
        means: Mean of each measure in the search.
        differences: By measure and `ADDED`, what it does beside the start: means of paired
            differences with 95 % intervals.
        frontier: Share of resampled replicates in which it keeps the limits and nobody beats it;
            missing where a measure is.
        alike: Points of the front from which no objective tells it apart: the 95 % interval of
            every difference between the two holds 0.
        fresh: As `differences`, on seeds that the search has not seen; empty if none were run.
        holds: Whether on those it keeps the limits and nobody of the front beats it; None if none
            were run.
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
    """What a search has found.

    Args:
        title: Of the experiment.
        objectives: By indicator, 1 where more is wanted and -1 where less is.
        budget: Most that may be added to public cost, yuan a year per 1,000 debtors.
        at_most: By indicator, what its mean may not exceed.
        at_least: By indicator, what it may not fall below.
        factors: What is chosen.
        replicates: Runs of each point.
        confirmed: Runs of each point of the front on fresh seeds.
        trials: Points tried, those tried twice included.
        base: Means of the measures at the start, where nothing is chosen.
        front: The best points, from the best in the first objective.
        points: A row for each point tried and the start: ``point``, ``generation``, the factors,
            ``status`` (``ok`` or ``failed``), ``within`` (whether it keeps the limits), ``front``,
            the mean of each measure, and `ADDED`. A point tried again has a row each time; only
            the first can be on the front.
        generations: A row a generation: ``generation``, ``trials`` and ``within`` so far, ``front``
            (how many nobody beat by then) and ``hypervolume``: the share that these rule of the
            space between the best and the worst points of the whole search.
        luck: By objective, how much better the front looked in the search than on fresh seeds,
            mean over the front; empty if none were run.
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
    luck: Mapping[str, float]

    @property
    def late(self) -> float:
        """Share of the hypervolume that the last quarter of the generations added.

        Missing with fewer than four generations, or where there is no volume.
        """
        volumes = self.generations["hypervolume"].to_numpy()
        if len(volumes) < 4 or volumes[-1] <= 0.0:
            return math.nan
        before = volumes[len(volumes) - 1 - math.ceil(LATE * len(volumes))]
        return float(1.0 - before / volumes[-1])

    def frame(self) -> pd.DataFrame:
        """The front, a row a point.

        Columns: ``point``, ``generation``, the factors; for each measure NAME and `ADDED`:
        NAME ``_mean`` (not of `ADDED`), ``_difference``, ``_low``, ``_high`` beside the start, and
        with fresh seeds ``_fresh``, ``_fresh_low``, ``_fresh_high``; ``frontier``, ``alike``,
        ``holds``.
        """
        return pd.DataFrame([self._row(one) for one in self.front])

    @staticmethod
    def _row(one: Candidate) -> dict[str, Any]:
        row: dict[str, Any] = {"point": one.point, "generation": one.generation, **one.values}
        for name, told in one.differences.items():
            if name in one.means:
                row[f"{name}_mean"] = one.means[name]
            row |= _ends(name, "difference", told)
            if one.fresh:
                row |= _ends(f"{name}_fresh", "", one.fresh[name])
        return row | {"frontier": one.frontier, "alike": one.alike, "holds": one.holds}


def _ends(name: str, word: str, told: Difference) -> dict[str, float]:
    """A mean and the ends of its interval as columns."""
    head = f"{name}_{word}" if word else name
    return {head: told.mean, f"{name}_low": told.low, f"{name}_high": told.high}


def optimum(folder: str | Path) -> Optimum:
    """The best points of a search.

    Args:
        folder: Its folder.

    Raises:
        ServandaError: If there is no search, or runs of it are missing.
    """
    return _Reader(Path(folder)).optimum()


# ---------------------------------------------------------------- reading a folder


class _Reader:
    """Reads the front of a search from its folder."""

    def __init__(self, folder: Path) -> None:
        """Read what the search has left."""
        found = results(folder)
        note = noted(folder)
        self.title = str(found.manifest["title"])
        self.asked = Search.model_validate(note["design"])
        self.replicates = int(note["replicates"])
        self.fresh = [int(number) for number in note["fresh"]]
        self.chosen = [int(point) for point in note["front"]]
        self.table = found.points
        self.factors = [str(name) for name in self.table if name != "point"]
        self.runs = found.runs
        seen = range(self.replicates)
        self.found = measured(self.asked, self.runs, len(self.table), seen)
        self.front = best(self.found, self.table[self.factors])
        self.again = self._again()

    def _again(self) -> Measured | None:
        """The start and the front on fresh seeds; None where they were not run."""
        places = [0, *(point for point in self.front if point > 0)]
        if not self.fresh or not set(places) <= {0, *self.chosen}:
            return None
        runs = self.runs[self.runs["point"].isin(places)]
        runs = runs.assign(point=runs["point"].map({p: n for n, p in enumerate(places)}))
        return measured(self.asked, runs, len(places), self.fresh)

    def optimum(self) -> Optimum:
        """Everything together."""
        means = self.found.means
        fresh = self._fresh()
        front = [self._candidate(point, fresh) for point in self.front]
        first, sign = next(iter(self.asked.objectives().items()))
        front.sort(key=lambda one: (-sign * one.means[first], one.point))
        return Optimum(
            title=self.title,
            objectives=self.asked.objectives(),
            budget=self.asked.budget,
            at_most=self.asked.at_most,
            at_least=self.asked.at_least,
            factors=tuple(self.factors),
            replicates=self.replicates,
            confirmed=len(self.fresh) if self.again is not None else 0,
            trials=len(self.table) - 1,
            base={name: float(table[0]) for name, table in means.items()},
            front=tuple(front),
            points=self._points(),
            generations=self._generations(),
            luck=self._luck(front),
        )

    def _generation(self) -> np.ndarray:
        """That of each point; 0 for the start."""
        return (np.arange(len(self.table)) - 1) // self.asked.population + 1

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
        """How the front grew."""
        objectives, within = self.found.objectives, self.found.within
        number = self._generation()
        ahead = objectives[within & (number == 0)]
        rows = []
        for last in range(1, int(number.max(initial=0)) + 1):
            ahead = np.concatenate([ahead, objectives[within & (number == last)]])
            ahead = np.unique(ahead[unbeaten(ahead)], axis=0)
            there = within & (number <= last) & (number > 0)
            rows.append(
                {
                    "generation": last,
                    "trials": int(((number <= last) & (number > 0)).sum()),
                    "within": int(there.sum()),
                    "front": len(ahead),
                    "hypervolume": ruled(ahead, objectives[within]),
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
        """Points of the front that differ from one by no more than chance in every objective."""
        others = (other for other in self.front if other != point)
        return tuple(other for other in others if not self._apart(point, other))

    def _apart(self, one: int, other: int) -> bool:
        tables = (self.found.values[name] for name in self.asked.objectives())
        return any(_effect(table[one], table[other]).clear for table in tables)

    def _fresh(self) -> dict[int, Again]:
        """By point of the front, what it does on fresh seeds and whether it holds there."""
        if self.again is None:
            return {}
        places = {0: 0} | {p: n for n, p in enumerate([p for p in self.front if p > 0], 1)}
        ahead = [places[point] for point in self.front]
        objectives, kept = self.again.objectives, self.again.within
        rivals = objectives[[place for place in ahead if kept[place]]]
        return {
            point: (
                differences(self.again, place),
                bool(kept[place]) and not beaten(objectives[place], rivals).any(),
            )
            for point, place in zip(self.front, ahead, strict=True)
        }

    def _luck(self, front: Sequence[Candidate]) -> dict[str, float]:
        """How much better the front looked than it is."""
        chosen = [one for one in front if one.fresh and one.point > 0]
        if not chosen:
            return {}
        return {
            name: sign * float(np.mean([_gap(one, name) for one in chosen])) + 0.0
            for name, sign in self.asked.objectives().items()
        }


def _gap(one: Candidate, name: str) -> float:
    """What a point does in the search less what it does on fresh seeds."""
    return one.differences[name].mean - one.fresh[name].mean


def noted(folder: Path) -> dict[str, Any]:
    """What a search has noted beside its runs.

    Raises:
        ServandaError: If there is none, it is none of a search, or it was altered.
    """
    hint = "`servanda optimise` makes one"
    try:
        found = declared.read(folder / NOTE, _Note, "a search", schema=1)
        Search.model_validate(found["design"])
    except FileNotFoundError:
        raise ServandaError(str(folder), "holds no search", hint) from None
    except ValidationError:
        what = "this is no manifest of a search: 'design'"
        raise ServandaError(str(folder / NOTE), what, hint) from None
    if declared.altered(found):
        raise ServandaError(str(folder / NOTE), "was altered since it was written", hint)
    return found


class _Note(BaseModel):
    """What a search must have noted."""

    model_config = ConfigDict(strict=True, extra="allow")

    design: dict[str, Any]
    replicates: Annotated[int, Field(ge=1, le=10**9)]
    seed: int
    front: list[int]
    fresh: list[int]


def best(found: Measured, factors: pd.DataFrame) -> list[int]:
    """Points that nobody beats within the limits, each once however often it was tried.

    Args:
        found: What points came to.
        factors: Their factors, a row a point.
    """
    fresh = ~factors.duplicated().to_numpy() if factors.shape[1] else np.ones(len(factors), bool)
    places = np.flatnonzero(found.within & fresh)
    return [int(place) for place in places[unbeaten(found.objectives[places])]]


def differences(found: Measured, point: int) -> dict[str, Difference]:
    """What a point does beside the start, by measure and `ADDED`."""
    told = {name: _effect(table[point], table[0]) for name, table in found.values.items()}
    added = found.added
    return told | {ADDED: _effect(added[point], added[0])}


def _effect(one: np.ndarray, other: np.ndarray) -> Difference:
    return difference(one, other)


def frontier(found: Measured, front: Sequence[int]) -> list[float]:
    """Share of resampled replicates in which each point keeps the limits and nobody beats it.

    All points of a replicate are drawn together. A point that misses a measure in some replicate
    is left out, and its own share is missing.

    Args:
        found: What points came to.
        front: The points asked for.
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
        kept += [within[p] and not beaten(objectives[p], rivals).any() for p in front]
    shares = kept / RESAMPLES
    return [float(s) if whole[p] else math.nan for p, s in zip(front, shares, strict=True)]


def _plain(value: Any) -> Any:
    """A factor's value as Python has it."""
    return value.item() if isinstance(value, np.generic) else value
