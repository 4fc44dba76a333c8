"""A run's folder as if it were a sweep of one point with one replicate.

In: a folder that `servanda run` has written. Out: the same views as of a sweep.
"""

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from sim.errors import ServandaError
from sim.runs.output.manifest import Manifest
from sim.runs.output.reading import sound, table_of
from sim.runs.run_tables import SERIES, TABLES, WARMING
from sim.runs.storage import sql as queries
from sim.runs.storage.chunks import refuse_columns
from sim.runs.storage.writing import FIXED

WHERE = {"point": 0, "replicate": 0}
"""Where in the design the run stands."""


class Single:
    """A run's folder.

    Args:
        path: The folder.
    """

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is read."""
        self.path = path

    def manifest(self) -> Manifest:
        """What the folder says of itself.

        Raises:
            ServandaError: If it holds no run, or its manifest was altered.
        """
        return sound(self.path)

    def shares(self) -> pd.DataFrame | None:
        """A run samples nothing."""
        return None

    def missing(self) -> int:
        """A run's folder holds one run, finished."""
        return 0

    def connect(self, sql: str = "") -> duckdb.DuckDBPyConnection:
        """A connection to DuckDB with the views `runs`, `points`, and each of `TABLES`.

        Args:
            sql: What will be asked; tables that it does not name are not opened.

        Raises:
            ServandaError: If a table is missing or altered.
        """
        manifest = self.manifest()
        asked = sql.casefold()
        tables = queries.connection()
        tables.register("runs", _run(manifest))
        tables.register("points", pa.table({"point": pa.array([0], pa.int64())}))
        for name in TABLES:
            if name in asked or not asked:
                burn_in = name == WARMING  # a run's folder has one series for both
                file = SERIES if burn_in else name
                tables.register(name, self._table(file, manifest, burn_in=burn_in))
        return tables

    def _table(self, name: str, manifest: Manifest, *, burn_in: bool = False) -> pa.Table:
        file = f"{name}.parquet"
        found = table_of(self.path, file, manifest)
        if found is None:
            found = pa.schema([("month", pa.int64())]).empty_table()
        refuse_columns(self.path / file, found.schema, pa.schema([]))
        if name == SERIES:
            # Burn-in is kept in a run's folder, and in no sweep's.
            if "month" not in found.column_names:
                raise ServandaError(str(self.path / file), "has no column 'month'")
            if not burn_in:
                found = found.filter(compute.greater_equal(found["month"], 1))
        return _placed(found, manifest["identity"])


def _run(manifest: Manifest) -> pa.Table:
    """The row of the run."""
    fixed = dict.fromkeys(FIXED.names) | {
        "identity": manifest["identity"],
        "seed": manifest["seed"],
        "status": "ok",
        "seconds": float(manifest["seconds"]),
        "finished": manifest["finished"],
        "cpu": manifest["cpu"],
        "warnings": "\n".join(manifest["warnings"]) or None,
    }
    row = pa.Table.from_pylist([fixed], schema=FIXED)
    for name, value in manifest["headline"].items():
        row = row.append_column(name, pa.array([value], pa.float64()))
    for at, (name, number) in enumerate(WHERE.items()):
        row = row.add_column(at, name, pa.array([number], pa.int64()))
    return row


def _placed(rows: pa.Table, identity: str) -> pa.Table:
    """Rows with the columns that those of a sweep have in front."""
    for at, (name, value) in enumerate({**WHERE, "identity": identity}.items()):
        rows = rows.add_column(at, name, pa.array([value] * len(rows)))
    return rows.replace_schema_metadata()
