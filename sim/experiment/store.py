"""The folder of an experiment: its manifest, its plan, its points, and chunks of finished runs.

In: a folder. Out: what is planned there, what is finished, and tables to ask in SQL. Chunks know
runs by their identity alone; which point a run belongs to is said by the plan, so that a changed
experiment finds what it shares with the earlier one.
"""

import json
import platform
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from sim import __version__
from sim.errors import ServandaError
from sim.experiment.planned import Planned, from_table, table
from sim.experiment.tables import TABLES
from sim.experiment.work import FIXED, RUNS, ending
from sim.model import code_hash
from sim.output.manifest import PARTS, cpu
from sim.output.sealed import PART, seal, seal_all, unwritable

MANIFEST = "experiment.json"
SCHEMA = 1
"""The format of experiments' folders that this version writes."""
PLAN, POINTS, CHUNKS = "plan.parquet", "points.parquet", "chunks"
SHARES = "shares.parquet"
"""Points in the unit cube, of designs that sample it."""

type Manifest = dict[str, Any]


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
        if self.path.exists() and not self.path.is_dir():
            raise ServandaError(str(self.path), "this is a file, not a folder", "name another")
        try:
            if not (self.path / MANIFEST).exists():
                self._refuse_strangers()
            self.chunks.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _refuse_strangers(self) -> None:
        ours = (PLAN, POINTS, SHARES, CHUNKS)
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
        plan: list[Planned],
        shares: pd.DataFrame | None = None,
    ) -> None:
        """Write what is to be done, the manifest last.

        Args:
            about: Title and text of the experiment, its design and factors.
            points: Factor values by point.
            plan: Every task with its identity.
            shares: Points in the unit cube, where the design samples it.

        Raises:
            ServandaError: If the folder cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        earlier = self.manifest() if (self.path / MANIFEST).exists() else {}
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
        }
        if "point" not in points:
            points = points.reset_index(names="point")
        try:
            self._table(PLAN, table(plan))
            # Those of an earlier design must never stand beside new points.
            (self.path / SHARES).unlink(missing_ok=True)
            self._table(POINTS, _columns(points))
            if shares is not None:
                self._table(SHARES, _columns(shares))
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            seal(self.path / MANIFEST, lambda file: file.write(text.encode()))
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _table(self, name: str, rows: pa.Table) -> None:
        seal(self.path / name, lambda file: parquet.write_table(rows, file, compression="zstd"))

    def manifest(self) -> Manifest:
        """What the folder says of itself.

        Raises:
            ServandaError: If it holds no experiment, or one of a newer format.
        """
        place = self.path / MANIFEST
        try:
            found: Manifest = json.loads(place.read_bytes())
            schema = int(found["schema"])
        except FileNotFoundError:
            hint = "`servanda sweep` makes one"
            raise ServandaError(str(self.path), "holds no experiment", hint) from None
        except (OSError, ValueError, KeyError, TypeError):
            what = "this is no manifest of an experiment"
            raise ServandaError(str(place), what) from None
        if schema > SCHEMA:
            what = f"written by a newer Servanda, in schema {schema}; this one reads {SCHEMA}"
            raise ServandaError(str(place), what, "install a newer Servanda")
        return found

    def plan(self) -> list[Planned]:
        """Everything that is to be done here, in order.

        Raises:
            ServandaError: If the folder holds no experiment, or its plan is missing or damaged.
        """
        self.manifest()
        self._refuse_holes()
        try:
            return from_table(parquet.read_table(self.path / PLAN))
        except (OSError, pa.ArrowException) as error:
            raise ServandaError(str(self.path / PLAN), f"cannot be read: {error}") from None

    def _refuse_holes(self) -> None:
        """Refuse a folder that has lost what says which run is which.

        Raises:
            ServandaError: If it has.
        """
        for name in (PLAN, POINTS):
            if not (self.path / name).exists():
                hint = "the same `servanda sweep` as before writes it again, and keeps all runs"
                raise ServandaError(str(self.path / name), "there is no such file", hint)

    def shares(self) -> pd.DataFrame | None:
        """The points in the unit cube; None where the folder keeps none."""
        place = self.path / SHARES
        return pd.read_parquet(place) if place.exists() else None

    # ------------------------------------------------------------ what is finished

    def finished(self) -> list[str]:
        """Names of chunks that are whole, as paths without their endings."""
        return sorted(
            str(path.with_name(path.name.removesuffix(RUNS)))
            for place in self.places
            for path in (place / CHUNKS).glob(f"*{RUNS}")
        )

    def index(self) -> dict[str, Kept]:
        """Every finished run by identity; of several rows of one run, the one that counts."""
        with self._connected() as tables:
            rows = tables.execute("SELECT identity, status, chunk FROM kept").fetchall()
        return {identity: Kept(status, chunk) for identity, status, chunk in rows}

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection to DuckDB: the views `runs`, `points`, `plan`, `kept`, and each of `TABLES`.

        `kept` has one row for each finished run, in or out of the plan: of several rows of one
        run one that went well, else the last.

        Raises:
            ServandaError: If the plan or the points are missing, or a file is damaged.
        """
        self._refuse_holes()
        return self._connected()

    def _connected(self) -> duckdb.DuckDBPyConnection:
        """As `connect`; of a folder without a plan the view `kept` only."""
        tables = duckdb.connect()
        try:
            for name, text in self._views():
                tables.execute(f"CREATE VIEW {name} AS {text}")
        except duckdb.Error as error:
            tables.close()
            raise ServandaError(str(self.path), f"cannot be read: {error}") from None
        return tables

    def _views(self) -> Iterable[tuple[str, str]]:
        found = self.finished()
        rows = _read(f"{c}{RUNS}" for c in found) if found else _nothing(_FIXED)
        yield (
            "kept",
            f"""SELECT * EXCLUDE (filename), {_chunk()} AS chunk FROM ({rows})
            QUALIFY row_number() OVER (
                PARTITION BY identity ORDER BY status = 'ok' DESC, finished DESC, filename
            ) = 1""",
        )
        if not (self.path / PLAN).exists() or not (self.path / POINTS).exists():
            return
        yield "plan", f"SELECT * FROM {_quoted(self.path / PLAN)}"
        yield "points", f"SELECT * FROM {_quoted(self.path / POINTS)}"
        yield (
            "runs",
            """SELECT plan.point, plan.replicate, points.* EXCLUDE (point), kept.* EXCLUDE (chunk)
            FROM plan JOIN kept USING (identity) LEFT JOIN points USING (point)
            ORDER BY plan.point, plan.replicate""",
        )
        for name in TABLES:
            files = [f"{c}{ending(name)}" for c in found if Path(f"{c}{ending(name)}").exists()]
            yield (
                name,
                f"""SELECT plan.point, plan.replicate, found.* EXCLUDE (filename)
                FROM ({_read(files) if files else _nothing(_KEY)}) AS found
                JOIN kept ON kept.identity = found.identity
                    AND kept.status = 'ok' AND kept.chunk = {_chunk()}
                JOIN plan ON plan.identity = found.identity""",
            )

    # ------------------------------------------------------------ housekeeping

    def tidy(self) -> None:
        """Take away temporary files of the killed; only for who has the folder to itself.

        Should one of them be alive after all, on another machine, it cannot rename what is gone.
        """
        with suppress(OSError):
            for folder in (self.path, self.chunks):
                for part in folder.glob(f"{PART}*"):
                    part.unlink(missing_ok=True)

    def _drop_lone_tables(self) -> None:
        """Take away tables whose runs were never written; those just written may still get them."""
        whole, now = set(self.finished()), time.time()
        for end in map(ending, TABLES):
            for path in self.chunks.glob(f"*{end}"):
                lone = str(path.with_name(path.name.removesuffix(end))) not in whole
                if lone and now - path.stat().st_mtime > LONELY:
                    path.unlink(missing_ok=True)

    def compact(self) -> int:
        """Write all chunks into one, then take them away; only for who has the folder to itself.

        Stopped at any time, it leaves each run in at least one chunk that is whole.

        Returns:
            How many chunks there were.

        Raises:
            ServandaError: If the folder cannot be written, or holds no whole plan.
        """
        self._refuse_holes()
        self.tidy()
        found = self.finished()
        if len(found) < 2:
            return len(found)
        kept = self.index()
        name = f"compact-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        try:
            files = {}
            ends = [*map(ending, TABLES), RUNS]
            for end in ends:
                merged = [Path(f"{c}{end}") for c in found if Path(f"{c}{end}").exists()]
                if merged:
                    files[self.chunks / f"{name}{end}"] = partial(_merge, merged, end, kept)
            seal_all(files)
            self._drop_lone_tables()
            for end in reversed(ends):
                for chunk in found:
                    Path(f"{chunk}{end}").unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self.path, error, "every run is still there") from None
        return len(found)


