"""Whether a person asks for bankruptcy, and what this costs, honestly or with assets concealed.

In: a person with enforceable debt. Out: the cost compared with paying, yuan, and the petition.
`sim.month.endings.insolvency` carries out the proceeding.
"""

import math
from typing import NamedTuple

from sim.agents.claim import Claim
from sim.agents.court.court import Registry
from sim.agents.debtor.behaviour import loss
from sim.agents.debtor.belief import felt_optimism
from sim.agents.debtor.debtor import ABUSES, ASKED, ASSETS, FOUND, Debtor, Means, take_money
from sim.agents.debtor.plan import present_value
from sim.agents.debtor.weigh import Position, after_breach, breadth, restriction_months
from sim.agents.institutions.administrator import discounted
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.decision.position import residual
from sim.month.enforcement.declaration import penalty
from sim.month.shared.evasion import secret
from sim.month.shared.journal import Journal, book, count
from sim.month.shared.state import Owned, Setting, Traits
from sim.parameters import AssetTraits, Choice, EvasionTraits, KindTraits, Parameters, Procedure
from sim.terms import LIQUID, Decision, Kind, Option, Stage


@rule
def months_to_discharge(levers: Levers) -> float:
    """T: months until discharge, in which a person pays from income; at least one."""
    years = levers.at_source.discharge_years
    return float(max(1, math.floor(12.0 * years)))


@rule
def may_ask(debtor: Debtor, owned: Owned, levers: Levers) -> bool:
    """Whether the debtor may ask for bankruptcy.

    It may if it is a person, is not in a proceeding, and was not found to abuse one in this spell
    (the time with enforceable debt).
    """
    if levers.at_source.personal_bankruptcy <= 0.0:
        return False
    if debtor.kind != Kind.PERSON or debtor.petition & FOUND:
        return False
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.INSOLVENT:
            return False
    return True


@rule
def admitted(debtor: Debtor, levers: Levers, now: Now) -> bool:
    """Whether the court admits a petition. This is drawn once per spell (ODD eq. 71)."""
    share = levers.at_source.personal_bankruptcy
    spell = debtor.spell + (1 if debtor.option == Option.NONE else 0)
    return happens(Now(now.seed, 0), Decision.ADMISSION, debtor.id, share, spell)


@rule
def at_auction(debtor: Debtor, assets: Records[AssetTraits]) -> float:
    """Auction price of the debtor's goods, as a share of their price if the debtor sold them."""
    own = debtor.frozen * assets[LIQUID].own_price
    price = debtor.frozen * assets[LIQUID].auction_price
    for a in range(LIQUID, ASSETS):
        own += debtor.assets[a] * assets[a].own_price
        price += debtor.assets[a] * assets[a].auction_price
    return price / own if own > 0.0 else 1.0


@rule
def exempt_in_bankruptcy(debtor: Debtor, levers: Levers) -> float:
    """Part of the estate that a person keeps besides the exempt minimum, yuan (ODD eq. 141)."""
    return levers.at_source.bankruptcy_exempt * debtor.need


@rule
def cost_of_bankruptcy(
    debtor: Debtor,
    due: float,
    own_means: Means,
    assets: Records[AssetTraits],
    levers: Levers,
    procedure: Procedure,
) -> float:
    """B, cost of bankruptcy, yuan: assets given up, future payments, effort, stigma (ODD eq. 71).

    B = L + G − K − (E − K − D′)+ + PV(share·(y − need)+ until discharge) + cost + stigma·y. Here L
    is liquid and G illiquid means, y income, and ( )+ is 0 for negative values. The estate brings
    E = L + G·auction/own price, of which K is exempt (ODD eq. 141). D′ is the debt plus the
    administrator's fee. Payments from income end once D′ is covered.
    """
    years = levers.at_source.discharge_years
    whole = due / (1.0 - procedure.administrator_fee)
    brought = own_means.liquid + own_means.illiquid * at_auction(debtor, assets)
    exempt = min(exempt_in_bankruptcy(debtor, levers), brought)
    brought -= exempt
    monthly = procedure.plan_share * own_means.surplus / 3.0
    to_come = min(monthly * 12.0 * years, max(0.0, whole - brought))
    return (
        own_means.liquid
        + own_means.illiquid
        - exempt
        - max(0.0, brought - whole)
        + present_value(monthly, to_come, debtor.discount)
        + procedure.bankruptcy_cost
        + procedure.bankruptcy_stigma * debtor.income
    )


