"""The runs of a fit: an experiment whose points grow from stage to stage, in one folder.

In: an experiment over the free parameters, and positions in their prior. Out: the counts of each
month of each run. The only state of a fit is its runs. A fit that was stopped is replayed from its
first stage, finds the finished runs in the folder, and goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import ServandaError
from sim.experiment.designs.design import Points
from sim.experiment.experiment import Experiment
from sim.experiment.extended import Extended
from sim.experiment.task import Task, replicate_seed
from sim.runs.results import results
from sim.runs.run_plan import Known, planned
from sim.runs.run_tables import COUNTS
from sim.runs.scenarios import save_scenario
from sim.runs.storage.store import Store
from sim.runs.sweep import Progress, sweep
from sim.runs.sweep_lock import Lock
from sim.runs.workers import Workers
from sim.scenario.scenario import Scenario

STORED = "completion"
"""The one indicator that runs store besides their counts; a sweep needs at least one."""


@dataclass(frozen=True)
class FitPlan(Extended):
    """The points of a fit, each with one run on a seed of its own.

    One run at each of many points tells more about a smooth response than several runs at few.

    Args:
        experiment: The experiment with all points so far.
        cells: Breakdowns whose counts are stored.
        source: File of the scenario on which points are based, if it is not the experiment's base.
    """

    cells: tuple[str, ...] = ("all",)
    source: str = ""

    def tasks(self) -> list[Task]:
        """The run of each point."""
        seed = self.experiment.spec.seed
        return [
            replace(
                self.experiment.task(point, 0),
                source=self.source or self.experiment.base(point).source,
                seed=replicate_seed(seed, point),
                breakdowns=self.cells,
                indicators=(STORED,),
                tables=(COUNTS,),
            )
            for point in range(len(self.experiment.design_points))
        ]


@dataclass
class FitRuns:
    """The runs of one fit in one folder, done when they are asked for.

    Args:
        experiment: The experiment over the free parameters; its points are replaced.
        folder: Folder of the runs, as of a sweep.
        cells: Breakdowns whose counts are stored.
        scenario: The scenario on which points are based, if it is not the experiment's base.
        workers: Makes workers for a number of runs; None for processes on this machine.
        jobs: Number of processes; one per processor if None.
        progress: Called with the runs done, failed and wanted in this stage.
        lock: The lock of the folder, held by the caller.
        command: The command that runs them, for messages.
    """

    experiment: Experiment
    folder: Path
    cells: tuple[str, ...] = ("all",)
    scenario: Scenario | None = None
    workers: Callable[[int], Workers] | None = None
    jobs: int | None = None
    progress: Progress = lambda done, failed, total: None
    lock: Lock | None = None
    command: str = "fit"
    _known: Known = field(default_factory=dict, repr=False)

    def counts(self, places: np.ndarray, columns: Sequence[str]) -> pd.DataFrame:
        """Counts of the runs at all positions; missing runs are done first.

        Args:
            places: Positions in the prior, 0 to 1; NaN leaves the base as it is; shape (points,
                parameters).
            columns: Names of counts, ``n_…``.

        Returns:
            A row per run, month and cell: point, month, breakdown, cell, and the counts. Points
            whose run failed are absent.
        """
        plan = self._plan(places)
        if not self._stored(plan):
            sweep(
                plan,
                self.folder,
                workers=self.workers,
                jobs=self.jobs,
                known=self._known,
                progress=self.progress,
                lock=self.lock,
                command=self.command,
            )
        keys = ("point", "month", "breakdown", "cell")
        chosen = ", ".join(f'"{name}"' for name in (*keys, *columns))
        within = f"WHERE point < {len(places)} ORDER BY point, month, breakdown, cell"
        found = results(self.folder).query(f"SELECT {chosen} FROM {COUNTS} {within}")
        if found.empty:
            what = "every run failed"
            hint = f"see `servanda sweep status {self.folder}`"
            raise ServandaError(str(self.folder), what, hint)
        return found

    def _stored(self, plan: FitPlan) -> bool:
        """Whether the folder has these runs, and numbers its points as this plan does.

        The second can fail although the first holds: a fit with another budget has other points
        under the same numbers.
        """
        wanted = [one.identity for one in planned(plan.tasks(), known=self._known)]
        store = Store(self.folder)
        if store.earlier() is None or not set(wanted) <= store.index().keys():
            return False
        return [one.identity for one in store.plan()[: len(wanted)]] == wanted

    def _plan(self, places: np.ndarray) -> FitPlan:
        spreads = self.experiment.spreads
        rows = tuple(
            tuple(
                None if np.isnan(place) else spread.at(place)
                for spread, place in zip(spreads, row, strict=True)
            )
            for row in places.tolist()
        )
        names = tuple(spread.name for spread in spreads)
        laid = Points(names, rows, shares=places)
        source = str(save_scenario(self.scenario, self.folder)) if self.scenario else ""
        return FitPlan(replace(self.experiment, design_points=laid), self.cells, source)
