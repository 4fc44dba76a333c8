"""The material of a report: the results in the folder of a run or sweep, in a common form.

In: a folder. Out: `Material`: points (the worlds that a sweep compares), runs, and tables that can
be queried in SQL. A run's folder counts as a sweep of one point with one replicate.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.cases import cases
from sim.analysis.optimisation.front import NOTE, read_note
from sim.errors import ServandaError
from sim.runs.output.reading import MANIFEST as RUN
from sim.runs.results import Results, results
from sim.runs.storage.store import MANIFEST as EXPERIMENT
from sim.terms import Currency
from sim.words.currency import CURRENCIES

SCENARIO = "scenario"
POLICY = "policies."
type Query = Callable[[str], pd.DataFrame]

FILLING = frozenset({"morris", "sobol", "latin_hypercube", "search"})
"""Designs whose points are spread over the whole space of the factors."""
ALIKE = frozenset({"morris", "sobol", "latin_hypercube", "fractional_factorial"})
"""Designs whose first point is not a base for comparisons."""
FIRST = 0
"""Number of the first point."""
FEW = 8
"""Largest number of points that can be distinguished by colour."""


@dataclass(frozen=True, eq=False)
class Material:
    """The results of a run or of a sweep.

    Args:
        folder: The folder.
        title: Title of the run or sweep.
        question: The question to be answered; empty for a run.
        kind: Kind of design; ``run`` for a single run.
        manifest: Contents of the file that describes the folder, such as design and versions.
        points: A row per point: number and values of factors.
        runs: A row per successful run: point, replicate, indicators.
        failed: A row per failed run.
        done: Number of finished runs. It includes failed runs, and runs of a search on fresh seeds.
        query: Runs SQL on the tables `series`, `survival` and `ledgers`. They are never loaded as a
            whole, since those of a large sweep do not fit into memory.
        sweep: The sweep, for analyses; None for a run.
        differences: Paired differences computed so far, by measure and base; see `estimate.paired`.
    """

    folder: Path
    title: str
    question: str
    kind: str
    manifest: dict[str, Any] = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    runs: pd.DataFrame = field(repr=False)
    failed: pd.DataFrame = field(repr=False)
    done: int
    query: Query = field(repr=False)
    sweep: Results | None = field(repr=False)
    differences: dict[tuple[str, int], Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def currency(self) -> Currency:
        """The money of the run, or of the sweep's first scenario; yuan if nothing is recorded."""
        found = self.manifest.get("scenario") or self.manifest
        named = found.get("currency")
        return named if named in CURRENCIES else "yuan"

    @property
    def count(self) -> int:
        """Number of points."""
        return len(self.points)

    @property
    def replicates(self) -> int:
        """Largest number of successful replicates of a point."""
        return int(self.runs.groupby("point").size().max()) if len(self.runs) else 0

    @property
    def few(self) -> bool:
        """Whether the points are few enough to be distinguished by colour."""
        return self.count <= FEW

    @property
    def several(self) -> bool:
        """Whether there is more than one point, so that points can be compared."""
        return self.count > 1

    @cached_property
    def factors(self) -> list[dict[str, Any]]:
        """The factors, as recorded in the manifest of the sweep."""
        return list(self.manifest.get("factors", ()))

    @property
    def base(self) -> int | None:
        """The first point, with which the others are compared.

        None if none of its runs succeeded, or if the first point of the design is like any other.
        """
        return FIRST if FIRST in self.present and self.kind not in ALIKE else None

    @cached_property
    def present(self) -> list[int]:
        """Points with a successful run, in order."""
        return sorted(self.runs["point"].unique().tolist())

    def values(self, measure: str) -> pd.DataFrame:
        """Values of a measure: a row per replicate, a column per point."""
        table = self.runs.pivot_table(
            index="replicate", columns="point", values=measure, dropna=False
        )
        return table.reindex(columns=self.present)

    def behind(self, measure: str) -> pd.DataFrame | None:
        """Number of cases behind a measure: a row per replicate, a column per point, as `values`.

        None if no run recorded it.
        """
        counts = cases(self.runs, measure)
        if counts is None:
            return None
        table = self.runs[["replicate", "point"]].assign(cases=counts)
        wide = table.pivot_table(index="replicate", columns="point", values="cases", dropna=False)
        return wide.reindex(columns=self.present)

    @cached_property
    def kept(self) -> list[str]:
        """Indicators that the runs recorded and that have a value in some run."""
        others = {"seconds", *map(str, self.points)}
        names = [str(name) for name in self.runs.select_dtypes("float") if name not in others]
        return [name for name in names if self.has(name)]

    @cached_property
    def chosen(self) -> list[int]:
        """Points to show one by one: all if they are few, otherwise at most `FEW`.

        If there are more than `FEW`, the choice depends on the design. For a full factorial these
        points are shown: the one without policies, then those with a single policy, then the one
        with all of them. For a design that fills a space no point is shown, since a single point
        says little. For other designs the first points are shown.
        """
        if self.kind in FILLING and len(self.present) > FEW:
            return []
        if self.kind == "factorial" and len(self.present) > FEW:
            last = max(self.present)
            alone = [1 << bit for bit in range(last.bit_length())]
            found = [point for point in (0, *alone, last) if point in self.present]
            return found[:FEW]
        return self.present[:FEW]

    @cached_property
    def monthly(self) -> list[str]:
        """Indicators in the monthly series."""
        return [
            str(name) for name in self.query("SELECT * FROM series LIMIT 0") if name in self.runs
        ]

    def keeps(self, table: str) -> bool:
        """Whether the runs recorded any row of a table."""
        found = self.query(f"SELECT count(*) AS rows FROM {table}")
        return bool(found["rows"].iloc[0])

    def has(self, measure: str) -> bool:
        """Whether a measure was recorded and has a value in some run."""
        return measure in self.runs and bool(self.runs[measure].notna().any())


