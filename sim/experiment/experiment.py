"""`Experiment`: a checked experiment, with its points and its tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from sim.errors import ServandaError
from sim.experiment.designs.constraints.keeping import kept
from sim.experiment.designs.constraints.language import Constraint
from sim.experiment.designs.design import Points
from sim.experiment.distribution import Spread
from sim.experiment.ensemble import Ensemble
from sim.experiment.factor_target import SCENARIO, Base, Target, Value
from sim.experiment.spec import Spec
from sim.experiment.summary import described, titles
from sim.experiment.task import Task, replicate_seed
from sim.scenario.differences import Unlike, unlike

ECHO = 10_000_000
"""Number of the first seed of an echo."""
SIZES = frozenset({"population.size", "run.months", "run.burn_in"})
"""Paths of the values that decide the size and length of a run."""


@dataclass(frozen=True)
class Experiment:
    """An experiment, checked before anything is run.

    Args:
        spec: The contents of the file.
        name: Short name: the name of the file.
        text: The text of the file; empty if the experiment was given as a mapping.
        bases: The base scenarios of the points, by the names that points use.
        targets: The place that each factor changes, by base and by path of the factor.
        spreads: The factors whose values the design chose; empty for points from a file.
        design_points: The points of the design.
        constraints: Constraints between the factors, which every point satisfies.
        ensemble: Sets of parameters that take the place of the base's, another one in each
            replicate; None for the base's own.
        echo: Whether seeds are others than those of the experiment, while each replicate keeps its
            set of parameters. An echo tells chance from parameters.
    """

    spec: Spec
    name: str
    text: str
    bases: Mapping[str, Base]
    targets: Mapping[str, Mapping[str, Target]] = field(repr=False)
    spreads: tuple[Spread, ...]
    design_points: Points = field(repr=False)
    constraints: tuple[Constraint, ...] = ()
    ensemble: Ensemble | None = None
    echo: bool = False

    @property
    def title(self) -> str:
        """Title of the experiment for readers."""
        return self.spec.title

    @property
    def question(self) -> str:
        """The question that the experiment is meant to answer."""
        return self.spec.question

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.design_points) * self.spec.replicates

    @cached_property
    def seeds(self) -> tuple[int, ...]:
        """Seed of each replicate; those of an echo are far beyond those of any experiment."""
        first = ECHO if self.echo else 0
        return tuple(
            replicate_seed(self.spec.seed, first + number) for number in range(self.spec.replicates)
        )

    def base(self, point: int) -> Base:
        """The base scenario of a point."""
        row = dict(zip(self.design_points.names, self.design_points.rows[point], strict=True))
        named = row.get(SCENARIO)
        return next(iter(self.bases.values())) if named is None else self.bases[str(named)]

    def puts(self, point: int) -> tuple[tuple[str, Any], ...]:
        """The values that a point sets in its base, as pairs of path and value."""
        base = self.base(point)
        made = dict(self.spec.puts())
        for name, value in zip(
            self.design_points.names, self.design_points.rows[point], strict=True
        ):
            if name != SCENARIO:
                made |= dict(self.targets[base.name][name].puts(value))
        return tuple(made.items())

    def task(self, point: int, replicate: int) -> Task:
        """The task of one run."""
        return Task(
            point=point,
            replicate=replicate,
            seed=self.seeds[replicate],
            source=self.base(point).source,
            values=self._with_member(replicate, self.puts(point)),
            breakdowns=self.spec.by,
            indicators=self.spec.indicators,
            tables=self.spec.tables,
            panel=self.spec.panel,
        )

    @cached_property
    def _members(self) -> list[tuple[tuple[str, float], ...]]:
        """The parameters of each replicate."""
        if self.ensemble is None:
            return []
        return self.ensemble.members(self.spec.replicates, self.spec.seed)

    def _with_member(
        self, replicate: int, puts: tuple[tuple[str, Any], ...]
    ) -> tuple[tuple[str, Any], ...]:
        """What a point sets, and the parameters of the replicate's set that it does not set."""
        if self.ensemble is None:
            return puts
        return tuple((dict(self._members[replicate]) | dict(puts)).items())

    def with_ensemble(self, ensemble: Ensemble) -> "Experiment":
        """The same experiment over an ensemble of parameters.

        Raises:
            ServandaError: If a base does not have these parameters, or bases differ in one of them.
        """
        for base in self.bases.values():
            ensemble.refuse_foreign(base)
        for path in ensemble.paths:
            if len({_value(base, path) for base in self.bases.values()}) > 1:
                what = f"the scenarios differ in '{path}', which the ensemble would make equal"
                raise ServandaError(ensemble.name, what, "compare scenarios with one value of it")
        return replace(self, ensemble=ensemble)

    def tasks(self) -> list[Task]:
        """The task of every run: all points of the first replicate, then all of the second, etc.

        A sweep that is stopped early therefore still covers all points, with fewer replicates.
        """
        return [
            self.task(point, replicate)
            for replicate in range(self.spec.replicates)
            for point in range(len(self.design_points))
        ]

    def points(self) -> pd.DataFrame:
        """A table with a row per point: its number, its labels, and the value of each factor.

        Labels are columns that describe a point and change nothing. If a point leaves a factor as
        in the base, the table shows the value of the base.
        """
        frame = self.design_points.frame()
        for name in self.design_points.names:
            if frame[name].isna().any():
                frame[name] = [self._shown(point, name) for point in range(len(frame))]
        return frame

    def shares(self) -> pd.DataFrame | None:
        """The coordinates of each point, 0 to 1; a row per point and a column per factor.

        Coordinates are quantiles in sampled designs, positions in the range in the design of
        Morris, and levels (0 or 1) in factorial designs. None in other designs.
        """
        if self.design_points.shares is None:
            return None
        frame = pd.DataFrame(self.design_points.shares, columns=list(self.design_points.names))
        frame.insert(0, "point", range(len(frame)))
        return frame

    def described(self) -> dict[str, Any]:
        """Size, seed, titles, design and factors in plain values, for the manifest of a sweep."""
        summary = described(self.spec.design, self.spreads, self.design_points, self.targets)
        debtors, months, _ = zip(*self.sizes, strict=True)
        return {
            "seed": self.spec.seed,
            "replicates": self.spec.replicates,
            "debtors": [min(debtors), max(debtors)],
            "months": [min(months), max(months)],
            "titles": titles(self.bases),
            "currency": next(iter(self.bases.values())).scenario.currency,
            "unlike": [one._asdict() for one in self.unlike()],
            "constraints": list(self.spec.constraints),
            "ensemble": None if self.ensemble is None else self.ensemble.described(),
            **summary,
        }

    def keeps(self, row: Sequence[Value]) -> bool:
        """Whether a point with these values of the factors satisfies the constraints."""
        return bool(kept(self.constraints, self.spreads, [row])[0])

    def unlike(self) -> list[Unlike]:
        """How compared scenarios differ from the first one, apart from their policies."""
        if len(self.bases) < 2 or SCENARIO not in self.design_points.names:
            return []
        place = self.design_points.names.index(SCENARIO)
        sides = dict.fromkeys(
            str(row[place]) for row in self.design_points.rows if row[place] is not None
        )
        return unlike({name: self.bases[name].scenario for name in sides})

    @cached_property
    def sizes(self) -> dict[tuple[int, int, int], tuple[int, int]]:
        """For each `size` of runs: how many points have it, and the last of these points.

        The size is computed once for all points that agree in the factors which can change it.
        """
        named = self.design_points.names
        targets = next(iter(self.targets.values()), {})
        moving = [
            place
            for place, name in enumerate(named)
            if name == SCENARIO or (name in targets and targets[name].put in SIZES)
        ]
        known: dict[tuple[Any, ...], tuple[int, int, int]] = {}
        found: dict[tuple[int, int, int], tuple[int, int]] = {}
        for point, row in enumerate(self.design_points.rows):
            key = tuple(row[place] for place in moving)
            if key not in known:
                known[key] = self.size(point)
            count, _ = found.get(known[key], (0, point))
            found[known[key]] = (count + 1, point)
        return found

    def size(self, point: int) -> tuple[int, int, int]:
        """Number of debtors, measured months and months of burn-in of a run at a point."""
        base, puts = self.base(point).scenario, dict(self.puts(point))
        return (
            puts.get("population.size", base.population.size),
            puts.get("run.months", base.run.months),
            puts.get("run.burn_in", base.run.burn_in),
        )

    def _shown(self, point: int, name: str) -> Any:
        value = self.design_points.rows[point][self.design_points.names.index(name)]
        base = self.base(point)
        if value is not None:
            return value
        return base.name if name == SCENARIO else self.targets[base.name][name].value


def _value(base: Base, path: str) -> Value:
    """Value of a path in a base that has it."""
    found = base.target(path)
    return found.value if isinstance(found, Target) else None
