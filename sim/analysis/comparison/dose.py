"""Doses of packages of policies, and the search for the dose that costs a given budget.

A lever is a number that policies change. A move is one such change by a policy. In: a scenario with
policies, and a dose; or the costs of doses already tried, and a budget. Out: the scenario with
every move multiplied by the dose; or the dose to try next.

A dose above 1 is written into the moves. At dose 2, for example, each move takes its lever twice as
far from the value before any policy.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sim.levers.catalogue import value
from sim.scenario.policy import Move, Policy, levers
from sim.scenario.scenario import Scenario

FARTHEST = 1000.0
"""Upper limit of every dose. It is needed if a lever's range has no end, or a very distant one."""
TOLERANCE = 0.02
"""Largest deviation of a cost from the budget, up or down, as a share of the budget."""
DIGITS = 3
"""Significant digits to which doses are rounded before they are tried."""
MIDDLE = 3
"""One try in this many is made halfway between two doses."""
LEAST = 1e-3
"""The search ends if the dose wanted is below this."""
STEP = 8.0
"""Largest factor by which the dose grows from one try to the next."""
TRIES = 40
"""Largest number of doses of one package that are tried."""


def dosed(package: Scenario, dose: float, keep: Collection[str] = ()) -> Scenario:
    """A scenario with every move of its policies multiplied by a dose.

    Args:
        package: The scenario.
        dose: Share of each move that is made; more than 1 is possible up to `fullest`.
        keep: Names of policies that are not changed: those of the baseline.
    """
    policies = tuple(
        policy if policy.name in keep else _dosed(package, policy, dose)
        for policy in package.policies
    )
    return package.model_copy(update={"policies": policies})


def _dosed(package: Scenario, policy: Policy, dose: float) -> Policy:
    whole = policy.dose * dose
    if whole <= 1.0:
        return policy.model_copy(update={"dose": whole})
    verbs: dict[str, dict[str, float]] = {"set": {}, "scale": {}, "add": {}}
    for move in policy.moves():
        verbs[move.verb][move.lever] = _farther(package, move, whole)
    return policy.model_copy(update={"dose": 1.0, **verbs})


def _farther(package: Scenario, move: Move, times: float) -> float:
    """The new number of a move whose lever shall go `times` times as far."""
    if move.verb == "add":
        return move.number * times
    start = 1.0 if move.verb == "scale" else _stands(package, move.lever)
    return start + (move.number - start) * times


def fullest(package: Scenario, keep: Collection[str] = ()) -> float:
    """The largest dose that keeps every lever in its range, but at least 1 and at most `FARTHEST`.

    Args:
        package: A scenario with policies.
        keep: Names of policies whose moves do not limit the dose: those of the baseline.
    """
    policies = [policy for policy in package.policies if policy.name not in keep]
    rooms = [room for policy in policies for room in _rooms(package, policy)]
    least = min(rooms, default=1.0)
    # Slightly less than the end, because rounding must not exceed it.
    return min(max(1.0, least * (1.0 - 1e-9)), FARTHEST)


def _rooms(package: Scenario, policy: Policy) -> Iterator[float]:
    """For each move, the room: the dose at which the lever reaches the end of its range."""
    there = levers() | package.added.levers
    for move in policy.moves():
        start, lever = _stands(package, move.lever), there[move.lever]
        way = {"set": move.number - start, "scale": start * (move.number - 1.0)}.get(
            move.verb, move.number
        )
        if way != 0.0 and policy.dose > 0.0:
            end = lever.high if way > 0.0 else lever.low
            yield (end - start) / way / policy.dose if math.isfinite(end) else math.inf


def _stands(package: Scenario, path: str) -> float:
    """Value of a lever before any policy."""
    if path in package.added_levers:
        return package.added_levers[path]
    return value(package.levers, path)


def puts(package: Scenario, dose: float, keep: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """Overrides, as for ``--set``, that change a scenario into the result of `dosed`.

    Args:
        package: The scenario as its file defines it.
        dose: As for `dosed`.
        keep: As for `dosed`.
    """
    after = dosed(package, dose, keep).policies
    for place, (policy, other) in enumerate(zip(package.policies, after, strict=True)):
        if other.dose != policy.dose:
            yield f"policies.{place}.dose", other.dose
        for before, move in zip(policy.moves(), other.moves(), strict=True):
            if move.number != before.number:
                yield f"policies.{place}.{move.verb}.{move.lever}", move.number


# ---------------------------------------------------------------- the dose of a budget


def further(tried: Mapping[float, float], budget: float, most: float = 1.0) -> float | None:
    """The dose to try next; None if a tried dose costs the budget, or the search has to end.

    If the largest dose tried costs no more than the budget, a larger one is tried, up to `most`.
    Otherwise two doses enclose the one wanted: the largest tried that costs no more than the
    budget, and the next larger one tried, which costs more. The next try is where a straight line
    between the two meets the budget. One time in `MIDDLE` it is halfway between them, because then
    the interval is sure to shrink. The search ends if the dose wanted is below `LEAST`, or after
    `TRIES` tries.

    Args:
        tried: By dose tried, the cost in yuan a year per 1,000 debtors; contains doses 0 and 1.
        budget: The budget, in the same unit.
        most: The largest dose allowed.
    """
    if any(hit(yuan, budget) for yuan in tried.values()) or len(tried) > TRIES:
        return None
    top = max(tried)
    if tried[top] <= budget:
        return _larger(top, tried[top], budget, most)
    low, high = around(tried, budget)
    if high <= LEAST:
        return None
    line = low + (high - low) * (budget - tried[low]) / (tried[high] - tried[low])
    half = (low + high) / 2.0
    aims = (half, line) if len(tried) % MIDDLE == 1 else (line, half)
    fit = (float(f"{aim:.{DIGITS}g}") for aim in aims)
    return next((dose for dose in fit if low < dose < high), None)


def _larger(top: float, yuan: float, budget: float, most: float) -> float | None:
    """A larger dose than the largest tried: where a straight line from 0 meets the budget."""
    if top >= most:
        return None
    times = budget / yuan if yuan > 0.0 else STEP
    aim = float(f"{top * min(max(times, 1.0 + TOLERANCE), STEP):.{DIGITS}g}")
    return min(aim, most)


def hit(yuan: float, budget: float) -> bool:
    """Whether a cost equals the budget, within `TOLERANCE`."""
    return abs(yuan - budget) <= TOLERANCE * budget


def around(tried: Mapping[float, float], budget: float) -> tuple[float, float]:
    """The largest dose tried that costs no more than a budget, and the next larger one tried."""
    low = max(dose for dose, yuan in tried.items() if yuan <= budget)
    return low, min(dose for dose in tried if dose > low)
