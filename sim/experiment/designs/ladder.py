"""Ladders: the levels of a factor in the design of Morris, and the steps allowed between them.

In: a factor with its possible values, and the number of levels for numeric factors. Out: a
`Ladder` with the values, their positions in the range, and the pairs of levels of each step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from sim.errors import ServandaError
from sim.experiment.distribution import Spread
from sim.experiment.factor_target import SCENARIO, Value

UNLIKE = 3.0
"""There is a remark if the widest step of a factor is more than this many times the narrowest."""


@dataclass(frozen=True)
class Ladder:
    """The levels of a factor.

    Args:
        name: Path of the factor.
        values: The value on each level.
        places: Position of each level within the range, 0 to 1.
        pairs: Lower and upper level of each allowed step; all are equally likely.
        remarks: What is unusual about the ladder but allowed; one sentence each.
    """

    name: str
    values: tuple[Value, ...]
    places: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]
    remarks: tuple[str, ...] = ()


def ladder(spread: Spread, levels: int) -> Ladder:
    """The ladder of a factor, in a design with the given number of levels.

    A number between two limits has as many levels as the design. A list has one level per value.
    Whole numbers between two limits also have one level per value, unless there are more values
    than levels in the design.

    A step spans half of the levels. If the number of levels is even, every level then occurs
    equally often. Words and switches have no order: a step goes from any value to any other.

    Raises:
        ServandaError: If the factor has only one value, because then no step is possible.
    """
    values = _values(spread, levels)
    count = len(values)
    if count < 2:
        what = f"'{spread.name}' has only one value, so that no step is possible"
        raise ServandaError("design", what, "give it more values, or put it under [set]")
    if not spread.target.number or spread.name == SCENARIO:
        places = tuple(n / (count - 1) for n in range(count))
        return Ladder(spread.name, values, places, tuple(combinations(range(count), 2)))
    places, step = _places(spread, values), count // 2
    pairs = tuple((low, low + step) for low in range(count - step))
    return Ladder(spread.name, values, places, pairs, tuple(_remarks(spread, places, pairs)))


def _values(spread: Spread, levels: int) -> tuple[Value, ...]:
    """The value on each level, without duplicates; numbers in ascending order."""
    if spread.values:
        return tuple(sorted(spread.values, key=_number)) if spread.target.number else spread.values
    if spread.target.whole and spread.factor.distribution is None:
        low, high = map(int, spread.limits())
        if high - low < levels:
            return tuple(range(low, high + 1))
    return tuple(dict.fromkeys(spread.on_level(n / (levels - 1)) for n in range(levels)))


def _places(spread: Spread, values: Sequence[Value]) -> tuple[float, ...]:
    """Position of each value within the range, 0 to 1, on the scale of the factor.

    Real numbers between two limits, and quantiles of a distribution, are evenly spaced.
    """
    last = len(values) - 1
    if spread.factor.distribution or not (spread.values or spread.target.whole):
        return tuple(n / last for n in range(last + 1))
    numbers = list(map(_number, values))
    if spread.factor.scale == "log":
        if numbers[0] <= 0.0:
            what = "a logarithmic scale needs values above 0"
            raise ServandaError(f"factors.{spread.name}.scale", what)
        numbers = list(map(log, numbers))
    first, width = numbers[0], numbers[-1] - numbers[0]
    return tuple((number - first) / width for number in numbers)


def _number(value: Value) -> float:
    """A value of a numeric factor, as a float."""
    assert isinstance(value, int | float)
    return float(value)


def _remarks(
    spread: Spread, places: Sequence[float], pairs: Sequence[tuple[int, int]]
) -> Sequence[str]:
    """Remarks on the steps of a numeric factor: uneven widths, or an odd number of levels."""
    found = []
    if len(places) % 2:
        found.append(
            f"factor '{spread.name}' has {len(places)} values, an odd number: trajectories visit "
            "those in the middle more often; give an even number of values to avoid this"
        )
    widths = [places[high] - places[low] for low, high in pairs]
    if max(widths) > UNLIKE * min(widths):
        hint = '; write scale = "log" if ratios matter' if spread.factor.scale != "log" else ""
        found.append(
            f"factor '{spread.name}': some steps between its values are "
            f"{max(widths) / min(widths):.2g} times as wide as others{hint}"
        )
    return found
