"""What came out of a sweep, as data frames."""

from functools import cached_property
from pathlib import Path

import pandas as pd

from sim.errors import ServandaError
from sim.experiment.store import Manifest, Store


class Results:
    """The finished runs of an experiment; tables are read when they are first asked for.

    Args:
        store: The experiment's folder.
    """

    def __init__(self, store: Store) -> None:
        """Read the manifest."""
        self._store = store
        self.manifest: Manifest = store.manifest()

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run, by point and replicate: factor values, status, indicators."""
        return self.query("SELECT * FROM runs")

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a run, month and cell: point, replicate, month, breakdown, cell, indicators."""
        order = "point, replicate, month, breakdown, cell"
        return self.query(f"SELECT * FROM series ORDER BY {order}")

    @cached_property
    def survival(self) -> pd.DataFrame:
        """Life tables: one row a run, cell, proceeding and month since intake."""
        order = "point, replicate, breakdown, cell, proceeding, months"
        return self.query(f"SELECT * FROM survival ORDER BY {order}")

    @cached_property
    def ledgers(self) -> pd.DataFrame:
        """Mean ledgers of able payers and evaders: one row a run, cell and group, yuan."""
        return self.query(
            'SELECT * FROM ledgers ORDER BY point, replicate, breakdown, cell, "group"'
        )

    @cached_property
    def panel(self) -> pd.DataFrame:
        """The debtors followed: one row a run, month and debtor."""
        return self.query("SELECT * FROM panel ORDER BY point, replicate, month, debtor")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """What was moved, spent and counted: one row a run and entry; none in older folders."""
        return self.query("SELECT * FROM accounts ORDER BY ALL")

    @cached_property
    def reach(self) -> pd.DataFrame:
        """Whom policies reached: one row a run and policy; none in older folders."""
        return self.query("SELECT * FROM reach ORDER BY ALL")

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point of the design: its number and its factor values."""
        return self.query("SELECT * FROM points ORDER BY point")

    @cached_property
    def shares(self) -> pd.DataFrame | None:
        """One row a point: its number, and for each factor how far through its spread it stands.

        None where the design does not sample the unit cube, and in older folders.
        """
        return self._store.shares()

    def query(self, sql: str) -> pd.DataFrame:
        """What DuckDB answers; the tables are `runs`, `points`, and those that were kept.

        Raises:
            ServandaError: If nothing is asked.
        """
        with self._store.connect() as tables:
            # DuckDB runs nothing without a word, and has then nothing to make a frame of.
            if not tables.extract_statements(sql):
                raise ServandaError("SQL", "nothing is asked", 'write "SELECT * FROM runs", say')
            return tables.execute(sql).df()


def results(folder: str | Path, *more: str | Path) -> Results:
    """The results of a sweep.

    Args:
        folder: The folder of the sweep.
        more: Folders of its other shards.

    Raises:
        ServandaError: If the folder holds no experiment.
    """
    return Results(Store(folder, *more))
