"""Neighbours, standing, conscience and trust."""

import math

from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import rule
from sim.engine.draw import Now, normal
from sim.levers.catalogue import Levers
from sim.parameters import Society
from sim.terms import Decision

UNKNOWN, HONEST, DISHONEST = 0, 1, 2
"""Standing of a debtor as neighbours see it."""
NEIGHBOURS = 8


@rule
def standing_now(standing: int, since: int, month: int, society: Society) -> int:
    """The standing that is still remembered; unknown after `standing_memory` months."""
    if standing == UNKNOWN or month - since > society.standing_memory:
        return UNKNOWN
    return standing


@rule
def susceptibility(seed: int, who: int, society: Society) -> float:
    """Weight of neighbours for a debtor, as a factor on the common weight (ODD eq. 143).

    Lognormal with median one, drawn once from the debtor's id.
    """
    if society.norm_sd <= 0.0:
        return 1.0
    return math.exp(society.norm_sd * normal(Now(seed, 0), Decision.SUSCEPTIBILITY, who))


@rule
def followed(levers: Levers, court: Levers, society: Society) -> float:
    """Weight of what can be followed of enforcement in trust: w·(o ⊕ τ) (ODD eq. 152).

    Args:
        levers: Levers of who reads what the courts publish: openness o.
        court: Levers of the court: traceability τ of its officers' steps.
        society: Parameters: w.
    """
    if society.trust_followed <= 0.0:
        return 0.0
    unseen = (1.0 - levers.rule_of_law.openness) * (1.0 - court.rule_of_law.traceability)
    return society.trust_followed * (1.0 - unseen)


@rule
def towards_full(level: float, followed: float) -> float:
    """The level of trust, or share, raised towards 1 by what can be followed (ODD eq. 152)."""
    return level + followed * (1.0 - level)


@rule
def recover(debtor: Debtor, society: Society, education: float, followed: float) -> None:
    """Let conscience and trust drift back to their origins (ODD eq. 10 and 11).

    Education adds a share of the way to the ceiling c̄, for those below it (ODD eq. 112); the origin
    of trust is higher where enforcement can be followed (ODD eq. 152).

    c ← c + γ(c* − c) + e(c̄ − c)+, trust ← trust + γ_t(trust* − trust).
    """
    below = max(0.0, society.ceiling - debtor.conscience)
    debtor.conscience += society.recovery * (debtor.conscience_origin - debtor.conscience)
    if education > 0.0:
        debtor.conscience += education * below
    debtor.trust += society.trust_recovery * (towards_full(society.trust, followed) - debtor.trust)


@rule
def wear(debtor: Debtor, society: Society, unfair_to_me: bool, unfair_seen: int) -> None:
    """Lower conscience after unfairness (ODD eq. 10): crowding out.

    c ← c·(1 − min(1, χ·[unfair to me] + χ_peer·unfairness seen)).
    """
    loss = society.crowding_out_seen * unfair_seen
    if unfair_to_me:
        loss += society.crowding_out
    debtor.conscience *= 1.0 - min(1.0, loss)


@rule
def warm(debtor: Debtor, society: Society, fair: int) -> None:
    """Raise conscience after fair enforcement: c ← c + g·fair·(c̄ − c)+ (ODD eq. 112)."""
    if fair > 0 and society.fair_gain > 0.0:
        below = max(0.0, society.ceiling - debtor.conscience)
        debtor.conscience += min(1.0, society.fair_gain * fair) * below


@rule
def trusting(trust: float, society: Society, fair: int, unfair: int, followed: float) -> float:
    """Trust in the courts, in [0, 1], after a month's observed enforcement (ODD eq. 11).

    It rises with each fair enforcement and falls with each unfairness, one's own included, by more
    where all can follow how it came about (ODD eq. 152).
    """
    loss = society.trust_loss * (1.0 + followed)
    moved = trust + society.trust_gain * fair - loss * unfair
    return min(1.0, max(0.0, moved))
