"""Quantiles, means and resampling of weighted draws."""

import numpy as np


def quantiles(values: np.ndarray, weights: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Quantiles of weighted values.

    Args:
        values: Values; shape (n,).
        weights: Weights with sum 1; shape (n,).
        shares: Probabilities from 0 to 1; shape (k,).

    Returns:
        The smallest value at which the weights reach each probability; shape (k,).
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    places = np.searchsorted(reached, shares * reached[-1])
    return np.asarray(values[order][np.minimum(places, len(values) - 1)])


def spread(values: np.ndarray, weights: np.ndarray) -> float:
    """Standard deviation of weighted values; weights have the sum 1."""
    mean = float(weights @ values)
    return float(np.sqrt(weights @ (values - mean) ** 2))


def resampled(weights: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Places drawn in proportion to weights, with evenly spaced quantiles (systematic resampling).

    Args:
        weights: Weights with sum 1; shape (n,).
        count: Number of places to draw.
        rng: Random number generator.

    Returns:
        Places in ascending order; shape (count,). A place may be drawn several times.
    """
    at = (rng.random() + np.arange(count)) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), at), len(weights) - 1)
