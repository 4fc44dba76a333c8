"""The best packages under a budget: generations of points, each swept before the next is chosen.

In: an experiment whose points are chosen by search, and a folder. Out: the folder as an ordinary
sweep of all points tried, every replicate with one seed at each of them; and an `Optimum`.

There is no state of a search but its runs. Which points come next follows from the seed and from
what the earlier ones came to; so a search that was stopped at any moment is played again from its
first generation, finds every run that was done in the store, and goes on as if nothing had been.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from sim.analysis.optimisation.evaluation import Measured, measured
from sim.analysis.optimisation.front import NOTE, Optimum, best, optimum
from sim.analysis.optimisation.nsga2 import Evolution
from sim.errors import ServandaError
from sim.experiment.designs.design import Points
from sim.experiment.experiment import Experiment
from sim.experiment.factor_target import Value
from sim.experiment.reading.file import design_of, load_experiment
from sim.experiment.spec import Search
from sim.experiment.task import Task
from sim.runs.output import declared
from sim.runs.output.sealed import seal, unwritable
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
"""How far a point is said to break a limit whose runs failed: further than any that ran."""


class Progress(Protocol):
    """Who is told how far a search is."""

    def __call__(self, what: str, done: int, total: int) -> object:
        """So many trials, or runs on fresh seeds, of the total are done."""


TRIALS, FRESH = "trials", "runs on fresh seeds"
"""What is counted, one after the other."""


def silent(what: str, done: int, total: int) -> None:
    """Nobody listens."""


def searching(source: Source, *, overrides: Mapping[str, object] | None = None) -> Experiment:
    """The experiment that chooses among the factors of an experiment by search.

    A design of another kind is put aside; its factors stay, and the policies that it switches.

    Args:
        source: A file, the name of a shipped experiment, or a mapping with the same keys.
        overrides: As for `load_experiment`, such as ``design.budget``.

    Raises:
        ScenarioErrors: If it is wrong, or has nothing to choose.
    """
    laid = design_of(source)
    puts: dict[str, object] = {}
    if laid.get("kind") != "search":
        kept = {"policies": laid["policies"]} if "policies" in laid else {}
        puts["design"] = {"kind": "search"} | kept
    try:
        return load_experiment(source, overrides=puts | dict(overrides or {}))
    except ScenarioErrors as wrong:
        # Nobody has written the design that stands here for another.
        ours = f"{OVERRIDE} design"
        raise ScenarioErrors(
            [
                ServandaError("design" if e.where == ours else e.where, e.what, e.hint)
                for e in wrong.errors
            ]
        ) from None


@dataclass(frozen=True)
class Grown:
    """What a sweep needs to know of a search: all points so far, and those that are run again.

    Args:
        experiment: With the points so far.
        again: Points that are run on fresh seeds too.
        confirm: How many of these seeds; they follow on those of the search.
    """

    experiment: Experiment
    again: tuple[int, ...] = ()
    confirm: int = 0

    @property
    def title(self) -> str:
        """What a reader should call it."""
        return self.experiment.title

    @property
    def question(self) -> str:
        """What it is to answer."""
        return self.experiment.question

    @property
    def text(self) -> str:
        """The text of its file."""
        return self.experiment.text

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

    def points(self) -> pd.DataFrame:
        """Number and factors of each point."""
        return self.experiment.points()

    def shares(self) -> pd.DataFrame | None:
        """None: points are found, not laid in the unit cube."""
        return self.experiment.shares()

    def described(self) -> dict[str, Any]:
        """Its size, seed, design and factors in plain values."""
        return self.experiment.described()


def optimise(
    experiment: Experiment,
    folder: str | Path,
    *,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Optimum:
    """Search, or go on searching; then run the best points on fresh seeds.

    Args:
        experiment: One whose design is a search.
        folder: Where its runs are kept.
        workers: As for `sweep`.
        jobs: As for `sweep`.
        progress: Told how far it is.

    Raises:
        ServandaError: If there is nothing to choose or to tell chance by, the start fails, optuna
            is not installed, or the folder cannot be used.
        KeyboardInterrupt: If it is stopped; what is finished is kept.
    """
    with reused_workers(workers, jobs) as here:
        return _SearchRun(experiment, Path(folder), here, progress).optimum()


class _SearchRun:
    """One search in one folder."""

    def __init__(
        self,
        experiment: Experiment,
        folder: Path,
        workers: Callable[[int], Workers],
        progress: Progress,
    ) -> None:
        design = experiment.spec.design
        if not isinstance(design, Search) or experiment.design_points.shares is None:
            what = f"the design '{design.kind}' is no search"
            raise ServandaError(experiment.name, what, "see `servanda optimise`")
        if experiment.spec.replicates < 2:
            what = "one run of each point tells nothing about chance"
            raise ServandaError("replicates", what, "give 2 or more")
        self.experiment, self.asked, self.folder = experiment, design, folder
        self.workers, self.progress = workers, progress
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
        """Generation after generation; then the best of all again; nobody else writes meanwhile."""
        with self.lock:
            return self._searched()

    def _searched(self) -> Optimum:
        rows = [self.experiment.design_points.rows[0]]
        found: Measured | None = None
        while len(rows) - 1 < self.asked.trials:
            left = self.asked.trials - (len(rows) - 1)
            asked = self.evolution.ask(min(self.asked.population, left))
            rows += asked
            found = self._came_to(rows)
            self.evolution.tell(*_told(found, len(asked)))
            self.progress(TRIALS, len(rows) - 1, self.asked.trials)
        assert found is not None  # a search has a generation at least
        front = best(found, pd.DataFrame([tuple(map(str, row)) for row in rows]))
        again = tuple(dict.fromkeys([0, *front])) if self.asked.confirm else ()
        grown = self._grown(rows, again)
        self._sweep(grown, lambda done, _, total: self.progress(FRESH, done, total))
        self._note(grown, front)
        return optimum(self.folder)

    def _grown(self, rows: Sequence[tuple[Value, ...]], again: tuple[int, ...] = ()) -> Grown:
        laid = Points(self.experiment.design_points.names, tuple(rows))
        confirm = self.asked.confirm if again else 0
        return Grown(replace(self.experiment, design_points=laid), again, confirm)

    def _came_to(self, rows: Sequence[tuple[Value, ...]]) -> Measured:
        """What all points so far came to; what of it is not there yet is run."""
        grown = self._grown(rows)
        plan = planned(grown.tasks(), known=self.known)
        # What is there is only read: a search played again never leaves a plan shorter than before.
        if not {one.identity for one in plan} <= self.store.index().keys():
            self._sweep(grown)
            self._note(grown, [])
        runs = self.store.kept().reindex([one.identity for one in plan])
        runs = runs.assign(
            point=[one.task.point for one in plan], replicate=[one.task.replicate for one in plan]
        )
        found = measured(self.asked, runs, len(rows), range(self.experiment.spec.replicates))
        if found.failed[0]:
            first = runs[runs["point"] == 0]
            errors = first.loc[first["status"] != "ok", "error"].dropna().tolist()
            why = errors[0] if errors else "an indicator is missing in every run"
            what = f"the start, where nothing is chosen, failed: {why}"
            raise ServandaError(self.experiment.name, what)
        return found

    def _sweep(self, grown: Grown, progress: SweepProgress = silent_sweep) -> None:
        sweep(
            grown,
            self.folder,
            workers=self.workers,
            known=self.known,
            progress=progress,
            lock=self.lock,
        )

    def _note(self, grown: Grown, front: Sequence[int]) -> None:
        """Write what readers need to know beside the runs; the search itself never reads it.

        Raises:
            ServandaError: If it cannot be written.
        """
        told = {
            "design": self.asked.model_dump(mode="json"),
            "replicates": self.experiment.spec.replicates,
            "seed": self.experiment.spec.seed,
            "optuna": version("optuna"),
            "front": list(front),
            "fresh": list(grown.fresh),
        }
        text = declared.text(told)
        try:
            seal(self.folder / NOTE, lambda file: file.write(text))
        except OSError as error:
            raise unwritable(self.folder, error) from None


def _told(found: Measured, last: int) -> tuple[np.ndarray, np.ndarray]:
    """Objectives and broken limits of the last points, as the search is told them.

    A point whose runs failed breaks every limit by far, and is never a parent of others that ran.
    """
    wanted = found.asked.objectives()
    values = np.stack([found.means[name] for name in wanted], axis=1)[-last:]
    excess = found.excess[-last:]
    failed = found.failed[-last:, None]
    broken = np.where(failed, IMPOSSIBLE, 0.0)
    excess = np.where(failed, IMPOSSIBLE, excess)
    return np.where(failed, 0.0, values), np.hstack([excess, broken])
