"""Seizure: what was traced is brought under control, money at once, goods for sale."""

from sim.agents.belief import FAIR, RECOVERED, UNFAIR
from sim.agents.claim import Claim
from sim.agents.court import succeeds
from sim.agents.debtor import ASSETS, Debtor, evades
from sim.agents.institution import inclination
from sim.agents.officer import overreach
from sim.agents.special import appropriates
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.levers.catalogue import Levers
from sim.month.accounts import Flow
from sim.month.payment import money_at_hand
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.month.tracing import next_attempt
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
    """Public property is not seized: the body is asked to appropriate money; yuan appropriated.

    It pays by custom, else when its evaluation weighs more than its budget (ODD eq. 89).
    """
    setting = state.setting[0]
    levers = state.levers[debtor.treatment]
    chance = appropriates(
        setting.procedure.appropriation, need, levers, setting.institutions, setting.choice.noise
    )
    if not happens(state.now, Decision.CONTROL, claim.id, chance):
        return 0.0
    count(state, block, claim, Count.APPROPRIATIONS, 1.0)
    taken = min(need, debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= taken
    claim.escrow += taken
    book(state, block, Flow.SEIZED_MONEY, taken)
    return taken


@rule
def overreaches(state: State, claim: Claim) -> bool:
    """Whether the officer seizes more than is needed, to be on the safe side (ODD eq. 82)."""
    setting = state.setting[0]
    levers = state.levers[state.courts[claim.district].treatment]
    it = overreach(claim.due, levers, setting.institutions)
    if it.assessment <= 0.0:
        return False
    chance = inclination(it.assessment, it.objection, setting.choice.noise)
    return happens(state.now, Decision.OVERREACH, claim.id, chance)


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
            wanted = need
            if not state.kinds[debtor.kind].seizable:
                money = ask_public_body(state, debtor, claim, need, block)
            else:
                chance = succeeds(procedure.control, levers) * resistance(state, debtor.option)
                if happens(state.now, Decision.CONTROL, claim.id, chance):
                    if overreaches(state, claim):
                        wanted = need * (1.0 + state.setting[0].institutions.excess)
                    money = seize_money(state, debtor, claim, wanted, Flow.SEIZED_MONEY, block)
                    goods = attach_goods(state, debtor, claim, wanted - money)
            if money + goods <= 0.0:
                claim.fruitless += 1
                claim.wait = next_attempt(state, claim)
                move(state, at, Stage.QUEUED, claim.due)
                continue
            claim.seized = True
            claim.fruitless = 0
            count(state, block, claim, Count.SEIZURES, 1.0)
            debtor.events |= RECOVERED
            if money + goods > need and wanted > need:
                debtor.events |= UNFAIR
                count(state, block, claim, Count.OVERREACHED, 1.0)
            elif evades(debtor.option):
                debtor.events |= FAIR
            move(state, at, Stage.SEIZED if goods > 0.0 else Stage.SOLD, money + goods)
