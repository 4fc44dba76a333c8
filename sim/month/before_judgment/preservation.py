"""Preservation: what a creditor has held for its claim, what it costs, and what a loser owes.

What is held leaves the debtor's hands before it can be moved away. On the way to the docket it
stays with the claim; there it counts as seized.
"""

from sim.agents.claim import Claim, goods_held
from sim.agents.court.court import coverage
from sim.agents.court.standard import BEFORE_SUIT, PROPERTY
from sim.agents.creditor import (
    Terms,
    guarantee_premium,
    preservation_fee,
    preservation_worth,
    reach,
    security_cost,
    suit_costs,
)
from sim.agents.debtor.behaviour import taste_of
from sim.agents.debtor.belief import FAIR, RECOVERED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.month.enforcement.seizure import attach_goods, seize_money
from sim.month.month_end.viability import mark_viable
from sim.month.shared.attachment import needed
from sim.month.shared.evasion import class_chance
from sim.month.shared.state import State, book, count, move
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
def asks(state: State, claim: Claim, suit: Now, terms: Terms) -> bool:
    """Whether the creditor, if it knows that it can, asks for preservation (ODD eq. 30).

    Args:
        state: The world.
        claim: For which claim.
        suit: The month of the suit.
        terms: On what terms.
    """
    parameters = state.parameters[0]
    levers = state.levers[claim.treatment].at_source
    aware = parameters.pursuit.aware
    aware += (1.0 - aware) * levers.risk_notice
    if levers.preservation <= 0.0:
        return False
    if not happens(suit, Decision.PRESERVE_AWARE, claim.id, aware):
        return False
    creditor = state.creditors[claim.creditor]
    worth = preservation_worth(
        creditor,
        claim.due,
        terms,
        state.lenders[creditor.kind],
        parameters.procedure,
        parameters.pursuit,
        levers,
    )
    taste = taste_of(normal(Now(state.now.seed, 0), Decision.PRESERVE, claim.id))
    return worth + parameters.choice.noise * claim.due * taste >= 0.0


@rule
def consider_preserving(
    state: State, debtor: Debtor, claim: Claim, suit: Now, terms: Terms, block: int
) -> bool:
    """Ask the court to hold the debtor's assets until the suit is over; whether it was asked.

    The fee is paid for the application, security or premium once it is granted. All draws are
    those of the month of the suit, so that to ask before it changes when, and nothing else.
    """
    if not state.kinds[debtor.kind].seizable or not asks(state, claim, suit, terms):
        return False
    parameters = state.parameters[0]
    levers = state.levers[claim.treatment].at_source
    fee = preservation_fee(claim.due, parameters.pursuit, levers)
    claim.spent += fee
    book(state, block, Flow.PRESERVATION_FEE, fee)
    count(state, block, claim, Count.PRESERVATIONS_ASKED, 1.0)
    if not happens(suit, Decision.PRESERVE_GRANTED, claim.id, levers.preservation):
        return True
    traits = state.lenders[state.creditors[claim.creditor].kind]
    security = security_cost(claim.due, terms, traits, parameters.procedure, levers)
    premium = guarantee_premium(claim.due, terms, parameters.pursuit, levers)
    claim.spent += security + premium
    book(state, block, Flow.SECURITY_COST, security)
    book(state, block, Flow.GUARANTEE_PREMIUM, premium)
    hold(state, debtor, claim, suit, block)
    return True


@rule
def hold(state: State, debtor: Debtor, claim: Claim, suit: Now, block: int) -> None:
    """Hold what is found, up to the claim with its costs: money in escrow, goods attached."""
    parameters = state.parameters[0]
    levers = state.levers[claim.treatment]
    share = reach(parameters.pursuit, levers.at_source)
    claim.found = 0
    for k in range(ASSETS):
        chance = coverage(k, levers) * share
        chance = class_chance(state, debtor, k, chance, levers.rule_of_law.avoidance)
        if happens(suit, Decision.PRESERVE_FIND, claim.id, chance, k):
            claim.found |= 1 << k
    need = needed(claim, state.levers[debtor.treatment])
    need += suit_costs(claim.principal, parameters.procedure)
    money = seize_money(state, debtor, claim, need, Flow.PRESERVED_MONEY, block)
    goods = attach_goods(state, debtor, claim, need - money)
    if money + goods > 0.0:
        claim.preserved = True
        debtor.prompted = True
        early = claim.stage == Stage.OVERDUE  # counted as a suit preserved once it is filed
        what = Count.PRESERVED_BEFORE_SUIT if early else Count.PRESERVATIONS
        count(state, block, claim, what, 1.0)
        count(state, block, claim, Count.PRESERVED_YUAN, money + goods)


@rule
def owe_damages(state: State, debtor: Debtor, claim: Claim, months: float, block: int) -> None:
    """Who had assets held without right pays their owner for the months of it."""
    held = claim.escrow + goods_held(claim)
    owed = state.parameters[0].pursuit.damages * held * months
    claim.spent += owed
    debtor.assets[Asset.BANK] += owed
    book(state, block, Flow.WRONGFUL_DAMAGES, owed)


@rule
def answer_for(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Who lost the suit pays the debtor for the months in which its assets were held."""
    early = 1.0 if claim.checks & BEFORE_SUIT else 0.0
    owe_damages(state, debtor, claim, float(claim.months + 1) + early, block)
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
    mark_viable(state, debtor, claim)
    debtor.events |= RECOVERED
    if evades(debtor.option):
        debtor.events |= FAIR
    move(state, at, Stage.TRACED, claim.escrow + goods)
    move(state, at, Stage.SEIZED if goods > 0.0 else Stage.SOLD, claim.escrow + goods)
