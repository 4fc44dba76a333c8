"""The runs of a forecast: every member of an ensemble under every policy, on common seeds.

In: a problem, the members, and the file of each arm (a scenario). Out: the tasks of a sweep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.evidence.fitting.problem import Problem
from sim.experiment.task import Task, replicate_seed
from sim.runs.run_tables import COUNTS

SEEDS = 2
"""Runs of each member under each policy, so that chance can be told from parameters."""
FIRST_SEED = 1_000_000
"""Number of the first seed of forecasts, beyond those of any fit."""
TODAY = "as it is"
"""Name of the arm without further policies."""


@dataclass(frozen=True)
class ForecastPlan:
    """The runs of a forecast, in the form that a sweep needs.

    Args:
        problem: The problem of the fit.
        members: Values of the parameters of each member.
        files: File of the scenario of each arm, by name.
        months: Number of measured months.
    """

    problem: Problem
    members: Sequence[tuple[tuple[str, float], ...]]
    files: Mapping[str, Path]
    months: int

    text = ""
    question = "What will the figures of the court be?"

    @property
    def title(self) -> str:
        """Title for readers."""
        return f"Forecast: {self.problem.spec.title or self.problem.evidence.path.name}"

    def tasks(self) -> list[Task]:
        """All arms of the first member and seed, then of the next."""
        seed = self.problem.spec.seed
        arms = list(self.files.values())
        return [
            Task(
                point=member * len(arms) + arm,
                replicate=replicate,
                seed=replicate_seed(seed, FIRST_SEED + member * SEEDS + replicate),
                source=str(file),
                values=(*values, ("run.months", self.months)),
                breakdowns=self.problem.cells,
                indicators=("completion",),
                tables=(COUNTS,),
            )
            for member, values in enumerate(self.members)
            for replicate in range(SEEDS)
            for arm, file in enumerate(arms)
        ]

    def points(self) -> pd.DataFrame:
        """Member, arm and parameters of each point."""
        rows: list[dict[str, Any]] = [
            {"point": member * len(self.files) + arm, "member": member, "arm": name, **dict(values)}
            for member, values in enumerate(self.members)
            for arm, name in enumerate(self.files)
        ]
        return pd.DataFrame(rows)

    def shares(self) -> None:
        """None: points are drawn from an ensemble."""

    def described(self) -> dict[str, Any]:
        """Nothing more for the manifest."""
        return {}
