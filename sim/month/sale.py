"""Sale: attached goods are auctioned; price and value part, and the difference is booked."""

from sim.agents.court import succeeds
from sim.agents.debtor import ASSETS
from sim.engine.compile import kernel
from sim.engine.draw import happens
from sim.month.accounts import Flow
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.terms import LIQUID, Decision, Stage


@kernel
def sell(state: State, first: int, last: int) -> None:
    """Each case with attached goods that is served: sold this month, or offered again."""
    procedure = state.setting[0].procedure
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        block = k // state.block
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            claim = state.claims[at]
            if not claim.served or claim.stage != Stage.SEIZED:
                continue
            claim.served = False
            count(state, block, claim, Count.AUCTIONS, 1.0)
            chance = succeeds(procedure.sale_rate, state.levers[claim.treatment])
            if not happens(state.now, Decision.AUCTION, claim.id, chance):
                continue
            value = 0.0
            price = 0.0
            for g in range(ASSETS - LIQUID):
                value += claim.attached[g]
                price += claim.attached[g] * state.assets[LIQUID + g].auction_price
                debtor.frozen -= claim.attached[g]
                claim.attached[g] = 0.0
            claim.escrow += price
            book(state, block, Flow.AUCTIONED, value)
            book(state, block, Flow.AUCTION_PRICE, price)
            count(state, block, claim, Count.AUCTIONS_SOLD, 1.0)
            count(state, block, claim, Count.FORCED_SALE_LOSS, value - price)
            move(state, at, Stage.SOLD, price)
