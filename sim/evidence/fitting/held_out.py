"""Tests the forecasts of a fit on the last periods of each series, which it has not seen.

In: a fit whose runs extend over the kept periods. Out: the coverage of intervals, and the score of
the model beside two naive forecasts. It needs no further runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.evidence.catalogue import measure as known
from sim.evidence.counted import Counted
from sim.evidence.fitting.fit import Fit
from sim.evidence.fitting.predicted import Months, predicted
from sim.evidence.fitting.quantiles import quantiles
from sim.evidence.fitting.scores import crps, crps_normal, last_value, linear_trend
from sim.evidence.row import Row

FEW = 4
"""Fewest fitted figures of a series from which its kept ones are forecast."""
SHARES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


@dataclass(frozen=True)
class HeldOut:
    """How the forecasts of the kept periods turned out.

    Args:
        table: A row per kept figure: figure, first and last day of the period, happened, p05, p25,
            p50, p75, p95, crps of the model, crps of the last value and of the linear trend; all
            scores as shares of the mean of the fitted figures of the series.
    """

    table: pd.DataFrame

    def covered(self, level: float) -> float:
        """Share of the kept figures inside the central interval of level .5 or .9."""
        low, high = ("p25", "p75") if level == 0.5 else ("p05", "p95")
        happened = self.table["happened"]
        return float(((self.table[low] <= happened) & (happened <= self.table[high])).mean())

    def score(self, of: str) -> float:
        """Mean score: ``model``, ``last_value`` or ``linear_trend``; smaller is better."""
        return float(self.table[of].mean())

    @property
    def better(self) -> bool:
        """Whether the model scores better than both naive forecasts."""
        return self.score("model") < min(self.score("last_value"), self.score("linear_trend"))


def held_out(fit: Fit) -> HeldOut | None:
    """Forecast the kept rows of a fit; None if it has kept none, or too few before them."""
    series = _series(fit)
    if not series:
        return None
    runs, weights = _runs(fit)
    rng = np.random.default_rng([fit.problem.spec.seed, 4])
    rows = [
        row for fitted, kept in series for row in _scored(fit, fitted, kept, runs, weights, rng)
    ]
    names = ("figure", "first", "last", "happened", "p05", "p25", "p50", "p75", "p95")
    return HeldOut(pd.DataFrame(rows, columns=[*names, "model", "last_value", "linear_trend"]))


def _series(fit: Fit) -> list[tuple[list[Row], list[Row]]]:
    """The fitted and the kept rows of each series that has enough of both."""
    kept: dict[object, list[Row]] = {}
    for row in fit.problem.kept:
        kept.setdefault(row.key, []).append(row)
    return [
        (list(rows), kept[rows[0].key])
        for rows in fit.problem.series
        if len(rows) >= FEW and rows[0].key in kept
    ]


def _runs(fit: Fit) -> tuple[list[Counted], np.ndarray]:
    """The runs of the ensemble and their weights."""
    columns = {name: fit.counts[name].to_numpy() for name in fit.counts.columns}
    numbers = columns["point"]
    runs, weights = [], []
    for point, weight in zip(fit.draws.tolist(), fit.weights.tolist(), strict=True):
        rows = slice(*np.searchsorted(numbers, [point, point + 1]))
        if rows.start < rows.stop and weight > 0.0:
            runs.append(Counted({name: values[rows] for name, values in columns.items()}))
            weights.append(weight)
    total = np.array(weights)
    return runs, total / total.sum()


def _scored(
    fit: Fit,
    fitted: list[Row],
    kept: list[Row],
    runs: Sequence[Counted],
    weights: np.ndarray,
    rng: np.random.Generator,
) -> list[tuple[object, ...]]:
    fitted, kept = (sorted(rows, key=lambda row: row.last) for rows in (fitted, kept))
    found = predicted(fitted, _months(fit, fitted), _months(fit, kept), runs, weights, rng)
    own = np.array([row.value for row in fitted])
    scale = float(np.abs(own).mean()) or 1.0
    rows: list[tuple[object, ...]] = []
    for place, row in enumerate(kept):
        there = np.isfinite(found[:, place])
        if not there.any():
            continue
        values, share = found[there, place], weights[there] / weights[there].sum()
        naive = [
            crps_normal(*rule(own, place + 1), row.value) for rule in (last_value, linear_trend)
        ]
        scores = [crps(values, share, row.value), *naive]
        title = known(row.measure).name
        rows.append(
            (
                title if row.cell[0] == "all" else f"{title}, {row.cell[0]} {row.cell[1]}",
                row.first,
                row.last,
                row.value,
                *quantiles(values, share, SHARES),
                *(score / scale for score in scores),
            )
        )
    return rows


def _months(fit: Fit, rows: Sequence[Row]) -> list[Months]:
    month = fit.problem.spec.month
    return [(month(row.first or row.last), month(row.last)) for row in rows]
