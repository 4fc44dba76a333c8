"""Makes the points of a design from its factors.

In: a design and its factors, already checked, and a random number generator seeded by the
experiment. Out: the value of each factor at each point. Some designs sample the unit cube: they
draw a coordinate from 0 to 1 for each factor, and the coordinate determines the value.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd

from sim.errors import ServandaError
from sim.experiment.designs import sampling
from sim.experiment.designs.bounds import units
from sim.experiment.designs.constraints import keeping
from sim.experiment.designs.constraints.language import Constraint
from sim.experiment.designs.ladder import Ladder, ladder
from sim.experiment.distribution import Spread
from sim.experiment.factor_target import Value
from sim.experiment.spec import (
    Factorial,
    FractionalFactorial,
    Grid,
    LatinHypercube,
    Morris,
    OneAtATime,
    Part,
    Search,
    Sobol,
)

FINE = 3
"""Decimals to which a search rounds coordinates. Points that are almost equal then become equal and
share their runs."""


@dataclass(frozen=True)
class Points:
    """The points of a design.

    Args:
        names: Paths of the factors.
        rows: Values of the factors, one row per point; None leaves the base as it is.
        labels: Names of columns that describe a point and change nothing in the model.
        described: Values of these columns, one row per point; empty if there are no labels.
        shares: Coordinates in the unit cube, shape (points, factors); None if the design has none.
        remarks: What is unusual about the points but allowed; one sentence each.
    """

    names: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ((),)
    labels: tuple[str, ...] = ()
    described: tuple[tuple[str, ...], ...] = ()
    shares: np.ndarray | None = None
    remarks: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Number of points."""
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        """Whether two designs have the same points in the same order."""
        if not isinstance(other, Points):
            return NotImplemented
        return (self.names, self.rows, self.described) == (other.names, other.rows, other.described)

    __hash__ = None  # type: ignore[assignment]

    def frame(self) -> pd.DataFrame:
        """A table with a row per point: its number, its labels, and the value of each factor."""
        columns = {"point": np.arange(len(self))}
        frame = pd.DataFrame(columns)
        for place, label in enumerate(self.labels):
            frame[label] = [row[place] for row in self.described]
        for place, name in enumerate(self.names):
            frame[name] = [row[place] for row in self.rows]
        return frame


def points(
    design: Part,
    spreads: Sequence[Spread],
    rng: np.random.Generator,
    constraints: Sequence[Constraint] = (),
) -> Points:
    """The points of a design; their order follows from the order of the factors.

    What happens to points that break a constraint depends on the design. Latin hypercube, Morris
    and search replace them, grid and one at a time leave them out, and the others refuse them.

    Raises:
        ServandaError: If the design does not fit these factors, or if hardly any point satisfies
            the constraints. The error's `where` is the key in the file of the experiment.
    """
    names = tuple(spread.name for spread in spreads)
    count = len(spreads)
    match design:
        case Grid():
            every = Points(names, tuple(product(*(spread.levels() for spread in spreads))))
            return _without_broken(every, spreads, constraints)
        case OneAtATime():
            some = Points(names, tuple(_one_at_a_time(spreads)))
            return _without_broken(some, spreads, constraints, base=True)
        case LatinHypercube():
            draw = keeping.stratified(count, rng)
            shares, again = keeping.redrawn(constraints, spreads, draw, design.points, rng)
            return _with_remark(_sampled(spreads, shares), again, design.points)
        case Sobol():
            moved, second = units(spreads)[1], design.second_order
            shares = sampling.saltelli(moved, design.samples, rng, second_order=second)
            return refuse_broken(_sampled(spreads, shares), spreads, constraints)
        case Morris():
            return _trajectories(design, spreads, rng, constraints)
        case Factorial():
            every = _two_level(spreads, sampling.two_level(count))
            return refuse_broken(every, spreads, constraints)
        case FractionalFactorial():
            part = _two_level(spreads, sampling.fraction(count, words(design, count)))
            return refuse_broken(part, spreads, constraints)
        case Search():
            fine = _rounded(keeping.stratified(count, rng))
            shares, again = keeping.redrawn(constraints, spreads, fine, design.population, rng)
            return _with_remark(_begun(spreads, shares), again, design.population)
    return Points(names)


def refuse_broken(
    design_points: Points, spreads: Sequence[Spread], constraints: Sequence[Constraint]
) -> Points:
    """The points of a design that needs all of them.

    Raises:
        ServandaError: If a point breaks a constraint.
    """
    broken = np.flatnonzero(~keeping.kept(constraints, spreads, design_points.rows))
    if len(broken):
        all_points = f"{len(design_points):,} points"
        what = f"{len(broken):,} of {all_points} break a constraint: point {broken[0]} is the first"
        hint = (
            "this design needs every point: choose ranges that satisfy the constraints, or define "
            "other factors, such as a start and a length in place of a start and an end"
        )
        raise ServandaError(keeping.KEY, what, hint)
    return design_points


