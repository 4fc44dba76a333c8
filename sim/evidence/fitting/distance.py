"""How far expected statistics are from observed ones, in standard deviations.

In: observed statistics with their errors, and expected ones. Out: standardised differences, the
implausibility of a parameter set, and its likelihood.

Counts of a court depend on how many people it serves, which a model with fewer debtors cannot
reproduce. All statistics that are *levels of counts* therefore share one unknown factor: only
their ratios inform. The factor is estimated for each parameter set and then removed.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import gammaln

FREEDOM = 5.0
"""Degrees of freedom of the errors. Student's t forgives one wrong figure more than the normal
distribution does."""


@dataclass(frozen=True)
class Observed:
    """Observed statistics on the scale on which they are compared (logarithms, or shares).

    Args:
        values: Observed values; shape (statistics,).
        below: Standard deviation of errors if the truth is below the observed value; shape
            (statistics,).
        above: Standard deviation of errors if the truth is above it; shape (statistics,).
        scaled: Whether a statistic is a level of counts; shape (statistics,).
    """

    values: np.ndarray
    below: np.ndarray
    above: np.ndarray
    scaled: np.ndarray

    @cached_property
    def spread(self) -> np.ndarray:
        """Standard deviation of each observed value, the mean of both sides."""
        return np.asarray(0.5 * (self.below + self.above))

    def only(self, chosen: np.ndarray) -> "Observed":
        """Some of the statistics."""
        arrays = (self.values, self.below, self.above, self.scaled)
        return Observed(*(array[chosen] for array in arrays))


def standardised(observed: Observed, expected: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Differences between observed and expected values, in standard deviations.

    Args:
        observed: The observed statistics.
        expected: Expected values; shape (n, statistics).
        variance: Variance of what is expected, in addition to the errors of the observed values;
            shape (statistics,).

    Returns:
        Shape (n, statistics). A level of counts is compared after removing the common factor.
    """
    gaps = observed.values - expected
    gaps -= common_factor(observed, expected, variance)[:, None] * observed.scaled
    side = np.where(gaps > 0.0, observed.below, observed.above)
    return np.asarray(gaps / np.sqrt(side**2 + variance))


def common_factor(observed: Observed, expected: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Logarithm of the court's counts over those expected, from all levels of counts; shape (n,).

    A statistic without an expected value (NaN) is left out. 0 without levels of counts.
    """
    gaps = observed.values - expected
    weights = np.isfinite(gaps) * observed.scaled / (observed.spread**2 + variance)
    total = weights.sum(axis=1)
    above = (weights * np.nan_to_num(gaps)).sum(axis=1)
    return np.asarray(np.divide(above, total, out=np.zeros(len(gaps)), where=total > 0.0))


def implausibility(z: np.ndarray, rank: int) -> np.ndarray:
    """The rank-largest absolute difference of each parameter set, in standard deviations.

    A rank above 1 allows that a figure or two are wrong, or beyond the model.

    Args:
        z: Standardised differences; shape (n, statistics).
        rank: 1 for the largest, 2 for the second largest, and so on; at most the number of
            statistics counts.

    Returns:
        Shape (n,).
    """
    place = max(z.shape[1] - rank, 0)
    return np.asarray(np.partition(np.abs(z), place, axis=1)[:, place])


def log_likelihood(z: np.ndarray) -> np.ndarray:
    """Logarithm of the density of the differences under Student's t, without constant factors.

    Args:
        z: Standardised differences; shape (n, statistics).

    Returns:
        Shape (n,).
    """
    half = 0.5 * (FREEDOM + 1.0)
    constant = gammaln(half) - gammaln(0.5 * FREEDOM) - 0.5 * np.log(FREEDOM * np.pi)
    return np.asarray((constant - half * np.log1p(z**2 / FREEDOM)).sum(axis=1))


def weights(z: np.ndarray, before: np.ndarray | float = 0.0) -> np.ndarray:
    """Weights of parameter sets, with sum 1, from their differences.

    Args:
        z: Standardised differences; shape (n, statistics).
        before: Logarithm of the density from which the sets were drawn, relative to the prior.

    Returns:
        Shape (n,).
    """
    return normalised(log_likelihood(z) - before)


def normalised(logs: np.ndarray) -> np.ndarray:
    """Weights with sum 1 from their logarithms; shape (n,)."""
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum())


def effective(found: np.ndarray) -> float:
    """Effective number of sets behind weights with sum 1."""
    return float(1.0 / np.square(found).sum())
