"""Reads the runs of a forecast as bands and effects.

In: a plan whose runs are done. Out: a `Forecast`: bands for each figure and year on the level of
the court, and the effect of each policy, split into uncertain parameters and chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.components import components
from sim.evidence.catalogue import measure as known
from sim.evidence.counted import Counted
from sim.evidence.fitting.forecast_plan import SEEDS, TODAY, ForecastPlan
from sim.evidence.fitting.predicted import Months, predicted
from sim.evidence.fitting.problem import Problem
from sim.evidence.period import months as whole_months
from sim.evidence.row import Row
from sim.runs.results import results
from sim.runs.run_tables import COUNTS

SHARES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


@dataclass(frozen=True)
class Forecast:
    """Bands and effects.

    Args:
        bands: A row per arm, figure and year: arm, figure, cell, year, first and last day, p05,
            p25, p50, p75, p95 of runs at the court's level.
        effects: A row per further policy, figure and year: policy, figure, cell, year, mean
            difference from the arm `TODAY`, p05 and p95 of single runs, positive (share of runs
            above), parameters (share of the variance that parameters cause).
        members: Members of the ensemble that were run.
    """

    bands: pd.DataFrame
    effects: pd.DataFrame
    members: int


def read_forecast(plan: ForecastPlan, folder: Path, data: int, years: int) -> Forecast:
    """Bands and effects from the runs of a forecast.

    Args:
        plan: The plan of the runs.
        folder: Their folder.
        data: Months of data, after which the forecast begins.
        years: Years of the forecast.
    """
    problem, arms = plan.problem, tuple(plan.files)
    series = problem.series
    names = {known(r.measure).definition(r.definition) for rows in series for r in rows[:1]}
    columns = dict.fromkeys(column for one in names for column in one.columns)
    chosen = ", ".join(f'"{name}"' for name in columns)
    keys = "point, replicate, month, breakdown, cell"
    found = results(folder).query(f"SELECT {keys}, {chosen} FROM {COUNTS} ORDER BY {keys}")
    runs: dict[tuple[int, int], Counted] = {}
    for (point, replicate), rows in found.groupby(["point", "replicate"], sort=False):
        whole = {str(name): rows[name].to_numpy() for name in rows.columns}
        runs[int(str(point)), int(str(replicate))] = Counted(whole)
    order = [(m, r) for m in range(len(plan.members)) for r in range(SEEDS)]
    bands: list[tuple[Any, ...]] = []
    effects: list[tuple[Any, ...]] = []
    for figures in series:
        by_arm = {}
        for place, arm in enumerate(arms):
            these = [runs.get((m * len(arms) + place, r)) for m, r in order]
            by_arm[arm] = _by_year(problem, figures, these, data, years)
            bands += _bands(figures[0], arm, by_arm[arm], data, problem)
        effects += [
            row
            for arm in arms[1:]
            for row in _effects(figures[0], arm, by_arm[arm] - by_arm[TODAY], data, problem)
        ]
    heads = ["figure", "cell", "year", "first", "last"]
    shown = [f"p{round(100 * share):02d}" for share in SHARES]
    last = ["mean", "p05", "p95", "positive", "parameters"]
    return Forecast(
        pd.DataFrame(bands, columns=["arm", *heads, *shown]),
        pd.DataFrame(effects, columns=["policy", *heads, *last]),
        len(plan.members),
    )


def _by_year(
    problem: Problem, rows: Sequence[Row], runs: Sequence[Counted | None], data: int, years: int
) -> np.ndarray:
    """A series in each forecast year, at the court's level; shape (runs, years).

    The same seed is used in every arm, so that what is added for reporting cancels in differences.
    """
    month = problem.spec.month
    fitted: list[Months] = [(month(row.first or row.last), month(row.last)) for row in rows]
    ahead: list[Months] = [(data + 12 * y + 1, data + 12 * (y + 1)) for y in range(years)]
    rng = np.random.default_rng([problem.spec.seed, 6])
    return predicted(rows, fitted, ahead, runs, np.full(len(runs), 1.0 / len(runs)), rng)


def _bands(
    row: Row, arm: str, values: np.ndarray, data: int, problem: Problem
) -> list[tuple[Any, ...]]:
    """A row of quantiles for each year."""
    return [
        (arm, *_heads(row, year, data, problem), *np.nanquantile(values[:, year], SHARES))
        for year in range(values.shape[1])
        if np.isfinite(values[:, year]).any()
    ]


def _effects(
    row: Row, policy: str, gaps: np.ndarray, data: int, problem: Problem
) -> list[tuple[Any, ...]]:
    """A row for each year: the effect of a policy over members and seeds."""
    rows: list[tuple[Any, ...]] = []
    for year in range(gaps.shape[1]):
        by_member = gaps[:, year].reshape(-1, SEEDS)
        whole = by_member[np.isfinite(by_member).all(axis=1)]
        if not len(whole):
            continue
        low, high = np.quantile(whole, [0.05, 0.95])
        found = components(whole)
        positive = float((whole > 0.0).mean())
        heads = _heads(row, year, data, problem)
        rows.append((policy, *heads, found.mean, low, high, positive, found.share))
    return rows


def _heads(row: Row, year: int, data: int, problem: Problem) -> tuple[Any, ...]:
    """Figure, cell, number of the year, and its first and last day."""
    begins = problem.spec.month_1
    period = whole_months(begins.year, begins.month + data + 12 * year, 12)
    cell = "all" if row.cell[0] == "all" else f"{row.cell[0]} {row.cell[1]}"
    first: date = period.first
    return known(row.measure).name, cell, year + 1, first, period.last
