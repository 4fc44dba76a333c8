"""The folder of an experiment: its manifest, its plan, its points, and chunks of finished runs.

In: a folder. Out: what is planned there, what is finished, and tables to ask in SQL. Chunks know
runs by their identity alone; which point a run belongs to is said by the plan, so that a changed
experiment finds what it shares with the earlier one.

What is lost, foreign or altered in a folder is a fault: the runs that it costs count as not done,
and nothing is answered from the folder before a sweep or a retry has set the fault aside.
"""

import os
import platform
import time
import warnings
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa

from sim import __version__
from sim.errors import ServandaError, ServandaWarning
from sim.runs.output import declared
from sim.runs.output.manifest import PARTS, cpu
from sim.runs.output.opened import refuse_link
from sim.runs.output.sealed import PART, seal_all, unwritable
from sim.runs.output.table import Opened, read, store, whole
from sim.runs.run_plan import SCHEMA as PLANNED
from sim.runs.run_plan import PlannedRun, from_table, table
from sim.runs.run_tables import TABLES
from sim.runs.storage import asking, views
from sim.runs.storage import manifest as manifests
from sim.runs.storage.chunks import Fault, Inventory, Shelf, checked, refuse_columns
from sim.runs.storage.compact import merge
from sim.runs.storage.manifest import MANIFEST, SCHEMA, Manifest
from sim.runs.storage.writing import BEHIND, FIXED
from sim.world import code_hash

PLAN, POINTS, CHUNKS = "plan.parquet", "points.parquet", "chunks"
SHARES = "shares.parquet"
"""Points in the unit cube, of designs that sample it."""
SCENARIOS = "scenarios"
"""Folder of resolved scenarios, where those of a sweep were held in memory."""
ASIDE = "damaged"
"""Where chunks are put in which something is lost or altered."""
AGAIN = "`servanda sweep` or `servanda retry` does them again"
REWRITE = "the same `servanda sweep` as before writes it again, and keeps all runs"
MANY, THIN = 1_000_000, 16
"""Rows a byte that are believed of a plan or of points with more than many rows."""
LONELY = 600.0
"""Seconds after which nobody is between the two files of a chunk any more."""

__all__ = ["CHUNKS", "MANIFEST", "PLAN", "POINTS", "SCHEMA", "SHARES", "Kept", "Manifest", "Store"]


class Kept(NamedTuple):
    """A finished run: whether it went well, and the chunk that holds it."""

    status: str
    chunk: str


