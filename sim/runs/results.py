"""Reads the results of a sweep or of a run as data frames.

In: a folder of results. Out: its tables, and the results of SQL queries.

A point is a combination of factor values. A replicate is one of the runs at a point. A cell is one
part of a breakdown, such as one district.
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
    """The finished runs of an experiment; each table is read when it is first used.

    Args:
        store: The folder of the sweep or run.
    """

    def __init__(self, store: Store | Single) -> None:
        """Read the manifest."""
        self._store = store
        self.manifest: Manifest = store.manifest()

    def _about(self) -> About:
        """A short description of the experiment, and the names of what can be read."""
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
        """One row per run, ordered by point and replicate: factor values, status, indicators."""
        return self.query("SELECT * FROM runs")

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row per run, month and cell: point, replicate, month, breakdown, cell, indicators."""
        order = "point, replicate, month, breakdown, cell"
        return self.query(f"SELECT * FROM series ORDER BY {order}")

    @cached_property
    def survival(self) -> pd.DataFrame:
        """Life tables: one row per run, cell, proceeding and month since intake."""
        order = "point, replicate, breakdown, cell, proceeding, months"
        return self.query(f"SELECT * FROM survival ORDER BY {order}")

    @cached_property
    def ledgers(self) -> pd.DataFrame:
        """Mean costs and gain of not paying, yuan: a row per run, cell and group.

        Groups are debtors who pay and debtors who evade.
        """
        return self.query(
            'SELECT * FROM ledgers ORDER BY point, replicate, breakdown, cell, "group"'
        )

    @cached_property
    def panel(self) -> pd.DataFrame:
        """The debtors who are followed month by month: one row per run, month and debtor."""
        return self.query("SELECT * FROM panel ORDER BY point, replicate, month, debtor")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """Payments, costs and counts: one row per run and entry. Empty for older folders."""
        return self.query("SELECT * FROM accounts ORDER BY ALL")

    @cached_property
    def reach(self) -> pd.DataFrame:
        """What each policy targets (courts, debtors, claims): one row per run and policy.

        Empty for older folders.
        """
        return self.query("SELECT * FROM reach ORDER BY ALL")

    @cached_property
    def warming(self) -> pd.DataFrame:
        """The series with the months of burn-in (0 and below); empty unless the sweep stored it."""
        order = "point, replicate, month, breakdown, cell"
        return self.query(f"SELECT * FROM warming ORDER BY {order}")

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The counts behind the indicators: one row per run, month and cell.

        Empty unless the sweep stored them.
        """
        order = "point, replicate, month, breakdown, cell"
        return self.query(f"SELECT * FROM counts ORDER BY {order}")

    @cached_property
    def arms(self) -> pd.DataFrame:
        """Claims of both arms of policies assigned at random (`sim.runs.arm_claims.arm_claims`).

        Empty unless the sweep stored them.
        """
        return self.query("SELECT * FROM arms ORDER BY ALL")

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row per point of the design: its number and its factor values."""
        return self.query("SELECT * FROM points ORDER BY point")

    @cached_property
    def shares(self) -> pd.DataFrame | None:
        """The number of each point, and for each factor the coordinate (0 to 1) behind its value.

        None if the design does not sample these coordinates, and for older folders.
        """
        return self._store.shares()

    def missing(self) -> int:
        """Number of planned runs that are not done or are lost."""
        return self._store.missing()

    def query(self, sql: str, *, seconds: float = PATIENT, unsafe: bool = False) -> pd.DataFrame:
        """The result of a query in DuckDB on `runs`, `points` and all stored tables.

        Args:
            sql: A single SELECT. It can read only these tables, and use at most half of the memory.
            seconds: Time limit of the query.
            unsafe: Whether to allow everything that DuckDB can do: other files, writing, several
                statements, any length of time.

        Raises:
            ServandaError: If the query is empty, invalid or beyond a limit, or a file in the folder
                is lost or altered.
        """
        return self.asked(sql, Limits(seconds), unsafe=unsafe)

    def asked(self, sql: str, limits: Limits, *, unsafe: bool = False) -> pd.DataFrame:
        """The result of a query, with limits on time, memory and the size of the result."""
        with self._store.connect(sql) as tables:
            return answer(tables, sql, limits, unsafe=unsafe)


def results(folder: str | Path, *more: str | Path) -> Results:
    """The results of a sweep, or of a single run.

    Args:
        folder: The folder of a sweep or of a run. A run counts as a sweep of one point with one
            replicate.
        more: Folders of the sweep's other shards.

    Raises:
        ServandaError: If the folder contains neither a sweep nor a run.
    """
    place = Path(folder)
    if not more and not os.path.lexists(place / EXPERIMENT) and os.path.lexists(place / RUN):
        return Results(Single(place))
    return Results(Store(folder, *more))
