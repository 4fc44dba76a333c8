"""Seizure: what was traced is brought under control, money at once, goods for sale."""

from sim.agents.belief import FAIR, RECOVERED
from sim.agents.claim import Claim
from sim.agents.court import succeeds
from sim.agents.debtor import ASSETS, Debtor, evades
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.levers.catalogue import Levers
from sim.month.accounts import Flow
from sim.month.payment import money_at_hand
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.terms import LIQUID, Asset, Decision, Option, Stage

MONTHS_TO_PAYOUT = 3.0
"""Months of interest that a seizure covers in advance; what is left over is returned."""


@rule
def resistance(state: State, option: int) -> float:
    """Factor on the chance of control: below one for who resists by force."""
    if option != Option.RESIST:
        return 1.0
    for k in range(len(state.evasions)):
        if state.evasions[k].option == option:
            return min(1.0, state.evasions[k].recovery)
    return 1.0


@rule
def seize_money(
    state: State, debtor: Debtor, claim: Claim, need: float, flow: int, block: int
) -> float:
    """Money of the classes found, above the exempt minimum, goes into escrow; yuan taken."""
    allowed = min(need, money_at_hand(debtor))
    taken = 0.0
    for k in range(LIQUID):
        if claim.found & (1 << k):
            part = min(allowed - taken, debtor.assets[k])
            debtor.assets[k] -= part
            taken += part
    claim.escrow += taken
    book(state, block, flow, taken)
    return taken


@rule
def attach_goods(state: State, debtor: Debtor, claim: Claim, need: float) -> float:
    """Attach goods of the classes found until a sale would bring what is needed; yuan attached.

    Goods stay the debtor's until they are sold. What money leaves of the exempt minimum uncovered
    is left in goods.
    """
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    spared = max(0.0, debtor.exempt - money)
    left = need
    taken = 0.0
    for k in range(LIQUID, ASSETS):
        if claim.found & (1 << k):
            price = state.assets[k].auction_price
            free = max(0.0, debtor.assets[k] - spared)
            spared = max(0.0, spared - debtor.assets[k])
            value = min(free, max(0.0, left) / price)
            debtor.assets[k] -= value
            claim.attached[k - LIQUID] += value
            debtor.frozen += value
            left -= value * price
            taken += value
    return taken


@rule
def needed(claim: Claim, levers: Levers) -> float:
    """What has to be seized so that fee and interest until the payout are covered, yuan."""
    law = levers.sanctions
    interest = MONTHS_TO_PAYOUT * law.late_interest * min(claim.principal, claim.due)
    return (claim.due + interest) / (1.0 - law.enforcement_fee)


@rule
def ask_public_body(state: State, debtor: Debtor, claim: Claim, need: float, block: int) -> float:
    """Public property is not seized: the body is asked to appropriate money; yuan appropriated."""
    if not happens(state.now, Decision.CONTROL, claim.id, state.setting[0].procedure.appropriation):
        return 0.0
    taken = min(need, debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= taken
    claim.escrow += taken
    book(state, block, Flow.SEIZED_MONEY, taken)
    return taken


@kernel
def seize(state: State, first: int, last: int) -> None:
    """Each traced case that is served: control succeeds, or tracing begins anew."""
    procedure = state.setting[0].procedure
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        block = k // state.block
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            claim = state.claims[at]
            if not claim.served or claim.stage != Stage.TRACED:
                continue
            claim.served = False
            levers = state.levers[claim.treatment]
            need = needed(claim, state.levers[debtor.treatment])
            money = 0.0
            goods = 0.0
            if not state.kinds[debtor.kind].seizable:
                money = ask_public_body(state, debtor, claim, need, block)
            else:
                chance = succeeds(procedure.control, levers) * resistance(state, debtor.option)
                if happens(state.now, Decision.CONTROL, claim.id, chance):
                    money = seize_money(state, debtor, claim, need, Flow.SEIZED_MONEY, block)
                    goods = attach_goods(state, debtor, claim, need - money)
            if money + goods <= 0.0:
                claim.fruitless += 1
                claim.wait = int(procedure.retrace)
                move(state, at, Stage.QUEUED, claim.due)
                continue
            claim.seized = True
            claim.fruitless = 0
            count(state, block, claim, Count.SEIZURES, 1.0)
            debtor.events |= RECOVERED
            if evades(debtor.option):
                debtor.events |= FAIR
            move(state, at, Stage.SEIZED if goods > 0.0 else Stage.SOLD, money + goods)
