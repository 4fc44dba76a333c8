"""Manages the folder of an experiment: the plan (`PlanFolder`) and the chunks of finished runs.

In: a folder. Out: the planned runs, the finished runs, and tables to query in SQL.

A chunk is a group of runs stored together. It names a run only by its identity (a hash). The plan
says to which point a run belongs, so a changed experiment can reuse runs of the earlier one.

A file that is lost, altered or foreign to its chunk is a fault. The runs of the chunk then count as
not done. The folder cannot be queried until a sweep or a retry has moved the chunk away.
"""

import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa

from sim.errors import ServandaError, ServandaWarning
from sim.runs.output.atomic import unwritable
from sim.runs.output.opened import refuse_link
from sim.runs.run_tables import TABLES
from sim.runs.storage import housekeeping, views
from sim.runs.storage import sql as queries
from sim.runs.storage.chunks import ChunkFolder, Fault, Inventory, checked
from sim.runs.storage.compact import merge
from sim.runs.storage.manifest import MANIFEST, SCHEMA, Manifest
from sim.runs.storage.plan_folder import (
    CHUNKS,
    PLAN,
    POINTS,
    SCENARIOS,
    SHARES,
    PlanFolder,
    earlier_manifest,
)

HOW_TO_REPAIR = "`servanda sweep` or `servanda retry` does the lost runs again"

__all__ = [
    "CHUNKS",
    "MANIFEST",
    "PLAN",
    "POINTS",
    "SCENARIOS",
    "SCHEMA",
    "SHARES",
    "Kept",
    "Manifest",
    "Store",
]


class Kept(NamedTuple):
    """A finished run: its status (``ok`` or ``failed``), and the name of its chunk."""

    status: str
    chunk: str


