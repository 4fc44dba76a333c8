"""Seizure: money that was traced goes into escrow, goods are attached for sale.

Goods may be attached in excess or by mistake. Whoever is affected may object.
"""

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.court import succeeds, with_effort
from sim.agents.court.officer import overreach
from sim.agents.debtor.belief import FAIR, RECOVERED, UNFAIR
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.agents.debtor.special_kinds import appropriates
from sim.agents.institutions.institution import inclination
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.mechanisms.base.points import assets_seized, excess_undone
from sim.month.enforcement.objection import object_to
from sim.month.enforcement.tracing import next_attempt
from sim.month.month_end.viability import mark_viable
from sim.month.shared.attachment import excess, free_excess, needed, to_payout
from sim.month.shared.chain import mean_link
from sim.month.shared.evasion import resistance
from sim.month.shared.journal import Journal, at_row, book, count, move
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import District, Setting, State, district_of, setting_of
from sim.parameters import AssetTraits, Parameters
from sim.terms import LIQUID, Asset, Decision, Stage


@rule
def seize_money(debtor: Debtor, claim: Claim, need: float, flow: int, journal: Journal) -> float:
    """Take money of the classes found, leaving the exempt minimum; return the sum taken, yuan.

    `need` is the largest sum to take, and `flow` the movement of money under which it is booked.
    """
    allowed = min(need, money_at_hand(debtor))
    taken = 0.0
    for k in range(LIQUID):
        if claim.found & (1 << k):
            part = min(allowed - taken, debtor.assets[k])
            debtor.assets[k] -= part
            taken += part
    claim.escrow += taken
    book(journal, flow, taken)
    return taken


@rule
def attach_goods(debtor: Debtor, claim: Claim, need: float, assets: Records[AssetTraits]) -> float:
    """Attach goods of the classes found until a sale covers the need; return their value, yuan.

    Goods belong to the debtor until they are sold. If money does not cover the exempt minimum, the
    debtor keeps goods for the rest of it.
    """
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    spared = max(0.0, debtor.exempt - money)
    left = need
    taken = 0.0
    for k in range(LIQUID, ASSETS):
        if claim.found & (1 << k):
            price = assets[k].auction_price
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
def attach(debtor: Debtor, claim: Claim, need: float, setting: Setting, journal: Journal) -> float:
    """Attach goods for the sum that money does not cover; return their value, yuan.

    Officers attach 1 + (seize ratio − 1)·(1 − proportionality) times the need (ODD eq. 53). So they
    take more than needed unless a rule of proportionality holds. A share of the goods may belong to
    others (eq. 54).

    Args:
        debtor: The debtor.
        claim: The claim for which goods are attached.
        need: Sum not covered by money, yuan.
        setting: Parameters, traits and levers of the month.
        journal: Journal in which counts are kept.
    """
    procedure = setting.parameters.procedure
    law = setting.treatments[claim.treatment].rule_of_law
    ratio = 1.0 + (procedure.seize_ratio - 1.0) * (1.0 - law.proportionality)
    wanted = need * ratio
    caught = happens(
        setting.now,
        Decision.CAUGHT,
        claim.id,
        procedure.caught * (1.0 - law.third_party_protection),
    )
    others = procedure.caught_size if caught else 0.0
    goods = attach_goods(debtor, claim, wanted * (1.0 - others), setting.traits.assets)
    claim.wrongful = goods * others / (1.0 - others)
    count(journal, claim, Count.WRONGFULLY_ATTACHED, claim.wrongful)
    if claim.wrongful > 0.0:
        count(journal, claim, Count.WRONGFUL_ATTACHMENTS, 1.0)
    return goods


@rule
def answer(debtor: Debtor, claim: Claim, at: int, setting: Setting, journal: Journal) -> None:
    """React to an attachment of goods: it may seem unfair, and someone may object."""
    beyond = excess(claim, setting.traits.assets)
    if beyond > 0.0:
        count(journal, claim, Count.OVER_SEIZURES, 1.0)
        count(journal, claim, Count.OVER_SEIZED, beyond)
        if excess_undone(False, debtor, claim, setting):
            free_excess(debtor, claim, setting.traits.assets)
            count(journal, claim, Count.EXCESS_UNDONE, 1.0)
        else:
            debtor.events |= UNFAIR
    object_to(debtor, claim, at, setting, journal)


