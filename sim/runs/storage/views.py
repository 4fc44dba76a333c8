"""Makes the SQL views of a sweep's folder: `runs`, `points`, `plan`, `kept`, and the tables.

In: a connection, and the plan, points and chunks (files of finished runs) of the folder. Out: views
in that connection. DuckDB itself opens no file, because it could mistake a name for a pattern.
pyarrow reads the files by their literal names.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import dataset, fs, parquet

from sim.errors import ServandaError
from sim.runs.output.opened import opened
from sim.runs.storage.chunks import SoundChunk
from sim.runs.storage.writing import FIXED

if TYPE_CHECKING:
    import duckdb

_KEY = pa.schema(
    [
        *((name, pa.string()) for name in ("identity", "breakdown", "cell", "proceeding", "group")),
        *((name, pa.int64()) for name in ("month", "months", "debtor")),
    ]
)
"""Key columns of an empty view, for a table of which the folder has no file."""
CHUNK = pa.field("chunk", pa.int64())
"""Number of the chunk that contains a row."""
WORLD = "split_part({table}.identity, '-', 1) AS identity"
"""SQL for the identity of the world: the first part of the key of a run."""


def of_runs(tables: "duckdb.DuckDBPyConnection", chunks: Sequence[SoundChunk]) -> None:
    """Make the view `kept`: each finished run once, with the number of its chunk."""
    found = [
        one.runs.append_column(CHUNK, pa.array([number] * len(one.runs), CHUNK.type))
        for number, one in enumerate(chunks)
    ]
    empty = pa.schema([*FIXED, CHUNK]).empty_table()
    rows = pa.concat_tables([empty, *found], promote_options="permissive")
    names = pa.table({"chunk": range(len(chunks)), "name": [one.name for one in chunks]})
    tables.register("_rows", rows)
    tables.register("_chunks", names)
    tables.execute(
        """CREATE VIEW kept AS SELECT _rows.* FROM _rows JOIN _chunks USING (chunk)
        QUALIFY row_number() OVER (
            PARTITION BY identity ORDER BY status = 'ok' DESC, finished DESC, name
        ) = 1"""
    )


def of_plan(tables: "duckdb.DuckDBPyConnection", plan: pa.Table, points: pa.Table) -> None:
    """Make the views `plan`, `points` and `runs`."""
    tables.register("_plan", plan)
    tables.register("_points", points)
    tables.execute("CREATE VIEW plan AS SELECT * FROM _plan")
    tables.execute("CREATE VIEW points AS SELECT * FROM _points")
    tables.execute(
        f"""CREATE VIEW runs AS
        SELECT plan.point, plan.replicate, points.* EXCLUDE (point),
            kept.* EXCLUDE (chunk) REPLACE ({WORLD.format(table="kept")})
        FROM plan JOIN kept ON kept.identity = plan.identity LEFT JOIN points USING (point)
        ORDER BY plan.point, plan.replicate"""
    )


def of_table(tables: "duckdb.DuckDBPyConnection", name: str, chunks: Sequence[SoundChunk]) -> None:
    """Make the view of a table: rows of successful runs, with their points and replicates.

    Raises:
        ServandaError: If the columns of its files have incompatible types.
    """
    files = {n: one.tables[name] for n, one in enumerate(chunks) if name in one.tables}
    found = lazily(files) if files else pa.schema([*_KEY, CHUNK]).empty_table()
    tables.register(f"_{name}", found)
    tables.execute(
        f"""CREATE VIEW {name} AS
        SELECT plan.point, plan.replicate,
            found.* EXCLUDE (chunk) REPLACE ({WORLD.format(table="found")})
        FROM _{name} AS found
        JOIN kept ON kept.identity = found.identity
            AND kept.status = 'ok' AND kept.chunk = found.chunk
        JOIN plan ON plan.identity = found.identity"""
    )


def lazily(files: Mapping[int, Path]) -> dataset.Dataset:
    """All files of a table as one dataset, which is read when it is queried.

    Args:
        files: The files, by number of the chunk. This number becomes a column.

    Raises:
        ServandaError: If their columns have incompatible types.
    """
    local = fs.LocalFileSystem()
    options = dataset.ParquetFragmentScanOptions(page_checksum_verification=True)
    form = dataset.ParquetFileFormat(default_fragment_scan_options=options)
    pieces = [
        form.make_fragment(
            _literal(file), local, partition_expression=dataset.field(CHUNK.name) == number
        )
        for number, file in files.items()
    ]
    schema = unified(files.values()).append(CHUNK)
    return dataset.FileSystemDataset(pieces, schema, form, local)


def unified(files: Iterable[Path]) -> pa.Schema:
    """The columns of all files of one table, in order of first appearance.

    Raises:
        ServandaError: If a column has words in one file and numbers in another.
    """
    seen: pa.Schema | None = None
    for file in files:
        with opened(file) as handle:
            own = parquet.read_schema(handle).remove_metadata()
        try:
            seen = own if seen in {None, own} else pa.unify_schemas([seen, own], **_WIDER)
        except (pa.ArrowException, ValueError) as error:
            raise ServandaError(str(file), f"does not match the other files: {error}") from None
    return seen or pa.schema([])


def _literal(file: Path) -> str:
    """The name of a file for pyarrow, which expects UTF-8 in any locale.

    Raises:
        ServandaError: If it is not UTF-8.
    """
    try:
        return os.fsencode(file).decode("utf-8")
    except UnicodeDecodeError:
        hint = "give the folder another name"
        raise ServandaError(str(file), "the name is not UTF-8", hint) from None


_WIDER = {"promote_options": "permissive"}
