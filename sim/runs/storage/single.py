"""Reads a run's folder as if it were a sweep of one point with one replicate.

In: a folder that `servanda run` has written. Out: the same SQL views as for a sweep.
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
"""Point and replicate of the run."""


class Single:
    """A run's folder.

    Args:
        path: The folder.
    """

    def __init__(self, path: Path) -> None:
        """Set the folder without reading it."""
        self.path = path

    def manifest(self) -> Manifest:
        """The manifest of the folder, checked to be unaltered.

        Raises:
            ServandaError: If the folder contains no run, or its manifest was altered.
        """
        return sound(self.path)

    def shares(self) -> pd.DataFrame | None:
        """None, since a single run has no factors."""
        return None

    def missing(self) -> int:
        """Number of missing runs: 0, since a run's folder contains one finished run."""
        return 0

    def connect(self, sql: str = "") -> duckdb.DuckDBPyConnection:
        """A connection to DuckDB with the views `runs` and `points`, and a view of each table.

        Args:
            sql: The query that will be run. Only the tables that it names are opened; if it is
                empty, all are.

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
                burn_in = name == WARMING  # a run's folder has one file for both series
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
            # The series of a run's folder contains the burn-in; that of a sweep does not.
            if "month" not in found.column_names:
                raise ServandaError(str(self.path / file), "has no column 'month'")
            if not burn_in:
                found = found.filter(compute.greater_equal(found["month"], 1))
        return _placed(found, manifest["identity"])


def _run(manifest: Manifest) -> pa.Table:
    """The run as a table of one row."""
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
    """Rows with point, replicate and identity as first columns, as in a sweep."""
    for at, (name, value) in enumerate({**WHERE, "identity": identity}.items()):
        rows = rows.add_column(at, name, pa.array([value] * len(rows)))
    return rows.replace_schema_metadata()
