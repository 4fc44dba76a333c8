"""Checks which points satisfy the constraints, and draws new ones for those that do not.

In: constraints, factors, and points that a design has drawn. Out: for each point, whether it
satisfies all constraints; points of the unit cube, or trajectories, that satisfy them. A point of
the unit cube has a coordinate from 0 to 1 for each factor. The coordinate determines the value.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil

import numpy as np

from sim.errors import ServandaError
from sim.experiment.designs import sampling
from sim.experiment.designs.constraints.language import Constraint
from sim.experiment.designs.ladder import Ladder
from sim.experiment.distribution import Spread
from sim.experiment.factor_target import Value

KEY = "constraints"
"""The key of an experiment file that lists the constraints."""
TRIED = 10_000
"""Number of random points (or trajectories) from which the share of valid ones is estimated."""
SEED = 20170101
"""Seed of these random points. It is fixed, because a file must always give the same answer."""
LEAST = 0.001
"""Smallest share of valid random points. Below it, a design is refused."""
LEAST_PATHS = 0.005
"""Smallest share of valid random trajectories. Below it, a design is refused."""
ROUNDS, IN_VAIN = 50, 10
"""Points exchange coordinates in at most `ROUNDS` rounds. The exchange stops early if no further
point becomes valid in `IN_VAIN` rounds in a row."""
AT_ONCE = 100_000
"""Largest number of points drawn at once."""


def kept(
    constraints: Sequence[Constraint], spreads: Sequence[Spread], rows: Sequence[Sequence[Value]]
) -> np.ndarray:
    """Whether each point satisfies all constraints.

    Args:
        constraints: The constraints.
        spreads: The factors.
        rows: Values of the factors, one row per point; None is the value in the base scenario.
    """
    names = {name for one in constraints for name in one.names}
    values = {
        spread.name: np.array([_number(row[place], spread) for row in rows])
        for place, spread in enumerate(spreads)
        if spread.name in names
    }
    found = np.ones(len(rows), dtype=bool)
    for one in constraints:
        found &= one.kept(values)
    return found


def _number(value: Value, spread: Spread) -> float:
    """A value as a number (a switch is 1 or 0); None gives the value in the base scenario."""
    return float(spread.target.value if value is None else value)  # type: ignore[arg-type]


def redrawn(
    constraints: Sequence[Constraint],
    spreads: Sequence[Spread],
    draw: Callable[[int], np.ndarray],
    points: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, int]:
    """Points that satisfy the constraints, and how many of the points first drawn did not.

    Points that break a constraint first exchange coordinates at random, factor by factor. So each
    stratum (equal part of a range) of a Latin hypercube still has one point. Points that still
    break a constraint are drawn again, without regard to the strata.

    Args:
        constraints: The constraints.
        spreads: The factors.
        draw: Draws a given number of points in the unit cube, one in each stratum of each factor.
        points: Number of points wanted.
        rng: Random number generator for the exchanges.

    Returns:
        Points in the unit cube, shape (points, factors). How many of the points first drawn broke
        a constraint.

    Raises:
        ServandaError: If hardly any point satisfies the constraints.
    """
    shares = draw(points)
    if not constraints:
        return shares, 0
    broken = np.flatnonzero(~_inside(constraints, spreads, shares))
    if not len(broken):
        return shares, 0
    rate = _rate(constraints, spreads)
    again, vain = len(broken), 0
    for _ in range(ROUNDS):
        dealt = rng.permuted(shares[broken], axis=0)
        good = _inside(constraints, spreads, dealt)
        shares[broken[good]] = dealt[good]
        # The others get the coordinates that are left. Then no stratum has two points.
        shares[broken[~good]] = dealt[~good]
        broken = broken[~good]
        vain = 0 if good.any() else vain + 1
        if not len(broken) or vain == IN_VAIN:
            break
    while len(broken):
        drawn = draw(min(ceil(len(broken) / rate), AT_ONCE))
        good = drawn[_inside(constraints, spreads, drawn)][: len(broken)]
        shares[broken[: len(good)]] = good
        broken = broken[len(good) :]
    return shares, again


def _inside(
    constraints: Sequence[Constraint], spreads: Sequence[Spread], shares: np.ndarray
) -> np.ndarray:
    """Whether each point of the unit cube satisfies the constraints."""
    names = {name for one in constraints for name in one.names}
    places = [place for place, spread in enumerate(spreads) if spread.name in names]
    some = [spreads[place] for place in places]
    rows = [
        [spread.at(share) for spread, share in zip(some, row, strict=True)]
        for row in shares[:, places].tolist()
    ]
    return kept(constraints, some, rows)


def _rate(constraints: Sequence[Constraint], spreads: Sequence[Spread]) -> float:
    """Share of random points that satisfy the constraints.

    Raises:
        ServandaError: If the share is too small for drawing points at random.
    """
    tried = np.random.default_rng(SEED).random((TRIED, len(spreads)))
    hits = int(_inside(constraints, spreads, tried).sum())
    if hits < LEAST * TRIED:
        raise _hopeless(constraints, hits, TRIED, "points")
    return hits / TRIED


def _hopeless(constraints: Sequence[Constraint], hits: int, tried: int, what: str) -> ServandaError:
    """The error for constraints that hardly any point, or trajectory, satisfies."""
    hint = "give the factors ranges that fit together"
    if any(sign == "==" for one in constraints for _, sign in one.parts):
        hint = "random points never satisfy '==': remove one factor, and limit the others with '<='"
    message = f"{hits} of {tried:,} random {what} satisfy the constraints ({hits / tried:.2%})"
    return ServandaError(KEY, message, hint)


def paths(
    constraints: Sequence[Constraint],
    spreads: Sequence[Spread],
    ladders: Sequence[Ladder],
    drawn: Iterator[np.ndarray],
    count: int,
) -> tuple[np.ndarray, int]:
    """Trajectories whose points all satisfy the constraints; the others are drawn again.

    Args:
        constraints: The constraints.
        spreads: The factors.
        ladders: The levels of each factor.
        drawn: An endless series of trajectories: the level of each factor at each point.
        count: Number of trajectories wanted.

    Returns:
        Levels, shape (points, factors). The number of trajectories drawn again.

    Raises:
        ServandaError: If hardly any trajectory satisfies the constraints.
    """
    names = {name for one in constraints for name in one.names}
    places = [place for place, spread in enumerate(spreads) if spread.name in names]
    values = {
        place: np.array([_number(one, spreads[place]) for one in ladders[place].values])
        for place in places
    }
    good: list[np.ndarray] = []
    tried = 0
    for path in drawn:
        tried += 1
        numbers = {spreads[place].name: values[place][path[:, place]] for place in places}
        if all(one.kept(numbers).all() for one in constraints):
            good.append(path)
        if len(good) == count:
            break
        if tried >= TRIED and len(good) < LEAST_PATHS * tried:
            raise _hopeless(constraints, len(good), tried, "trajectories")
    return np.concatenate(good), tried - count


def stratified(factors: int, rng: np.random.Generator) -> Callable[[int], np.ndarray]:
    """A function that draws a Latin hypercube with the given number of points."""
    return lambda points: sampling.latin_hypercube(factors, points, rng)