@rule
def burden(
    debtor: Debtor, due: float, own_means: Means, kind: KindTraits, levers: Levers, choice: Choice
) -> float:
    """Cost of staying in debt for a debtor who cannot pay, yuan (ODD eq. 71).

    Sooner or later the debtor loses its means and all its savings, up to the debt. Until then it
    may be listed.
    """
    hazard = levers.comprehensive.list_rate * (1.0 - levers.comprehensive.list_accuracy)
    r = debtor.discount + choice.death
    listed = 1.0 if debtor.on_list else hazard / (r + hazard)
    s = breadth(kind, levers)
    months = restriction_months(
        debtor.listed, levers.sanctions.listing_term, 0.0, debtor.discount, choice
    )
    felt = choice.restriction * math.pow(s, choice.breadth_exponent) if s > 0.0 else 0.0
    saved = present_value(own_means.surplus / 3.0, due, r) if own_means.surplus > 0.0 else 0.0
    return (
        min(due, own_means.liquid + own_means.illiquid + saved)
        + listed * debtor.income * felt * months
    )


@rule
def wants_discharge(
    debtor: Debtor,
    owned: Owned,
    due: float,
    own_means: Means,
    traits: Traits,
    levers: Levers,
    parameters: Parameters,
) -> bool:
    """Whether a person who cannot pay asks for bankruptcy (ODD eq. 71)."""
    if not may_ask(debtor, owned, levers):
        return False
    kind = traits.kinds[debtor.kind]
    cost = cost_of_bankruptcy(debtor, due, own_means, traits.assets, levers, parameters.procedure)
    return cost < burden(debtor, due, own_means, kind, levers, parameters.choice)


@rule
def owing_on(debtor: Debtor, at: Position, own_means: Means, choice: Choice) -> float:
    """Cost of the rest of the debt after a debtor has paid all it can, yuan (ODD eq. 125).

    It is the part of later savings that enforcement takes: q·V_{D−P}(r + x)/(1 + r + x)³ with
    q = h/(r + x + h). D is the debt, P what is payable, V the present value of the savings, h the
    risk of recovery, r the discount rate and x `choice.death`. P already includes the savings of
    the first three months. The true cost may be higher, because this assumes that the debtor can
    keep money back later.
    """
    rest = at.due - at.payable
    if rest <= 0.0 or own_means.surplus <= 0.0:
        return 0.0
    r = debtor.discount + choice.death
    saved = present_value(own_means.surplus / 3.0, rest, r) * math.pow(1.0 + r, -3.0)
    return at.recovery / (r + at.recovery) * saved


@rule
def beside_paying(
    debtor: Debtor,
    at: Position,
    own_means: Means,
    assets: Records[AssetTraits],
    levers: Levers,
    parameters: Parameters,
) -> float:
    """C(bankrupt), cost of bankruptcy compared with paying, yuan (ODD eq. 125).

    It is B − P − `owing_on`. B comes from `cost_of_bankruptcy`, and P is what is payable. If the
    result is negative, bankruptcy is better than paying.
    """
    cost = cost_of_bankruptcy(debtor, at.due, own_means, assets, levers, parameters.procedure)
    return cost - at.payable - owing_on(debtor, at, own_means, parameters.choice)


class Abuse(NamedTuple):
    """Bankruptcy with assets concealed, as a dishonest option.

    Args:
        possible: Whether the petition is admitted and there is something to hide.
        net: Net cost compared with paying at once, yuan, as for other dishonest options.
        kept: Value that stays hidden, yuan.
        cost: Immediate cost of hiding it, yuan.
    """

    possible: bool
    net: float
    kept: float
    cost: float


