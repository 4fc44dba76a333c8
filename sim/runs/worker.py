"""Runs the tasks of a chunk in a worker process, and writes the chunk.

In: planned runs and the folder of chunks. Out: files in that folder, and a short report, which is
all that is sent back.

Tasks that differ only in policies or in the number of months share one burn-in. The world is
copied at the end of the burn-in, and each copy continues under the policies of its own task. A
worker keeps a small copy for its next chunk. If the chunk names a folder for worlds at the end of
their burn-in (`sim.runs.storage.burn_ins`), later commands begin there. The results are the same
as if each world had been run from its beginning.
"""

import pickle
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from sim.errors import RunError, ServandaError, ServandaWarning
from sim.permission import grant
from sim.runs.run_plan import PlannedRun, planned
from sim.runs.run_tables import groups_of, kept
from sim.runs.storage.burn_ins import BurnIns, BurntIn, key_of, recorded
from sim.runs.storage.writing import ChunkReport, FinishedRun, failure, row_of, write
from sim.scenario.scenario import Scenario
from sim.world import World, identity_of


class Chunk(NamedTuple):
    """Planned runs that one worker does as a unit.

    Args:
        folder: Folder of the chunks.
        tasks: The runs.
        code: Hashes of the extensions that may run (`sim.permission.granted`).
        burn_ins: Folder of worlds at the end of their burn-in; empty for none.
    """

    folder: str
    tasks: tuple[PlannedRun, ...]
    code: tuple[str, ...] = ()
    burn_ins: str = ""


class Prepared(NamedTuple):
    """A planned run with its scenario.

    Args:
        run: The planned run.
        scenario: The scenario, or the error that was raised when it was read.
        warnings: Warnings given while the scenario was read.
        beginning: The key of its burn-in (`key_of`), equal for runs that can share it; empty
            without burn-in.
    """

    run: PlannedRun
    scenario: Scenario | Exception
    warnings: tuple[str, ...]
    beginning: str


class BurnIn(NamedTuple):
    """A world at the end of its burn-in.

    Args:
        beginning: Key of the runs that can continue from here: their `Prepared.beginning`.
        world: The world, pickled.
        warnings: Warnings given during the burn-in, without those of reading the scenario.
    """

    beginning: str
    world: bytes
    warnings: tuple[str, ...]


NO_BURN_IN = BurnIn("", b"", ())


SMALL = 100_000
"""Number of debtors up to which a worker keeps a burn-in for its next chunk (some 50 MB)."""


class _Process:
    """What this process keeps from one chunk to the next."""

    burn_in = NO_BURN_IN
    stores: ClassVar[dict[str, BurnIns]] = {}
    """Folders of stored burn-ins that were checked, by path."""
    remarks: ClassVar[list[str]] = []
    """What these folders have to say."""


def never() -> bool:
    """Never stop: the default of `stopped`."""
    return False


def run_chunk(chunk: Chunk, stopped: Callable[[], bool] = never) -> ChunkReport:
    """Run the tasks of a chunk and write their results.

    Args:
        chunk: The tasks.
        stopped: Called before each month. Once it returns True, finished runs are written and the
            others are not done.

    Raises:
        ServandaError: If a folder cannot be written, or a scenario has changed since it was
            planned. In the second case finished runs are written first.
    """
    grant(chunk.code)
    folder, store = Path(chunk.folder), _store(chunk.burn_ins)
    runs: list[FinishedRun] = []
    try:
        for done in _runs(chunk.tasks, stopped, store):
            runs.append(done)  # noqa: PERF402 what was done before an error is kept
    except ServandaError:
        write(folder, runs)
        raise
    remarks = tuple(_Process.remarks)
    _Process.remarks.clear()
    return write(folder, runs)._replace(remarks=remarks)


def _store(folder: str) -> BurnIns | None:
    """The store of burn-ins in a folder, which each process checks once; None without a folder.

    Raises:
        ServandaError: If the folder cannot be used.
    """
    if not folder:
        return None
    if folder not in _Process.stores:
        _Process.stores[folder] = BurnIns(folder, say=_Process.remarks.append)
    return _Process.stores[folder]


def _runs(
    tasks: Sequence[PlannedRun], stopped: Callable[[], bool], store: BurnIns | None
) -> Iterator[FinishedRun]:
    """Run the tasks one after another; each is prepared before the previous one runs."""
    following = prepared(tasks[0]) if tasks else None
    for place in range(len(tasks)):
        current = following
        assert current is not None
        following = prepared(tasks[place + 1]) if place + 1 < len(tasks) else None
        keep = current.beginning != "" and _goes_on(current, following)
        done, _Process.burn_in = _run(current, stopped, _Process.burn_in, keep=keep, store=store)
        if done is None:
            return
        yield done


def _goes_on(current: Prepared, following: Prepared | None) -> bool:
    """Whether a run that can share the burn-in follows, or may follow in the next chunk."""
    if following is not None:
        return following.beginning == current.beginning
    scenario = current.scenario
    return isinstance(scenario, Scenario) and scenario.population.size <= SMALL