LONELY = 600.0
"""Seconds after which nobody is between the two files of a chunk any more."""
GROUP = 1 << 17
"""Rows that are held before they are written, in compaction."""


def _merge(files: list[Path], end: str, kept: Mapping[str, Kept], target: Any) -> None:
    """Write the rows that count of many files into one, holding few at a time."""
    schema = pa.unify_schemas([parquet.read_schema(file) for file in files])
    held: list[pa.Table] = []
    with parquet.ParquetWriter(target, schema, compression="zstd") as out:

        def flush() -> None:
            if held:
                out.write_table(pa.concat_tables(held), row_group_size=GROUP)
                held.clear()

        for file in files:
            rows = parquet.read_table(file)
            chunk = file.name.removesuffix(end)
            counts = [
                (one := kept.get(identity)) is not None and one.chunk == chunk
                for identity in rows["identity"].to_pylist()
            ]
            rows = rows.filter(pa.array(counts, pa.bool_()))
            missing = [name for name in schema.names if name not in rows.column_names]
            for column in missing:
                empty = pa.nulls(len(rows), schema.field(column).type)
                rows = rows.append_column(column, empty)
            held.append(rows.select(schema.names))
            if sum(map(len, held)) >= GROUP:
                flush()
        flush()


def _columns(frame: pd.DataFrame) -> pa.Table:
    """A table of columns each of one type; a column of several becomes text."""
    mixed: dict[str, Any] = {
        str(name): frame[name].map(lambda value: value if value is None else str(value))
        for name in frame
        if frame[name].dtype == object and frame[name].map(type).nunique() > 1
    }
    return pa.Table.from_pandas(frame.assign(**mixed), preserve_index=False)


def _read(files: Iterable[str]) -> str:
    """SQL that reads files of one kind, whatever columns they have beside."""
    listed = ", ".join(_quoted(file) for file in files)
    return f"SELECT * FROM read_parquet([{listed}], union_by_name = true, filename = true)"


_TYPES = {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE"}
_FIXED = {name: _TYPES[kind] for name, kind in zip(FIXED.names, FIXED.types, strict=True)}
_KEY = {
    **dict.fromkeys(("identity", "breakdown", "cell", "proceeding", "group"), "VARCHAR"),
    **dict.fromkeys(("month", "months", "debtor"), "BIGINT"),
}
"""What rows of tables are known by, for a folder in which there are none."""


def _nothing(kinds: Mapping[str, str]) -> str:
    """SQL of a table without rows."""
    named = {**kinds, "filename": "VARCHAR"}
    columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in named.items())
    return f"SELECT {columns} WHERE false"


def _chunk() -> str:
    """SQL of the name of the chunk in which a row stands."""
    return "split_part(parse_filename(filename), '.', 1)"


def _quoted(path: object) -> str:
    return "'" + str(path).replace("'", "''") + "'"
