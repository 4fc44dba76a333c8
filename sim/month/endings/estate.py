"""The estate in insolvency: what is sold, what creditors share, and claims that it pays in full.

All creditors are paid together, livelihood claims first, the others by what they are owed.
"""

from sim.agents.claim import Claim
from sim.agents.debtor.debtor import ASSETS, Debtor, take_money
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now
from sim.engine.record import Records
from sim.month.shared.journal import Journal, book, count, move
from sim.month.shared.payment import credit, money_at_hand
from sim.month.shared.state import Owned
from sim.parameters import AssetTraits, Procedure
from sim.terms import LIQUID, Asset, Stage

NOTHING = 0.005
"""Yuan; what is owed less than this is left by rounding."""


@rule
def sell_off(
    debtor: Debtor, a: int, value: float, assets: Records[AssetTraits], journal: Journal
) -> None:
    """Goods of a class are sold at auction; the money is the debtor's until it is shared out."""
    price = value * assets[a].auction_price
    book(journal, Flow.OWN_SALE, value - price)
    debtor.assets[Asset.BANK] += price
    debtor.assets[a] -= value


@rule
def realise(debtor: Debtor, assets: Records[AssetTraits], journal: Journal) -> None:
    """Goods are sold; what a person needs to live is kept in money from the proceeds."""
    for a in range(LIQUID, ASSETS):
        sell_off(debtor, a, debtor.assets[a], assets, journal)


@rule
def owed_together(owned: Owned) -> float:
    """What is owed on all claims in the proceeding, yuan."""
    owed = 0.0
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.INSOLVENT:
            owed += owned.claims[owned.order[j]].due
    return owed


@rule
def at_most(owned: Owned, wanted: float, procedure: Procedure) -> float:
    """What is taken of a person: no more than is owed with the administrator's fee, yuan."""
    fee = procedure.administrator_fee
    return min(max(0.0, wanted), owed_together(owned) / (1.0 - fee))


@rule
def share_out(
    debtor: Debtor, owned: Owned, wanted: float, procedure: Procedure, now: Now, journal: Journal
) -> None:
    """The administrator's fee, then each class of claims in proportion to what is owed (eq. 70)."""
    wanted = min(wanted, money_at_hand(debtor))
    fee = take_money(debtor, wanted * procedure.administrator_fee)
    book(journal, Flow.ADMINISTRATION, fee)
    pot = min(wanted - fee, money_at_hand(debtor))
    for first in (True, False):
        owed = 0.0
        for j in range(owned.first, owned.last):
            claim = owned.claims[owned.order[j]]
            if claim.stage == Stage.INSOLVENT and claim.livelihood == first:
                owed += claim.due
        if owed <= 0.0 or pot <= 0.0:
            continue
        part = min(1.0, pot / owed)
        for j in range(owned.first, owned.last):
            claim = owned.claims[owned.order[j]]
            if claim.stage == Stage.INSOLVENT and claim.livelihood == first:
                paid = take_money(debtor, min(pot, claim.due * part))
                pot -= paid
                credit(claim, paid, now, journal)
                book(journal, Flow.COLLECTIVE, paid)
                count(journal, claim, Count.RECOVERED_COLLECTIVELY, paid)


@rule
def pay_off(claim: Claim, at: int, journal: Journal) -> None:
    """A claim that the proceeding has paid in full is closed as paid."""
    book(journal, Flow.CLAIM_OFF, claim.due)
    claim.due = 0.0
    claim.closed = True
    claim.shared = True
    claim.wait = 0
    move(journal, claim, at, Stage.PAID, claim.paid)
