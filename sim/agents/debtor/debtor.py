"""A debtor: income, assets, conscience and beliefs; ability is distinct from willingness."""

import math
from typing import Annotated, NamedTuple

from sim.agents.debtor.score import NEUTRAL
from sim.engine.compile import rule
from sim.engine.draw import Now, normal, uniform
from sim.engine.record import Byte, Cells, Records, Short, padded, record
from sim.mechanisms import composed
from sim.parameters import AssetTraits, KindTraits, Parameters
from sim.terms import LIQUID, Ability, Asset, Decision, Kind, Option

ASSETS = len(Asset)
YEARS = 3
"""Number of ages of transfers: made this calendar year, last year, or earlier."""
UNABLE_BELOW, ABLE_FROM = 0.05, 0.90
"""Shares of the debt. Whoever can pay less than the first is unable; whoever can pay at least the
second is able."""


@padded
@record
@composed("debtors")
class Debtor:
    """A person, a firm as run by its controller, or a public body.

    Each group of fields is one line of a processor's cache, 64 bytes. Lines 1 and 2 are read for
    every debtor in every month, to earn and spend; line 1 also contains what is asked of everybody
    at the end of the month. Line 3 contains conscience, trust and the last choice, line 4 beliefs,
    line 5 what few debtors need.

    Money, in yuan:
        income: Income of the month; for firms, value added that is left for owners and debt.
        usual: Long-run level of income.
        deviation: Logarithm of `income` divided by `usual` (no unit).
        need: Necessary spending of the month.
        buffer: Money above this sum is partly spent.
        exempt: The minimum that enforcement leaves.
        frozen: Value of attached goods.
        frozen_months: Number of months in a row with attached goods.
        transferred: Property moved to other persons to keep it from creditors, by the age of the
            transfer.
        answered: What the shareholders of a firm have paid for its debts.
        surcharge: Debt to insurers.

    Beliefs, as counts in which older months count less (see `sim.agents.debtor.belief`):
        exposure: Exposed months, in which someone evaded with a case in the docket (open at court).
        unlisted: Exposed months off the list of dishonest debtors.
        seen_recovery, seen_listing, seen_personal: Recoveries, listings and personal sanctions.
        foreseen: Sanctions that the law provided for in the exposed months.

    Attitude and surroundings:
        events: A bit for each thing that happened to the debtor this month.
        standing, standing_since: Reputation among neighbours, and the month in which it was last
            confirmed (see `sim.agents.debtor.norm`).
        conscience, trust: Conscience and trust in the courts; both drift back to their origins.
        connections: Closeness to the local government, in hundredths.

    Choice:
        option: What the debtor chose last, a code of `sim.terms`.
        ability: How able it was when it last had debt to decide about, a code of `sim.terms`.
        income_then, wealth_then, taste: Income, wealth and taste for honesty (a normal score) at
            the last choice.
        prompted: Whether the debtor has to choose again.
        spell: Number of spells (periods with enforceable debt) so far.
        renewals: Choices in this spell after the first.
        broken: Whether the debtor broke a plan or abused bankruptcy in this spell.
        petition: A bit for each state of a petition for bankruptcy (`ASKED` and those after it).

    Lists and marks:
        on_list, listed: Whether the debtor is on the list, and for how many months.
        repair: Months for which it must still stay on the list after performing, or 0.
        score: Credit score, in hundredths (see `sim.agents.debtor.score`).
        malus: Class that determines the premium for liability cover.
        zombie: Whether a firm is kept alive without being viable.
        leaving: Whether the debtor dies or closes this month.
        arm: A bit for each policy for which the debtor was drawn at random.
    """

    id: int
    kind: Byte
    standing: Byte
    score: Byte
    repair: Byte
    malus: Byte
    zombie: bool
    leaving: bool
    on_list: bool
    district: Short
    treatment: Short
    events: Short
    standing_since: Short
    income: float
    usual: float
    deviation: float
    need: float
    buffer: float

    assets: Annotated[Cells, ("f8", (ASSETS,))]
    exempt: float
    surcharge: float

    trust: float
    conscience: float
    conscience_origin: float
    option: Byte
    ability: Byte
    petition: Byte
    connections: Byte
    arm: Byte
    prompted: bool
    broken: bool
    listed: Short
    frozen_months: Short
    spell: Short
    renewals: Short
    frozen: float
    optimism: float
    income_then: float

    exposure: float
    unlisted: float
    seen_recovery: float
    seen_listing: float
    seen_personal: float
    foreseen: float
    discount: float
    taste: float

    wealth_then: float
    transferred: Annotated[Cells, ("f8", (YEARS,))]
    answered: float