class Store(PlanFolder):
    """An experiment's folder.

    Args:
        path: The folder.
        more: Folders with other shards (parts) of the experiment, to be read together with it.
    """

    def __init__(self, path: str | Path, *more: str | Path) -> None:
        """Set the folders without reading or making them."""
        super().__init__(path)
        self.places = [self.path, *map(Path, more)]
        self._folders = [ChunkFolder(place / CHUNKS) for place in self.places]

    def _unrecorded(self, earlier: Manifest) -> list[str]:
        """Names of chunks of an earlier version, which have no record of their tables.

        The names are taken from the manifest. If it does not list them, all chunks are read to
        find them.
        """
        if earlier.get("unrecorded") is not None:
            return list(earlier["unrecorded"])
        return [one.name for one in self._folders[0].inventory(None).sound if one.record is None]

    # ------------------------------------------------------------ what is finished

    def inventory(self, *, full: bool = False) -> Inventory:
        """The complete chunks of the folders, and the faults of the others.

        Args:
            full: Whether to check every byte of every table. Otherwise only size and seal are
                compared with the record of the chunk. Files of runs are always checked in full.

        Raises:
            ServandaError: If a folder of chunks cannot be read.
        """
        found = Inventory([], [], [])
        for place, folder in zip(self.places, self._folders, strict=True):
            earlier = earlier_manifest(place) or {}
            here = folder.inventory(earlier.get("unrecorded"), full=full)
            found.sound.extend(here.sound)
            found.faults.extend(here.faults)
            found.lone.extend(here.lone)
        return found

    def index(self) -> dict[str, Kept]:
        """Every finished run by identity: the latest successful row, or else the latest row."""
        found = self.inventory(full=True).sound
        with queries.connection() as tables:
            views.of_runs(tables, found)
            rows = tables.execute("SELECT identity, status, chunk FROM kept").fetchall()
        return {identity: Kept(status, found[chunk].name) for identity, status, chunk in rows}

    def missing(self) -> int:
        """Number of planned runs that are not done or are lost.

        Raises:
            ServandaError: If the plan is missing or damaged.
        """
        plan, _ = self._planned()
        found = {
            one for chunk in self.inventory().sound for one in chunk.runs["identity"].to_pylist()
        }
        return len(set(plan["identity"].to_pylist()) - found)

    def kept(self) -> pd.DataFrame:
        """The row of every finished run, in the plan or not; the index is the identity."""
        with queries.connection() as tables:
            views.of_runs(tables, self.inventory().sound)
            rows = tables.execute("SELECT * EXCLUDE (chunk) FROM kept").df()
        return rows.set_index("identity")

    def connect(self, sql: str = "", *, partial: bool = False) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with views: `runs`, `points`, `plan`, `kept`, and one for each table.

        `kept` has one row per finished run, in the plan or not. If a run is stored several times,
        this is the latest successful row, or else the latest.

        Args:
            sql: The query that will be run. Only the tables that it names are opened. All are
                opened if it names no table, not even `runs` or `points`.
            partial: Whether chunks with faults are left out instead of raising an error.

        Raises:
            ServandaError: If the plan or the points are missing, or a file is lost or altered.
        """
        plan, points = self._planned()
        asked = _named(sql)
        found, faults = self._checked(asked)
        if faults:  # another process may have merged these chunks: check again
            found, faults = self._checked(asked)
        if faults and not partial:
            raise refusal(faults)
        tables = queries.connection()
        try:
            views.of_runs(tables, found.sound)
            views.of_plan(tables, plan, points)
            for name in asked:
                views.of_table(tables, name, found.sound)
        except (duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
            tables.close()
            why = " ".join(str(error).split())[:300]
            raise ServandaError(str(self.path), f"cannot be read: {why}") from None
        except ServandaError:
            tables.close()
            raise
        return tables

    def _checked(self, asked: Sequence[str]) -> tuple[Inventory, list[Fault]]:
        """The chunks, and their faults, after every byte of the named tables was checked."""
        found = self.inventory()
        faults = found.faults or [
            fault for one in found.sound if (fault := checked(one, asked)) is not None
        ]
        return found, faults

    # ------------------------------------------------------------ housekeeping

    def tidy(self) -> None:
        """Remove temporary files of killed processes."""
        housekeeping.tidy(self.path, self.chunks)

    def set_aside(self) -> list[Fault]:
        """Move chunks with faults into a separate folder, so that their runs are done again.

        Nothing is deleted. Only the process that has the lock may call this.

        Returns:
            The faults of these chunks.

        Raises:
            ServandaError: If the folder cannot be written.
        """
        faults = self.inventory(full=True).faults
        for fault in faults:
            housekeeping.move_aside(self.path, fault.files)
            where = f"{housekeeping.ASIDE}/"
            what = f"{fault.file}: {fault.what}; {fault.cost}, and the files are now in {where}"
            warnings.warn(what, ServandaWarning, stacklevel=2)
        return faults

    def compact(self) -> int:
        """Merge all chunks into one, then remove the old ones.

        If this is interrupted, each run is still in at least one complete chunk. Only the process
        that has the lock may call this.

        Returns:
            Number of chunks before the merge.

        Raises:
            ServandaError: If the folder cannot be written, the plan is missing or damaged, or a
                file is lost or altered. No run is then lost.
        """
        self._planned()
        refuse_link(self.chunks)
        self.tidy()
        found = self.inventory(full=True)
        if found.faults:
            raise refusal(found.faults)
        if len(found.sound) < 2 and all(one.record is not None for one in found.sound):
            return len(found.sound)
        with queries.connection() as tables:
            views.of_runs(tables, found.sound)
            kept = dict(tables.execute("SELECT identity, chunk FROM kept").fetchall())
        try:
            name = f"compact-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            merge(self.chunks, name, found.sound, kept)
            housekeeping.drop_lone_tables(self.path, found.lone, kept.keys())
        except OSError as error:
            raise unwritable(self.path, error, "no run was lost") from None
        return len(found.sound)


def refusal(faults: Sequence[Fault]) -> ServandaError:
    """The error for a folder with faults."""
    first = faults[0]
    more = f" (and {len(faults) - 1} more: see `servanda status`)" if len(faults) > 1 else ""
    return ServandaError(str(first.file), f"{first.what}; {first.cost}{more}", HOW_TO_REPAIR)


def _named(sql: str) -> list[str]:
    """The tables that a query names; all if it names no table, not even `runs` or `points`."""
    asked = sql.casefold()
    found = [name for name in TABLES if name in asked]
    return found if any(name in asked for name in (*TABLES, "runs", "points")) else list(TABLES)
