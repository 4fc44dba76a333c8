"""Preservation: assets are frozen for a claim before judgment. It costs, and may be wrongful.

Assets are preserved before the debtor can move them away. They stay with the claim until it becomes
a case in enforcement. Then they count as seized.
"""

from typing import NamedTuple

from sim.agents.claim import Claim, goods_held
from sim.agents.court.court import Registry, coverage
from sim.agents.court.standard import BEFORE_SUIT, PROPERTY
from sim.agents.creditor import (
    Creditor,
    PreservationTerms,
    guarantee_premium,
    preservation_coverage,
    preservation_fee,
    preservation_worth,
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
from sim.engine.record import Records
from sim.month.enforcement.seizure import attach_goods, seize_money
from sim.month.month_end.viability import mark_viable
from sim.month.shared.attachment import needed
from sim.month.shared.evasion import class_chance, hiding
from sim.month.shared.journal import Journal, book, count, move
from sim.month.shared.state import Setting
from sim.parameters import AssetTraits, Choice, Pursuit
from sim.terms import LIQUID, Asset, Decision, Stage


@rule
def worth_at_auction(claim: Claim, assets: Records[AssetTraits]) -> float:
    """Price that a forced sale of the goods preserved for a claim would bring, yuan."""
    worth = 0.0
    for g in range(ASSETS - LIQUID):
        worth += claim.attached[g] * assets[LIQUID + g].auction_price
    return worth


@rule
def held_for(claim: Claim, assets: Records[AssetTraits]) -> float:
    """Preserved money plus the auction price of preserved goods, at most the debt, yuan."""
    return min(claim.due, claim.escrow + worth_at_auction(claim, assets))


class Request(NamedTuple):
    """A request for preservation: the month of the suit, the terms, and the creditor who asks."""

    suit: Now
    terms: PreservationTerms
    creditor: Creditor


@rule
def asks(claim: Claim, request: Request, setting: Setting) -> bool:
    """Whether the creditor knows of preservation and asks for it (ODD eq. 30)."""
    creditor = request.creditor
    parameters = setting.parameters
    levers = setting.treatments[claim.treatment].at_source
    aware = parameters.pursuit.aware
    aware += (1.0 - aware) * levers.risk_notice
    if levers.preservation <= 0.0:
        return False
    if not happens(request.suit, Decision.PRESERVE_AWARE, claim.id, aware):
        return False
    worth = preservation_worth(
        creditor,
        claim.due,
        request.terms,
        setting.traits.lenders[creditor.kind],
        parameters.procedure,
        parameters.pursuit,
        levers,
    )
    taste = taste_of(normal(Now(setting.now.seed, 0), Decision.PRESERVE, claim.id))
    return worth + parameters.choice.noise * claim.due * taste >= 0.0


@rule
def consider_preserving(
    debtor: Debtor,
    claim: Claim,
    request: Request,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> bool:
    """Ask the court to preserve assets until the suit is over; return whether it was asked.

    The fee is paid on application. The cost of security and any premium are paid once preservation
    is granted. All random numbers are those of the month of the suit, so that asking earlier
    changes only the time.
    """
    if not setting.traits.kinds[debtor.kind].seizable or not asks(claim, request, setting):
        return False
    parameters, suit, terms = setting.parameters, request.suit, request.terms
    levers = setting.treatments[claim.treatment].at_source
    fee = preservation_fee(claim.due, parameters.pursuit, levers)
    claim.spent += fee
    book(journal, Flow.PRESERVATION_FEE, fee)
    count(journal, claim, Count.PRESERVATIONS_ASKED, 1.0)
    if not happens(suit, Decision.PRESERVE_GRANTED, claim.id, levers.preservation):
        return True
    traits = setting.traits.lenders[request.creditor.kind]
    security = security_cost(claim.due, terms, traits, parameters.procedure, levers)
    premium = guarantee_premium(claim.due, terms, parameters.pursuit, levers)
    claim.spent += security + premium
    book(journal, Flow.SECURITY_COST, security)
    book(journal, Flow.GUARANTEE_PREMIUM, premium)
    hold(debtor, claim, suit, registries, setting, journal)
    return True


@rule
def hold(
    debtor: Debtor,
    claim: Claim,
    suit: Now,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> None:
    """Preserve the assets found, up to claim and costs: money in escrow, goods attached."""
    parameters = setting.parameters
    levers = setting.treatments[claim.treatment]
    own = setting.treatments[debtor.treatment]
    how = hiding(debtor, levers, setting)
    share = preservation_coverage(parameters.pursuit, levers.at_source)
    claim.found = 0
    for k in range(ASSETS):
        chance = coverage(k, levers) * share
        chance = class_chance(debtor, k, chance, how, registries)
        if happens(suit, Decision.PRESERVE_FIND, claim.id, chance, k):
            claim.found |= 1 << k
    need = needed(claim, own)
    need += suit_costs(claim.principal, parameters.procedure)
    money = seize_money(debtor, claim, need, Flow.PRESERVED_MONEY, journal)
    goods = attach_goods(debtor, claim, need - money, setting.traits.assets)
    if money + goods > 0.0:
        claim.preserved = True
        debtor.prompted = True
        early = claim.stage == Stage.OVERDUE  # PRESERVATIONS counts it once the suit is filed
        what = Count.PRESERVED_BEFORE_SUIT if early else Count.PRESERVATIONS
        count(journal, claim, what, 1.0)
        count(journal, claim, Count.PRESERVED_YUAN, money + goods)


@rule
def owe_damages(
    debtor: Debtor, claim: Claim, months: float, pursuit: Pursuit, journal: Journal
) -> None:
    """The creditor pays the debtor damages for `months` months of wrongful preservation."""
    held = claim.escrow + goods_held(claim)
    owed = pursuit.damages * held * months
    claim.spent += owed
    debtor.assets[Asset.BANK] += owed
    book(journal, Flow.WRONGFUL_DAMAGES, owed)


@rule
def answer_for(debtor: Debtor, claim: Claim, pursuit: Pursuit, journal: Journal) -> None:
    """A creditor who lost the suit pays damages for the months of preservation."""
    early = 1.0 if claim.checks & BEFORE_SUIT else 0.0
    owe_damages(debtor, claim, float(claim.months + 1) + early, pursuit, journal)
    count(journal, claim, Count.PRESERVED_WRONGLY, 1.0)


@rule
def turn_into_seizure(
    debtor: Debtor,
    claim: Claim,
    at: int,
    assets: Records[AssetTraits],
    choice: Choice,
    journal: Journal,
) -> None:
    """Preserved assets count as traced and seized once the claim becomes a case."""
    claim.preserved = False
    goods = goods_held(claim)
    if claim.escrow + goods <= 0.0:
        return
    claim.seized = True
    claim.checks |= PROPERTY
    count(journal, claim, Count.SEIZURES, 1.0)
    mark_viable(debtor, claim, assets, choice)
    debtor.events |= RECOVERED
    if evades(debtor.option):
        debtor.events |= FAIR
    move(journal, claim, at, Stage.TRACED, claim.escrow + goods)
    move(journal, claim, at, Stage.SEIZED if goods > 0.0 else Stage.SOLD, claim.escrow + goods)
