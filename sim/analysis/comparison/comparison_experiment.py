"""Scenarios side by side as an experiment, each at its dose.

A lever is a number that policies change. A dose is the number by which each change is multiplied.

In: scenarios, the baseline first, and optionally a budget. Out: a `Comparison`. A sweep runs it as
any other experiment, and the folder records what was compared.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.comparison.cost import Cost, doses_within_budget
from sim.analysis.comparison.dose import puts
from sim.errors import ServandaError
from sim.experiment.extended import Extended
from sim.experiment.task import Task
from sim.scenario.differences import Unlike
from sim.scenario.scenario import Scenario

DOSE = "dose"
"""Column of the table of points: the dose of a scenario's policies."""


@dataclass(frozen=True)
class Comparison(Extended):
    """Scenarios side by side as an experiment, each at its dose.

    Args:
        experiment: The scenarios as their files define them.
        doses: By scenario, the dose of its own policies; 1 if it is not listed.
        about: More entries for the manifest of the folder, in plain values, such as a district or a
            budget.
    """

    doses: Mapping[str, float] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.experiment.runs

    @property
    def names(self) -> list[str]:
        """The scenarios, the baseline first."""
        return [
            self.experiment.base(point).name for point in range(len(self.experiment.design_points))
        ]

    @property
    def baseline_policies(self) -> set[str]:
        """Names of the policies of the baseline. Doses do not change them."""
        return {policy.name for policy in self.world(self.names[0]).policies}

    def world(self, name: str) -> Scenario:
        """A scenario as it is run, except for its dose and its seed."""
        return self.experiment.bases[name].scenario

    def with_about(self, about: Mapping[str, Any]) -> "Comparison":
        """The same comparison, with more entries to record in its folder."""
        return replace(self, about={**self.about, **about})

    def echo(self) -> "Comparison":
        """The same comparison with other seeds, each replicate with its set of parameters."""
        return replace(self, experiment=replace(self.experiment, echo=True))

    def unlike(self) -> list[Unlike]:
        """The differences between the worlds apart from their policies."""
        return self.experiment.unlike()

    def tasks(self) -> list[Task]:
        """All runs, with policies at their doses."""
        names, fixed = self.names, self.baseline_policies
        more = {
            point: tuple(puts(self.world(name), self.doses[name], fixed))
            for point, name in enumerate(names)
            if name in self.doses
        }
        return [
            replace(task, values=(*task.values, *more.get(task.point, ())))
            for task in self.experiment.tasks()
        ]

    def points(self) -> pd.DataFrame:
        """One row per scenario: its number, its name and, where doses are given, its dose."""
        frame = super().points()
        if self.doses:
            frame[DOSE] = [float(self.doses.get(name, 1.0)) for name in self.names]
        return frame

    def described(self) -> dict[str, Any]:
        """The description of the experiment for the manifest, with `about` added."""
        return {**super().described(), **self.about}


def at_equal_cost(
    comparison: Comparison,
    budget: float | Callable[[float], float],
    jobs: int = 1,
    progress: Callable[[int], object] = lambda _: None,
    burn_ins: Path | None = None,
) -> tuple[Comparison, dict[str, Cost]]:
    """Find the dose at which each scenario costs more than the baseline by exactly the budget.

    Args:
        comparison: The scenarios.
        budget: Additional public cost of each scenario, yuan a year per 1,000 debtors, or a
            function that gives it; see `sim.analysis.comparison.cost.doses_within_budget`.
        jobs: Number of processes; it does not change results.
        progress: Called with the number of scenarios whose dose has been found.
        burn_ins: Folder of worlds at the end of their burn-in, as for `sim.runs.sweep.sweep`.

    Returns:
        The comparison at these doses, and the cost by scenario.

    Raises:
        ServandaError: If a scenario has only the policies of the baseline, or a run fails.
    """
    base, *others = comparison.names
    fixed = comparison.baseline_policies
    for name in others:
        if not {policy.name for policy in comparison.world(name).policies} - fixed:
            hint = "a budget pays for policies; leave this scenario out, or leave out --budget"
            raise ServandaError(name, "has no policies other than the baseline's", hint)
    packages = {name: comparison.world(name) for name in others}
    seeds: Sequence[int] = comparison.experiment.seeds
    found = doses_within_budget(
        packages,
        budget,
        seeds,
        jobs,
        progress,
        base=comparison.world(base),
        beyond=True,
        burn_ins=burn_ins,
    )
    doses = {name: cost.dose for name, cost in found.items()}
    return replace(comparison, doses=doses), found
