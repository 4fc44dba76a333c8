"""The best packages under a budget: generations of points, each swept before the next is chosen.

In: an experiment whose points are chosen by search, and a folder. Out: the folder as an ordinary
sweep of all points tried, where each replicate has the same seed at all points; and an `Optimum`.

The only state of a search is its runs, because the next points follow from the seed and the earlier
results. A search may be stopped at any moment. When it is started again, it is replayed from the
first generation, finds the finished runs in the folder, and goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from sim.analysis.optimisation.evaluation import Measured, measured
from sim.analysis.optimisation.front import NOTE, Optimum, best, optimum
from sim.analysis.optimisation.nsga2 import Evolution
from sim.errors import ServandaError
from sim.experiment.designs.design import Points
from sim.experiment.experiment import Experiment
from sim.experiment.extended import Extended
from sim.experiment.factor_target import Value
from sim.experiment.reading.file import design_of, load_experiment
from sim.experiment.spec import Search
from sim.experiment.task import Task
from sim.runs.output import declared
from sim.runs.output.atomic import unwritable, write_whole
from sim.runs.run_plan import Known, planned
from sim.runs.storage.store import Store
from sim.runs.sweep import Progress as SweepProgress
from sim.runs.sweep import reused_workers, sweep
from sim.runs.sweep import silent as silent_sweep
from sim.runs.sweep_lock import Lock
from sim.runs.workers import Workers
from sim.scenario.checking.check import OVERRIDE, ScenarioErrors
from sim.scenario.reading.draft import Source

IMPOSSIBLE = 1e9
"""A failed point is given this excess over each limit. No point that ran has so large an excess."""


class SearchProgress(Protocol):
    """Callback for the progress of a search."""

    def __call__(self, what: str, done: int, total: int) -> object:
        """Receive how many of the trials, or of the runs on fresh seeds, are done."""


TRIALS, FRESH = "trials", "runs on fresh seeds"
"""What progress counts: trials during the search, then runs on fresh seeds."""


def ignore_progress(what: str, done: int, total: int) -> None:
    """Do nothing."""


def searching(source: Source, *, overrides: Mapping[str, object] | None = None) -> Experiment:
    """An experiment as a search over its factors.

    A design of another kind is replaced by a search. Its factors stay, and so do the policies that
    it switches on and off.

    Args:
        source: A file, the name of a shipped experiment, or a mapping with the same keys.
        overrides: As for `load_experiment`, such as ``design.budget``.

    Raises:
        ScenarioErrors: If the experiment is invalid, or has no factors to choose.
    """
    laid = design_of(source)
    puts: dict[str, object] = {}
    if laid.get("kind") != "search":
        kept = {"policies": laid["policies"]} if "policies" in laid else {}
        puts["design"] = {"kind": "search"} | kept
    try:
        return load_experiment(source, overrides=puts | dict(overrides or {}))
    except ScenarioErrors as wrong:
        # The user did not write this override of the design. Errors should not name it.
        ours = f"{OVERRIDE} design"
        raise ScenarioErrors(
            [
                ServandaError("design" if e.where == ours else e.where, e.what, e.hint)
                for e in wrong.errors
            ]
        ) from None


@dataclass(frozen=True)
class SearchPlan(Extended):
    """The runs of a search in the form that a sweep needs: all points, some also on fresh seeds.

    Args:
        experiment: The experiment with the points so far.
        again: Numbers of the points that are also run on fresh seeds, to confirm them.
        confirm: Number of fresh seeds. They follow the seeds of the search.
    """

    again: tuple[int, ...] = ()
    confirm: int = 0

    @property
    def fresh(self) -> tuple[int, ...]:
        """Numbers of the replicates on fresh seeds."""
        seen = self.experiment.spec.replicates
        return tuple(range(seen, seen + self.confirm))

    def tasks(self) -> list[Task]:
        """Every run of the search, then those on fresh seeds."""
        spec = self.experiment.spec
        more = spec.model_copy(update={"replicates": spec.replicates + self.confirm})
        longer = replace(self.experiment, spec=more)
        found = self.experiment.tasks()
        return found + [longer.task(point, one) for one in self.fresh for point in self.again]


def optimise(
    experiment: Experiment,
    folder: str | Path,
    *,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    progress: SearchProgress = ignore_progress,
    burn_ins: str | Path | None = None,
) -> Optimum:
    """Run or resume a search, then run the best points on fresh seeds.

    Args:
        experiment: An experiment whose design is a search.
        folder: Folder for its runs.
        workers: Makes the workers, given the number of runs; processes on this machine if None.
        jobs: Number of processes; by default one per processor.
        progress: Called whenever trials or runs are finished.
        burn_ins: Folder of worlds at the end of their burn-in, as for `sim.runs.sweep.sweep`.

    Raises:
        ServandaError: If the design is not a search, there are fewer than two replicates, the first
            point (nothing chosen) fails, optuna is not installed, or the folder cannot be used.
        KeyboardInterrupt: If the user stops it; finished runs remain stored.
    """
    with reused_workers(workers, jobs) as here:
        return _SearchRun(experiment, Path(folder), here, progress, burn_ins).optimum()


class _SearchRun:
    """Runs one search in one folder."""

    def __init__(
        self,
        experiment: Experiment,
        folder: Path,
        workers: Callable[[int], Workers],
        progress: SearchProgress,
        burn_ins: str | Path | None,
    ) -> None:
        design = experiment.spec.design
        if not isinstance(design, Search) or experiment.design_points.shares is None:
            what = f"the design '{design.kind}' is not a search"
            raise ServandaError(experiment.name, what, "see `servanda optimise`")
        if experiment.spec.replicates < 2:
            what = "one run of each point gives no estimate of chance"
            raise ServandaError("replicates", what, "give 2 or more")
        self.experiment, self.design, self.folder = experiment, design, folder
        self.workers, self.progress, self.burn_ins = workers, progress, burn_ins
        self.store = Store(folder)
        self.lock = Lock(folder, command="optimise")
        self.known: Known = {}
        self.evolution = Evolution(
            experiment.spreads,
            [sign > 0 for sign in design.objectives().values()],
            experiment.design_points.shares[1:],
            experiment.spec.seed,
            experiment.keeps,
        )

    def optimum(self) -> Optimum:
        """Run the search while holding the lock of its folder."""
        with self.lock:
            return self._run()

    def _run(self) -> Optimum:
        rows = [self.experiment.design_points.rows[0]]
        found: Measured | None = None
        while len(rows) - 1 < self.design.trials:
            left = self.design.trials - (len(rows) - 1)
            batch = self.evolution.ask(min(self.design.population, left))
            rows += batch
            found = self._evaluated(rows)
            self.evolution.tell(*_feedback(found, len(batch)))
            self.progress(TRIALS, len(rows) - 1, self.design.trials)
        assert found is not None  # a search has at least one generation
        front = best(found, pd.DataFrame([tuple(map(str, row)) for row in rows]))
        again = tuple(dict.fromkeys([0, *front])) if self.design.confirm else ()
        plan = self._plan(rows, again)
        self._sweep(plan, lambda done, _, total: self.progress(FRESH, done, total))
        self._note(plan, front)
        return optimum(self.folder)

    def _plan(self, rows: Sequence[tuple[Value, ...]], again: tuple[int, ...] = ()) -> SearchPlan:
        laid = Points(self.experiment.design_points.names, tuple(rows))
        confirm = self.design.confirm if again else 0
        return SearchPlan(replace(self.experiment, design_points=laid), again, confirm)

    def _evaluated(self, rows: Sequence[tuple[Value, ...]]) -> Measured:
        """The results of all points so far, after running those that are missing."""
        grown = self._plan(rows)
        plan = planned(grown.tasks(), known=self.known)
        # Finished runs are only read. A replay therefore never shortens the stored plan.
        if not {one.identity for one in plan} <= self.store.index().keys():
            self._sweep(grown)
            self._note(grown, [])
        runs = self.store.kept().reindex([one.identity for one in plan])
        runs = runs.assign(
            point=[one.task.point for one in plan], replicate=[one.task.replicate for one in plan]
        )
        found = measured(self.design, runs, len(rows), range(self.experiment.spec.replicates))
        if found.failed[0]:
            first = runs[runs["point"] == 0]
            errors = first.loc[first["status"] != "ok", "error"].dropna().tolist()
            why = errors[0] if errors else "an indicator is missing in every run"
            what = f"the start, with nothing chosen, failed: {why}"
            raise ServandaError(self.experiment.name, what)
        return found

    def _sweep(self, plan: SearchPlan, progress: SweepProgress = silent_sweep) -> None:
        sweep(
            plan,
            self.folder,
            workers=self.workers,
            known=self.known,
            progress=progress,
            lock=self.lock,
            burn_ins=self.burn_ins,
        )

    def _note(self, plan: SearchPlan, front: Sequence[int]) -> None:
        """Write the file that readers need beside the runs. The search itself never reads it.

        Raises:
            ServandaError: If it cannot be written.
        """
        note = {
            "design": self.design.model_dump(mode="json"),
            "replicates": self.experiment.spec.replicates,
            "seed": self.experiment.spec.seed,
            "optuna": version("optuna"),
            "front": list(front),
            "fresh": list(plan.fresh),
        }
        text = declared.text(note)
        try:
            write_whole(self.folder / NOTE, lambda file: file.write(text))
        except OSError as error:
            raise unwritable(self.folder, error) from None


def _feedback(found: Measured, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Objectives and excess over limits of the last points, for the search algorithm.

    A failed point exceeds every limit by far. It is therefore never preferred as a parent.
    """
    wanted = found.design.objectives()
    values = np.stack([found.means[name] for name in wanted], axis=1)[-last:]
    excess = found.excess[-last:]
    failed = found.failed[-last:, None]
    broken = np.where(failed, IMPOSSIBLE, 0.0)
    excess = np.where(failed, IMPOSSIBLE, excess)
    return np.where(failed, 0.0, values), np.hstack([excess, broken])
