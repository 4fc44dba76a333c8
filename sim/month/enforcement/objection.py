"""Objections to seizure: by third parties whose goods were caught, or by debtors.

In: cases under review, served. Out: goods freed or not, and the case goes on.
"""

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.standard import CONTESTED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.shared.attachment import excess, free_excess, go_on
from sim.month.shared.state import State, count, move
from sim.terms import LIQUID, Decision, Stage


@rule
def object_to(state: State, debtor: Debtor, at: int, block: int) -> None:
    """Whether someone objects to goods just attached; then the case waits for review (eq. 54)."""
    procedure = state.parameters[0].procedure
    claim = state.claims[at]
    chance = procedure.third_objects if claim.wrongful > 0.0 else 0.0
    if evades(debtor.option) or excess(state, claim) > 0.0:
        chance = chance + (1.0 - chance) * procedure.debtor_objects
    if not happens(state.now, Decision.OBJECTION, claim.id, chance):
        return
    count(state, block, claim, Count.OBJECTIONS, 1.0)
    quick = 1.0 - state.levers[claim.treatment].collaborative.separation
    claim.wait = int(procedure.objection_months * quick)
    move(state, at, Stage.OBJECTED, claim.wrongful)


@rule
def contests(state: State, claim: Claim, block: int) -> bool:
    """Whether those whose things were caught sue, their objection rejected (执行异议之诉, eq. 138).

    The case waits for the suit; the chance to be wrong is that of a trial.
    """
    procedure = state.parameters[0].procedure
    if procedure.objection_suit <= 0.0 or claim.wrongful <= 0.0:
        return False
    if not happens(state.now, Decision.OBJECTION_SUIT, claim.id, procedure.objection_suit):
        return False
    count(state, block, claim, Count.OBJECTION_SUITS, 1.0)
    claim.checks |= CONTESTED
    claim.wait = int(procedure.objection_suit_months)
    return True


@rule
def hear(state: State, debtor: Debtor, at: int, block: int) -> None:
    """What is well founded is upheld but for error, the rest was delay; the case goes on."""
    claim = state.claims[at]
    founded = claim.wrongful > 0.0 or excess(state, claim) > 0.0
    apart = state.levers[claim.treatment].collaborative.separation
    procedure = state.parameters[0].procedure
    error = procedure.objection_error * (1.0 - apart)
    contested = claim.checks & CONTESTED
    if contested:
        error = procedure.objection_suit_error
        claim.checks ^= CONTESTED
    if founded and not happens(state.now, Decision.REVIEW, claim.id, error):
        what = Count.OBJECTION_SUITS_WON if contested else Count.OBJECTIONS_UPHELD
        count(state, block, claim, what, 1.0)
        count(state, block, claim, Count.WRONGFULLY_FREED, claim.wrongful)
        claim.wrongful = 0.0
        free_excess(state, debtor, claim)
    elif not contested and contests(state, claim, block):
        return
    goods = 0.0
    for g in range(ASSETS - LIQUID):
        goods += claim.attached[g]
    if goods > 0.0:
        move(state, at, Stage.SEIZED, goods)
    else:
        claim.wrongful = 0.0
        go_on(state, at)


@kernel
def review(state: State, first: int, last: int) -> None:
    """Each objection whose turn it is gets heard."""
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            if takes_turn(state.claims[at], Stage.OBJECTED.value):
                hear(state, debtor, at, k // state.block)
