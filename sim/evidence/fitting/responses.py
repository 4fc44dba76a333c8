"""The statistics of a run as functions of the free parameters, all together.

In: positions of runs and their statistics. Out: the expected statistics at any position, and the
variance of the difference to what one world of the court's size would show.
"""

from dataclasses import dataclass

import numpy as np

from sim.evidence.fitting.emulator import Emulator, emulator

LEAST = 1e-12
"""Smallest variance, so that a statistic that never varies can still be compared."""


@dataclass(frozen=True)
class Responses:
    """Emulators of all statistics.

    Args:
        emulators: One for each statistic.
        noise: Variance between runs of the same world on different seeds, at the size of the runs;
            shape (statistics,).
    """

    emulators: tuple[Emulator, ...]
    noise: np.ndarray

    @property
    def parameters(self) -> int:
        """Number of free parameters."""
        return self.emulators[0].parameters

    def at(self, places: np.ndarray) -> np.ndarray:
        """Expected statistics at positions, shape (n, parameters); result shape (n, statistics)."""
        return np.stack([one.at(places) for one in self.emulators], axis=1)

    def variance(self, share: float) -> np.ndarray:
        """Variance of what is expected: of the emulators, and of the seed at the court's size.

        Args:
            share: Debtors in the runs over people in the court's population: a court that serves
                more people than the model has debtors varies less by chance.

        Returns:
            Shape (statistics,).
        """
        squares = np.array([_mean_square(one.errors) for one in self.emulators])
        own = np.maximum(squares - self.noise, 0.0)
        chance = np.minimum(self.noise, squares) if share == 1.0 else self.noise * share
        return np.asarray(np.maximum(own + chance, LEAST))


def responses(places: np.ndarray, values: np.ndarray, repeats: int, seed: int) -> Responses:
    """Emulate all statistics.

    Args:
        places: Positions of the runs; those of the first `repeats` are NaN, as these are runs of
            the base on different seeds; shape (runs, parameters).
        values: Statistics, NaN where a run has none; shape (runs, statistics).
        repeats: Number of runs of the base.
        seed: Seed of the cross-validation.
    """
    fitted = [emulator(places[repeats:], values[repeats:, k], seed) for k in range(values.shape[1])]
    base = values[:repeats]
    noise = [_variance(base[:, k]) for k in range(values.shape[1])]
    return Responses(tuple(fitted), np.array(noise))


def _mean_square(errors: np.ndarray) -> float:
    known = errors[np.isfinite(errors)]
    return float(np.mean(known**2)) if len(known) else np.inf


def _variance(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(np.var(known, ddof=1)) if len(known) > 1 else 0.0
