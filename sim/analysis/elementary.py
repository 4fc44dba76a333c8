"""Elementary effects: what a step of one factor does from many places, after Morris.

In: trajectories in the unit cube and a measure at their points. Out: a row a factor.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.analysis.answers import noise
from sim.analysis.extra import extra

RESAMPLES = 1000
SEED = 20170101
"""Of the resampling: the same runs give the same intervals."""
HALF = math.sqrt(2.0 / math.pi)
"""Mean of the absolute value of a standard normal number."""
ONCE_IN_TWENTY = 1.6448536
"""Standard normal number that is exceeded so often."""


def elementary(
    names: Sequence[str], shares: np.ndarray, values: np.ndarray, levels: int
) -> pd.DataFrame:
    """Mean, mean size and spread of the elementary effects of each factor.

    A factor's effect on trajectory t is d_t = ±(y after − y before) / Δ, the measure's change were
    the factor moved over its whole range. μ = mean d, μ* = mean |d|, σ = standard deviation of d
    (Morris 1991; Campolongo, Cariboni and Saltelli 2007). `by_chance` rests on the variance of d
    over replicates.

    Args:
        names: The factors.
        shares: Trajectories in the unit cube; shape (trajectories × (factors + 1), factors).
        values: The measure at their points; shape (the same, replicates).
        levels: Levels of the design, from which the step Δ follows.

    Returns:
        Columns ``factor``, ``mu_star``, ``low`` and ``high`` (its 95 % bootstrap interval over
        trajectories), ``by_chance`` (what μ* of a factor that only stirs chance exceeds once in
        twenty; missing with one replicate), ``mu``, ``sigma``; in the measure's unit.

    Raises:
        ServandaError: If SALib is missing.
    """
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    found = extra("SALib.analyze.morris").analyze(
        problem,
        shares,
        values.mean(axis=1),
        num_resamples=RESAMPLES,
        num_levels=levels,
        seed=SEED,
    )
    star, half = (np.asarray(found[key], float) for key in ("mu_star", "mu_star_conf"))
    return pd.DataFrame(
        {
            "factor": list(names),
            "mu_star": star,
            "low": star - half,
            "high": star + half,
            "by_chance": _by_chance(shares, values, levels),
            "mu": np.asarray(found["mu"], float),
            "sigma": np.asarray(found["sigma"], float),
        }
    )


def _by_chance(shares: np.ndarray, values: np.ndarray, levels: int) -> np.ndarray:
    """What chance alone gives to μ* of each factor, and exceeds once in twenty.

    Were every d_t normal with mean 0 and the variance s² that replicates show, the mean of T of
    their sizes would have mean s √(2/π) and variance s² (1 − 2/π) / T.
    """
    factors = shares.shape[1]
    paths = shares.reshape(-1, factors + 1, factors)
    moved = np.abs(np.diff(paths, axis=1)).argmax(axis=2)
    gains = np.diff(values.reshape(*paths.shape[:2], -1), axis=1)
    spread = noise(gains / (levels / (2 * (levels - 1))))
    by_factor = np.empty_like(spread)
    np.put_along_axis(by_factor, moved, spread, axis=1)
    far = HALF + ONCE_IN_TWENTY * math.sqrt((1.0 - HALF**2) / len(paths))
    found: np.ndarray = np.sqrt(by_factor.mean(axis=0)) * far
    return found


def whole_paths(whole: np.ndarray, factors: int) -> np.ndarray:
    """By point, whether its whole trajectory has the measure."""
    paths = whole.reshape(-1, factors + 1).all(axis=1)
    return np.repeat(paths, factors + 1)
