"""Suits: whether one is brought, and assets held before it (诉前保全).

In: overdue claims. Out: assets held for who is about to sue, or given back if no suit follows.
"""

from sim.agents.claim import Claim
from sim.agents.court.standard import BEFORE_SUIT
from sim.agents.creditor import before_suit, suit_costs, worth_suing
from sim.agents.debtor.debtor import Debtor
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.mechanisms.base.points import backed_share, own_costs
from sim.month.before_judgment.preservation import consider_preserving, owe_damages
from sim.month.shared.payment import release
from sim.month.shared.state import State, count
from sim.terms import Decision, Title


@rule
def sues(state: State, claim: Claim, month: Now) -> bool:
    """Whether the creditor of an overdue claim sues in a month: worth while, at its own pace."""
    procedure = state.parameters[0].procedure
    creditor = state.creditors[claim.creditor]
    traits = state.lenders[creditor.kind]
    own = own_costs(suit_costs(claim.principal, procedure), state, claim)
    backed = backed_share(0.0, state, claim)
    if not worth_suing(creditor, claim.due, own, backed, traits, procedure):
        return False
    return happens(month, Decision.SUE, claim.id, procedure.sue * traits.litigiousness)


@rule
def hold_before_suit(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Who will sue next month, and is admitted, asks now to have assets held (ODD eq. 137).

    A creditor asks once a claim. With an award or a notarised document there is nothing to sue for.
    """
    admitted = state.levers[claim.treatment].at_source.pre_suit_preservation
    if admitted <= 0.0 or claim.checks & BEFORE_SUIT:
        return
    if claim.title == Title.AWARD or claim.title == Title.NOTARISED:
        return
    if not happens(Now(state.now.seed, 0), Decision.PRE_SUIT, claim.id, admitted):
        return
    parameters = state.parameters[0]
    next_month = Now(state.now.seed, state.now.month + 1)
    if claim.months + 1 >= parameters.procedure.prescription:
        return
    if sues(state, claim, state.now) or not sues(state, claim, next_month):
        return
    terms = before_suit(parameters.pursuit)
    if consider_preserving(state, debtor, claim, next_month, terms, block):
        claim.checks |= BEFORE_SUIT


@rule
def lapse(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """No suit followed within the month: the assets go back, and their owner has damages."""
    owe_damages(state, debtor, claim, 1.0, block)
    release(state, debtor, claim, block)
    count(state, block, claim, Count.PRESERVATIONS_LAPSED, 1.0)
