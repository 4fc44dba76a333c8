"""Social influence on a debtor: neighbours, standing, conscience and trust."""

import math

from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import inlined, rule
from sim.engine.draw import Now, normal
from sim.levers.catalogue import Levers
from sim.parameters import Society
from sim.terms import Decision

UNKNOWN, HONEST, DISHONEST = 0, 1, 2
"""Values of `Debtor.standing`: what neighbours know of the debtor's conduct."""
NEIGHBOURS = 8


@inlined
def standing_now(standing: int, since: int, month: int, society: Society) -> int:
    """The standing that neighbours still remember; unknown after `standing_memory` months."""
    if standing == UNKNOWN or month - since > society.standing_memory:
        return UNKNOWN
    return standing


@rule
def susceptibility(seed: int, who: int, society: Society) -> float:
    """How much neighbours influence a debtor, as a factor on `society.norm` (ODD eq. 143).

    The factor is lognormal with median 1 and depends only on the seed and the debtor's id.
    """
    if society.norm_sd <= 0.0:
        return 1.0
    return math.exp(society.norm_sd * normal(Now(seed, 0), Decision.SUSCEPTIBILITY, who))


@inlined
def followed(levers: Levers, court: Levers, society: Society) -> float:
    """How much trust gains because enforcement can be followed, in [0, 1] (ODD eq. 152).

    The gain is w·(o ⊕ τ), where o ⊕ τ = 1 − (1 − o)(1 − τ).

    Args:
        levers: Levers of the debtor: openness o of statistics.
        court: Levers of the court: traceability τ of its officers' steps.
        society: Parameters of society: w (`trust_followed`).
    """
    if society.trust_followed <= 0.0:
        return 0.0
    unseen = (1.0 - levers.rule_of_law.openness) * (1.0 - court.rule_of_law.traceability)
    return society.trust_followed * (1.0 - unseen)


@inlined
def towards_full(level: float, followed: float) -> float:
    """A level of trust or a share recovered, raised towards 1 by `followed` (ODD eq. 152)."""
    return level + followed * (1.0 - level)


@inlined
def recover(debtor: Debtor, society: Society, education: float, followed: float) -> None:
    """Let conscience and trust drift back to their origins (ODD eq. 10 and 11).

    c ← c + γ(c* − c) + e(c̄ − c)+, trust ← trust + γ_t(trust* − trust). Starred values are origins,
    γ is `recovery` and γ_t `trust_recovery`. If conscience is below the ceiling c̄, education
    closes the share e of the gap (ODD eq. 112). If enforcement can be followed, trust* is higher
    (ODD eq. 152).
    """
    below = max(0.0, society.ceiling - debtor.conscience)
    debtor.conscience += society.recovery * (debtor.conscience_origin - debtor.conscience)
    if education > 0.0:
        debtor.conscience += education * below
    debtor.trust += society.trust_recovery * (towards_full(society.trust, followed) - debtor.trust)


@rule
def wear(debtor: Debtor, society: Society, unfair_to_me: bool, unfair_seen: int) -> None:
    """Lower conscience after unfair enforcement (ODD eq. 10): crowding out.

    c ← c·(1 − min(1, χ·[unfair to me] + χ_peer·unfairness seen)).

    Args:
        debtor: The debtor.
        society: χ (`crowding_out`) and χ_peer (`crowding_out_seen`).
        unfair_to_me: Whether the debtor itself was treated unfairly.
        unfair_seen: Number of neighbours seen to be treated unfairly.
    """
    loss = society.crowding_out_seen * unfair_seen
    if unfair_to_me:
        loss += society.crowding_out
    debtor.conscience *= 1.0 - min(1.0, loss)


@rule
def warm(debtor: Debtor, society: Society, fair: int) -> None:
    """Raise conscience after fair enforcement: c ← c + g·fair·(c̄ − c)+ (ODD eq. 112).

    Args:
        debtor: The debtor.
        society: g (`fair_gain`) and the ceiling c̄ (`ceiling`).
        fair: Number of fair enforcements observed.
    """
    if fair > 0 and society.fair_gain > 0.0:
        below = max(0.0, society.ceiling - debtor.conscience)
        debtor.conscience += min(1.0, society.fair_gain * fair) * below


@rule
def trusting(trust: float, society: Society, fair: int, unfair: int, followed: float) -> float:
    """Trust in the courts, in [0, 1], after a month's observed enforcement (ODD eq. 11).

    Trust rises with each fair enforcement against a neighbour. It falls with each unfair one,
    whether against a neighbour or against the debtor itself. The fall is larger if everyone can
    follow how unfair enforcement came about (ODD eq. 152).
    """
    loss = society.trust_loss * (1.0 + followed)
    moved = trust + society.trust_gain * fair - loss * unfair
    return min(1.0, max(0.0, moved))