ASKED, ABUSES, CONCEALS, FOUND, WAITS = 1, 2, 4, 8, 16
"""Bits of `Debtor.petition`.

ASKED: the debtor has petitioned for a discharge in this spell of debt.
ABUSES: the pending petition conceals assets.
CONCEALS: assets are concealed in the proceeding now open.
FOUND: concealment was discovered in this spell.
WAITS: the bankruptcy, requested or ordered, waits for an administrator.
"""


class Means(NamedTuple):
    """What a debtor could truly pay, including hidden assets but not the exempt minimum.

    Args:
        liquid: Money, yuan.
        illiquid: Proceeds if the debtor itself sold the other assets, yuan.
        surplus: Three months of income above need, yuan.
    """

    liquid: float
    illiquid: float
    surplus: float


@rule
def means(debtor: Debtor, classes: Records[AssetTraits]) -> Means:
    """True wealth W = Σ assets·own price − exempt minimum + 3·(income − need)+ (ODD eq. 1).

    An asset's own price is the share of its value that the debtor's own sale brings. The exempt
    minimum is deducted from money first, then from the proceeds of a sale.
    """
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    # attached goods still belong to the debtor: paying would free them
    goods = debtor.frozen * classes[LIQUID].own_price
    for k in range(LIQUID, ASSETS):
        goods += debtor.assets[k] * classes[k].own_price
    liquid = max(0.0, money - debtor.exempt)
    illiquid = max(0.0, goods - max(0.0, debtor.exempt - money))
    return Means(liquid, illiquid, 3.0 * max(0.0, debtor.income - debtor.need))


@rule
def wealth(own_means: Means) -> float:
    """True wealth W, the sum of all means, yuan."""
    return own_means.liquid + own_means.illiquid + own_means.surplus


@rule
def ability(due: float, own_means: Means) -> int:
    """The debtor's state of ability, a code of `sim.terms.Ability`."""
    payable = min(due, wealth(own_means))
    if payable < UNABLE_BELOW * due:
        return Ability.EMPTY.value
    if payable < ABLE_FROM * due:
        return Ability.PARTLY.value
    if own_means.liquid >= ABLE_FROM * due:
        return Ability.LIQUID.value
    if own_means.liquid + own_means.illiquid >= ABLE_FROM * due:
        return Ability.ILLIQUID.value
    return Ability.INCOME_ONLY.value


@rule
def is_able(state: int) -> bool:
    """Whether a debtor in this state of ability could pay at least nine tenths of the debt."""
    return state >= Ability.INCOME_ONLY


@rule
def evades(option: int) -> bool:
    """Whether the debtor keeps money back by choice."""
    return option >= Option.STALL


@rule
def debtor_id(row: int, generation: int) -> int:
    """Id of a debtor, from its row (below 2^32) and the number of earlier debtors in that row.

    The number of earlier debtors goes up to 255 and then begins again at 0.
    """
    return (row << 8) | generation


@rule
def rank_of_means(debtor: Debtor, traits: KindTraits) -> float:
    """Standard score of a debtor's initial money among debtors of its kind.

    Zombie firms (kept alive without being viable) start with less. This does not lower their score.
    """
    spread = math.sqrt(traits.income_sd * traits.income_sd + traits.wealth_sd * traits.wealth_sd)
    money = traits.income * traits.wealth * (traits.bank + traits.online + traits.cash)
    if debtor.zombie:
        money *= traits.zombie_wealth
    if spread <= 0.0 or money <= 0.0 or debtor.buffer <= 0.0:
        return 0.0
    return math.log(debtor.buffer / money) / spread


@rule
def take_money(debtor: Debtor, amount: float) -> float:
    """Take up to `amount` yuan of money, leaving the exempt minimum; return the yuan taken."""
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    taken = min(amount, max(0.0, money - debtor.exempt))
    if taken <= 0.0:
        return 0.0
    left = taken
    for k in range(LIQUID):
        part = min(left, debtor.assets[k])
        debtor.assets[k] -= part
        left -= part
    return taken - left


