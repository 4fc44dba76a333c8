"""Reads and writes a sweep's manifest, plan, points and shares.

These files lie beside the chunks, which hold the finished runs. In: a folder, and the plan of an
experiment. Out: the files, or their contents. The manifest is written last, and every other file is
checked against it.
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
"""File with the coordinates of the points: per factor a number from 0 to 1.

Designs that sample these numbers compute the values of factors from them.
"""
SCENARIOS = "scenarios"
"""Folder of complete scenarios, for sweeps of scenarios that are in memory."""
REWRITE = "the same `servanda sweep` as before writes it again, and keeps all runs"
MANY, THIN = 1_000_000, 16
"""Rows, and rows per byte. A table that exceeds both limits is refused."""
_TAKEN = ("replicate", "chunk", BEHIND)
"""Columns that the table of points must not have, because views have them already."""


class PlanFolder:
    """The files beside the chunks of a sweep.

    Args:
        path: The folder.
    """

    def __init__(self, path: str | Path) -> None:
        """Set the folder without reading or making it."""
        self.path = Path(path)

    @property
    def chunks(self) -> Path:
        """The folder of the chunks."""
        return self.path / CHUNKS

    def prepare(self) -> None:
        """Make the folder if there is none.

        Raises:
            ServandaError: If it cannot be written, or contains files that no sweep has written.
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
            raise ServandaError(str(self.path), f"holds files not made by a sweep ({named})", hint)

    def begin(
        self,
        about: Mapping[str, Any],
        points: pd.DataFrame,
        plan: list[PlannedRun],
        shares: pd.DataFrame | None = None,
    ) -> None:
        """Write the plan of the sweep, the manifest last.

        Args:
            about: Title and text of the experiment, its design and factors.
            points: Factor values, a row per point.
            plan: Every task with its identity.
            shares: Coordinates (0 to 1) behind the factor values, if the design samples them.

        Raises:
            ServandaError: If the folder cannot be written, or its manifest is not an experiment's.
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
            # Coordinates of an earlier design must never be combined with new points.
            (self.path / SHARES).unlink(missing_ok=True)
            write_files_whole(
                {self.path / name: partial(fill, name) for name in tables}
                | {self.path / MANIFEST: last}
            )
        except OSError as error:
            raise unwritable(self.path, error) from None

    def earlier(self) -> Manifest | None:
        """The manifest in the folder, altered or not; None if there is none.

        Raises:
            ServandaError: If it is not an experiment's manifest, or has a newer format.
        """
        return earlier_manifest(self.path)

    def _unrecorded(self, earlier: Manifest) -> list[str]:
        """Names of chunks of an earlier version, which have no record of their tables.

        Args:
            earlier: The manifest that was in the folder before.
        """
        return list(earlier.get("unrecorded") or [])

    def manifest(self) -> Manifest:
        """The manifest of the folder, checked to be unaltered.

        Raises:
            ServandaError: If the folder contains no experiment, or its manifest was altered or has
                a newer format.
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
        """All planned runs, in order.

        Raises:
            ServandaError: If the folder contains no experiment, or its plan is missing or damaged.
        """
        rows, _ = self._planned()
        try:
            return from_table(rows)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            what = f"is not a plan: {str(error)[:200] or type(error).__name__}"
            raise ServandaError(str(self.path / PLAN), what, REWRITE) from None

    def _planned(self) -> tuple[pa.Table, pa.Table]:
        """The plan and the points.

        Raises:
            ServandaError: If a file is missing or damaged, or does not match the manifest.
        """
        manifest = self.manifest()
        plan = self._beside(PLAN, manifest, PLANNED)
        points = self._beside(POINTS, manifest, pa.schema([("point", pa.int64())]))
        shadowing = {name.casefold() for name in points.column_names} & {*FIXED.names, *_TAKEN}
        if shadowing:
            what = f"has a column '{min(shadowing)}', which the table of runs has already"
            raise ServandaError(str(self.path / POINTS), what, "give the label another name")
        return plan, points

    def _beside(self, name: str, manifest: Manifest, wanted: pa.Schema) -> pa.Table:
        """Read one of the tables beside the chunks."""
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
            raise ServandaError(str(file), "does not match the manifest", REWRITE)
        return rows

    def shares(self) -> pd.DataFrame | None:
        """Coordinates (0 to 1) behind the factor values; None if the folder has none.

        Raises:
            ServandaError: If the file is damaged or lost.
        """
        manifest = self.manifest()
        if not os.path.lexists(self.path / SHARES) and SHARES not in (manifest.get("files") or {}):
            return None
        rows = self._beside(SHARES, manifest, pa.schema([("point", pa.int64())]))
        frame: pd.DataFrame = rows.to_pandas(ignore_metadata=True)
        return frame


def _refuse_bomb(table: Opened) -> None:
    if table.count > max(MANY, THIN * table.seal.size):
        what = f"claims {table.count:,} rows, more than a file of its size can contain"
        raise ServandaError(str(table.path), what)


def earlier_manifest(place: Path) -> Manifest | None:
    """The manifest in a folder, altered or not; None if there is none."""
    try:
        return manifests.read(place)
    except FileNotFoundError:
        return None


def _columns(frame: pd.DataFrame) -> pa.Table:
    """A data frame as a table; a column with values of several types becomes text."""
    mixed: dict[str, Any] = {
        str(name): frame[name].map(lambda value: value if value is None else str(value))
        for name in frame
        if frame[name].dtype == object and frame[name].map(type).nunique() > 1
    }
    rows = pa.Table.from_pandas(frame.assign(**mixed), preserve_index=False)
    return rows.replace_schema_metadata()
