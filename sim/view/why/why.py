"""Why one debtor pays or does not, and what an institution weighs, as plain data for a page.

In: a world, and the name of an actor in it, such as ``debtor 1536`` or ``court 0``. Out: dicts,
lists, numbers and texts that can be written as JSON. Money is in yuan, hazards are per month.

The world is not moved (see `stopped`). To ask about several debtors in one month, run it to their
choice first: ``world.run_to(12, before="choice")``. It is then not copied.
"""

from typing import Any

from sim.errors import ServandaError
from sim.explain import ACTORS
from sim.view.why.actor import COURT, actor_data, decider
from sim.view.why.asked import CHOICE, stopped, whom
from sim.view.why.debtor import DEBTOR, debtor_data
from sim.world import World

__all__ = ["whom", "why"]


def why(
    world: World,
    who: str,
    month: int | None = None,
    *,
    pair: bool | None = None,
    mine: str = "",
) -> dict[str, Any]:
    """Why an actor decides as it does in one month.

    Args:
        world: A world that has not passed the decision.
        who: Kind and id: ``debtor 1536``, ``court 0``, or an actor in `sim.explain.ACTORS` with its
            id, as `whom` and the neighbours of a debtor name them.
        month: Measured month; by default the first in which the decision is still to come.
        pair: For a debtor, whether to search for a pair of levers that would change its mind; by
            default only if no single lever would.
        mine: Name of the policy that moves levers for a page, which sets other values when a lever
            is tried.

    Returns:
        See `debtor_data` and `actor_data`.

    Raises:
        ServandaError: If there is no such actor or month, or the decision is past.
    """
    kind, identity = _named(who)
    if kind == DEBTOR:
        return debtor_data(stopped(world, CHOICE, month), identity, pair, mine)
    before = ACTORS[decider(kind)][0]
    return actor_data(stopped(world, before, month), kind, identity)


def _named(who: str) -> tuple[str, int]:
    """Kind and id of an actor.

    Raises:
        ServandaError: If the name has another form, or there is no such kind.
    """
    kind, _, number = who.partition(" ")
    kinds = (DEBTOR, COURT, *ACTORS)
    if kind in kinds and number.isdecimal() and number.isascii():
        return kind, int(number)
    hint = f"give a kind and an id, such as 'debtor 1536'; the kinds are {', '.join(kinds)}"
    raise ServandaError(f"who {who!r}", "is not the name of an actor", hint)