@rule
def connected(now: Now, who: int, kind: int, parameters: Parameters) -> int:
    """A debtor's closeness to its local government, in hundredths; 0 for persons.

    Args:
        now: Seed, and month 0.
        who: Id of the debtor.
        kind: The debtor's kind, a code of `sim.terms.Kind`.
        parameters: Parameters of the world.
    """
    share = 0.0
    if kind == Kind.FIRM:
        share = parameters.institutions.connected_firms
    elif kind == Kind.PUBLIC_BODY:
        share = parameters.institutions.connected_bodies
    if share <= 0.0 or uniform(now, Decision.BORN_CONNECTIONS, who) >= share:
        return 0
    return 1 + int(100.0 * uniform(now, Decision.BORN_CONNECTIONS, who, 1))


@rule
def born(debtor: Debtor, kind: int, traits: KindTraits, parameters: Parameters, seed: int) -> None:
    """Draw a debtor's income, need, assets of each class, conscience, discount rate and optimism.

    The draws depend only on seed and id. So every world with this seed gets the same debtor.
    """
    now = Now(seed, 0)
    who = debtor.id
    debtor.kind = kind
    firm_zombie = uniform(now, Decision.BORN_KIND, who, 1) < traits.zombie
    debtor.zombie = firm_zombie
    debtor.usual = traits.income * math.exp(
        traits.income_sd * normal(now, Decision.BORN_TRAIT, who, 0)
    )
    stationary = parameters.economy.own_shock / math.sqrt(
        1.0 - parameters.economy.persistence * parameters.economy.persistence
    )
    debtor.deviation = stationary * normal(now, Decision.BORN_TRAIT, who, 1)
    debtor.income = debtor.usual * math.exp(debtor.deviation)
    share = max(0.1, traits.need + traits.need_sd * normal(now, Decision.BORN_TRAIT, who, 2))
    debtor.need = debtor.usual * (traits.zombie_need if firm_zombie else share)
    debtor.exempt = traits.exempt * debtor.need
    total = (
        debtor.usual
        * traits.wealth
        * math.exp(traits.wealth_sd * normal(now, Decision.BORN_ASSETS, who, 0))
    )
    if firm_zombie:
        total *= traits.zombie_wealth
    debtor.assets[Asset.BANK] = total * traits.bank
    debtor.assets[Asset.ONLINE] = total * traits.online
    debtor.assets[Asset.CASH] = total * traits.cash
    debtor.assets[Asset.REALTY] = total * traits.realty
    debtor.assets[Asset.VEHICLES] = total * traits.vehicles
    debtor.assets[Asset.SECURITIES] = total * traits.securities
    debtor.buffer = total * (traits.bank + traits.online + traits.cash)
    upright = uniform(now, Decision.BORN_TRAIT, who, 3) < traits.honest_share
    rest = max(
        0.0, traits.conscience + traits.conscience_sd * normal(now, Decision.BORN_TRAIT, who, 4)
    )
    debtor.conscience_origin = UPRIGHT if upright else rest
    debtor.conscience = debtor.conscience_origin
    debtor.discount = traits.discount * math.exp(
        traits.discount_sd * normal(now, Decision.BORN_TRAIT, who, 5)
    )
    debtor.optimism = math.exp(
        parameters.learning.dispersion * normal(now, Decision.BORN_TRAIT, who, 6)
    )
    debtor.connections = connected(now, who, kind, parameters)
    debtor.trust = parameters.society.trust
    debtor.seen_recovery = debtor.seen_listing = debtor.seen_personal = 0.0
    debtor.foreseen = debtor.exposure = debtor.unlisted = 0.0
    debtor.taste = debtor.income_then = debtor.wealth_then = 0.0
    debtor.frozen = debtor.surcharge = debtor.answered = 0.0
    for year in range(YEARS):
        debtor.transferred[year] = 0.0
    debtor.option = debtor.ability = debtor.standing = debtor.standing_since = 0
    debtor.petition = 0
    debtor.listed = debtor.frozen_months = debtor.spell = debtor.renewals = debtor.events = 0
    debtor.leaving = debtor.prompted = debtor.on_list = False
    debtor.broken = False
    debtor.repair = debtor.malus = 0
    debtor.score = NEUTRAL


UPRIGHT = 3.0
"""A conscience that outweighs any gain: three yuan of unease per yuan kept back."""
