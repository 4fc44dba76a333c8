"""Inquiry: before a debtor chooses, it hears of recent cases like its own (ODD eq. 145).

In: the risks of evaders in the district in the last twelve months. Out: new beliefs of the debtor.
It hears of a sample of cases, so its beliefs follow the truth with noise and delay.
"""

import math

from sim.agents.court.court import Court
from sim.agents.debtor.belief import Experience, law_as_written, remember
from sim.agents.debtor.debtor import Debtor, means, wealth
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, binomial, uniform
from sim.levers.catalogue import Levers
from sim.month.decision.deliberation import Prompt, owed, prompt
from sim.month.decision.position import with_escrow
from sim.month.shared.state import State, owned_by
from sim.parameters import Learning
from sim.terms import Decision, Stage


@rule
def months_heard_of(court: Court, learning: Learning) -> int:
    """Months of other cases that one inquiry covers, at most all of the last year."""
    return math.floor(min(learning.inquiries * learning.inquiry_months, court.exposed))


@rule
def ask_around(
    debtor: Debtor,
    court: Court,
    levers: Levers,
    learning: Learning,
    decision: int,
    identity: int,
    now: Now,
) -> None:
    """A debtor hears of recent cases in its district (ODD eq. 145).

    Args:
        debtor: The debtor who asks.
        court: The court of the district, with the risks of the last twelve months.
        levers: Levers of the debtor.
        learning: Parameters: number of cases (`inquiries`), months of each (`inquiry_months`) and
            weight of what is heard (`inquiry_weight`).
        decision: Code of the random decision to draw from (`Decision`).
        identity: Id used in these draws.
        now: Seed and month.
    """
    months = months_heard_of(court, learning)
    if months <= 0:
        return
    weight = learning.inquiry_weight
    recovery = max(0.0, court.recovery)
    punished = court.fined + court.detained + court.imprisoned
    entered = court.listing * court.unlisted
    heard = Experience(
        recoveries=weight * binomial(uniform(now, decision, identity, 0), months, recovery),
        listings=weight * binomial(uniform(now, decision, identity, 1), months, entered),
        sanctions=weight * binomial(uniform(now, decision, identity, 2), months, punished),
        exposures=weight * months,
        unlisted=weight * months * court.unlisted,
    )
    remember(debtor, heard, law_as_written(levers), learning)


@kernel
def ask_at_notice(state: State, first: int, last: int) -> None:
    """Debtors with a claim that falls due ask around before they decide whether to pay."""
    learning = state.parameters[0].learning
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            if owned.stages[owned.order[j]] == Stage.DUE:
                ask_around(
                    debtor,
                    state.courts[debtor.district],
                    state.levers[debtor.treatment],
                    learning,
                    Decision.INQUIRY_AT_NOTICE,
                    debtor.id,
                    state.now,
                )
                break


@kernel
def ask_before_choice(state: State, first: int, last: int) -> None:
    """Debtors who are about to choose about enforceable debt ask around again."""
    parameters = state.parameters[0]
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        at_hand = owed(debtor, owned, state.traits.assets, parameters.procedure)
        if at_hand.due <= 0.0:
            continue
        total = wealth(with_escrow(means(debtor, state.traits.assets), at_hand.escrow))
        if prompt(debtor, at_hand, total, parameters.choice, state.now) != Prompt.NONE:
            ask_around(
                debtor,
                state.courts[debtor.district],
                state.levers[debtor.treatment],
                parameters.learning,
                Decision.INQUIRY_BEFORE_CHOICE,
                debtor.id,
                state.now,
            )
