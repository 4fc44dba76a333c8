"""Points that keep constraints: which do, and others drawn in place of those that do not.

In: constraints, factors, and points as a design would have them. Out: by point, whether all
constraints are kept; shares of the unit cube, or trajectories, that keep them.
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
"""The key of an experiment file under which they stand."""
TRIED = 10_000
"""Random points, or trajectories, drawn to estimate how many keep the constraints."""
SEED = 20170101
"""Of these: the same file gives the same answer."""
LEAST = 0.001
"""Share of random points that have to keep the constraints."""
LEAST_PATHS = 0.005
"""Share of random trajectories."""
ROUNDS, IN_VAIN = 50, 10
"""How often parts are dealt out again: in all, and without a gain before that is given up."""
AT_ONCE = 100_000
"""Points that are drawn at once at most."""


def kept(
    constraints: Sequence[Constraint], spreads: Sequence[Spread], rows: Sequence[Sequence[Value]]
) -> np.ndarray:
    """By point, whether it keeps all constraints; where a factor is left as the base has it, that.

    Args:
        constraints: The constraints.
        spreads: The factors.
        rows: Their values, a row per point.
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
    """A factor's value as a number; a switch that is on is 1."""
    return float(spread.target.value if value is None else value)  # type: ignore[arg-type]


def redrawn(
    constraints: Sequence[Constraint],
    spreads: Sequence[Spread],
    draw: Callable[[int], np.ndarray],
    points: int,
    rng: np.random.Generator,
) -> tuple[np.ndarray, int]:
    """Points that keep the constraints, and how many of them were drawn again.

    The parts in which points that break a constraint lie are first dealt out again among these,
    factor by factor, so that each part still has its point; what then still breaks one is drawn
    freely, where the constraints leave room.

    Args:
        constraints: The constraints.
        spreads: The factors.
        draw: Gives so many points, as shares of the unit cube, one in each part of each factor.
        points: How many are wanted.
        rng: Of what is dealt out again.

    Returns:
        Shares, shape (points, factors); and the number of points drawn again.

    Raises:
        ServandaError: If hardly a point keeps the constraints.
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
        # Those that found no place keep what is left over, so that no part gets two points.
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
    """By point of the unit cube, whether it keeps the constraints."""
    names = {name for one in constraints for name in one.names}
    places = [place for place, spread in enumerate(spreads) if spread.name in names]
    some = [spreads[place] for place in places]
    rows = [
        [spread.at(share) for spread, share in zip(some, row, strict=True)]
        for row in shares[:, places].tolist()
    ]
    return kept(constraints, some, rows)


def _rate(constraints: Sequence[Constraint], spreads: Sequence[Spread]) -> float:
    """Share of random points that keep the constraints.

    Raises:
        ServandaError: If it is too small to draw any.
    """
    tried = np.random.default_rng(SEED).random((TRIED, len(spreads)))
    hits = int(_inside(constraints, spreads, tried).sum())
    if hits < LEAST * TRIED:
        raise _hopeless(constraints, hits, TRIED, "points")
    return hits / TRIED


def _hopeless(constraints: Sequence[Constraint], hits: int, tried: int, what: str) -> ServandaError:
    """What is said of constraints that hardly anything keeps."""
    hint = "give the factors ranges that fit together"
    if any(sign == "==" for one in constraints for _, sign in one.parts):
        hint = "chance meets no '==': leave a factor out, and write the others with '<='"
    message = f"{hits} of {tried:,} random {what} keep the constraints ({hits / tried:.2%})"
    return ServandaError(KEY, message, hint)


def paths(
    constraints: Sequence[Constraint],
    spreads: Sequence[Spread],
    ladders: Sequence[Ladder],
    drawn: Iterator[np.ndarray],
    count: int,
) -> tuple[np.ndarray, int]:
    """Trajectories all of whose points keep the constraints; others are drawn again whole.

    Args:
        constraints: The constraints.
        spreads: The factors.
        ladders: The levels of each.
        drawn: Trajectories without end: the level of each factor at each point.
        count: How many are wanted.

    Returns:
        Levels, shape (points, factors); and the number of trajectories drawn again.

    Raises:
        ServandaError: If hardly a trajectory keeps the constraints.
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
    """What draws Latin hypercubes of any size, one after the other."""
    return lambda points: sampling.latin_hypercube(factors, points, rng)
