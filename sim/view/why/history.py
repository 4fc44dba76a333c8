"""What a world has recorded of one debtor, as plain data.

In: a world, and a debtor's id. Out: its choices, the steps of the claims against it, and its
months, each None unless the world records it.
"""

import math
from typing import Any

from sim.scenario.identity import plain
from sim.world import World

Plain = dict[str, Any]


def history(world: World, identity: int) -> Plain:
    """What has been recorded of a debtor so far; None for what the world does not record.

    Returns:
        `choices` (``World(..., choices=True)``): month, option, best dishonest option, net cost,
        taste and reason of each choice. `claims` (``events=True``): the transitions of claims
        against it. `months` (``panel=N``, if it is in the sample): option, ability and whether it
        is on the list, at the end of each month.
    """
    choices = world.choices() if world.observed.choices is not None else None
    events = world.transitions.frame() if world.transitions is not None else None
    panel = world.panel.frame() if world.panel is not None else None
    months = _records(panel, identity, ("month", "option", "ability", "on_list"))
    if world.panel is not None and identity >> 8 not in world.panel.rows:
        months = None
    claims = _records(events, identity, ("month", "claim", "domain", "stage", "amount", "mover"))
    for step in claims or ():
        step["claim"] = str(step["claim"])
    return {
        "choices": _records(
            choices, identity, ("month", "option", "best", "honest", "net", "taste", "prompt")
        ),
        "claims": claims,
        "months": months,
    }


def _records(frame: Any, identity: int, columns: tuple[str, ...]) -> list[Plain] | None:
    """Rows of a data frame about one debtor; None without a frame."""
    if frame is None:
        return None
    if not len(frame):
        return []
    about = frame.loc[frame["debtor"] == identity, list(columns)]
    return [
        {str(name): finite(plain(value)) for name, value in row.items()}
        for row in about.to_dict("records")
    ]


def finite(value: Any) -> Any:
    """A number that JSON can hold: None instead of NaN and infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
