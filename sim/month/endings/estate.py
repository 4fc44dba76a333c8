"""Estates in insolvency and of the dead: goods are sold, and the money is shared among creditors.

Livelihood claims are paid first, then the others. Within a class, creditors share in proportion to
what is owed.
"""

from sim.agents.claim import Claim, is_open
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
"""Yuan. A debt smaller than this is a rounding error."""


@rule
def sell_off(
    debtor: Debtor, a: int, value: float, assets: Records[AssetTraits], journal: Journal
) -> None:
    """Sell goods of one class at auction. The debtor has the money until it is distributed."""
    price = value * assets[a].auction_price
    book(journal, Flow.OWN_SALE, value - price)
    debtor.assets[Asset.BANK] += price
    debtor.assets[a] -= value


@rule
def realise(debtor: Debtor, assets: Records[AssetTraits], journal: Journal) -> None:
    """Sell all goods. The debtor keeps the exempt minimum in money (see `money_at_hand`)."""
    for a in range(LIQUID, ASSETS):
        sell_off(debtor, a, debtor.assets[a], assets, journal)


@rule
def owed_together(owned: Owned) -> float:
    """Sum owed on all claims in the proceeding, yuan."""
    owed = 0.0
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.INSOLVENT:
            owed += owned.claims[owned.order[j]].due
    return owed


@rule
def at_most(owned: Owned, wanted: float, procedure: Procedure) -> float:
    """Sum to take from a debtor, yuan: `wanted`, but no more than its debt plus the fee."""
    fee = procedure.administrator_fee
    return min(max(0.0, wanted), owed_together(owned) / (1.0 - fee))


@rule
def share_out(
    debtor: Debtor, owned: Owned, wanted: float, procedure: Procedure, now: Now, journal: Journal
) -> None:
    """Distribute `wanted` yuan of the debtor's money (ODD eq. 70).

    First the administrator's fee is paid, then each class of claims in proportion to debts.
    """
    wanted = min(wanted, money_at_hand(debtor))
    fee = take_money(debtor, wanted * procedure.administrator_fee)
    book(journal, Flow.ADMINISTRATION, fee)
    pot = min(wanted - fee, money_at_hand(debtor))
    collective, recovered = Flow.COLLECTIVE.value, Count.RECOVERED_COLLECTIVELY.value
    pay_in_order(debtor, owned, pot, collective, recovered, now, journal)


@rule
def takes_part(stage: int, flow: int) -> bool:
    """Whether a claim shares in a payment.

    A collective payment goes to the claims in the proceeding. Any other goes to all open claims.
    """
    if flow == Flow.COLLECTIVE:
        return stage == Stage.INSOLVENT
    return is_open(stage)


@rule
def pay_in_order(
    debtor: Debtor, owned: Owned, pot: float, flow: int, what: int, now: Now, journal: Journal
) -> None:
    """Pay `pot` yuan to livelihood claims, then to the others, each class in proportion to debts.

    Payments are booked as `flow` and counted as `what`. `takes_part` says which claims are paid.
    """
    for first in (True, False):
        owed = 0.0
        for j in range(owned.first, owned.last):
            claim = owned.claims[owned.order[j]]
            if takes_part(claim.stage, flow) and claim.livelihood == first:
                owed += claim.due
        if owed <= 0.0 or pot <= 0.0:
            continue
        part = min(1.0, pot / owed)
        for j in range(owned.first, owned.last):
            claim = owned.claims[owned.order[j]]
            if takes_part(claim.stage, flow) and claim.livelihood == first:
                paid = take_money(debtor, min(pot, claim.due * part))
                pot -= paid
                credit(claim, paid, now, journal)
                book(journal, flow, paid)
                count(journal, claim, what, paid)


@rule
def pay_off(claim: Claim, at: int, journal: Journal) -> None:
    """Close a claim that the proceeding has paid in full."""
    book(journal, Flow.CLAIM_OFF, claim.due)
    claim.due = 0.0
    claim.closed = True
    claim.shared = True
    claim.wait = 0
    move(journal, claim, at, Stage.PAID, claim.paid)
