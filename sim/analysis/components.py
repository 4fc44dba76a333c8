"""Splits the variance of an effect into that of uncertain parameters and that of chance.

In: the effect by parameter set and seed, several seeds for each set. Out: its mean, and both
variances, by a one-way analysis of variance with random sets.
"""

from typing import NamedTuple

import numpy as np


class Components(NamedTuple):
    """The variance of an effect and where it is from.

    Args:
        mean: Mean effect.
        parameters: Variance between parameter sets, without what chance adds to it; not below 0.
        chance: Variance between seeds at one parameter set.
    """

    mean: float
    parameters: float
    chance: float

    @property
    def share(self) -> float:
        """Share of the variance of a single run that parameters cause; NaN without variance."""
        whole = self.parameters + self.chance
        return self.parameters / whole if whole > 0.0 else float("nan")


def components(effects: np.ndarray) -> Components:
    """Split the variance of an effect.

    Args:
        effects: Effects; shape (sets, seeds), with at least two of each and no NaN. With k seeds
            the mean square between sets has the expectation chance + k · parameters.
    """
    sets, seeds = effects.shape
    chance = float(effects.var(axis=1, ddof=1).mean())
    between = float(effects.mean(axis=1).var(ddof=1)) if sets > 1 else 0.0
    return Components(float(effects.mean()), max(between - chance / seeds, 0.0), chance)
