"""A chunk of runs, done wherever there is a processor, and written there.

In: tasks with their identities, and the folder of chunks. Out: a file a table, the runs last; and a
short word on what was done, which is all that travels back.
"""

import hashlib
import json
import math
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from sim.errors import RunError, ServandaError, ServandaWarning
from sim.permission import grant
from sim.runs.output.manifest import cpu
from sim.runs.output.sealed import Fill, seal_all, unwritable
from sim.runs.output.table import Written, store
from sim.runs.run_plan import Planned
from sim.runs.run_tables import TABLES, kept
from sim.world import World

RUNS = ".runs.parquet"
RECORD = "servanda.tables"
"""Key in the metadata of a file of runs; its value says what the chunk's other files hold."""

FIXED = pa.schema(
    [
        ("identity", pa.string()),
        ("seed", pa.int64()),
        ("status", pa.string()),
        ("seconds", pa.float64()),
        ("finished", pa.string()),
        ("cpu", pa.string()),
        ("error", pa.string()),
        ("error_month", pa.int64()),
        ("error_phase", pa.string()),
        ("warnings", pa.string()),
    ]
)
"""What each row of runs says beside its indicators."""

BEHIND = "cases_behind"
"""Column of runs: how many cases each kept indicator rests on, as JSON."""

FREE_SPACE = "make room or name another folder; what is finished is kept"


def ending(table: str) -> str:
    """How a table's file in a chunk ends."""
    return f".{table}.parquet"


class Chunk(NamedTuple):
    """Tasks that one worker does in one go.

    Args:
        folder: Where chunks are kept.
        tasks: What to do.
        code: Hashes of the extensions that may run, as `sim.permission.granted` tells them.
    """

    folder: str
    tasks: tuple[Planned, ...]
    code: tuple[str, ...] = ()


class Sealed(NamedTuple):
    """What a worker says when its chunk is written.

    Args:
        identities: The runs in it; fewer than asked for if it was told to stop.
        failed: How many of them failed.
        seconds: Mean time of a run.
    """

    identities: tuple[str, ...]
    failed: int
    seconds: float


