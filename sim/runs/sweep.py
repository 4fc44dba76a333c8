"""A sweep: what of an experiment is not done yet, done; and what failed, tried again.

In: an experiment's tasks, or a folder that holds them. Out: chunks in the folder.
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
from sim.runs.storage.store import Store
from sim.runs.supervisor import SECONDS, Supervisor
from sim.runs.sweep_lock import Lock
from sim.runs.workers import Crew, Processes, Staying


class Experiment(Protocol):
    """What a sweep needs to know of an experiment."""

    @property
    def title(self) -> str:
        """What a reader should call it."""

    @property
    def question(self) -> str:
        """What it is to answer."""

    @property
    def text(self) -> str:
        """The text of its file."""

    def tasks(self) -> list[Task]:
        """Every run, in the order in which they shall be done."""

    def points(self) -> pd.DataFrame:
        """Number and factor values of each point."""

    def shares(self) -> pd.DataFrame | None:
        """Where each point stands in the unit cube; None where the design does not sample it."""

    def described(self) -> Mapping[str, Any]:
        """Design and factors in plain values, for those who read results; empty if there is none.

        See `sim.experiment.summary`.
        """


class Swept(NamedTuple):
    """What a sweep has done.

    Args:
        planned: Runs of the experiment, or of the shard, each once however many points share it.
        before: Of them, those that were there.
        done: Those done now.
        failed: Those of the ones done now that failed.
    """

    planned: int
    before: int
    done: int
    failed: int


class Listener(Protocol):
    """Who is told how far it is."""

    def __call__(self, done: int, failed: int, total: int) -> object:
        """So many of the total are done."""


def unheard(done: int, failed: int, total: int) -> None:
    """Nobody listens."""


def sweep(
    experiment: Experiment,
    folder: str | Path,
    *,
    crew: Callable[[int], Crew] | None = None,
    jobs: int | None = None,
    shard: Shard | None = None,
    limit: int | None = None,
    tell: Listener = unheard,
    seconds: float = SECONDS,
    known: Known | None = None,
    command: str = "sweep",
    lock: Lock | None = None,
) -> Swept:
    """Run what of an experiment is not there yet.

    Args:
        experiment: The experiment.
        folder: Where its runs are kept.
        crew: Makes who works, given how many runs there are; processes on this machine if None.
        jobs: Processes; one a processor unless given.
        shard: The part to do.
        limit: Runs to do at most.
        tell: Told how far it is.
        seconds: Work wanted in a chunk.
        known: As for `planned`: what an experiment that grows has hashed before.
        command: Who works here, as those are told who want the folder meanwhile.
        lock: The folder's lock, where the caller holds it already.

    Raises:
        ServandaError: If the folder cannot be used, holds results of another kind, is in use, or
            could no longer be written.
        KeyboardInterrupt: If it is stopped; what is finished is kept.
    """
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
        # Points that are the same world share a run.
        count = len({one.identity for one in ours})
        before = count - len(todo)
        done = _do(store, todo[:limit], crew or _here(jobs), tell, seconds)
    return Swept(count, before, *done)


def retry(
    folder: str | Path,
    *,
    crew: Callable[[int], Crew] | None = None,
    jobs: int | None = None,
    tell: Listener = unheard,
) -> Swept:
    """Run once more what failed or was lost, or all that is missing where nothing says what was.

    Args:
        folder: Folder of a sweep.
        crew: As for `sweep`.
        jobs: As for `sweep`.
        tell: As for `sweep`.

    Raises:
        ServandaError: If the folder holds no experiment, or the model has changed since.
        KeyboardInterrupt: If it is stopped.
    """
    store = Store(folder)
    plan = store.plan()
    with Lock(store.path, command="retry"):
        store.tidy()
        faults, found = store.inventory(full=True).faults, store.index()
        lost = {run for fault in faults for run in fault.runs}
        if not all(fault.runs for fault in faults):
            # A file of runs that cannot be read does not say whose they were: any may be missing.
            lost.update(one.identity for one in plan)
        lost -= found.keys()
        left = len(_missing(plan, found)) - len(lost & {one.identity for one in plan})
        # The folder may hold runs, failed ones too, that the plan does not ask for any more.
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
        store.set_aside()  # after all that may refuse: who is refused finds the folder as it was
        done = _do(store, todo, crew or _here(jobs), tell, SECONDS)
    count = len({one.identity for one in plan})
    return Swept(count, count - left - len(todo), *done)


def _refuse_other_kinds(store: Store, experiment: Experiment) -> None:
    """Refuse a folder in which a run lies, or a search where this is none, or the reverse.

    Raises:
        ServandaError: If it is one.
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
    """What an experiment is: a search chooses its points itself, and may not be laid over."""
    design = about.get("design")
    return "search" if isinstance(design, dict) and design.get("kind") == "search" else "sweep"


def _missing(plan: list[PlannedRun], found: Collection[str]) -> list[PlannedRun]:
    """Each run that is not there yet, once, however many points share it."""
    first = {one.identity: one for one in reversed(plan)}
    return [one for i, one in reversed(first.items()) if i not in found]


def _here(jobs: int | None) -> Callable[[int], Crew]:
    """Processes on this machine."""

    def make(runs: int) -> Crew:
        wanted = bounded(jobs, "jobs")
        compiled = sum(1 for _ in cache_folder().rglob("*.nbi"))
        return Processes(min(wanted, runs), together=compiled >= len(KERNELS))

    return make


@contextmanager
def staying(
    crew: Callable[[int], Crew] | None = None, jobs: int | None = None
) -> Iterator[Callable[[int], Crew]]:
    """A crew for several sweeps, one after another: called for the first, sent home after the last.

    Args:
        crew: As for `sweep`.
        jobs: As for `sweep`.
    """
    make = crew or _here(jobs)
    here: list[Staying] = []

    def made(runs: int) -> Crew:
        if not here:
            here.append(Staying(make(runs)))
        return here[0]

    try:
        yield made
    finally:
        for one in here:
            one.leave()


def _do(
    store: Store,
    todo: list[PlannedRun],
    make: Callable[[int], Crew],
    tell: Listener,
    seconds: float,
) -> tuple[int, int]:
    """Do all these runs; how many were done, and how many failed."""
    if not todo:
        return 0, 0
    with stoppable():
        crew = make(len(todo))
        tell(0, 0, len(todo))
        try:
            boss = Supervisor(
                crew, store.chunks, todo, lambda done, bad: tell(done, bad, len(todo)), seconds
            )
            boss.run()
        finally:
            crew.close()
    return boss.done, boss.failed
