"""Tests emulators and weights on worlds whose parameters are known.

In: a fit. Out: how often intervals contain the true parameters, whether ranks are uniform, and how
well synthetic figures can be met, which is the standard for the figures of the court.

A run of the first stage is taken as a court: its statistics, with errors as large as those of the
figures, are the data, and its position is the truth. It needs no new runs. The emulators are fitted
to the other runs. Waves and draws are not repeated for each court.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import kstest

from sim.evidence.fitting.distance import (
    FREEDOM,
    Observed,
    log_likelihood,
    standardised,
    weights,
)
from sim.evidence.fitting.fit import Fit
from sim.evidence.fitting.pool import prior_places
from sim.evidence.fitting.responses import responses

TRUTHS = 100
"""Number of synthetic courts."""
POOL = 1 << 15
"""Positions at which each synthetic court is compared."""
WHOLE = 0.5
"""Share of the statistics that a run must have to stand for a court."""
LEVELS = (0.5, 0.9)
"""Levels of the intervals that are tested."""


@dataclass(frozen=True)
class Coverage:
    """What the test on known truths has shown.

    Args:
        ranks: Share of the posterior below the truth; shape (truths, parameters).
        best: Largest log-likelihood that any position reaches; shape (truths,).
        court: The same for the figures of the court, in the statistics that each truth has; shape
            (truths,).
    """

    ranks: np.ndarray
    best: np.ndarray
    court: np.ndarray

    def covered(self, level: float) -> np.ndarray:
        """Share of the truths inside the central interval of a level; shape (parameters,)."""
        inside = np.abs(self.ranks - 0.5) <= 0.5 * level
        return np.asarray(inside.sum(axis=0) / max(len(self.ranks), 1))

    def uniform(self) -> np.ndarray:
        """Probability of ranks as uneven as these if they are uniform; shape (parameters,)."""
        if not len(self.ranks):
            return np.ones(self.ranks.shape[1])
        return np.array([kstest(column, "uniform").pvalue for column in self.ranks.T])

    @property
    def plausible(self) -> float:
        """Share of the synthetic courts whose figures the model meets no better than these."""
        return float((self.best <= self.court).sum() / max(len(self.best), 1))


def coverage(fit: Fit, truths: int = TRUTHS) -> Coverage:
    """Test the estimator of a fit on runs of its first stage.

    Args:
        fit: The fit.
        truths: Number of synthetic courts; at most half of the runs of the first stage.
    """
    seed, repeats = fit.problem.spec.seed, fit.budget.repeats
    rng = np.random.default_rng([seed, 3])
    stage = np.arange(repeats, repeats + fit.budget.first)
    known = np.isfinite(fit.values)
    whole = stage[known[stage].mean(axis=1) >= WHOLE]
    chosen = rng.choice(whole, min(truths, len(whole) // 2), replace=False)
    others = np.setdiff1d(np.arange(repeats + fit.budget.first), chosen)
    found = responses(fit.places[others], fit.values[others], repeats, seed)
    pool = prior_places(len(fit.problem.names), POOL, seed + 1)
    expected = found.at(pool)
    variance = found.variance(fit.share)
    error = rng.standard_t(FREEDOM, size=(len(chosen), len(fit.problem.statistics)))
    ranks, best, court = [], [], []
    for truth, off in zip(chosen, error, strict=True):
        made = fit.values[truth] + off * fit.observed.spread
        observed = Observed(made, fit.observed.below, fit.observed.above, fit.observed.scaled)
        seen = known[truth]
        z = standardised(observed.only(seen), expected[:, seen], found.variance(1.0)[seen])
        below = pool < fit.places[truth]
        ranks.append(weights(z) @ below)
        best.append(log_likelihood(z).max())
        court.append(_best(fit.observed.only(seen), expected[:, seen], variance[seen]))
    shape = (len(chosen), len(fit.problem.names))
    return Coverage(np.array(ranks).reshape(shape), np.array(best), np.array(court))


def _best(observed: Observed, expected: np.ndarray, variance: np.ndarray) -> float:
    """The largest log-likelihood that any position reaches."""
    return float(log_likelihood(standardised(observed, expected, variance)).max())
