"""Writes finished runs in chunks: a file per table, and the file of runs last.

In: the runs that a worker has done as a unit, and the folder of chunks. Out: the files of a chunk,
and a short report.
"""

import hashlib
import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from sim.runs.output.atomic import Fill, unwritable, write_files_whole
from sim.runs.output.manifest import cpu
from sim.runs.output.table import Written, store
from sim.runs.run_plan import PlannedRun
from sim.runs.run_tables import TABLES

RUNS = ".runs.parquet"
RECORD = "servanda.tables"
"""Metadata key in a file of runs. The value lists rows, size and seal of each other file."""

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
"""Columns of the table of runs, without the indicators and `BEHIND`."""

BEHIND = "cases_behind"
"""Column of the table of runs: number of cases on which each indicator is based, as JSON."""

FREE_SPACE = "make room or name another folder; finished runs are kept"


def ending(table: str) -> str:
    """Ending of the name of a table's file in a chunk."""
    return f".{table}.parquet"


class ChunkReport(NamedTuple):
    """What a worker reports when its chunk is written.

    Args:
        identities: Identities of the written runs; fewer than planned if the worker was stopped.
        failed: Number of these runs that failed.
        seconds: Mean time of a run, seconds.
        remarks: Messages for the user that belong to no run.
    """

    identities: tuple[str, ...]
    failed: int
    seconds: float
    remarks: tuple[str, ...] = ()


class FinishedRun(NamedTuple):
    """A finished run: its row. If it did not fail, also its indicators and tables."""

    row: dict[str, Any]
    headline: dict[str, float]
    tables: dict[str, pd.DataFrame]
    cases: Mapping[str, float] = MappingProxyType({})
    """Number of cases on which each indicator is based."""


def chunk_name(identities: Sequence[str]) -> str:
    """Name of a chunk: a hash of its runs, so that the same runs get the same files."""
    return hashlib.sha256(",".join(sorted(identities)).encode()).hexdigest()[:20]


def failure(
    one: PlannedRun, error: str, month: int | None, phase: str | None, begun: float | None = None
) -> FinishedRun:
    """A failed run.

    Args:
        one: The planned run.
        error: Message of the error.
        month: Month of the error; None if unknown.
        phase: Phase of the error; None if unknown.
        begun: Reading of the performance counter at the start of the run; None if unknown.
    """
    why = {"error": error, "error_month": month, "error_phase": phase}
    return FinishedRun(row_of(one, "failed", begun) | why, {}, {})


def row_of(one: PlannedRun, status: str, begun: float | None) -> dict[str, Any]:
    """The values that the row of every run has, failed or not.

    Args:
        one: The run.
        status: ``ok`` or ``failed``.
        begun: Reading of the performance counter at the start of the run; None if unknown.
    """
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


def write(folder: Path, runs: Sequence[FinishedRun]) -> ChunkReport:
    """Write runs as a chunk: the tables, then the file of runs, with a record of all tables.

    Raises:
        ServandaError: If the folder cannot be written.
    """
    identities = tuple(one.row["identity"] for one in runs)
    if not runs:
        return ChunkReport((), 0, 0.0)
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
        write_files_whole(files)
    except OSError as error:
        raise unwritable(folder, error, FREE_SPACE) from None
    spent = [one.row["seconds"] for one in runs if one.row["seconds"] is not None]
    failed = sum(one.row["status"] != "ok" for one in runs)
    return ChunkReport(identities, failed, sum(spent) / max(1, len(spent)))


def _runs_table(runs: Sequence[FinishedRun]) -> pa.Table:
    fixed = pa.Table.from_pylist([one.row for one in runs], schema=FIXED)
    names = dict.fromkeys(name for one in runs for name in one.headline)
    for name in names:
        values = [one.headline.get(name) for one in runs]
        # NaN is written as null, because comparisons in SQL treat NaN as a number.
        fixed = fixed.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    if any(one.cases for one in runs):
        behind = [json.dumps(_counts(one.cases)) if one.cases else None for one in runs]
        fixed = fixed.append_column(BEHIND, pa.array(behind, pa.string()))
    return fixed


def _counts(cases: Mapping[str, float]) -> dict[str, int]:
    return {name: round(value) for name, value in cases.items() if math.isfinite(value)}


def chunk_files(
    folder: Path,
    name: str,
    tables: Mapping[str, Callable[[Any], Written]],
    runs: Callable[[Any, Mapping[str, str]], Written],
) -> dict[Path, Fill]:
    """The files of a chunk with their writers: tables, then the runs with their record.

    Args:
        folder: Folder of the chunk.
        name: Name of the chunk.
        tables: For each table, the function that writes its file.
        runs: The function that writes the file of runs with the given metadata.
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