class Run(NamedTuple):
    """A finished run: its row, and unless it failed its indicators and its tables."""

    row: dict[str, Any]
    headline: dict[str, float]
    tables: dict[str, pd.DataFrame]
    cases: Mapping[str, float] = MappingProxyType({})
    """How many cases each indicator rests on."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


def chunk_name(identities: Sequence[str]) -> str:
    """A chunk is named after what is in it, so that the same runs land in the same files."""
    return hashlib.sha256(",".join(sorted(identities)).encode()).hexdigest()[:20]


def work(chunk: Chunk, stop: Callable[[], bool] = never) -> Sealed:
    """Run the tasks of a chunk and write what came out.

    Args:
        chunk: What to do.
        stop: Asked before each month; once true, what is finished is written and the rest left.

    Raises:
        ServandaError: If the folder cannot be written.
    """
    grant(chunk.code)
    runs: list[Run] = []
    for one in chunk.tasks:
        done = run(one, stop)
        if done is None:
            break
        runs.append(done)
    return write(Path(chunk.folder), runs)


def run(one: Planned, stop: Callable[[], bool] = never) -> Run | None:
    """Run a task; None if it was told to stop before the end."""
    begun = time.perf_counter()
    world: World | None = None
    with warnings.catch_warnings(record=True) as odd:
        warnings.simplefilter("always", ServandaWarning)
        try:
            world = World(one.task.scenario(), panel=one.task.panel)
            while world.month < world.setup.run.months:
                if stop():
                    return None
                world.run_to(world.month + 1)
            headline, tables = world.headline(), kept(world, one.task)
            cases = world.measured.cases()
        except Exception as error:  # noqa: BLE001 whatever stops a run, the sweep goes on
            month, phase = (
                (None, "build") if world is None else (world.simulation.month, world.phase)
            )
            return failure(one, _told(error), month, phase, begun)
    told = dict.fromkeys(str(w.message) for w in odd if issubclass(w.category, ServandaWarning))
    row = _row(one, "ok", begun) | {"warnings": "\n".join(told) or None}
    if one.task.indicators:
        headline = {name: headline[name] for name in one.task.indicators}
        cases = {name: cases[name] for name in one.task.indicators}
    for table in tables.values():
        table.insert(0, "identity", one.identity)
    return Run(row, headline, tables, cases)


def _told(error: Exception) -> str:
    """What went wrong; where and when have columns of their own."""
    if isinstance(error, RunError):
        return error.what
    return str(error) if isinstance(error, ServandaError) else f"{type(error).__name__}: {error}"


def failure(
    one: Planned, error: str, month: int | None, phase: str | None, begun: float | None = None
) -> Run:
    """A run that failed."""
    why = {"error": error, "error_month": month, "error_phase": phase}
    return Run(_row(one, "failed", begun) | why, {}, {})


def _row(one: Planned, status: str, begun: float | None) -> dict[str, Any]:
    return {
        "identity": one.identity,
        "seed": one.task.seed,
        "status": status,
        "seconds": None if begun is None else time.perf_counter() - begun,
        "finished": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "cpu": _cpu(),
    }


@cache
def _cpu() -> str:
    return cpu()


def write(folder: Path, runs: Sequence[Run]) -> Sealed:
    """Write runs as a chunk: the tables, then the runs, whose file says that all are whole.

    Raises:
        ServandaError: If the folder cannot be written.
    """
    identities = tuple(one.row["identity"] for one in runs)
    if not runs:
        return Sealed((), 0, 0.0)
    name = chunk_name(identities)
    tables = {}
    for table in TABLES:
        frames = [one.tables[table] for one in runs if table in one.tables]
        if frames:
            rows = pa.Table.from_pandas(pd.concat(frames, ignore_index=True), preserve_index=False)
            tables[table] = rows.replace_schema_metadata()
    files = chunk_files(
        folder,
        name,
        {table: partial(store, rows) for table, rows in tables.items()},
        partial(store, _runs_table(runs)),
    )
    try:
        seal_all(files)
    except OSError as error:
        raise unwritable(folder, error, FREE_SPACE) from None
    spent = [one.row["seconds"] for one in runs if one.row["seconds"] is not None]
    failed = sum(one.row["status"] != "ok" for one in runs)
    return Sealed(identities, failed, sum(spent) / max(1, len(spent)))


def _runs_table(runs: Sequence[Run]) -> pa.Table:
    fixed = pa.Table.from_pylist([one.row for one in runs], schema=FIXED)
    names = dict.fromkeys(name for one in runs for name in one.headline)
    for name in names:
        values = [one.headline.get(name) for one in runs]
        # What is missing is missing, and no number that comparisons would take for one.
        fixed = fixed.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    if any(one.cases for one in runs):
        behind = [json.dumps(_whole(one.cases)) if one.cases else None for one in runs]
        fixed = fixed.append_column(BEHIND, pa.array(behind, pa.string()))
    return fixed


def _whole(cases: Mapping[str, float]) -> dict[str, int]:
    return {name: round(value) for name, value in cases.items() if math.isfinite(value)}


def chunk_files(
    folder: Path,
    name: str,
    tables: Mapping[str, Callable[[Any], Written]],
    runs: Callable[[Any, Mapping[str, str]], Written],
) -> dict[Path, Fill]:
    """The files of a chunk and what fills each: the tables, then the runs with a record of them.

    Args:
        folder: Where they shall be.
        name: The chunk's name.
        tables: What fills the file of each table.
        runs: What fills the file of runs, given what its metadata shall say.
    """
    record: dict[str, tuple[int, int, str]] = {}

    def fill(table: str, file: Any) -> None:
        rows, seal = tables[table](file)
        record[table] = (rows, seal.size, seal.digest)

    def last(file: Any) -> None:
        runs(file, {RECORD: json.dumps(record)})

    files: dict[Path, Fill] = {
        folder / f"{name}{ending(table)}": partial(fill, table) for table in tables
    }
    return files | {folder / f"{name}{RUNS}": last}
