"""Means of simulated series with their standard errors.

In: a mean for each of several batches, which are consecutive parts of a series, so long that their
means are nearly independent. Out: the overall mean, and its standard error from the spread of the
means (method of batch means; Law and Kelton 2000, section 9.5.3).
"""

import math
from typing import NamedTuple

import numpy as np

BATCHES = 40
"""Number of batches of a series."""


class Estimate(NamedTuple):
    """A number and its standard error, 0 if the number is exact."""

    value: float
    standard_error: float = 0.0


def mean_of(batches: np.ndarray) -> Estimate:
    """Mean of batch means.

    Args:
        batches: Means of at least two batches of the same length.
    """
    spread = float(np.std(batches, ddof=1))
    return Estimate(float(np.mean(batches)), spread / math.sqrt(len(batches)))


def deviation_of(batches: np.ndarray, squares: np.ndarray) -> Estimate:
    """Standard deviation of a series, with a standard error by the delta method.

    The variance is the mean of (x − m)², whose batch means are known. The standard error of its
    root is that of the variance divided by twice the root.

    Args:
        batches: Batch means of x.
        squares: Batch means of x².
    """
    m = float(np.mean(batches))
    variance = mean_of(squares - 2.0 * m * batches + m * m)
    root = math.sqrt(max(variance.value, 0.0))
    return Estimate(root, variance.standard_error / (2.0 * root) if root else 0.0)