@rule
def concealed(
    debtor: Debtor,
    own_means: Means,
    assets: Records[AssetTraits],
    registries: Records[Registry],
    levers: Levers,
    procedure: Procedure,
) -> Means:
    """Means that a person can hide from an administrator. Attached goods cannot be hidden."""
    money = 0.0
    goods = 0.0
    for a in range(ASSETS):
        part = debtor.assets[a] * secret(debtor, a, registries, assets, levers, procedure)
        if a < LIQUID:
            money += part
        else:
            goods += part * assets[a].own_price
    return Means(min(own_means.liquid, money), min(own_means.illiquid, goods), 0.0)


@rule
def price_of_hiding(evasions: Records[EvasionTraits]) -> float:
    """Cost of the first option that hides assets, as a share of their value; -1 if none does."""
    for e in range(len(evasions)):
        if evasions[e].hides:
            return evasions[e].cost
    return -1.0


@rule
def cost_of_abuse(
    debtor: Debtor,
    at: Position,
    own_means: Means,
    allowed: bool,
    registries: Records[Registry],
    setting: Setting,
) -> Abuse:
    """Net cost of asking for a discharge with assets concealed, yuan (ODD eq. 126).

    net = C(bankrupt, with the disclosed means) + cost·K + (c·(½ + t) + norm)·K + Φ·Y. Here K is the
    value concealed, c conscience, t trust, and Φ the discounted chance of discovery. Y is the loss
    on discovery: K, fine and detention, and the cost of the rest of the debt. Recovery of that rest
    then seems more likely.

    Args:
        debtor: A person with means.
        at: The person's position.
        own_means: The person's means.
        allowed: Whether the petition would be admitted.
        registries: Registries, with the share of each class that can be hidden.
        setting: Parameters, traits and levers of the month.
    """
    nothing = Abuse(False, 0.0, 0.0, 0.0)
    if not allowed:
        return nothing
    parameters, traits = setting.parameters, setting.traits
    levers = setting.treatments[debtor.treatment]
    price = price_of_hiding(traits.evasions)
    hidden = concealed(debtor, own_means, traits.assets, registries, levers, parameters.procedure)
    kept = hidden.liquid + hidden.illiquid
    if price < 0.0 or kept <= 0.0:
        return nothing
    shown = Means(
        own_means.liquid - hidden.liquid, own_means.illiquid - hidden.illiquid, own_means.surplus
    )
    trust = 0.5 + debtor.trust
    unease = (debtor.conscience + levers.rule_of_law.persuasion) * trust
    norm = parameters.society.norm * at.swayed
    unease += norm * trust * (at.honest - parameters.society.prior_honest)
    tint = felt_optimism(debtor, parameters.learning, levers.rule_of_law.standardisation)
    feared = min(1.0, tint * levers.at_source.bankruptcy_examination)
    chance = discounted(feared, months_to_discharge(levers), debtor.discount)
    after = after_breach(at, parameters.choice.plan_breach)
    lost = kept + penalty(debtor, at.wealth, levers, parameters.choice)
    rest = residual(debtor, after, traits, levers, parameters)
    lost += owing_on(debtor, after, own_means, parameters.choice) + rest
    cost = price * kept
    beside = beside_paying(debtor, at, shown, traits.assets, levers, parameters)
    net = beside + cost + unease * kept
    return Abuse(True, net + loss(chance, lost, parameters.choice), kept, cost)


@rule
def note_petition(debtor: Debtor, about: Claim, allowed: bool, journal: Journal) -> None:
    """Count a petition, once per spell, and whether it is admitted."""
    if debtor.petition & ASKED:
        return
    debtor.petition |= ASKED
    count(journal, about, Count.DISCHARGE_ASKED, 1.0)
    if allowed:
        count(journal, about, Count.DISCHARGE_ADMITTED, 1.0)


@rule
def ask_falsely(debtor: Debtor, it: Abuse, journal: Journal) -> None:
    """Ask for a discharge and hide assets from the administrator. Hiding costs money once."""
    if not debtor.petition & ABUSES and it.cost > 0.0:
        book(journal, Flow.CONCEALMENT, take_money(debtor, it.cost))
    debtor.petition |= ABUSES
    debtor.option = Option.BANKRUPT
