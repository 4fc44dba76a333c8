"""Sweeps: does the missing runs of an experiment, and retries failed ones.

In: an experiment, or a folder with its plan. Out: files of finished runs in the folder.
Runs are written in chunks, groups of runs that a worker does as a unit.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pandas as pd

from sim.engine.compile import KERNELS, cache_folder
from sim.errors import ServandaError
from sim.experiment.task import Task
from sim.machine.processors import bounded
from sim.machine.signals import stoppable
from sim.runs.output.reading import MANIFEST as RUN
from sim.runs.run_plan import Known, PlannedRun, planned
from sim.runs.shard import Shard
from sim.runs.storage.burn_ins import BurnIns
from sim.runs.storage.store import Store
from sim.runs.supervisor import SECONDS, Supervisor
from sim.runs.sweep_lock import Lock
from sim.runs.workers import Processes, ReusedWorkers, Workers


class Experiment(Protocol):
    """The properties of an experiment that a sweep needs."""

    @property
    def title(self) -> str:
        """Title for readers."""

    @property
    def question(self) -> str:
        """The question that the experiment is meant to answer."""

    @property
    def text(self) -> str:
        """The text of the experiment's file."""

    def tasks(self) -> list[Task]:
        """The task of every run, in the order in which they are done."""

    def points(self) -> pd.DataFrame:
        """Number and factor values of each point."""

    def shares(self) -> pd.DataFrame | None:
        """By point and factor, the coordinate (0 to 1) behind the value; None if not sampled."""

    def described(self) -> Mapping[str, Any]:
        """Design and factors in plain values, for readers of results; may be empty."""


class Swept(NamedTuple):
    """The outcome of a sweep.

    Args:
        planned: Runs of the experiment, or of the shard (the part done by this command). A run that
            several points share counts once.
        before: How many of the planned runs were finished before this sweep.
        done: Runs done by this sweep.
        failed: How many of the runs in `done` failed.
    """

    planned: int
    before: int
    done: int
    failed: int


class Progress(Protocol):
    """A function that is called as a sweep advances."""

    def __call__(self, done: int, failed: int, total: int) -> object:
        """Report how many runs are done, how many of these failed, and how many there are to do."""


def silent(done: int, failed: int, total: int) -> None:
    """Show no progress."""


def sweep(
    experiment: Experiment,
    folder: str | Path,
    *,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    shard: Shard | None = None,
    limit: int | None = None,
    progress: Progress = silent,
    seconds: float = SECONDS,
    known: Known | None = None,
    command: str = "sweep",
    lock: Lock | None = None,
    burn_ins: str | Path | None = None,
) -> Swept:
    """Run the runs of an experiment that are not done yet.

    Args:
        experiment: The experiment.
        folder: Folder in which its runs are stored.
        workers: Makes the workers for a number of runs; processes on this machine if None.
        jobs: Number of processes; one per processor unless given.
        shard: The part of the experiment to do; None for all of it.
        limit: Largest number of runs to do.
        progress: Called as the sweep advances.
        seconds: Seconds of work wanted per chunk.
        known: Worlds that earlier calls have hashed. This saves time if an experiment grows from
            call to call.
        command: Name of this command, shown to other commands that need the folder.
        lock: The lock of the folder, if the caller has it already.
        burn_ins: Folder in which worlds at the end of their burn-in are found and stored
            (`sim.runs.storage.burn_ins`); None for none.

    Raises:
        ServandaError: If a folder cannot be used or contains other results, or if a scenario
            changes while the sweep runs.
        KeyboardInterrupt: If it is stopped; finished runs are kept.
    """
    kept = _checked(burn_ins)
    store = Store(folder)
    with nullcontext() if lock else Lock(store.path, shard, command):
        _refuse_other_kinds(store, experiment)
        store.prepare()
        if shard is None:
            store.tidy()
            store.set_aside()
        plan = planned(experiment.tasks(), known=known)
        words = {name: getattr(experiment, name) for name in ("title", "question", "text")}
        about = {**words, **experiment.described()}
        store.begin(about, experiment.points(), plan, experiment.shares())
        ours = [one for one in plan if shard is None or shard.has(one.identity)]
        todo = _missing(ours, store.index())
        # Points with identical worlds share a run.
        count = len({one.identity for one in ours})
        before = count - len(todo)
        make = workers or _local_workers(jobs)
        done = _run_all(store, todo[:limit], make, progress, seconds, kept)
    return Swept(count, before, *done)


