"""Seizure: what was traced is brought under control, money at once, goods for sale.

Goods may be attached in excess or by mistake; who is hurt by it may object.
"""

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.court import succeeds
from sim.agents.court.officer import overreach
from sim.agents.debtor.belief import FAIR, RECOVERED, UNFAIR
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.agents.debtor.special_kinds import appropriates
from sim.agents.institutions.institution import inclination
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.mechanisms.base.points import assets_seized
from sim.month.enforcement.objection import object_to
from sim.month.enforcement.tracing import next_attempt
from sim.month.month_end.viability import mark_viable
from sim.month.shared.attachment import excess, needed, to_payout
from sim.month.shared.chain import mean_link
from sim.month.shared.evasion import resistance
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import State, book, count, move
from sim.terms import LIQUID, Asset, Decision, Stage


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
def attach(state: State, debtor: Debtor, claim: Claim, need: float, block: int) -> float:
    """Attach goods for what money leaves uncovered, in excess where no rule of proportion holds.

    Ratio 1 + (seize ratio − 1)·(1 − proportionality) (ODD eq. 53). By mistake a share of what is
    taken belongs to others (eq. 54).

    Args:
        state: The world.
        debtor: Whose goods.
        claim: For which claim.
        need: What money has left uncovered, yuan.
        block: Of sums.
    """
    procedure = state.parameters[0].procedure
    law = state.levers[claim.treatment].rule_of_law
    ratio = 1.0 + (procedure.seize_ratio - 1.0) * (1.0 - law.proportionality)
    wanted = need * ratio
    caught = happens(
        state.now,
        Decision.CAUGHT,
        claim.id,
        procedure.caught * (1.0 - law.third_party_protection),
    )
    others = procedure.caught_size if caught else 0.0
    goods = attach_goods(state, debtor, claim, wanted * (1.0 - others))
    claim.wrongful = goods * others / (1.0 - others)
    count(state, block, claim, Count.WRONGFULLY_ATTACHED, claim.wrongful)
    if claim.wrongful > 0.0:
        count(state, block, claim, Count.WRONGFUL_ATTACHMENTS, 1.0)
    return goods


@rule
def answer(state: State, debtor: Debtor, at: int, block: int) -> None:
    """What an attachment of goods calls forth: a sense of unfairness, and objections."""
    claim = state.claims[at]
    beyond = excess(state, claim)
    if beyond > 0.0:
        debtor.events |= UNFAIR
        count(state, block, claim, Count.OVER_SEIZURES, 1.0)
        count(state, block, claim, Count.OVER_SEIZED, beyond)
    object_to(state, debtor, at, block)


@rule
def ask_public_body(state: State, debtor: Debtor, claim: Claim, need: float, block: int) -> float:
    """Public property is not seized: the body is asked to appropriate money; yuan appropriated.

    It pays by custom, else when its evaluation weighs more than its budget (ODD eq. 89).
    """
    parameters = state.parameters[0]
    levers = state.levers[debtor.treatment]
    chance = appropriates(
        parameters.procedure.appropriation,
        need,
        levers,
        parameters.institutions,
        parameters.choice.noise,
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
    parameters = state.parameters[0]
    levers = state.levers[state.courts[claim.district].treatment]
    watched = state.courts[claim.district].watched
    it = overreach(claim.due, watched, levers, parameters.institutions)
    if it.assessment <= 0.0:
        return False
    chance = inclination(it.assessment, it.objection, parameters.choice.noise)
    return happens(state.now, Decision.OVERREACH, claim.id, chance)


@rule
def control(state: State, debtor: Debtor, at: int, block: int) -> None:
    """What was traced is brought under control, or tracing begins anew."""
    procedure = state.parameters[0].procedure
    claim = state.claims[at]
    levers = state.levers[claim.treatment]
    need = needed(claim, state.levers[debtor.treatment])
    money = 0.0
    goods = 0.0
    wanted = need
    if not state.kinds[debtor.kind].seizable:
        money = ask_public_body(state, debtor, claim, need, block)
    else:
        chance = succeeds(procedure.control, levers) * resistance(state, debtor.option)
        if procedure.chain_exponent != 0.0:
            chance = mean_link(state, debtor, claim)
        if happens(state.now, Decision.CONTROL, claim.id, chance):
            if overreaches(state, claim):
                wanted = need * (1.0 + state.parameters[0].institutions.excess)
            money = seize_money(state, debtor, claim, wanted, Flow.SEIZED_MONEY, block)
            goods = attach(state, debtor, claim, wanted - money, block)
    if money + goods <= 0.0:
        claim.fruitless += 1
        claim.wait = next_attempt(state, claim)
        move(state, at, Stage.QUEUED, claim.due)
        return
    claim.seized = True
    claim.fruitless = 0
    claim.round = 0
    count(state, block, claim, Count.SEIZURES, 1.0)
    mark_viable(state, debtor, claim)
    count(state, block, claim, Count.ATTACHED_YUAN, money + goods)
    debtor.events |= RECOVERED
    if money + goods > need and wanted > need:
        debtor.events |= UNFAIR
        count(state, block, claim, Count.OVERREACHED, 1.0)
    elif evades(debtor.option):
        debtor.events |= FAIR
    assets_seized(state, debtor, claim, block)
    if goods > 0.0:
        move(state, at, Stage.SEIZED, money + goods)
        answer(state, debtor, at, block)
    else:
        to_payout(state, at, money)


@kernel
def seize(state: State, first: int, last: int) -> None:
    """Control of what was traced, for each case whose turn it is."""
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            if takes_turn(state.claims[at], Stage.TRACED.value):
                control(state, debtor, at, k // state.block)
