"""What figures can tell about parameters, before any fit.

In: the responses of emulated statistics to the free parameters, and the errors of the figures.
Out: the number of directions in the space of parameters that the figures can tell, and how much
each parameter would be learned. The response is taken to be linear and the errors normal; the prior
of each parameter has the variance of its range.
"""

from dataclasses import dataclass

import numpy as np

from sim.evidence.fitting.emulator import slopes

UNIFORM = 1.0 / np.sqrt(12.0)
"""Standard deviation of a position that is uniform from 0 to 1."""
LEARNED, PARTLY = 0.5, 0.2
"""Contraction from which a parameter is called learned, or partly learned."""
NOTABLE = 0.3
"""Smallest weight of a parameter that is named in a direction."""


@dataclass(frozen=True)
class Direction:
    """A combination of parameters that the figures tell well or badly.

    Args:
        strength: Response of the figures, in their standard deviations, to one standard deviation
            of the prior in this direction. Above 1, the figures tell more than the prior.
        weights: Share of each parameter, as the components of a unit vector; shape (parameters,).
    """

    strength: float
    weights: np.ndarray

    def named(self, names: tuple[str, ...]) -> str:
        """The direction in words: parameters that rise together against those that fall."""
        order = np.argsort(-np.abs(self.weights))
        chosen = [i for i in order if abs(self.weights[i]) >= NOTABLE] or [int(order[0])]
        lead = np.sign(self.weights[chosen[0]])
        rises = [names[i] for i in chosen if self.weights[i] * lead > 0.0]
        falls = [names[i] for i in chosen if self.weights[i] * lead < 0.0]
        return " × ".join(rises) + (f" against {' × '.join(falls)}" if falls else "")


@dataclass(frozen=True)
class Identification:
    """What a set of figures can tell.

    Args:
        names: The free parameters.
        directions: All directions, the strongest first.
        contraction: By parameter, by how much the figures would shrink its standard deviation, as a
            share; shape (parameters,).
    """

    names: tuple[str, ...]
    directions: tuple[Direction, ...]
    contraction: np.ndarray

    @property
    def known(self) -> int:
        """Number of directions about which the figures say more than the prior."""
        return sum(one.strength > 1.0 for one in self.directions)


@dataclass(frozen=True)
class Slopes:
    """Responses of statistics to parameters, in standard deviations of both.

    Args:
        rows: Shape (statistics, parameters).
        scaled: Which statistics are levels of counts, known only up to a common factor; shape
            (statistics,).
        spread: Standard deviation of each figure; shape (statistics,).
    """

    rows: np.ndarray
    scaled: np.ndarray
    spread: np.ndarray

    @property
    def informative(self) -> np.ndarray:
        """The rows without what a common factor of all levels of counts could also explain."""
        weights = self.scaled / self.spread
        norm = float(np.linalg.norm(weights))
        if norm == 0.0:
            return self.rows
        factor = weights / norm
        return np.asarray(self.rows - np.outer(factor, factor @ self.rows))

    def part(self, chosen: slice) -> "Slopes":
        """Some of the rows."""
        return Slopes(self.rows[chosen], self.scaled[chosen], self.spread[chosen])

    def with_one(self, other: "Slopes", place: int) -> "Slopes":
        """These and one row of others."""
        one = other.part(slice(place, place + 1))
        return Slopes(
            np.vstack([self.rows, one.rows]),
            np.concatenate([self.scaled, one.scaled]),
            np.concatenate([self.spread, one.spread]),
        )


def slopes_of(
    places: np.ndarray, values: np.ndarray, spread: np.ndarray, scaled: np.ndarray
) -> Slopes:
    """The responses in runs spread over the prior.

    They are the slopes of a regression on all parameters, shrunk by ridge regression, so that
    chance does not look like a response.

    Args:
        places: Positions of runs, 0 to 1; shape (runs, parameters).
        values: Statistics of the runs, NaN where there is none; shape (runs, statistics).
        spread: Standard deviation of the error of each figure, with what single runs differ by;
            shape (statistics,).
        scaled: Which statistics are levels of counts; shape (statistics,).
    """
    found = [slopes(places, values[:, k]) for k in range(values.shape[1])]
    rows = np.array(found).reshape(-1, places.shape[1]) * UNIFORM / spread[:, None]
    return Slopes(rows, scaled, spread)


def identification(names: tuple[str, ...], found: Slopes) -> Identification:
    """What figures with these responses can tell about the parameters `names`."""
    _, strengths, rows = np.linalg.svd(found.informative, full_matrices=True)
    padded = np.zeros(len(names))
    padded[: len(strengths)] = strengths
    directions = tuple(Direction(float(s), row) for s, row in zip(padded, rows, strict=True))
    return Identification(names, directions, contraction(found))


def contraction(found: Slopes) -> np.ndarray:
    """By how much each parameter's standard deviation would shrink, as a share of the prior's.

    With J the responses, the posterior covariance in units of the prior is (I + JᵀJ)⁻¹.
    """
    rows = found.informative
    precision = np.eye(rows.shape[1]) + rows.T @ rows
    return np.asarray(1.0 - np.sqrt(np.diag(np.linalg.inv(precision))))


def gains(found: Slopes, others: Slopes) -> np.ndarray:
    """What one more figure would add to the contraction of each parameter.

    Args:
        found: Responses of the figures at hand.
        others: Responses of figures not at hand, each considered alone.

    Returns:
        Added contraction; shape (others, parameters).
    """
    now = contraction(found)
    added = [contraction(found.with_one(others, k)) - now for k in range(len(others.rows))]
    return np.array(added).reshape(-1, len(now))


def label(share: float) -> str:
    """``learned``, ``partly learned`` or ``not learned``, by the contraction of a parameter."""
    if share > LEARNED:
        return "learned"
    return "partly learned" if share >= PARTLY else "not learned"
