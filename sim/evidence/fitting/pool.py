"""Many positions in the prior, weighted by how well the emulated statistics fit the figures.

In: emulated responses and observed statistics. Out: a `Pool` of weighted positions. If few
positions drawn from the prior fit, further ones are drawn where the first fit best, and weighted by
the density with which they were drawn (adaptive importance sampling).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_t, qmc

from sim.evidence.fitting.distance import Observed, effective, standardised, weights
from sim.evidence.fitting.responses import Responses

SUFFICIENT = 2_000
"""Effective number of positions from which no more are drawn."""
ROUNDS = 12
"""Largest number of times that the density is adapted."""
ENOUGH = 300.0
"""Effective number of positions that a density is made of."""
FACTORS = np.geomspace(1.0, 1e3, 31)
"""Factors by which errors are enlarged until so many are effective."""
WIDER = 1.15
"""The density is this much wider than the weighted positions suggest, so that none is missed."""
FREEDOM = 8.0
"""Degrees of freedom of that density: its tails are heavier than those of a normal one."""
EDGE = 1e-6
"""Positions keep this distance from the ends of the range, where their normal scores are finite."""


@dataclass(frozen=True)
class Pool:
    """Weighted positions.

    Args:
        places: Positions, 0 to 1; shape (n, parameters).
        z: Standardised differences of the statistics; shape (n, statistics).
        weights: Weights with sum 1; shape (n,).
        density: Logarithm of the density of their draw, relative to the prior; shape (n,).
    """

    places: np.ndarray
    z: np.ndarray
    weights: np.ndarray
    density: np.ndarray

    @property
    def effective(self) -> float:
        """Effective number of positions."""
        return effective(self.weights)


def prior_places(parameters: int, count: int, seed: int) -> np.ndarray:
    """Positions spread evenly over the prior: a scrambled Sobol sequence.

    Args:
        parameters: Number of free parameters.
        count: Number of positions.
        seed: Seed of the scrambling.

    Returns:
        Shape (count, parameters). A longer sequence begins with the shorter one.
    """
    whole = 1 << int(np.ceil(np.log2(max(count, 2))))
    drawn = qmc.Sobol(parameters, rng=np.random.default_rng(seed)).random(whole)
    return np.asarray(drawn[:count])


def pooled(
    found: Responses, observed: Observed, variance: np.ndarray, size: int, seed: int
) -> Pool:
    """Positions from the prior, weighted; adapted if too few of them fit.

    Args:
        found: The emulated responses.
        observed: The observed statistics.
        variance: Variance of what is expected; shape (statistics,).
        size: Number of positions.
        seed: Seed of the positions.
    """
    places = prior_places(found.parameters, size, seed)
    pool = _weighted(found, observed, variance, places, np.zeros(size))
    rng, last = np.random.default_rng([seed, 1]), pool
    for _ in range(ROUNDS):
        if pool.effective >= min(SUFFICIENT, 0.2 * size):
            break
        last = _weighted(found, observed, variance, *_adapted(last, size, rng))
        pool = max(pool, last, key=lambda one: one.effective)
    return pool


def _weighted(
    found: Responses,
    observed: Observed,
    variance: np.ndarray,
    places: np.ndarray,
    density: np.ndarray,
) -> Pool:
    """Positions with their weights; `density` is the logarithm of the density of their draw."""
    z = standardised(observed, found.at(places), variance)
    return Pool(places, z, weights(z, density), density)


def _adapted(pool: Pool, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Positions drawn where the pool fits, and the logarithm of their density within the prior.

    On the scale of normal scores the prior is a standard normal distribution. The draw is from
    Student's t with the mean and a somewhat widened covariance of the positions, weighted with
    enlarged errors (`_tempered`).
    """
    scores = ndtri(np.clip(pool.places, EDGE, 1.0 - EDGE))
    tempered = _tempered(pool)
    mean = tempered @ scores
    gaps = scores - mean
    covariance = WIDER**2 * (gaps.T * tempered) @ gaps + EDGE * np.eye(scores.shape[1])
    law = multivariate_t(mean, covariance * (FREEDOM - 2.0) / FREEDOM, df=FREEDOM)
    drawn = np.asarray(law.rvs(size, random_state=rng)).reshape(size, -1)
    prior = -0.5 * np.square(drawn).sum(axis=1) - 0.5 * drawn.shape[1] * np.log(2.0 * np.pi)
    return np.clip(ndtr(drawn), EDGE, 1.0 - EDGE), np.asarray(law.logpdf(drawn)) - prior


def _tempered(pool: Pool) -> np.ndarray:
    """Weights with all errors enlarged by the smallest factor that leaves enough effective.

    A single good position then attracts no others. If no factor leaves enough, as when positions
    were drawn too narrowly, the one that leaves most is taken.
    """
    tried = [weights(pool.z / factor, pool.density) for factor in FACTORS]
    left = np.array([effective(one) for one in tried])
    enough = left >= min(ENOUGH, 0.05 * len(pool.places))
    return tried[int(enough.argmax() if enough.any() else left.argmax())]
