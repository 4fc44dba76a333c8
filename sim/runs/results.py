"""The results of a sweep or of a run as data frames.

In: a folder. Out: its tables, and answers to queries in SQL.
"""

import os
from functools import cached_property
from pathlib import Path

import pandas as pd

from sim.runs.output.reading import MANIFEST as RUN
from sim.runs.storage.manifest import MANIFEST as EXPERIMENT
from sim.runs.storage.manifest import Manifest
from sim.runs.storage.single import Single
from sim.runs.storage.sql import PATIENT, Limits, answer
from sim.runs.storage.store import Store
from sim.shown import About, Shown, listed


class Results(Shown):
    """The finished runs of an experiment; tables are read when they are first asked for.

    Args:
        store: The folder.
    """

    def __init__(self, store: Store | Single) -> None:
        """Read the manifest."""
        self._store = store
        self.manifest: Manifest = store.manifest()

    def _about(self) -> About:
        """The experiment that it is of, and what can be read from it."""
        manifest = self.manifest
        facts = (
            ("question", str(manifest.get("question") or "")),
            ("design", str((manifest.get("design") or {}).get("kind", "a single run"))),
            ("factors", listed(str(one["path"]) for one in manifest.get("factors", ()))),
            ("runs", f"{manifest['runs']:,} planned" if "runs" in manifest else ""),
        )
        more = ("runs", "series", "points", "survival", "accounts", "query(SQL)")
        return About("Results", str(manifest["title"]), facts, tuple(f".{name}" for name in more))

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
        """Life tables: one row per run, cell, proceeding and month since intake."""
        order = "point, replicate, breakdown, cell, proceeding, months"
        return self.query(f"SELECT * FROM survival ORDER BY {order}")

    @cached_property
    def ledgers(self) -> pd.DataFrame:
        """Mean ledgers of able payers and evaders: one row per run, cell and group, yuan."""
        return self.query(
            'SELECT * FROM ledgers ORDER BY point, replicate, breakdown, cell, "group"'
        )

    @cached_property
    def panel(self) -> pd.DataFrame:
        """The debtors followed: one row per run, month and debtor."""
        return self.query("SELECT * FROM panel ORDER BY point, replicate, month, debtor")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """What was moved, spent and counted: one row per run and entry; none in older folders."""
        return self.query("SELECT * FROM accounts ORDER BY ALL")

    @cached_property
    def reach(self) -> pd.DataFrame:
        """Whom policies reached: one row per run and policy; none in older folders."""
        return self.query("SELECT * FROM reach ORDER BY ALL")

    @cached_property
    def warming(self) -> pd.DataFrame:
        """As `series`, with the months of burn-in (below 1); of sweeps that have kept it."""
        order = "point, replicate, month, breakdown, cell"
        return self.query(f"SELECT * FROM warming ORDER BY {order}")

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

    def missing(self) -> int:
        """How many runs of the plan are not done, or are lost."""
        return self._store.missing()

    def query(self, sql: str, *, seconds: float = PATIENT, unsafe: bool = False) -> pd.DataFrame:
        """What DuckDB answers; the tables are `runs`, `points`, and those that were kept.

        Args:
            sql: A single SELECT. It reads the tables and nothing else, and takes no more than half
                of this machine's memory.
            seconds: How long it may take.
            unsafe: Whether everything that DuckDB can do is allowed: other files, writing,
                several statements, any time.

        Raises:
            ServandaError: If nothing is asked, it cannot be answered or takes too much, or
                something in the folder is lost or altered.
        """
        return self.asked(sql, Limits(seconds), unsafe=unsafe)

    def asked(self, sql: str, limits: Limits, *, unsafe: bool = False) -> pd.DataFrame:
        """As `query`, with all limits."""
        with self._store.connect(sql) as tables:
            return answer(tables, sql, limits, unsafe=unsafe)


def results(folder: str | Path, *more: str | Path) -> Results:
    """The results of a sweep, or of a single run.

    Args:
        folder: The folder of a sweep; or of a run, read as a sweep of one point with one replicate.
        more: Folders of its other shards.

    Raises:
        ServandaError: If the folder holds neither.
    """
    place = Path(folder)
    if not more and not os.path.lexists(place / EXPERIMENT) and os.path.lexists(place / RUN):
        return Results(Single(place))
    return Results(Store(folder, *more))
