"""Ladders: the levels on which Morris's trajectories stand, and the steps that they take.

In: a factor's spread, and how many levels numbers are to have. Out: a `Ladder`: its values, how far
along the whole range each stands, and the pairs of levels between which a step goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from sim.errors import ServandaError
from sim.experiment.distribution import Spread
from sim.experiment.factor_target import SCENARIO, Value

UNLIKE = 3.0
"""How many times wider than the narrowest the widest step may be before a word is said."""


@dataclass(frozen=True)
class Ladder:
    """The levels of a factor.

    Args:
        name: The factor.
        values: Its value on each level.
        places: How far along its range each level stands, 0 to 1.
        pairs: The lower and the upper level of each step that may be taken, all equally often.
        remarks: What is odd about it but allowed, a sentence each.
    """

    name: str
    values: tuple[Value, ...]
    places: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...]
    remarks: tuple[str, ...] = ()


def ladder(spread: Spread, levels: int) -> Ladder:
    """The levels of a factor in a design on so many levels.

    A number between two limits has as many levels as the design. A list has its own values, and
    whole numbers between two limits all of theirs where these are no more than the levels. A step
    goes over half of the levels, so that each of an even number of them runs equally often. Words
    and switches have no order: a step goes from any to any other.

    Raises:
        ServandaError: If there is one value only, which no step can leave.
    """
    values = _values(spread, levels)
    count = len(values)
    if count < 2:
        what = f"'{spread.name}' has one value, and a step has nowhere to go"
        raise ServandaError("design", what, "give it more values, or put it under [set]")
    if not spread.target.number or spread.name == SCENARIO:
        places = tuple(n / (count - 1) for n in range(count))
        return Ladder(spread.name, values, places, tuple(combinations(range(count), 2)))
    places, step = _places(spread, values), count // 2
    pairs = tuple((low, low + step) for low in range(count - step))
    return Ladder(spread.name, values, places, pairs, tuple(_remarks(spread, places, pairs)))


def _values(spread: Spread, levels: int) -> tuple[Value, ...]:
    """The value on each level, none twice, and numbers from the smallest."""
    if spread.values:
        return tuple(sorted(spread.values, key=_number)) if spread.target.number else spread.values
    if spread.target.whole and spread.factor.distribution is None:
        low, high = map(int, spread.limits())
        if high - low < levels:
            return tuple(range(low, high + 1))
    return tuple(dict.fromkeys(spread.on_level(n / (levels - 1)) for n in range(levels)))


def _places(spread: Spread, values: Sequence[Value]) -> tuple[float, ...]:
    """How far along the range each value stands, on the factor's scale.

    What is not rounded stands on its level; values of a distribution do, for they have no range.
    """
    last = len(values) - 1
    if spread.factor.distribution or not (spread.values or spread.target.whole):
        return tuple(n / last for n in range(last + 1))
    numbers = list(map(_number, values))
    if spread.factor.scale == "log":
        if numbers[0] <= 0.0:
            what = "a logarithmic scale has no place for 0 or less"
            raise ServandaError(f"factors.{spread.name}.scale", what)
        numbers = list(map(log, numbers))
    first, width = numbers[0], numbers[-1] - numbers[0]
    return tuple((number - first) / width for number in numbers)


def _number(value: Value) -> float:
    """A value of a factor that takes numbers."""
    assert isinstance(value, int | float)
    return float(value)


def _remarks(
    spread: Spread, places: Sequence[float], pairs: Sequence[tuple[int, int]]
) -> Sequence[str]:
    """What is odd about the steps of a number."""
    found = []
    if len(places) % 2:
        found.append(
            f"factor '{spread.name}' has {len(places)} values, an odd number: on trajectories "
            "those in the middle run more often; give an even number for equal shares"
        )
    widths = [places[high] - places[low] for low, high in pairs]
    if max(widths) > UNLIKE * min(widths):
        hint = '; write scale = "log" if ratios count' if spread.factor.scale != "log" else ""
        found.append(
            f"factor '{spread.name}': some steps between its values are "
            f"{max(widths) / min(widths):.2g} times as wide as others{hint}"
        )
    return found
