"""What the runs of an ensemble predict for figures of a series, on the level of the court.

In: figures to which a model was fitted, the same measures of its runs, and the periods to predict.
Out: weighted values for each period.

The level of a series is the court's own: each run is multiplied by the ratio of the court's mean to
its mean over the fitted periods. What the model adds is how the series goes on. What figures of the
court differ from the runs' in the fitted periods, by chance, seasons and reporting, they will
differ later too: this spread is added.
"""

from collections.abc import Sequence

import numpy as np

from sim.evidence.catalogue import measure as known
from sim.evidence.counted import Counted
from sim.evidence.fitting.statistic import SERIES
from sim.evidence.row import Row
from sim.evidence.uncertainty import uncertainty

TINY = 1e-300
"""Keeps a sum of weights from being 0."""
FEW = 2
"""Fewest runs with a value in a period for which the runs' own spread is known."""

type Months = tuple[int, int]
"""First and last month of a period, as runs number them."""


def predicted(
    rows: Sequence[Row],
    fitted: Sequence[Months],
    wanted: Sequence[Months],
    runs: Sequence[Counted | None],
    weights: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Values of a series in further periods, one for each run.

    Args:
        rows: The fitted figures of the series, in the order of time.
        fitted: Their months.
        wanted: Months of the periods to predict.
        runs: The runs of the ensemble; None for one that failed.
        weights: Weights of the runs; shape (runs,).
        rng: Random number generator for the added spread.

    Returns:
        Shape (runs, periods); NaN where a run has no value.
    """
    own = np.array([row.value for row in rows])
    inside, ahead = _values(rows[0], fitted, runs), _values(rows[0], wanted, runs)
    level = _level(own, inside)[:, None]
    spread = _spread(rows, own, inside * level, weights) * _longer(rows[0], fitted, wanted)
    drawn = ahead * level + spread * rng.standard_normal(ahead.shape)
    return np.asarray(np.clip(drawn, 0.0, known(rows[0].measure).high))


def _level(own: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """The court's mean over that of each run, in the periods in which the run has a value.

    Args:
        own: Figures of the court; shape (periods,).
        inside: Values of runs; shape (runs, periods).

    Returns:
        Shape (runs,); NaN if the values of a run add up to 0.
    """
    there = np.isfinite(inside)
    court, run = there @ own, np.where(there, inside, 0.0).sum(axis=1)
    return np.asarray(np.divide(court, run, out=np.full(len(run), np.nan), where=run > 0.0))


def _longer(row: Row, fitted: Sequence[Months], wanted: Sequence[Months]) -> np.ndarray:
    """Factor on the spread of each period to predict, by its length; shape (periods,).

    What independent errors add to n periods together is √n times as much, and to their mean, as
    a share is, √n times less. A stock is counted at one moment.
    """
    kind = known(row.measure).kind
    if kind == "stock":
        return np.ones(len(wanted))
    own = np.mean([last - first + 1 for first, last in fitted])
    ratio = np.sqrt([(last - first + 1) / own for first, last in wanted])
    return np.asarray(ratio if kind == "flow" else 1.0 / ratio)


def _values(row: Row, periods: Sequence[Months], runs: Sequence[Counted | None]) -> np.ndarray:
    """The measure of a row in all runs and periods; shape (runs, periods)."""
    measure = known(row.measure)
    found = [
        [
            np.nan if one is None else measure.computed(one, *months, row.definition, cell=row.cell)
            for months in periods
        ]
        for one in runs
    ]
    return np.array(found, float).reshape(len(runs), len(periods))


def _spread(rows: Sequence[Row], own: np.ndarray, inside: np.ndarray, weights: np.ndarray) -> float:
    """Standard deviation of a figure around the runs that the runs themselves do not show."""
    stated = float(np.mean([uncertainty(row, known(row.measure)).sd ** 2 for row in rows]))
    there = np.isfinite(inside)
    kept = there.sum(axis=0) >= FEW
    if kept.sum() < 3:
        return float(np.sqrt(stated))
    share = there[:, kept] * weights[:, None]
    share = share / np.maximum(share.sum(axis=0), TINY)
    values = np.nan_to_num(inside[:, kept])
    path = (share * values).sum(axis=0)
    chance = float((share * (values - path) ** 2).sum(axis=0).mean())
    seen = float(np.var(own[kept] - path, ddof=1)) - chance
    return float(np.sqrt(max(seen, 0.0) if kept.sum() >= SERIES else max(seen, stated)))
