"""A sweep's folder without its chunks: the manifest, the plan, the points, and shares of the cube.

In: a folder; and what an experiment is to do. Out: files beside the chunks, and what they say, each
checked against the manifest, which is written last.
"""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from sim import __version__
from sim.errors import ServandaError
from sim.runs.output import declared
from sim.runs.output.atomic import PART, unwritable, write_files_whole
from sim.runs.output.manifest import PARTS, cpu
from sim.runs.output.opened import refuse_link
from sim.runs.output.table import Opened, store, whole
from sim.runs.run_plan import SCHEMA as PLANNED
from sim.runs.run_plan import PlannedRun, from_table, table
from sim.runs.storage import manifest as manifests
from sim.runs.storage.chunks import refuse_columns
from sim.runs.storage.housekeeping import ASIDE
from sim.runs.storage.manifest import MANIFEST, SCHEMA, Manifest
from sim.runs.storage.writing import BEHIND, FIXED
from sim.world import code_hash

PLAN, POINTS, CHUNKS = "plan.parquet", "points.parquet", "chunks"
SHARES = "shares.parquet"
"""Points in the unit cube, of designs that sample it."""
SCENARIOS = "scenarios"
"""Folder of resolved scenarios, where those of a sweep were held in memory."""
REWRITE = "the same `servanda sweep` as before writes it again, and keeps all runs"
MANY, THIN = 1_000_000, 16
"""Rows per byte above which a plan or points of more than many rows are refused."""
_TAKEN = ("replicate", "chunk", BEHIND)
"""Columns of the plan and of views, which no point may have."""


class PlanFolder:
    """The files of a sweep's folder beside its chunks.

    Args:
        path: The folder.
    """

    def __init__(self, path: str | Path) -> None:
        """Name the folder; nothing is read or made."""
        self.path = Path(path)

    @property
    def chunks(self) -> Path:
        """Where chunks are written."""
        return self.path / CHUNKS

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
            write_files_whole(
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
        return earlier_manifest(self.path)

    def _unrecorded(self, earlier: Manifest) -> list[str]:
        """Names of chunks that an earlier version has written, without a record of their tables.

        Args:
            earlier: The manifest that lay here before.
        """
        return list(earlier.get("unrecorded") or [])

    def manifest(self) -> Manifest:
        """What the folder says of itself.

        Raises:
            ServandaError: If it holds no experiment, one of a newer format, or one that was
                altered.
        """
        return self._manifest(self.path)

    def _manifest(self, place: Path) -> Manifest:
        found = earlier_manifest(place)
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


def _refuse_bomb(table: Opened) -> None:
    if table.count > max(MANY, THIN * table.seal.size):
        what = f"declares {table.count:,} rows, more than it can hold"
        raise ServandaError(str(table.path), what)


def earlier_manifest(place: Path) -> Manifest | None:
    """The manifest that lies in a folder, altered or not; None if there is none."""
    try:
        return manifests.read(place)
    except FileNotFoundError:
        return None


def _columns(frame: pd.DataFrame) -> pa.Table:
    """A table of columns each of one type; a column of several becomes text."""
    mixed: dict[str, Any] = {
        str(name): frame[name].map(lambda value: value if value is None else str(value))
        for name in frame
        if frame[name].dtype == object and frame[name].map(type).nunique() > 1
    }
    rows = pa.Table.from_pandas(frame.assign(**mixed), preserve_index=False)
    return rows.replace_schema_metadata()
