"""Limits on the size of a design, checked before its points are made.

In: a design and its factors (the values that it varies). Out: the number of points, or an error.
"""

from collections.abc import Sequence
from math import prod

import numpy as np

from sim.errors import ServandaError
from sim.experiment.designs import sampling
from sim.experiment.distribution import Spread
from sim.experiment.spec import (
    Factorial,
    Grid,
    LatinHypercube,
    Morris,
    OneAtATime,
    Part,
    Search,
    Sobol,
)
from sim.reading.limits import CELLS, ROWS, RUNS

LONG = 10**15
"""Smallest number of points that messages give in words instead of digits."""


def units(spreads: Sequence[Spread]) -> tuple[tuple[str, ...], np.ndarray]:
    """Units of a sensitivity design: groups of factors that move together, or single factors.

    Returns:
        Names of the units, in the order of their first factors. For each factor, the number of its
        unit, from 0.
    """
    names = [spread.factor.group or spread.name for spread in spreads]
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return tuple(known), np.array([known[name] for name in names], dtype=int)


def count(design: Part, spreads: Sequence[Spread]) -> int:
    """Largest possible number of points of a design; 0 if it cannot be known beforehand."""
    factors = len(spreads)
    moved = len(units(spreads)[0])
    match design:
        case Grid():
            return prod(spread.most for spread in spreads)
        case OneAtATime():
            return 1 + sum(spread.most for spread in spreads)
        case LatinHypercube():
            return design.points
        case Sobol():
            return design.samples * (moved * (1 + design.second_order) + 2)
        case Morris():
            return design.trajectories * (moved + 1)
        case Factorial():
            return 1 << factors
        case Search():
            return 1 + design.population
    return 0


def refuse_many(design: Part, spreads: Sequence[Spread], replicates: int) -> None:
    """Refuse a design that is too large, before any of it is built.

    Args:
        design: The design.
        spreads: Its factors.
        replicates: Number of runs of each point.

    Raises:
        ServandaError: If it is too large; `where` is the key in the file of the experiment.
    """
    points = count(design, spreads)
    if isinstance(design, Factorial) and len(spreads) > sampling.MOST:
        what = f"{len(spreads)} factors have {_shown(points)} combinations"
        raise ServandaError("design", what, "use a fractional_factorial")
    if points > ROWS:
        hint = f"at most {ROWS:,} are allowed; use fewer points or factors"
        raise ServandaError("design", f"{_shown(points)} points are too many", hint)
    if (cells := points * len(spreads)) > CELLS:
        what = f"{points:,} points of {len(spreads):,} factors are too many: {cells:,} values"
        raise ServandaError(
            "design", what, f"at most {CELLS:,} are allowed; use fewer points or factors"
        )
    refuse_runs(points, replicates)


def refuse_runs(points: int, replicates: int) -> None:
    """Refuse an experiment with more runs than are allowed.

    Raises:
        ServandaError: If it has more.
    """
    if points * replicates > RUNS:
        what = f"{points:,} points × {replicates:,} replicates are {points * replicates:,} runs"
        raise ServandaError(
            "replicates", what, f"at most {RUNS:,} are allowed; use fewer points or replicates"
        )


def _shown(number: int) -> str:
    return f"{number:,}" if number < LONG else "more than a thousand million million"
