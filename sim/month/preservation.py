"""Preservation: what a creditor has held at suit, what it costs, and what a loser owes for it.

What is held leaves the debtor's hands before it can be moved away. On the way to the docket it
stays with the claim; there it counts as seized.
"""

from sim.agents.behaviour import taste_of
from sim.agents.belief import FAIR, RECOVERED
from sim.agents.claim import Claim, goods_held
from sim.agents.court import coverage
from sim.agents.creditor import (
    guarantee_premium,
    preservation_fee,
    preservation_worth,
    reach,
    security_cost,
    suit_costs,
)
from sim.agents.debtor import ASSETS, Debtor, evades
from sim.agents.standard import PROPERTY
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.month.accounts import Flow
from sim.month.attachment import needed
from sim.month.evasion import class_chance
from sim.month.seizure import attach_goods, seize_money
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.terms import LIQUID, Asset, Decision, Stage


@rule
def worth_at_auction(state: State, claim: Claim) -> float:
    """What a forced sale of the goods held for a claim would bring, yuan."""
    worth = 0.0
    for g in range(ASSETS - LIQUID):
        worth += claim.attached[g] * state.assets[LIQUID + g].auction_price
    return worth


@rule
def held_for(state: State, claim: Claim) -> float:
    """What is held for a claim, at what the creditor would get, yuan: no more than is due."""
    return min(claim.due, claim.escrow + worth_at_auction(state, claim))


@rule
def asks(state: State, claim: Claim) -> bool:
    """Whether the creditor, if it knows that it can, asks for preservation (ODD eq. 30)."""
    setting = state.setting[0]
    levers = state.levers[claim.treatment].at_source
    aware = setting.pursuit.aware
    aware += (1.0 - aware) * levers.risk_notice
    if levers.preservation <= 0.0:
        return False
    if not happens(state.now, Decision.PRESERVE_AWARE, claim.id, aware):
        return False
    creditor = state.creditors[claim.creditor]
    worth = preservation_worth(
        creditor,
        claim.due,
        state.lenders[creditor.kind],
        setting.procedure,
        setting.pursuit,
        levers,
    )
    taste = taste_of(normal(Now(state.now.seed, 0), Decision.PRESERVE, claim.id))
    return worth + setting.choice.noise * claim.due * taste >= 0.0


@rule
def consider_preserving(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Ask the court to hold the debtor's assets while the suit is pending.

    The fee is paid for the application, security or premium once it is granted.
    """
    if not state.kinds[debtor.kind].seizable or not asks(state, claim):
        return
    setting = state.setting[0]
    levers = state.levers[claim.treatment].at_source
    fee = preservation_fee(claim.due, setting.pursuit, levers)
    claim.spent += fee
    book(state, block, Flow.PRESERVATION_FEE, fee)
    count(state, block, claim, Count.PRESERVATIONS_ASKED, 1.0)
    if not happens(state.now, Decision.PRESERVE_GRANTED, claim.id, levers.preservation):
        return
    traits = state.lenders[state.creditors[claim.creditor].kind]
    security = security_cost(claim.due, traits, setting.procedure, setting.pursuit, levers)
    premium = guarantee_premium(claim.due, setting.pursuit, levers)
    claim.spent += security + premium
    book(state, block, Flow.SECURITY_COST, security)
    book(state, block, Flow.GUARANTEE_PREMIUM, premium)
    hold(state, debtor, claim, block)


@rule
def hold(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Hold what is found, up to the claim with its costs: money in escrow, goods attached."""
    setting = state.setting[0]
    levers = state.levers[claim.treatment]
    share = reach(setting.pursuit, levers.at_source)
    claim.found = 0
    for k in range(ASSETS):
        chance = coverage(k, levers) * share
        chance = class_chance(state, debtor, k, chance, levers.rule_of_law.avoidance)
        if happens(state.now, Decision.PRESERVE_FIND, claim.id, chance, k):
            claim.found |= 1 << k
    need = needed(claim, state.levers[debtor.treatment])
    need += suit_costs(claim.principal, setting.procedure)
    money = seize_money(state, debtor, claim, need, Flow.PRESERVED_MONEY, block)
    goods = attach_goods(state, debtor, claim, need - money)
    if money + goods > 0.0:
        claim.preserved = True
        debtor.prompted = True
        count(state, block, claim, Count.PRESERVATIONS, 1.0)
        count(state, block, claim, Count.PRESERVED_YUAN, money + goods)


@rule
def answer_for(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Who lost the suit pays the debtor for the months in which its assets were held."""
    held = claim.escrow + goods_held(claim)
    owed = state.setting[0].pursuit.damages * held * float(claim.months + 1)
    claim.spent += owed
    debtor.assets[Asset.BANK] += owed
    book(state, block, Flow.WRONGFUL_DAMAGES, owed)
    count(state, block, claim, Count.PRESERVED_WRONGLY, 1.0)


@rule
def turn_into_seizure(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """What is held for a claim that enters the docket counts as traced and seized."""
    claim.preserved = False
    goods = goods_held(claim)
    if claim.escrow + goods <= 0.0:
        return
    claim.seized = True
    claim.checks |= PROPERTY
    count(state, block, claim, Count.SEIZURES, 1.0)
    debtor.events |= RECOVERED
    if evades(debtor.option):
        debtor.events |= FAIR
    move(state, at, Stage.TRACED, claim.escrow + goods)
    move(state, at, Stage.SEIZED if goods > 0.0 else Stage.SOLD, claim.escrow + goods)
