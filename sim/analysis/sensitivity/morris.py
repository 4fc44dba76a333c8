"""Elementary effects (Morris): the effect of moving one factor by a step, at many points.

In: trajectories in the unit cube and a measure at their points. Out: a row per unit. A unit is a
factor, or a group of factors that move together.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.analysis.sensitivity.responses import noise

RESAMPLES = 1000
SEED = 20170101
"""Seed of the resampling. It is fixed, because the same runs must give the same intervals."""
HALF = math.sqrt(2.0 / math.pi)
"""Mean absolute value of a standard normal variable."""
ONCE_IN_TWENTY = 1.6448536
"""The 95 % quantile of the standard normal distribution."""
WIDE = 1.959964
"""Half-width of a 95 % interval, in standard errors."""


@dataclass(frozen=True)
class Units:
    """The units that move in a trajectory.

    Args:
        names: Names of groups, and of factors without a group.
        of: Index of the unit of each factor.
        ordered: By factor, whether the values have an order. Words and switches have none.
    """

    names: tuple[str, ...]
    of: np.ndarray
    ordered: np.ndarray

    @property
    def alone(self) -> np.ndarray:
        """For each unit, whether it is a single factor."""
        found: np.ndarray = np.bincount(self.of, minlength=len(self.names)) == 1
        return found


def elementary_effects(units: Units, shares: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """Mean, mean absolute value and standard deviation of the elementary effects of each unit.

    On trajectory t a unit has the effect d_t = (y after − y before) / Δ_t. Here y is the measure,
    and Δ_t is the share of the range over which the unit moved. Thus d_t is the change of the
    measure, scaled to a move over the whole range. For a switch or a word Δ_t = 1. The factors of a
    group may move in different directions. For a group, Δ_t is the mean size of the steps of its
    factors, and the sign of d_t has no meaning.

    μ = mean d, μ* = mean |d|, σ = standard deviation of d (Morris 1991; for groups Campolongo,
    Cariboni and Saltelli 2007). `by_chance` is derived from the variance of d over replicates.

    Args:
        units: The units that move.
        shares: Trajectories in the unit cube; shape (trajectories × (units + 1), factors).
        values: The measure at their points; shape (trajectories × (units + 1), replicates).

    Returns:
        Columns ``factor`` (the unit), ``mu_star``, ``low`` and ``high`` (the 95 % bootstrap
        interval of μ* over trajectories), ``by_chance`` (the value that μ* of a unit without effect
        exceeds once in twenty; NaN with one replicate), ``mu`` and ``sigma`` (NaN for groups). All
        numbers have the unit of measure of y.
    """
    effects = _effects(units, shares, values)
    means = effects.mean(axis=2)
    star, half = np.abs(means).mean(axis=0), WIDE * _error(np.abs(means))
    signed = np.where(units.alone, means, np.nan)
    return pd.DataFrame(
        {
            "factor": list(units.names),
            "mu_star": star,
            "low": star - half,
            "high": star + half,
            "by_chance": _by_chance(effects),
            "mu": signed.mean(axis=0),
            "sigma": signed.std(axis=0, ddof=1),
        }
    )


def _effects(units: Units, shares: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Elementary effects; shape (trajectories, units, replicates)."""
    count = len(units.names)
    paths = shares.reshape(-1, count + 1, shares.shape[1])
    steps = np.diff(paths, axis=1)
    steps = np.where(units.ordered, steps, np.sign(steps))
    gains = np.diff(values.reshape(*paths.shape[:2], -1), axis=1)
    moved = units.of[np.abs(steps).argmax(axis=2)]  # the unit of each step of each trajectory
    inside = units.of == moved[..., None]
    width = np.abs(steps).sum(axis=2) / inside.sum(axis=2)
    # The steps of a single factor add up to its one step, with a sign. A group has no sign.
    width = np.where(units.alone[moved], width * np.sign(steps.sum(axis=2)), width)
    effects = np.empty_like(gains)
    np.put_along_axis(effects, moved[..., None], gains / width[..., None], axis=1)
    return effects


def _error(sizes: np.ndarray) -> np.ndarray:
    """Standard error of the mean effect of each unit, by resampling trajectories.

    Args:
        sizes: Absolute values of the effects; shape (trajectories, units).
    """
    rng = np.random.default_rng(SEED)
    means = np.empty((RESAMPLES, sizes.shape[1]))
    for number in range(RESAMPLES):
        drawn = rng.integers(len(sizes), size=len(sizes))
        means[number] = sizes[drawn].mean(axis=0)
    found: np.ndarray = means.std(axis=0, ddof=1)
    return found


def _by_chance(effects: np.ndarray) -> np.ndarray:
    """The value that μ* of a unit without effect exceeds once in twenty.

    Suppose that the effect d_t on each of T trajectories is normal with mean 0 and the variance s²
    observed over replicates. Then the mean of the T absolute values has mean s √(2/π) and variance
    s² (1 − 2/π) / T. The result is the 95 % quantile of the normal distribution with this mean and
    this variance.
    """
    far = HALF + ONCE_IN_TWENTY * math.sqrt((1.0 - HALF**2) / len(effects))
    found: np.ndarray = np.sqrt(noise(effects).mean(axis=0)) * far
    return found


def whole_paths(whole: np.ndarray, units: int) -> np.ndarray:
    """For each point, whether the measure is known on the whole trajectory.

    Args:
        whole: For each point, whether the measure is known there.
        units: Number of units that move.
    """
    paths = whole.reshape(-1, units + 1).all(axis=1)
    return np.repeat(paths, units + 1)