def material(folder: str | Path) -> Material:
    """Read the folder of a run or of a sweep.

    Args:
        folder: The folder.

    Raises:
        ServandaError: If it is not the folder of a run or a sweep, or if no run in it succeeded.
    """
    place = Path(folder)
    if (place / EXPERIMENT).exists():
        found = _of_sweep(place)
    elif (place / RUN).exists():
        found = _of_run(place)
    else:
        hint = "name the folder given as --out to `servanda run`, `sweep` or `compare`"
        raise ServandaError(str(place), "contains neither a run nor a sweep", hint)
    if found.runs.empty:
        what = "no run succeeded" if len(found.failed) else "no run is finished"
        raise ServandaError(str(place), what, f"see `servanda status {place}`")
    return found


def finite(table: pd.DataFrame) -> pd.DataFrame:
    """A table with infinite numbers replaced by NaN, since means and axes cannot use them."""
    numbers = table.select_dtypes("float")
    whole = table.copy(deep=False)
    whole[numbers.columns] = numbers.where(np.isfinite(numbers))
    return whole


def _of_sweep(place: Path) -> Material:
    found = results(place)
    manifest = dict(found.manifest)
    kind = str(manifest.get("design", {}).get("kind", "points"))
    runs = found.runs
    done, failed = len(runs), runs[runs["status"] != "ok"].reset_index(drop=True)
    if kind == "search":  # only the best points were run on fresh seeds
        fresh = read_note(place)["fresh"] if (place / NOTE).exists() else ()
        runs = runs[~runs["replicate"].isin(fresh)]
    good = runs["status"] == "ok"
    ended = finite(runs[good].reset_index(drop=True))
    return Material(
        folder=place,
        title=str(manifest["title"]),
        question=str(manifest.get("question", "")),
        kind=kind,
        manifest=manifest,
        points=found.points,
        runs=ended,
        failed=failed,
        done=done,
        query=lambda sql: finite(found.query(sql)),
        sweep=found,
    )


def _of_run(place: Path) -> Material:
    found = results(place)
    headline = found.manifest["headline"]
    return Material(
        folder=place,
        title=str(found.manifest["scenario"]["title"]),
        question="",
        kind="run",
        manifest=found.manifest,
        points=pd.DataFrame({"point": [0]}),
        runs=finite(pd.DataFrame([{"point": 0, "replicate": 0, **headline}])),
        failed=pd.DataFrame(columns=["point", "replicate"]),
        done=1,
        query=lambda sql: finite(found.query(sql)),
        sweep=None,
    )
