"""Neighbours, standing, conscience and trust."""

import math

from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import rule
from sim.engine.draw import Now, normal
from sim.parameters import Society
from sim.terms import Decision

UNKNOWN, HONEST, DISHONEST = 0, 1, 2
"""Standing of a debtor as neighbours see it."""
NEIGHBOURS = 8


@rule
def standing_now(standing: int, since: int, month: int, society: Society) -> int:
    """What is still remembered of a debtor's conduct; after `standing_memory` months nothing."""
    if standing == UNKNOWN or month - since > society.standing_memory:
        return UNKNOWN
    return standing


@rule
def susceptibility(seed: int, who: int, society: Society) -> float:
    """How much neighbours matter to a debtor, as a factor on the common weight (ODD eq. 143).

    Lognormal with median one, drawn from the debtor's id for good.
    """
    if society.norm_sd <= 0.0:
        return 1.0
    return math.exp(society.norm_sd * normal(Now(seed, 0), Decision.SUSCEPTIBILITY, who))


@rule
def recover(debtor: Debtor, society: Society, education: float) -> None:
    """Conscience and trust drift back to where they began (ODD eq. 10 and 11).

    Education adds a share of the way to the ceiling c̄, for those below it (ODD eq. 112).

    c ← c + γ(c* − c) + e(c̄ − c)+, trust ← trust + γ_t(trust* − trust).
    """
    below = max(0.0, society.ceiling - debtor.conscience)
    debtor.conscience += society.recovery * (debtor.conscience_origin - debtor.conscience)
    if education > 0.0:
        debtor.conscience += education * below
    debtor.trust += society.trust_recovery * (society.trust - debtor.trust)


@rule
def wear(debtor: Debtor, society: Society, unfair_to_me: bool, unfair_seen: int) -> None:
    """Conscience wears under unfairness (ODD eq. 10): crowding out.

    c ← c·(1 − min(1, χ·[unfair to me] + χ_peer·unfairness seen)).
    """
    loss = society.crowding_out_seen * unfair_seen
    if unfair_to_me:
        loss += society.crowding_out
    debtor.conscience *= 1.0 - min(1.0, loss)


@rule
def warm(debtor: Debtor, society: Society, fair: int) -> None:
    """Conscience gains from fair enforcement seen: c ← c + g·fair·(c̄ − c)+ (ODD eq. 112)."""
    if fair > 0 and society.fair_gain > 0.0:
        below = max(0.0, society.ceiling - debtor.conscience)
        debtor.conscience += min(1.0, society.fair_gain * fair) * below


@rule
def trusting(trust: float, society: Society, fair: int, unfair: int) -> float:
    """Trust in the courts, in [0, 1], after a month's enforcement was seen (ODD eq. 11).

    Rises with each fair enforcement, falls with each unfairness, one's own included.
    """
    moved = trust + society.trust_gain * fair - society.trust_loss * unfair
    return min(1.0, max(0.0, moved))
