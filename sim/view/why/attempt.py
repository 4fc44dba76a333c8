"""How a page can bring about the value of a lever at which a debtor would change its mind.

In: a world, a lever and the value in force that an explanation names. Out: the value that a policy
for everybody must set from month 1 on, as the page's moved levers do. Policies of the world still
scale it and add to it; a policy that sets the lever itself excludes any other.
"""

from collections.abc import Sequence
from typing import Any

from sim.scenario.policy import levers
from sim.world import World

DIGITS = 12
"""Significant digits of a value that is computed backwards, so that 0.9 / 3 is 0.3."""

SET_BY_POLICY, MOVED_BY_POLICY = "set_by_policy", "moved_by_policy"
"""Why no value can be given: a policy sets the lever itself, or moves it otherwise."""

Plain = dict[str, Any]


def attempt(world: World, path: str, rows: Sequence[int], value: float, mine: str = "") -> Plain:
    """What to set so that a lever has a value in force in this month.

    Args:
        world: A world just before the month's choice.
        path: Path of the lever.
        rows: Rows of the lever table from which it is read.
        value: The value that is to be in force.
        mine: Name of the policy that already moves levers for the page; it is replaced.

    Returns:
        `set`, the value to set, None if there is none; and then `excluded`, one of `SET_BY_POLICY`
        and `MOVED_BY_POLICY`, otherwise None.
    """
    policies = [one for one in world.setup.policies if one.name != mine]
    moving = [one for one in policies if path in {move.lever for move in one.moves()}]
    if any(path in one.set for one in moving):
        return {"set": None, "excluded": SET_BY_POLICY}
    if not moving:
        return {"set": value, "excluded": None}
    # In the other world a trigger could act in another month.
    if not any(one.trigger for one in moving):
        month = world.month + 1
        undo = world.treatments.value_before
        before = {undo(path, row, month, value) for row in rows}
        found = {None if one is None else float(f"{one:.{DIGITS}g}") for one in before}
        only = found.pop()
        declared = levers()[path]
        if not found and only is not None and declared.low <= only <= declared.high:
            return {"set": only, "excluded": None}
    return {"set": None, "excluded": MOVED_BY_POLICY}
