"""Sale: attached goods are auctioned in rounds, sold off, taken in kind, or given back.

Price and value part, and the difference is booked. No more is sold than is needed.
"""

from typing import NamedTuple

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.auction import price_at, sale_chance
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.shared.attachment import free_goods, go_on, needed, to_payout
from sim.month.shared.chain import mean_link
from sim.month.shared.payment import credit, settle
from sim.month.shared.state import State, book, count
from sim.terms import LIQUID, Decision, Stage


class Proceeds(NamedTuple):
    """What a sale moved, yuan: value of the debtor's goods and of others', and the price."""

    value: float
    others: float
    price: float


@rule
def part_with(state: State, debtor: Debtor, claim: Claim, wanted: float, online: bool) -> Proceeds:
    """Take goods from the attached until their price covers what is wanted; free the rest.

    Others' goods caught by mistake go in step with the debtor's own, at the same price.
    """
    procedure = state.parameters[0].procedure
    failed = min(claim.round, int(procedure.rounds) - 1)
    whole = 0.0
    worth = 0.0
    for g in range(ASSETS - LIQUID):
        whole += claim.attached[g]
        worth += claim.attached[g] * price_at(failed, online, state.assets[LIQUID + g], procedure)
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
def hammer(state: State, debtor: Debtor, at: int, wanted: float, online: bool, block: int) -> None:
    """Goods go to a buyer, the price into escrow."""
    claim = state.claims[at]
    sold = part_with(state, debtor, claim, wanted, online)
    claim.escrow += sold.price
    book(state, block, Flow.AUCTIONED, sold.value)
    book(state, block, Flow.WRONGFUL_SALE, sold.others)
    book(state, block, Flow.AUCTION_PRICE, sold.price)
    count(state, block, claim, Count.FORCED_SALE_LOSS, sold.value + sold.others - sold.price)
    count(state, block, claim, Count.WRONGFULLY_SOLD, sold.others)
    to_payout(state, at, sold.price)


@rule
def take_in_kind(state: State, debtor: Debtor, at: int, block: int) -> None:
    """The creditor takes goods at the last reserve against its claim (以物抵债, ODD eq. 51).

    They are worth that price to it; what they were worth beyond is gone, as in a sale. Others'
    goods are not taken.
    """
    claim = state.claims[at]
    claim.wrongful = 0.0
    taken = part_with(state, debtor, claim, claim.due, False)
    price = min(taken.price, claim.due)
    credit(state, claim, price, block)
    book(state, block, Flow.IN_KIND, price)
    book(state, block, Flow.AUCTIONED, taken.value - price)
    count(state, block, claim, Count.TAKEN_IN_KIND, price)
    count(state, block, claim, Count.RECOVERED_BY_FORCE, price)
    count(state, block, claim, Count.FORCED_SALE_LOSS, taken.value - price)
    if claim.due <= 0.005:
        book(state, block, Flow.CLAIM_OFF, claim.due)
        claim.due = 0.0
        settle(state, debtor, at, block, False)
    else:
        go_on(state, at)


@rule
def dispose(state: State, debtor: Debtor, at: int, wanted: float, block: int) -> None:
    """After the last auction: sold off at its reserve, taken in kind, or given back (eq. 51)."""
    procedure = state.parameters[0].procedure
    claim = state.claims[at]
    if happens(state.now, Decision.SELL_OFF, claim.id, procedure.sell_off):
        count(state, block, claim, Count.SOLD_OFF, 1.0)
        hammer(state, debtor, at, wanted, False, block)
    elif happens(state.now, Decision.IN_KIND, claim.id, procedure.in_kind):
        take_in_kind(state, debtor, at, block)
    else:
        count(state, block, claim, Count.GOODS_RETURNED, 1.0)
        free_goods(debtor, claim)
        claim.fruitless += 1
        go_on(state, at)


@rule
def auction(state: State, debtor: Debtor, at: int, block: int) -> None:
    """The next auction, or what follows the last one."""
    procedure = state.parameters[0].procedure
    claim = state.claims[at]
    levers = state.levers[claim.treatment]
    wanted = needed(claim, state.levers[debtor.treatment]) - claim.escrow
    if claim.round >= int(procedure.rounds):
        dispose(state, debtor, at, wanted, block)
        return
    count(state, block, claim, Count.AUCTIONS, 1.0)
    online = happens(state.now, Decision.ONLINE, claim.id, levers.systemic.online_auction)
    if online:
        count(state, block, claim, Count.AUCTIONS_ONLINE, 1.0)
    chance = sale_chance(claim.round, online, procedure, levers)
    if procedure.chain_exponent != 0.0:
        chance = mean_link(state, debtor, claim)
    if not happens(state.now, Decision.AUCTION, claim.id, chance):
        claim.round += 1
        return
    count(state, block, claim, Count.AUCTIONS_SOLD, 1.0)
    if claim.round > 0:
        count(state, block, claim, Count.SOLD_SECOND_ROUND, 1.0)
    hammer(state, debtor, at, wanted, online, block)


@kernel
def sell(state: State, first: int, last: int) -> None:
    """One auction for each case with attached goods whose turn it is."""
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            if takes_turn(state.claims[at], Stage.SEIZED.value):
                auction(state, debtor, at, k // state.block)
