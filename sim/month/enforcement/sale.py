"""Sale: attached goods are auctioned in rounds, sold off, taken in kind, or given back.

Goods sell for more or less than their value, and the difference is booked. No more is sold than
needed.
"""

from typing import NamedTuple

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.auction import price_at, sale_chance
from sim.agents.court.court import Registry
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.engine.record import Records
from sim.month.shared.attachment import free_goods, go_on, needed, to_payout
from sim.month.shared.chain import mean_link
from sim.month.shared.journal import Journal, at_row, book, count
from sim.month.shared.payment import credit, settle
from sim.month.shared.state import Setting, State, setting_of
from sim.parameters import AssetTraits, Procedure
from sim.terms import LIQUID, Decision, Stage


class Proceeds(NamedTuple):
    """A sale, yuan: value of the debtor's goods, value of others' goods, and the price of both."""

    value: float
    others: float
    price: float


@rule
def part_with(
    debtor: Debtor,
    claim: Claim,
    wanted: float,
    online: bool,
    assets: Records[AssetTraits],
    procedure: Procedure,
) -> Proceeds:
    """Take attached goods for sale until their price covers `wanted` yuan; release the rest.

    Goods of others, attached by mistake, are taken in the same proportion and at the same price.
    """
    failed = min(claim.round, int(procedure.rounds) - 1)
    whole = 0.0
    worth = 0.0
    for g in range(ASSETS - LIQUID):
        whole += claim.attached[g]
        worth += claim.attached[g] * price_at(failed, online, assets[LIQUID + g], procedure)
    if whole <= 0.0 or worth <= 0.0:
        free_goods(debtor, claim)
        return Proceeds(0.0, 0.0, 0.0)
    rate = worth / whole
    whole_price = worth + claim.wrongful * rate
    part = 1.0 if wanted >= whole_price else max(0.0, wanted) / whole_price
    value = 0.0
    for g in range(ASSETS - LIQUID):
        sold = claim.attached[g] * part
        value += sold
        claim.attached[g] -= sold
        debtor.frozen -= sold
    others = claim.wrongful * part
    free_goods(debtor, claim)
    return Proceeds(value, others, worth * part + others * rate)


@rule
def hammer(
    debtor: Debtor,
    claim: Claim,
    at: int,
    wanted: float,
    online: bool,
    setting: Setting,
    journal: Journal,
) -> None:
    """Sell goods to a buyer; the price goes into escrow."""
    assets, procedure = setting.traits.assets, setting.parameters.procedure
    levers = setting.treatments[claim.treatment]
    sold = part_with(debtor, claim, wanted, online, assets, procedure)
    claim.escrow += sold.price
    book(journal, Flow.AUCTIONED, sold.value)
    book(journal, Flow.WRONGFUL_SALE, sold.others)
    book(journal, Flow.AUCTION_PRICE, sold.price)
    count(journal, claim, Count.FORCED_SALE_LOSS, sold.value + sold.others - sold.price)
    count(journal, claim, Count.WRONGFULLY_SOLD, sold.others)
    to_payout(claim, at, sold.price, levers, procedure, journal)


@rule
def take_in_kind(debtor: Debtor, claim: Claim, at: int, setting: Setting, journal: Journal) -> None:
    """The creditor accepts goods at the last reserve price as payment (以物抵债, ODD eq. 51).

    The goods are worth that price to the creditor. The rest of their value is lost, as in a sale.
    Goods of others are not accepted.
    """
    procedure, now = setting.parameters.procedure, setting.now
    claim.wrongful = 0.0
    taken = part_with(debtor, claim, claim.due, False, setting.traits.assets, procedure)
    price = min(taken.price, claim.due)
    credit(claim, price, now, journal)
    book(journal, Flow.IN_KIND, price)
    book(journal, Flow.AUCTIONED, taken.value - price)
    count(journal, claim, Count.TAKEN_IN_KIND, price)
    count(journal, claim, Count.RECOVERED_BY_FORCE, price)
    count(journal, claim, Count.FORCED_SALE_LOSS, taken.value - price)
    if claim.due <= 0.005:
        book(journal, Flow.CLAIM_OFF, claim.due)
        claim.due = 0.0
        settle(debtor, claim, at, False, procedure, now, journal)
    else:
        go_on(claim, at, setting.treatments[claim.treatment], procedure, journal)


@rule
def dispose(
    debtor: Debtor, claim: Claim, at: int, wanted: float, setting: Setting, journal: Journal
) -> None:
    """After the last auction: sell at its reserve price, take in kind, or return goods (eq. 51)."""
    procedure = setting.parameters.procedure
    if happens(setting.now, Decision.SELL_OFF, claim.id, procedure.sell_off):
        count(journal, claim, Count.SOLD_OFF, 1.0)
        hammer(debtor, claim, at, wanted, False, setting, journal)
    elif happens(setting.now, Decision.IN_KIND, claim.id, procedure.in_kind):
        take_in_kind(debtor, claim, at, setting, journal)
    else:
        count(journal, claim, Count.GOODS_RETURNED, 1.0)
        free_goods(debtor, claim)
        claim.fruitless += 1
        go_on(claim, at, setting.treatments[claim.treatment], procedure, journal)


@rule
def auction(
    debtor: Debtor,
    claim: Claim,
    at: int,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> None:
    """Hold the next auction, or dispose of the goods after the last one."""
    procedure = setting.parameters.procedure
    levers = setting.treatments[claim.treatment]
    wanted = needed(claim, setting.treatments[debtor.treatment]) - claim.escrow
    if claim.round >= int(procedure.rounds):
        dispose(debtor, claim, at, wanted, setting, journal)
        return
    count(journal, claim, Count.AUCTIONS, 1.0)
    online = happens(setting.now, Decision.ONLINE, claim.id, levers.systemic.online_auction)
    if online:
        count(journal, claim, Count.AUCTIONS_ONLINE, 1.0)
    chance = sale_chance(claim.round, online, procedure, levers)
    if procedure.chain_exponent != 0.0:
        chance = mean_link(debtor, claim, registries, setting)
    if not happens(setting.now, Decision.AUCTION, claim.id, chance):
        claim.round += 1
        return
    count(journal, claim, Count.AUCTIONS_SOLD, 1.0)
    if claim.round > 0:
        count(journal, claim, Count.SOLD_SECOND_ROUND, 1.0)
    hammer(debtor, claim, at, wanted, online, setting, journal)


@kernel
def sell(state: State, first: int, last: int) -> None:
    """One auction for each case that has attached goods and whose turn it is."""
    setting = setting_of(state)
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.hands.owners[k]]
        for j in range(state.hands.starts[k], state.hands.starts[k + 1]):
            at = state.hands.order[j]
            claim = state.claims[at]
            if takes_turn(claim, Stage.SEIZED.value):
                auction(debtor, claim, at, state.registries, setting, journal)
