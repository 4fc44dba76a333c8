"""The estate in insolvency: what is sold, what creditors share, and claims that it pays in full.

All creditors are paid together, livelihood claims first, the others by what they are owed.
"""

from sim.agents.debtor.debtor import ASSETS, Debtor, take_money
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.month.shared.payment import credit, money_at_hand
from sim.month.shared.state import State, book, count, move
from sim.terms import LIQUID, Asset, Stage

NOTHING = 0.005
"""Yuan; what is owed less than this is left by rounding."""


@rule
def sell_off(state: State, debtor: Debtor, a: int, value: float, block: int) -> None:
    """Goods of a class are sold at auction; the money is the debtor's until it is shared out."""
    price = value * state.assets[a].auction_price
    book(state, block, Flow.OWN_SALE, value - price)
    debtor.assets[Asset.BANK] += price
    debtor.assets[a] -= value


@rule
def realise(state: State, debtor: Debtor, block: int) -> None:
    """Goods are sold; what a person needs to live is kept in money from the proceeds."""
    for a in range(LIQUID, ASSETS):
        sell_off(state, debtor, a, debtor.assets[a], block)


@rule
def owed_together(state: State, k: int) -> float:
    """What is owed on all claims in the proceeding, yuan."""
    owed = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.INSOLVENT:
            owed += state.claims[state.order[j]].due
    return owed


@rule
def at_most(state: State, k: int, wanted: float) -> float:
    """What is taken of a person: no more than is owed with the administrator's fee, yuan."""
    fee = state.parameters[0].procedure.administrator_fee
    return min(max(0.0, wanted), owed_together(state, k) / (1.0 - fee))


@rule
def share_out(state: State, debtor: Debtor, k: int, wanted: float, block: int) -> None:
    """The administrator's fee, then each class of claims in proportion to what is owed (eq. 70)."""
    wanted = min(wanted, money_at_hand(debtor))
    fee = take_money(debtor, wanted * state.parameters[0].procedure.administrator_fee)
    book(state, block, Flow.ADMINISTRATION, fee)
    pot = min(wanted - fee, money_at_hand(debtor))
    for first in (True, False):
        owed = 0.0
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if claim.stage == Stage.INSOLVENT and claim.livelihood == first:
                owed += claim.due
        if owed <= 0.0 or pot <= 0.0:
            continue
        part = min(1.0, pot / owed)
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if claim.stage == Stage.INSOLVENT and claim.livelihood == first:
                paid = take_money(debtor, min(pot, claim.due * part))
                pot -= paid
                credit(state, claim, paid, block)
                book(state, block, Flow.COLLECTIVE, paid)
                count(state, block, claim, Count.RECOVERED_COLLECTIVELY, paid)


@rule
def pay_off(state: State, at: int, block: int) -> None:
    """A claim that the proceeding has paid in full is closed as paid."""
    claim = state.claims[at]
    book(state, block, Flow.CLAIM_OFF, claim.due)
    claim.due = 0.0
    claim.closed = True
    claim.wait = 0
    move(state, at, Stage.PAID, claim.paid)