@rule
def ask_public_body(
    debtor: Debtor,
    claim: Claim,
    need: float,
    district: District,
    setting: Setting,
    journal: Journal,
) -> float:
    """Ask a public body for money, because its property cannot be seized; return the sum, yuan.

    It pays out of habit, or because a bad evaluation would weigh more than the sum paid from its
    budget (eq. 89, 155).
    """
    parameters, now = setting.parameters, setting.now
    chance = appropriates(
        parameters.procedure.appropriation,
        need,
        setting.treatments[debtor.treatment],
        district.levers.comprehensive.assessment,
        parameters.institutions,
        parameters.choice.noise,
    )
    if not happens(now, Decision.CONTROL, claim.id, chance):
        return 0.0
    count(journal, claim, Count.APPROPRIATIONS, 1.0)
    taken = min(need, debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= taken
    claim.escrow += taken
    book(journal, Flow.SEIZED_MONEY, taken)
    return taken


@rule
def overreaches(claim: Claim, district: District, parameters: Parameters, now: Now) -> bool:
    """Whether the officer seizes more than is needed, to be on the safe side (ODD eq. 82)."""
    levers = district.levers
    watched = district.court.watched
    it = overreach(claim.due, watched, levers, parameters.institutions)
    if it.assessment <= 0.0:
        return False
    chance = inclination(it.assessment, it.objection, parameters.choice.noise)
    return happens(now, Decision.OVERREACH, claim.id, chance)


@rule
def return_money(debtor: Debtor, claim: Claim, beyond: float, journal: Journal) -> float:
    """Give the debtor back the money seized beyond the need; return the amount, yuan."""
    back = max(0.0, beyond)
    claim.escrow -= back
    debtor.assets[Asset.BANK] += back
    book(journal, Flow.SURPLUS, back)
    return back


@rule
def control(
    debtor: Debtor, claim: Claim, at: int, district: District, setting: Setting, journal: Journal
) -> None:
    """Seize what was traced. If nothing can be seized, tracing begins again."""
    parameters, traits, now = setting.parameters, setting.traits, setting.now
    procedure = parameters.procedure
    levers, own = setting.treatments[claim.treatment], setting.treatments[debtor.treatment]
    need = needed(claim, own)
    money = 0.0
    goods = 0.0
    wanted = need
    if not traits.kinds[debtor.kind].seizable:
        money = ask_public_body(debtor, claim, need, district, setting, journal)
    else:
        control = with_effort(procedure.control, district.court.effort, procedure)
        chance = succeeds(control, levers) * resistance(debtor.option, traits.evasions)
        if procedure.chain_exponent != 0.0:
            chance = mean_link(debtor, claim, district.registries, setting)
        if happens(now, Decision.CONTROL, claim.id, chance):
            if overreaches(claim, district, parameters, now):
                wanted = need * (1.0 + parameters.institutions.excess)
            money = seize_money(debtor, claim, wanted, Flow.SEIZED_MONEY, journal)
            goods = attach(debtor, claim, wanted - money, setting, journal)
    if money + goods <= 0.0:
        claim.fruitless += 1
        claim.wait = next_attempt(claim, district.court.effort, levers, procedure, now)
        move(journal, claim, at, Stage.QUEUED, claim.due)
        return
    claim.seized = True
    claim.fruitless = 0
    claim.round = 0
    count(journal, claim, Count.SEIZURES, 1.0)
    mark_viable(debtor, claim, traits.assets, parameters.choice)
    count(journal, claim, Count.ATTACHED_YUAN, money + goods)
    debtor.events |= RECOVERED
    if money + goods > need and wanted > need:
        count(journal, claim, Count.OVERREACHED, 1.0)
        if excess_undone(False, debtor, claim, setting):
            money -= return_money(debtor, claim, money - need, journal)
        else:
            debtor.events |= UNFAIR
    elif evades(debtor.option):
        debtor.events |= FAIR
    assets_seized(debtor, claim, levers, procedure, now, journal)
    if goods > 0.0:
        move(journal, claim, at, Stage.SEIZED, money + goods)
        answer(debtor, claim, at, setting, journal)
    else:
        to_payout(claim, at, money, levers, procedure, journal)


@kernel
def seize(state: State, first: int, last: int) -> None:
    """Seize what was traced, for each case whose turn it is."""
    setting = setting_of(state)
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.hands.owners[k]]
        district = district_of(state, debtor)
        for j in range(state.hands.starts[k], state.hands.starts[k + 1]):
            at = state.hands.order[j]
            claim = state.claims[at]
            if takes_turn(claim, Stage.TRACED.value):
                control(debtor, claim, at, district, setting, journal)