def retry(
    folder: str | Path,
    *,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
    burn_ins: str | Path | None = None,
) -> Swept:
    """Retry failed and lost runs. If it is unknown which were lost, all missing runs are done.

    Args:
        folder: Folder of a sweep.
        workers: As for `sweep`.
        jobs: As for `sweep`.
        progress: As for `sweep`.
        burn_ins: As for `sweep`.

    Raises:
        ServandaError: If the folder contains no experiment, or the model or a scenario has changed
            since the runs were made.
        KeyboardInterrupt: If it is stopped.
    """
    kept = _checked(burn_ins)
    store = Store(folder)
    plan = store.plan()
    with Lock(store.path, command="retry"):
        store.tidy()
        faults, found = store.inventory(full=True).faults, store.index()
        lost = {run for fault in faults for run in fault.runs}
        if not all(fault.runs for fault in faults):
            # The runs of an unreadable file are unknown: any missing run may be one of them.
            lost.update(one.identity for one in plan)
        lost -= found.keys()
        left = len(_missing(plan, found)) - len(lost & {one.identity for one in plan})
        # The folder may contain runs, also failed ones, that are no longer in the plan.
        bad = [
            one
            for one in plan
            if one.identity in lost
            or (one.identity in found and found[one.identity].status != "ok")
        ]
        todo = _missing(bad, ())
        if [one.identity for one in planned(one.task for one in todo)] != [
            one.identity for one in todo
        ]:
            what = "the model or a scenario has changed since these runs were made"
            raise ServandaError(str(folder), what, "run `servanda sweep` again")
        store.set_aside()  # after every check: a refusal leaves the folder as it was
        done = _run_all(store, todo, workers or _local_workers(jobs), progress, SECONDS, kept)
    count = len({one.identity for one in plan})
    return Swept(count, count - left - len(todo), *done)


def _checked(burn_ins: str | Path | None) -> Path | None:
    """The folder of stored burn-ins, checked before any worker uses it; None for none.

    Raises:
        ServandaError: If it cannot be used.
    """
    return None if burn_ins is None else BurnIns(burn_ins).folder


def _refuse_other_kinds(store: Store, experiment: Experiment) -> None:
    """Refuse a folder that holds results of another kind: a run, a search or a sweep.

    Raises:
        ServandaError: If the folder contains results of another kind.
    """
    wanted = _kind(experiment.described())
    found = wanted
    if os.path.lexists(store.path / RUN):
        found = "run"
    elif (earlier := store.earlier()) is not None:
        found = _kind(earlier)
    if found != wanted:
        what = f"holds a {found}, not a {wanted}"
        raise ServandaError(str(store.path), what, "name another folder")


def _kind(about: Mapping[str, Any]) -> str:
    """Kind of an experiment: ``search`` or ``sweep``. Neither may overwrite the other."""
    design = about.get("design")
    return "search" if isinstance(design, dict) and design.get("kind") == "search" else "sweep"


def _missing(plan: list[PlannedRun], found: Collection[str]) -> list[PlannedRun]:
    """The planned runs that are not in `found`, each once even if several points share it."""
    first = {one.identity: one for one in reversed(plan)}
    return [one for i, one in reversed(first.items()) if i not in found]


def _local_workers(jobs: int | None) -> Callable[[int], Workers]:
    """A function that makes worker processes on this machine for a number of runs."""

    def make(runs: int) -> Workers:
        wanted = bounded(jobs, "jobs")
        compiled = sum(1 for _ in cache_folder().rglob("*.nbi"))
        return Processes(min(wanted, runs), together=compiled >= len(KERNELS))

    return make


@contextmanager
def reused_workers(
    workers: Callable[[int], Workers] | None = None, jobs: int | None = None
) -> Iterator[Callable[[int], Workers]]:
    """Workers for several sweeps in a row: started for the first, stopped after the last.

    Args:
        workers: As for `sweep`.
        jobs: As for `sweep`.
    """
    make = workers or _local_workers(jobs)
    made: list[ReusedWorkers] = []

    def reused(runs: int) -> Workers:
        if not made:
            made.append(ReusedWorkers(make(runs)))
        return made[0]

    try:
        yield reused
    finally:
        for one in made:
            one.close_at_last()


def _run_all(
    store: Store,
    todo: list[PlannedRun],
    make: Callable[[int], Workers],
    progress: Progress,
    seconds: float,
    burn_ins: Path | None,
) -> tuple[int, int]:
    """Do these runs; return how many were done, and how many of them failed."""
    if not todo:
        return 0, 0
    with stoppable():
        workers = make(len(todo))
        progress(0, 0, len(todo))
        try:
            supervisor = Supervisor(
                workers,
                store.chunks,
                todo,
                lambda done, bad: progress(done, bad, len(todo)),
                seconds,
                burn_ins,
            )
            supervisor.run()
        finally:
            workers.close()
    return supervisor.done, supervisor.failed
