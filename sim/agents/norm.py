"""Neighbours, standing, conscience and trust."""

from sim.agents.debtor import Debtor
from sim.agents.parameters import Society
from sim.engine.compile import rule

UNKNOWN, HONEST, DISHONEST = 0, 1, 2
"""Standing of a debtor as neighbours see it."""
NEIGHBOURS = 8


@rule
def standing_now(standing: int, since: int, month: int, society: Society) -> int:
    """What is still remembered of a debtor's last due claim; after `standing_memory` nothing."""
    if standing == UNKNOWN or month - since > society.standing_memory:
        return UNKNOWN
    return standing


@rule
def wear(debtor: Debtor, society: Society, unfair_to_me: bool, unfair_seen: int) -> None:
    """Conscience recovers towards its origin and wears under unfairness (ODD eq. 10).

    c ← c + γ(c* − c) − χ·c·[unfair to me] − χ_peer·c·(unfairness seen); never below 0.
    """
    c = debtor.conscience
    c += society.recovery * (debtor.conscience_origin - c)
    if unfair_to_me:
        c -= society.crowding_out * debtor.conscience
    c -= min(1.0, society.crowding_out_seen * unfair_seen) * debtor.conscience
    debtor.conscience = max(0.0, c)


@rule
def trusting(trust: float, society: Society, fair: int, unfair: int) -> float:
    """Trust in the courts after a month, in [0, 1] (ODD eq. 11).

    Drifts back to its start, rises with each fair enforcement seen, falls with each unfairness.
    """
    moved = trust + society.trust_recovery * (society.trust - trust)
    moved += society.trust_gain * fair - society.trust_loss * unfair
    return min(1.0, max(0.0, moved))
