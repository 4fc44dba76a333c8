"""Scores of forecasts, and the two naive forecasts that any model should beat.

In: forecasts as weighted values, and what then happened. Out: the continuous ranked probability
score (CRPS; smaller is better, in the unit of the values), and whether intervals contain it.
"""

import numpy as np
from scipy.stats import norm


def crps(values: np.ndarray, weights: np.ndarray, happened: float) -> float:
    """CRPS of a weighted sample: E|X − y| − ½ E|X − X′|.

    Args:
        values: The sample; shape (n,).
        weights: Weights with sum 1; shape (n,).
        happened: What happened, y.
    """
    order = np.argsort(values)
    x, w = values[order], weights[order]
    reached = np.cumsum(w)
    between = 2.0 * float(np.sum(np.diff(x) * reached[:-1] * (1.0 - reached[:-1])))
    return float(w @ np.abs(x - happened)) - 0.5 * between


def crps_normal(mean: float, sd: float, happened: float) -> float:
    """CRPS of a normal distribution (Gneiting and Raftery 2007, JASA 102:359, eq. 5)."""
    if sd <= 0.0:
        return abs(happened - mean)
    z = (happened - mean) / sd
    density = 2.0 * norm.pdf(z) - 1.0 / np.sqrt(np.pi)
    return float(sd * (z * (2.0 * norm.cdf(z) - 1.0) + density))


def last_value(before: np.ndarray, ahead: int) -> tuple[float, float]:
    """The naive forecast that nothing changes: mean and standard deviation.

    Args:
        before: Values so far, in order; at least two.
        ahead: Number of periods ahead, from 1. The standard deviation of the steps so far grows
            with the square root of it, as in a random walk.
    """
    steps = np.diff(before)
    return float(before[-1]), float(np.sqrt(np.mean(steps**2) * ahead))


def linear_trend(before: np.ndarray, ahead: int) -> tuple[float, float]:
    """The forecast of a straight line: mean, and the standard deviation of a new value.

    Args:
        before: Values so far, in order; at least three.
        ahead: Number of periods ahead, from 1.
    """
    n = len(before)
    at = np.arange(n)
    slope, start = np.polyfit(at, before, 1)
    left = before - (start + slope * at)
    variance = float(left @ left) / max(n - 2, 1)
    place = n - 1 + ahead
    lever = 1.0 + 1.0 / n + (place - at.mean()) ** 2 / float(((at - at.mean()) ** 2).sum())
    return float(start + slope * place), float(np.sqrt(variance * lever))