def _without_broken(
    design_points: Points,
    spreads: Sequence[Spread],
    constraints: Sequence[Constraint],
    *,
    base: bool = False,
) -> Points:
    """The points that satisfy all constraints, with a remark on how many were left out.

    Args:
        design_points: All points of the design.
        spreads: The factors.
        constraints: The constraints.
        base: Whether the first point is the base, which must not be left out.

    Raises:
        ServandaError: If no point satisfies the constraints, or the base does not.
    """
    if not constraints:
        return design_points
    good = keeping.kept(constraints, spreads, design_points.rows)
    if base and not good[0]:
        raise ServandaError(
            keeping.KEY, "the base itself breaks a constraint", "change it under [set]"
        )
    if not good.any():
        what = f"none of {len(design_points):,} points satisfies the constraints (0 %)"
        raise ServandaError(keeping.KEY, what, "give the factors values that fit together")
    if good.all():
        return design_points
    rows = tuple(row for row, stays in zip(design_points.rows, good.tolist(), strict=True) if stays)
    broken = f"{int((~good).sum()):,} of {len(design_points):,} points"
    remark = f"{broken} break a constraint and are left out"
    return replace(design_points, rows=rows, remarks=(*design_points.remarks, remark))


def _with_remark(design_points: Points, again: int, of: int, what: str = "points") -> Points:
    """The points, with a remark on how many were drawn again."""
    if not again:
        return design_points
    remark = f"{again:,} of {of:,} {what} broke a constraint and were drawn again"
    return replace(design_points, remarks=(*design_points.remarks, remark))


def _rounded(draw: Callable[[int], np.ndarray]) -> Callable[[int], np.ndarray]:
    """The same draws, rounded to the precision of a search."""
    return lambda points: draw(points).round(FINE)


def words(design: FractionalFactorial, factors: int) -> list[int]:
    """For each of the last factors, the first factors whose product it is (words of a fraction).

    Raises:
        ServandaError: If the generators do not fit the factors or do not reach the wanted
            resolution, or if there are too many factors or points.
    """
    if factors > len(sampling.LETTERS):
        what = f"there are not enough letters to name {factors} factors"
        raise ServandaError("design", what, f"at most {len(sampling.LETTERS)} are allowed")
    if not design.generators:
        found = sampling.smallest(factors, design.resolution or 3)
        if factors - len(found) > sampling.MOST:
            what = f"{1 << (factors - len(found)):,} points are needed for this resolution"
            raise ServandaError("design.resolution", what, "ask for a lower resolution")
        return found
    try:
        found = sampling.parsed(design.generators, factors)
    except ServandaError as error:
        raise ServandaError("design.generators", error.what, error.hint) from None
    reached = sampling.resolution(factors, found)
    if design.resolution is not None and reached < design.resolution:
        what = f"these generators give resolution {reached}, less than {design.resolution}"
        raise ServandaError(
            "design.generators", what, "leave them out, and they are chosen for you"
        )
    return found


def _one_at_a_time(spreads: Sequence[Spread]) -> Iterator[tuple[Value, ...]]:
    """The base, then, factor by factor, a point for each value that differs from the base's."""
    still: list[Value] = [None] * len(spreads)
    yield tuple(still)
    for place, spread in enumerate(spreads):
        for value in spread.levels():
            if value != spread.target.value:
                yield (*still[:place], value, *still[place + 1 :])


def _sampled(spreads: Sequence[Spread], shares: np.ndarray) -> Points:
    """Points from coordinates in the unit cube, shape (points, factors)."""
    rows = tuple(
        tuple(spread.at(share) for spread, share in zip(spreads, row, strict=True))
        for row in shares.tolist()
    )
    return Points(tuple(spread.name for spread in spreads), rows, shares=shares)


def _trajectories(
    design: Morris,
    spreads: Sequence[Spread],
    rng: np.random.Generator,
    constraints: Sequence[Constraint],
) -> Points:
    """The trajectories of Morris; the ladder of each factor gives its levels."""
    ladders = [ladder(spread, design.levels) for spread in spreads]
    drawn = sampling.morris([one.pairs for one in ladders], units(spreads)[1], rng)
    levels, again = keeping.paths(constraints, spreads, ladders, drawn, design.trajectories)
    columns = [[one.values[at] for at in column] for one, column in _columns(ladders, levels)]
    shares = [np.array(one.places)[column] for one, column in _columns(ladders, levels)]
    names = tuple(spread.name for spread in spreads)
    rows = tuple(zip(*columns, strict=True))
    remarks = tuple(remark for one in ladders for remark in one.remarks)
    design_points = Points(names, rows, shares=np.column_stack(shares), remarks=remarks)
    tried = design.trajectories + again
    return _with_remark(design_points, again, tried, "trajectories")


def _columns(ladders: Sequence[Ladder], levels: np.ndarray) -> Iterator[tuple[Ladder, list[int]]]:
    """For each factor, the ladder and the level at each point."""
    yield from zip(ladders, levels.T.tolist(), strict=True)


def _begun(spreads: Sequence[Spread], shares: np.ndarray) -> Points:
    """The starting point of a search, then its first generation.

    The starting point has no coordinates in the unit cube: they are NaN.
    """
    first = _sampled(spreads, shares)
    start = tuple(_unchosen(spread) for spread in spreads)
    nowhere = np.full((1, len(spreads)), np.nan)
    return Points(first.names, (start, *first.rows), shares=np.vstack([nowhere, shares]))


def _unchosen(spread: Spread) -> Value:
    """The value at the start of a search: policies are off, and the rest is as in the base."""
    target = spread.target
    if not target.put.startswith("policies.") or not target.put.endswith(".dose"):
        return None
    return False if target.switch else 0.0


def _two_level(spreads: Sequence[Spread], levels: np.ndarray) -> Points:
    ends = [spread.ends() for spread in spreads]
    rows = tuple(
        tuple(pair[level] for pair, level in zip(ends, row, strict=True)) for row in levels.tolist()
    )
    return Points(tuple(spread.name for spread in spreads), rows, shares=levels.astype(float))