class Store:
    """An experiment's folder.

    Args:
        path: The folder.
        more: Folders of other shards of the same experiment, to be read together with it.
    """

    def __init__(self, path: str | Path, *more: str | Path) -> None:
        """Name the folder; nothing is read or made."""
        self.path = Path(path)
        self.places = [self.path, *map(Path, more)]
        self._shelves = [Shelf(place / CHUNKS) for place in self.places]

    @property
    def chunks(self) -> Path:
        """Where chunks are written."""
        return self.path / CHUNKS

    # ------------------------------------------------------------ what stands beside the chunks

    def prepare(self) -> None:
        """Make the folder if there is none.

        Raises:
            ServandaError: If it cannot be written, or holds what is not ours.
        """
        try:
            if self.path.exists() and not self.path.is_dir():
                raise ServandaError(str(self.path), "this is a file, not a folder", "name another")
            refuse_link(self.chunks)
            if not os.path.lexists(self.path / MANIFEST):
                self._refuse_strangers()
            self.chunks.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _refuse_strangers(self) -> None:
        ours = (PLAN, POINTS, SHARES, CHUNKS, SCENARIOS, ASIDE)
        found = sorted(self.path.iterdir()) if self.path.exists() else []
        strangers = [
            p.name
            for p in found
            if p.name not in ours and not p.name.startswith(PART) and p.suffix != ".lock"
        ]
        if strangers:
            named = ", ".join(strangers[:3]) + (", …" if len(strangers) > 3 else "")
            hint = "name a new folder, or one that holds an experiment"
            raise ServandaError(str(self.path), f"holds what no sweep has written ({named})", hint)

    def begin(
        self,
        about: Mapping[str, Any],
        points: pd.DataFrame,
        plan: list[PlannedRun],
        shares: pd.DataFrame | None = None,
    ) -> None:
        """Write what is to be done, the manifest last.

        Args:
            about: Title and text of the experiment, its design and factors.
            points: Factor values by point.
            plan: Every task with its identity.
            shares: Points in the unit cube, where the design samples it.

        Raises:
            ServandaError: If the folder cannot be written, or holds a manifest that is not ours.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        earlier = self.earlier() or {}
        manifest = {
            "schema": SCHEMA,
            **about,
            "runs": len(plan),
            "points": len(points),
            "code": code_hash(),
            "versions": {"servanda": __version__, "python": platform.python_version()}
            | {part: version(part) for part in (*PARTS, "duckdb")},
            "cpu": cpu(),
            "created": earlier.get("created", now),
            "planned": now,
            "unrecorded": self._unrecorded(earlier),
        }
        if "point" not in points:
            points = points.reset_index(names="point")
        tables = {PLAN: table(plan), POINTS: _columns(points)}
        if shares is not None:
            tables[SHARES] = _columns(shares)
        files: dict[str, str] = {}

        def fill(name: str, file: Any) -> None:
            files[name] = store(tables[name], file).seal.digest

        def last(file: Any) -> None:
            file.write(declared.text(manifest | {"files": files}))

        try:
            # Those of an earlier design must never stand beside new points.
            (self.path / SHARES).unlink(missing_ok=True)
            seal_all(
                {self.path / name: partial(fill, name) for name in tables}
                | {self.path / MANIFEST: last}
            )
        except OSError as error:
            raise unwritable(self.path, error) from None

    def earlier(self) -> Manifest | None:
        """The manifest that lies here, altered or not; None if there is none.

        Raises:
            ServandaError: If it is no experiment's, or one of a newer format.
        """
        return _earlier(self.path)

    def _unrecorded(self, earlier: Manifest) -> list[str]:
        """Names of chunks that an earlier version has written, without a record of their tables."""
        if earlier.get("unrecorded") is not None:
            return list(earlier["unrecorded"])
        return [one.name for one in self._shelves[0].inventory(None).whole if one.record is None]

    def manifest(self) -> Manifest:
        """What the folder says of itself.

        Raises:
            ServandaError: If it holds no experiment, one of a newer format, or one that was
                altered.
        """
        return self._manifest(self.path)

    def _manifest(self, place: Path) -> Manifest:
        found = _earlier(place)
        if found is None:
            hint = "`servanda sweep` makes one"
            raise ServandaError(str(place), "holds no experiment", hint)
        if declared.altered(found):
            what = "was altered since it was written"
            raise ServandaError(str(place / MANIFEST), what, REWRITE)
        return found

    def plan(self) -> list[PlannedRun]:
        """Everything that is to be done here, in order.

        Raises:
            ServandaError: If the folder holds no experiment, or its plan is missing or damaged.
        """
        rows, _ = self._planned()
        try:
            return from_table(rows)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            what = f"holds no plan: {str(error)[:200] or type(error).__name__}"
            raise ServandaError(str(self.path / PLAN), what, REWRITE) from None

    def _planned(self) -> tuple[pa.Table, pa.Table]:
        """The plan and the points.

        Raises:
            ServandaError: If one is missing or damaged, or not the one that the manifest names.
        """
        manifest = self.manifest()
        plan = self._beside(PLAN, manifest, PLANNED)
        points = self._beside(POINTS, manifest, pa.schema([("point", pa.int64())]))
        shadowing = {name.casefold() for name in points.column_names} & {*FIXED.names, *_TAKEN}
        if shadowing:
            what = f"has a column '{min(shadowing)}', which is one of the runs' own"
            raise ServandaError(str(self.path / POINTS), what, "give the label another name")
        return plan, points

    def _beside(self, name: str, manifest: Manifest, wanted: pa.Schema) -> pa.Table:
        """One of the tables beside the chunks."""
        file = self.path / name
        try:
            with Opened(file) as opened:
                refuse_columns(file, opened.schema, wanted)
                _refuse_bomb(opened)
                rows, found = whole(opened), opened.seal.digest
        except FileNotFoundError:
            raise ServandaError(str(file), "there is no such file", REWRITE) from None
        except ServandaError as error:
            raise ServandaError(error.where, error.what, error.hint or REWRITE) from None
        if (manifest.get("files") or {}).get(name, found) != found:
            raise ServandaError(str(file), "is not the one that the manifest names", REWRITE)
        return rows

    def shares(self) -> pd.DataFrame | None:
        """The points in the unit cube; None where the folder keeps none.

        Raises:
            ServandaError: If they are damaged, or lost.
        """
        manifest = self.manifest()
        if not os.path.lexists(self.path / SHARES) and SHARES not in (manifest.get("files") or {}):
            return None
        rows = self._beside(SHARES, manifest, pa.schema([("point", pa.int64())]))
        frame: pd.DataFrame = rows.to_pandas(ignore_metadata=True)
        return frame

    # ------------------------------------------------------------ what is finished

    def inventory(self, *, full: bool = False) -> Inventory:
        """What lies in the folder and is whole, and what is not.

        Args:
            full: Whether every byte is checked, rather than sizes, rows and seals compared.

        Raises:
            ServandaError: If a folder of chunks cannot be read.
        """
        found = Inventory([], [], [])
        for place, shelf in zip(self.places, self._shelves, strict=True):
            earlier = _earlier(place) or {}
            here = shelf.inventory(earlier.get("unrecorded"), full=full)
            found.whole.extend(here.whole)
            found.faults.extend(here.faults)
            found.lone.extend(here.lone)
        return found

    def index(self) -> dict[str, Kept]:
        """Every finished run by identity; of several rows of one run, the one that counts."""
        found = self.inventory(full=True).whole
        with asking.connection() as tables:
            views.of_runs(tables, found)
            rows = tables.execute("SELECT identity, status, chunk FROM kept").fetchall()
        return {identity: Kept(status, found[chunk].name) for identity, status, chunk in rows}

    def missing(self) -> int:
        """How many runs of the plan are not done, or are lost.

        Raises:
            ServandaError: If the plan is missing or damaged.
        """
        plan, _ = self._planned()
        found = {
            one for chunk in self.inventory().whole for one in chunk.runs["identity"].to_pylist()
        }
        return len(set(plan["identity"].to_pylist()) - found)

    def kept(self) -> pd.DataFrame:
        """Every finished run, in or out of the plan: its row, and its identity as index."""
        with asking.connection() as tables:
            views.of_runs(tables, self.inventory().whole)
            rows = tables.execute("SELECT * EXCLUDE (chunk) FROM kept").df()
        return rows.set_index("identity")

    def connect(self, sql: str = "", *, partial: bool = False) -> duckdb.DuckDBPyConnection:
        """A connection to DuckDB: the views `runs`, `points`, `plan`, `kept`, and each of `TABLES`.

        `kept` has one row for each finished run, in or out of the plan: of several rows of one
        run one that went well, else the last.

        Args:
            sql: What will be asked; tables that it does not name are not opened.
            partial: Whether chunks with faults are left out, rather than refused.

        Raises:
            ServandaError: If the plan or the points are missing, or anything is lost or altered.
        """
        plan, points = self._planned()
        asked = _named(sql)
        found, faults = self._checked(asked)
        if faults:  # unless it was a compaction that has put another chunk in the place of these
            found, faults = self._checked(asked)
        if faults and not partial:
            raise refusal(faults)
        tables = asking.connection()
        try:
            views.of_runs(tables, found.whole)
            views.of_plan(tables, plan, points)
            for name in asked:
                views.of_table(tables, name, found.whole)
        except (duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
            tables.close()
            why = " ".join(str(error).split())[:300]
            raise ServandaError(str(self.path), f"cannot be read: {why}") from None
        except ServandaError:
            tables.close()
            raise
        return tables

    def _checked(self, asked: Sequence[str]) -> tuple[Inventory, list[Fault]]:
        """What lies here, and its faults; those of tables that are asked for to the last byte."""
        found = self.inventory()
        faults = found.faults or [
            fault for one in found.whole if (fault := checked(one, asked)) is not None
        ]
        return found, faults

    # ------------------------------------------------------------ housekeeping

    def tidy(self) -> None:
        """Take away temporary files of the killed; only for who has the folder to itself.

        Should one of them be alive after all, on another machine, it cannot rename what is gone.
        """
        for folder in (self.path, self.chunks):
            if folder.is_symlink() and folder == self.chunks:
                continue
            with suppress(OSError):
                for part in folder.iterdir():
                    if part.name.startswith(PART):
                        with suppress(OSError):
                            part.unlink()

    def set_aside(self) -> list[Fault]:
        """Move chunks with faults out of the way; only for who has the folder to itself.

        Nothing is removed: they lie in a folder of their own, and what they held is done again.

        Returns:
            What was wrong with them.

        Raises:
            ServandaError: If the folder cannot be written.
        """
        faults = self.inventory(full=True).faults
        for fault in faults:
            self._move_aside(fault.files)
            what = f"{fault.file}: {fault.what}; {fault.cost}, their files are kept in {ASIDE}/"
            warnings.warn(what, ServandaWarning, stacklevel=2)
        return faults

    def _move_aside(self, files: Sequence[Path]) -> None:
        aside = self.path / ASIDE
        refuse_link(aside)
        try:
            aside.mkdir(exist_ok=True)
            for file in files:
                target, number = aside / file.name, 1
                while os.path.lexists(target):
                    target, number = aside / f"{number}-{file.name}", number + 1
                with suppress(FileNotFoundError):
                    file.rename(target)
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _drop_lone_tables(self, lone: Sequence[Path], known: Collection[str]) -> None:
        """Take away tables whose runs are all in whole chunks; those just written are left."""
        now = time.time()
        for path in lone:
            if now - path.lstat().st_mtime < LONELY:
                continue
            try:
                identities = read(path)["identity"].unique().to_pylist()
            except (ServandaError, OSError, KeyError):
                identities = [""]
            if set(identities) <= set(known):
                path.unlink(missing_ok=True)
            else:
                self._move_aside([path])

    def compact(self) -> int:
        """Write all chunks into one, then take them away; only for who has the folder to itself.

        Stopped at any time, it leaves each run in at least one chunk that is whole.

        Returns:
            How many chunks there were.

        Raises:
            ServandaError: If the folder cannot be written, holds no whole plan, or something in it
                is lost or altered; then nothing was changed.
        """
        self._planned()
        refuse_link(self.chunks)
        self.tidy()
        found = self.inventory(full=True)
        if found.faults:
            raise refusal(found.faults)
        if len(found.whole) < 2 and all(one.record is not None for one in found.whole):
            return len(found.whole)
        with asking.connection() as tables:
            views.of_runs(tables, found.whole)
            kept = dict(tables.execute("SELECT identity, chunk FROM kept").fetchall())
        try:
            name = f"compact-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
            merge(self.chunks, name, found.whole, kept)
            self._drop_lone_tables(found.lone, kept.keys())
        except OSError as error:
            raise unwritable(self.path, error, "every run is still there") from None
        return len(found.whole)


def _refuse_bomb(table: Opened) -> None:
    if table.count > max(MANY, THIN * table.seal.size):
        what = f"declares {table.count:,} rows, more than it can hold"
        raise ServandaError(str(table.path), what)


def _earlier(place: Path) -> Manifest | None:
    """The manifest that lies in a folder, altered or not; None if there is none."""
    try:
        return manifests.read(place)
    except FileNotFoundError:
        return None


_TAKEN = ("replicate", "chunk", BEHIND)
"""Columns of the plan and of views, which no point may have."""


def refusal(faults: Sequence[Fault]) -> ServandaError:
    """What a user is told of a folder with faults."""
    first = faults[0]
    more = f" (and {len(faults) - 1} more: see `servanda status`)" if len(faults) > 1 else ""
    return ServandaError(str(first.file), f"{first.what}; {first.cost}{more}", AGAIN)


def _named(sql: str) -> list[str]:
    """Tables that a question may be about: those that it names; all of them if it names none."""
    asked = sql.casefold()
    found = [name for name in TABLES if name in asked]
    return found if any(name in asked for name in (*TABLES, "runs", "points")) else list(TABLES)


def _columns(frame: pd.DataFrame) -> pa.Table:
    """A table of columns each of one type; a column of several becomes text."""
    mixed: dict[str, Any] = {
        str(name): frame[name].map(lambda value: value if value is None else str(value))
        for name in frame
        if frame[name].dtype == object and frame[name].map(type).nunique() > 1
    }
    rows = pa.Table.from_pandas(frame.assign(**mixed), preserve_index=False)
    return rows.replace_schema_metadata()
