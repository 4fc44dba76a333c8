"""Objections to seizure, by debtors or by third parties whose goods were attached by mistake.

In: cases under review whose turn it is. Out: goods released or not; the case continues.
"""

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.standard import CONTESTED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.month.shared.attachment import excess, free_excess, go_on
from sim.month.shared.journal import Journal, at_row, count, move
from sim.month.shared.state import Setting, State, setting_of
from sim.parameters import Procedure
from sim.terms import LIQUID, Decision, Stage


@rule
def object_to(debtor: Debtor, claim: Claim, at: int, setting: Setting, journal: Journal) -> None:
    """Draw whether someone objects to a new attachment. If so, a review follows (eq. 54)."""
    procedure = setting.parameters.procedure
    chance = procedure.third_objects if claim.wrongful > 0.0 else 0.0
    if evades(debtor.option) or excess(claim, setting.traits.assets) > 0.0:
        chance = chance + (1.0 - chance) * procedure.debtor_objects
    if not happens(setting.now, Decision.OBJECTION, claim.id, chance):
        return
    count(journal, claim, Count.OBJECTIONS, 1.0)
    quick = 1.0 - setting.treatments[claim.treatment].collaborative.separation
    claim.wait = int(procedure.objection_months * quick)
    move(journal, claim, at, Stage.OBJECTED, claim.wrongful)


@rule
def contests(claim: Claim, procedure: Procedure, now: Now, journal: Journal) -> bool:
    """Whether third parties sue after their objection was rejected (执行异议之诉, eq. 138).

    The case then waits for the suit, which is decided wrongly with chance `objection_suit_error`.
    """
    if procedure.objection_suit <= 0.0 or claim.wrongful <= 0.0:
        return False
    if not happens(now, Decision.OBJECTION_SUIT, claim.id, procedure.objection_suit):
        return False
    count(journal, claim, Count.OBJECTION_SUITS, 1.0)
    claim.checks |= CONTESTED
    claim.wait = int(procedure.objection_suit_months)
    return True


@rule
def hear(debtor: Debtor, claim: Claim, at: int, setting: Setting, journal: Journal) -> None:
    """Uphold an objection if it is well founded and the court does not err; otherwise reject it.

    Then the case continues. If third parties sue after a rejection, it first waits for the suit.
    """
    procedure = setting.parameters.procedure
    levers = setting.treatments[claim.treatment]
    founded = claim.wrongful > 0.0 or excess(claim, setting.traits.assets) > 0.0
    apart = levers.collaborative.separation
    error = procedure.objection_error * (1.0 - apart)
    contested = claim.checks & CONTESTED
    if contested:
        error = procedure.objection_suit_error
        claim.checks ^= CONTESTED
    if founded and not happens(setting.now, Decision.REVIEW, claim.id, error):
        what = Count.OBJECTION_SUITS_WON if contested else Count.OBJECTIONS_UPHELD
        count(journal, claim, what, 1.0)
        count(journal, claim, Count.WRONGFULLY_FREED, claim.wrongful)
        claim.wrongful = 0.0
        free_excess(debtor, claim, setting.traits.assets)
    elif not contested and contests(claim, procedure, setting.now, journal):
        return
    goods = 0.0
    for g in range(ASSETS - LIQUID):
        goods += claim.attached[g]
    if goods > 0.0:
        move(journal, claim, at, Stage.SEIZED, goods)
    else:
        claim.wrongful = 0.0
        go_on(claim, at, levers, procedure, journal)


@kernel
def review(state: State, first: int, last: int) -> None:
    """Hear each objection whose turn it is."""
    setting = setting_of(state)
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.hands.owners[k]]
        for j in range(state.hands.starts[k], state.hands.starts[k + 1]):
            at = state.hands.order[j]
            claim = state.claims[at]
            if takes_turn(claim, Stage.OBJECTED.value):
                hear(debtor, claim, at, setting, journal)
