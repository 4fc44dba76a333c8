"""What a fit says, as tables.

In: a `Fit`. Out: data frames: the parameters with prior, posterior and what was learned; the
figures with what the fitted model makes of them; and the combinations that are known best and
least.
"""

import numpy as np
import pandas as pd

from sim.evidence.fitting.distance import common_factor, standardised
from sim.evidence.fitting.fit import Fit
from sim.evidence.fitting.identification import (
    UNIFORM,
    label,
)
from sim.evidence.fitting.problem import Problem
from sim.evidence.fitting.quantiles import quantiles, spread
from sim.evidence.fitting.responses import LEAST
from sim.evidence.fitting.statistic import Statistic

SHARES = np.array([0.05, 0.5, 0.95])
FAR = 3.0
"""Standard deviations from which a figure is called not reproduced."""
ENVELOPE = (0.005, 0.995)
"""Quantiles of the prior runs between which a figure counts as within reach."""


def parameters(fit: Fit) -> pd.DataFrame:
    """The free parameters: a row each.

    Returns:
        Columns: parameter; base, its value in the base; low and high, the limits of the prior; p05,
        p50 and p95 of the posterior; contraction, by how much its standard deviation has shrunk on
        the scale of the prior; learned, in words.
    """
    places = fit.places[fit.draws]
    rows = []
    for j, free in enumerate(fit.problem.spec.free):
        column = places[:, j]
        found = [free.at(float(q)) for q in quantiles(column, fit.weights, SHARES)]
        shrunk = 1.0 - spread(column, fit.weights) / UNIFORM
        rows.append((free.path, free.value, free.low, free.high, *found, shrunk, label(shrunk)))
    names = ("parameter", "base", "low", "high", "p05", "p50", "p95", "contraction", "learned")
    return pd.DataFrame(rows, columns=list(names))


def figures(fit: Fit) -> pd.DataFrame:
    """The figures and what the fitted model makes of them: a row per statistic.

    Returns:
        Columns: figure; use (fit or check); grade; published; error, its standard deviation on the
        scale of comparison; p05, p50 and p95 of the runs of the ensemble, levels of counts on the
        scale of the court; z, the distance between the figure and the mean of the ensemble in
        standard deviations of figure, discrepancy and chance; tail, twice the share of the
        ensemble beyond the figure; reproduced. NaN where no run has a value.
    """
    problem, weights = fit.problem, fit.weights
    values = fit.values[fit.draws]
    chance = np.maximum(fit.responses.noise * fit.share, LEAST)
    mean = np.array([[_mean(values[:, k], weights) for k in range(values.shape[1])]])
    z = standardised(fit.observed, mean, chance)[0]
    factor = float(common_factor(fit.observed, mean, chance)[0])
    rows = [
        _figure(one, values[:, k] + factor * one.scaled, weights, float(z[k]))
        for k, one in enumerate(problem.statistics)
    ]
    if problem.checks:
        numbered = fit.counts.assign(point=fit.counts["point"] - fit.draws[0])
        checked = problem.values_of(problem.checks, numbered, len(fit.draws))
        off = problem.spec.discrepancy
        for k, one in enumerate(problem.checks):
            column = checked[:, k] + factor * one.scaled
            gap = one.observed - _mean(column, weights)
            side = one.below if gap > 0.0 else one.above
            scale = 1.0 if one.logarithmic else abs(one.observed)
            rows.append(_figure(one, column, weights, gap / np.hypot(side, off * scale)))
    names = ("figure", "use", "grade", "published", "error", "p05", "p50", "p95", "z", "tail")
    return pd.DataFrame(rows, columns=[*names, "reproduced"])


def _figure(
    one: Statistic, values: np.ndarray, weights: np.ndarray, z: float
) -> tuple[object, ...]:
    """The row of a figure."""
    known = np.isfinite(values)
    if not weights[known].sum() > 0.0:
        return (one.name, *_about(one), *[np.nan] * 5, False)
    share = weights[known] / weights[known].sum()
    bands = [one.shown(float(q)) for q in quantiles(values[known], share, SHARES)]
    above = float(share @ (values[known] > one.observed))
    tail = 2.0 * min(above, 1.0 - above)
    return (one.name, *_about(one), *bands, z, tail, abs(z) < FAR)


def _about(one: Statistic) -> tuple[object, ...]:
    row = one.rows[0]
    return row.use, row.grade, one.shown(one.observed), 0.5 * (one.below + one.above)


def _mean(values: np.ndarray, weights: np.ndarray) -> float:
    """Weighted mean of the values that are known; NaN if there are none."""
    known = np.isfinite(values) & (weights > 0.0)
    return float(np.average(values[known], weights=weights[known])) if known.any() else np.nan


def envelope(problem: Problem, values: np.ndarray) -> pd.DataFrame:
    """Whether the model can make the figures at all: a row per statistic.

    Args:
        problem: The problem.
        values: Statistics of runs spread over the prior; shape (runs, statistics).

    Returns:
        Columns: figure, published, low and high of the runs (`ENVELOPE`), reached. Levels of counts
        are left out, since only their ratios can be compared.
    """
    rows = []
    for k, one in enumerate(problem.statistics):
        if one.scaled:
            continue
        column = values[np.isfinite(values[:, k]), k]
        low, high = np.quantile(column, ENVELOPE) if len(column) else (np.nan, np.nan)
        margin = max(one.below, one.above)
        reached = bool(low - margin <= one.observed <= high + margin)
        rows.append((one.name, one.shown(one.observed), one.shown(low), one.shown(high), reached))
    return pd.DataFrame(rows, columns=["figure", "published", "low", "high", "reached"])
