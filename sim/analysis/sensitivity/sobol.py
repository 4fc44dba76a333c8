"""Sobol indices: the share of the variance of a measure due to each factor.

In: a measure at the points of Saltelli's blocks. Out: a row per factor, and a row per pair.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import chi2

from sim.analysis.extra import extra
from sim.analysis.sensitivity.responses import noise

RESAMPLES = 1000
LARGEST = 8_000_000
"""Largest number of values that resampling keeps in memory."""
SEED = 20170101
"""Seed of the resampling. It is fixed, because the same runs must give the same intervals."""


def sobol_indices(
    names: Sequence[str], values: np.ndarray, *, second_order: bool
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """First-order and total indices of each factor, and second-order ones of pairs.

    S1_i = V(E(y | x_i)) / V(y), ST_i = E(V(y | x without x_i)) / V(y),
    S2_ij = V(E(y | x_i, x_j)) / V(y) − S1_i − S1_j (Saltelli et al. 2010; for pairs Saltelli 2002).
    Here y is the measure, x_i is factor i, E is the mean and V the variance.

    Args:
        names: Names of the factors, or of groups of factors that move together.
        values: The measure at Saltelli's points in their order; shape (points, replicates).
        second_order: Whether the blocks include the points that pairs need.

    Returns:
        Columns ``factor``, ``ST``, ``low`` and ``high`` (the 95 % bootstrap interval of ST),
        ``by_chance`` (the value that ST of a factor without effect exceeds once in twenty; NaN with
        one replicate), ``S1``, ``S1_low``, ``S1_high``. For pairs, columns ``factor``, ``other``,
        ``S2``, ``low``, ``high``, the largest first; None without second order.

    Raises:
        ServandaError: If SALib is not installed.
    """
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    blocks = _blocks(values, len(names), second_order=second_order)
    found = extra("SALib.analyze.sobol").analyze(
        problem,
        values.mean(axis=1),
        calc_second_order=second_order,
        num_resamples=int(np.clip(LARGEST // len(blocks), 100, RESAMPLES)),
        seed=SEED,
    )
    table = pd.DataFrame(
        {
            "factor": list(names),
            "ST": found["ST"],
            "low": found["ST"] - found["ST_conf"],
            "high": found["ST"] + found["ST_conf"],
            "by_chance": _by_chance(blocks, len(names)),
            "S1": found["S1"],
            "S1_low": found["S1"] - found["S1_conf"],
            "S1_high": found["S1"] + found["S1_conf"],
        }
    )
    return table, _pairs(names, found) if second_order else None


def _blocks(values: np.ndarray, factors: int, *, second_order: bool) -> np.ndarray:
    """The measure by sample, row of its block (A, AB_1 …, B), and replicate."""
    rows = factors * (1 + second_order) + 2
    return values.reshape(-1, rows, values.shape[1])


def _by_chance(blocks: np.ndarray, factors: int) -> np.ndarray:
    """The value that ST of a factor without effect exceeds once in twenty.

    ST_i = E[(A − AB_i)²] / 2V, where A and AB_i are the values at these rows of a block and V is
    the variance of the measure. Suppose that A and AB_i differ only by chance. Then the mean square
    over N samples is distributed as χ²_N / N times the variance of the differences over replicates.
    """
    first, mixed, last = blocks[:, :1], blocks[:, 1 : factors + 1], blocks[:, -1]
    spread = np.var(np.concatenate([first[:, 0], last]).mean(axis=1))
    share = noise(first - mixed).mean(axis=0) / (2.0 * spread)
    found: np.ndarray = share * chi2.ppf(0.95, len(blocks)) / len(blocks)
    return found


def _pairs(names: Sequence[str], found: dict[str, np.ndarray]) -> pd.DataFrame:
    """Second-order indices, largest first."""
    places = np.triu_indices(len(names), 1)
    index, half = found["S2"][places], found["S2_conf"][places]
    pairs = pd.DataFrame(
        {
            "factor": np.array(names)[places[0]],
            "other": np.array(names)[places[1]],
            "S2": index,
            "low": index - half,
            "high": index + half,
        }
    )
    order = np.argsort(-np.abs(index), kind="stable")
    return pairs.iloc[order].reset_index(drop=True)


def independent(points: int, factors: int, *, second_order: bool) -> np.ndarray:
    """For each point of Saltelli's blocks, whether it is in one of the two independent samples."""
    rows = factors * (1 + second_order) + 2
    place = np.arange(points) % rows
    found: np.ndarray = (place == 0) | (place == rows - 1)
    return found