def prepared(run: PlannedRun) -> Prepared:
    """Read the scenario of a planned run, and check that it is the one that was planned.

    Raises:
        ServandaError: If a file of the scenario or the model's code has changed since the run was
            planned.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ServandaWarning)
        try:
            scenario = run.task.scenario()
        except ServandaError as error:
            if not _was_planned_invalid(run):
                raise _changed(run) from error
            return Prepared(run, error, (), "")
        except Exception as error:  # noqa: BLE001 however a run fails, the sweep goes on
            return Prepared(run, error, (), "")
    if identity_of(scenario) != run.world:
        raise _changed(run)
    return Prepared(run, scenario, _texts(caught), key_of(scenario, _recorded(run, scenario)))


def _recorded(run: PlannedRun, scenario: Scenario) -> dict[str, Any]:
    """What is recorded of the world of a run besides its series."""
    panel = min(run.task.panel, scenario.population.size)
    return recorded(panel=panel, groups=groups_of(run.task))


def _was_planned_invalid(run: PlannedRun) -> bool:
    """Whether the scenario was already invalid when planned: its identity is then unchanged."""
    try:
        return planned([run.task])[0].identity == run.identity
    except ServandaError:
        return False


def _changed(run: PlannedRun) -> ServandaError:
    what = "this scenario, an extension or the model's code has changed since the run was planned"
    hint = "give the same command again: it makes a new plan, and keeps finished runs"
    return ServandaError(run.task.source, what, hint)


def _run(
    one: Prepared,
    stopped: Callable[[], bool],
    burn_in: BurnIn,
    *,
    keep: bool,
    store: BurnIns | None = None,
) -> tuple[FinishedRun | None, BurnIn]:
    """Run a task; None if it was stopped before the end.

    Args:
        one: The task.
        stopped: Called before each month; once it returns True, the task is given up.
        burn_in: The burn-in from which the task may continue.
        keep: Whether to keep the burn-in of this task for the next one.
        store: Worlds at the end of their burn-in, from which the task may continue too.

    Returns:
        The run, and the burn-in from which the next task may continue.
    """
    begun = time.perf_counter()
    if isinstance(one.scenario, Exception):
        return failure(one.run, _message(one.scenario), None, "build", begun), burn_in
    world: World | None = None
    new = False
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ServandaWarning)
        try:
            earlier: tuple[str, ...] = ()
            if one.beginning and one.beginning == burn_in.beginning:
                world, earlier = pickle.loads(burn_in.world), burn_in.warnings
                assert world is not None
                world.under(one.scenario)
            else:
                burn_in = NO_BURN_IN
                if found := _found(one, store):
                    world, earlier = found
                else:
                    task = one.run.task
                    world, new = World(one.scenario, panel=task.panel, groups=groups_of(task)), True
            while world.month < world.setup.run.months:
                if stopped():
                    return None, burn_in
                if world.month == 0 and one.beginning and not burn_in.beginning:
                    remarks = (*earlier, *_texts(caught))
                    if keep:
                        burn_in = BurnIn(one.beginning, pickle.dumps(world), remarks)
                    if store and new:
                        store.keep(one.beginning, world, remarks)
                world.run_to(world.month + 1)
            return _finished(one, world, (*earlier, *_texts(caught)), begun), burn_in
        except Exception as error:  # noqa: BLE001 however a run fails, the sweep goes on
            month, phase = (
                (None, "build") if world is None else (world.simulation.month, world.phase)
            )
            return failure(one.run, _message(error), month, phase, begun), burn_in


def _found(one: Prepared, store: BurnIns | None) -> BurntIn | None:
    """The stored world from which a run can continue; None if there is none."""
    if store is None or not one.beginning:
        return None
    assert isinstance(one.scenario, Scenario)
    return store.find(one.beginning, one.scenario, _recorded(one.run, one.scenario))


def _finished(one: Prepared, world: World, remarks: Sequence[str], begun: float) -> FinishedRun:
    """The results of a world that has run to its end."""
    task, identity = one.run.task, one.run.identity
    headline, tables, cases = world.headline(), kept(world, task), world.measured.cases()
    if task.indicators:
        headline = {name: headline[name] for name in task.indicators}
        cases = {name: cases[name] for name in task.indicators}
    for table in tables.values():
        table.insert(0, "identity", identity)
    texts = dict.fromkeys((*one.warnings, *remarks))
    row = row_of(one.run, "ok", begun) | {"warnings": "\n".join(texts) or None}
    return FinishedRun(row, headline, tables, cases)


def _texts(caught: Sequence[warnings.WarningMessage]) -> tuple[str, ...]:
    """The texts of warnings by Servanda; those of other packages are left out."""
    return tuple(str(one.message) for one in caught if issubclass(one.category, ServandaWarning))


def _message(error: Exception) -> str:
    """The message of an error, without month and phase, which have columns of their own."""
    if isinstance(error, RunError):
        return error.what
    return str(error) if isinstance(error, ServandaError) else f"{type(error).__name__}: {error}"
