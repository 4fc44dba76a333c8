"""What a debtor weighs before it chooses, and which way its choice goes; nothing is changed here.

In: a debtor, its claims and what it sees around it. Out: why it chooses now, its best honest and
its best dishonest way, and which of them it prefers. `sim.month.decision.choice` carries it out,
and `sim.explain` shows it.
"""

import math
from enum import IntEnum
from typing import NamedTuple

from sim.agents.claim import in_docket, weighed
from sim.agents.creditor import Creditor
from sim.agents.debtor.behaviour import pays
from sim.agents.debtor.debtor import Debtor, Means
from sim.agents.debtor.weigh import Position, after_breach
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.engine.record import Records
from sim.month.before_judgment.preservation import worth_at_auction
from sim.month.decision.plans import Honest, Running, cost_of_keeping, honest_way, or_bankruptcy
from sim.month.decision.position import Preference, Stake, position, preferred
from sim.month.endings.personal_bankruptcy import (
    Abuse,
    admitted,
    cost_of_abuse,
    may_ask,
    wants_discharge,
)
from sim.month.shared.state import Owned, Setting, Surroundings
from sim.parameters import AssetTraits, Choice, EvasionTraits, Procedure
from sim.terms import Ability, Decision, Option, Stage


class Prompt(IntEnum):
    """Why a debtor chooses in a month."""

    NONE = 0
    FIRST = 1
    GRACE_ENDS = 2
    EVENT = 3
    MEANS = 4
    INCOME = 5
    WEALTH = 6
    ATTENTION = 7


@rule
def changed(now: float, then: float, threshold: float) -> bool:
    """Whether income or wealth moved by more than the threshold since the last choice."""
    return abs(now - then) > threshold * max(then, 1.0)


class Turn(NamedTuple):
    """Which choice of a debtor this is: its spell of enforceable debt, and the renewal in it."""

    spell: int
    renewals: int


@rule
def next_turn(debtor: Debtor) -> Turn:
    """The turn after the last one; who has not chosen yet begins a spell."""
    first = debtor.option == Option.NONE
    return Turn(debtor.spell + (1 if first else 0), 0 if first else debtor.renewals + 1)


@rule
def next_taste(debtor: Debtor, turn: Turn, now: Now, choice: Choice) -> float:
    """Persistent taste: a normal score by (debtor, spell, renewal), autoregressive (ODD eq. 9)."""
    fresh = normal(Now(now.seed, 0), Decision.TASTE, debtor.id, turn.spell * 4096 + turn.renewals)
    if turn.renewals == 0:
        return fresh
    m = choice.taste_memory
    return m * debtor.taste + math.sqrt(1.0 - m * m) * fresh


class Owed(NamedTuple):
    """What enters a debtor's choice.

    Args:
        due: Sum of its claims that are weighed, less what escrow will cover, yuan.
        ripe: Whether the grace of one of them ends this month.
        served: Whether one of them is a case in enforcement.
        oldest: Row of the first of them; -1 when there is none.
        escrow: Money preserved for them before enforcement, yuan.
        held: That and what a sale of goods preserved for them would bring, yuan.
        partnered: Yuan of it owed to standing partners.
        breach: Whether a plan was broken, or would be: recovery is then thought more likely.
    """

    due: float
    ripe: bool
    served: bool
    oldest: int
    escrow: float
    held: float
    partnered: float
    breach: bool


@rule
def owed(debtor: Debtor, owned: Owned, assets: Records[AssetTraits], procedure: Procedure) -> Owed:
    """What a debtor has to decide about."""
    grace = procedure.grace
    due = 0.0
    ripe = False
    served = False
    oldest = -1
    escrow = 0.0
    held = 0.0
    partnered = 0.0
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if weighed(claim.stage, claim.months, grace):
            if oldest < 0:
                oldest = int(owned.order[j])
            if claim.preserved:
                due += claim.due
                money = min(claim.due, claim.escrow)
                escrow += money
                held += min(claim.due, money + worth_at_auction(claim, assets))
            else:
                due += max(0.0, claim.due - claim.escrow)  # what escrow will not cover
            partnered += claim.due if claim.partner else 0.0
            ripe = ripe or claim.stage == Stage.GRACE
            served = served or in_docket(claim.stage)
    return Owed(due, ripe, served, oldest, escrow, held, partnered, debtor.broken)


@rule
def broken_off(due: float) -> Owed:
    """What a debtor in a plan would have to decide about if it broke it: all that is left."""
    return Owed(due, False, False, -1, 0.0, 0.0, 0.0, True)


@rule
def prompt(debtor: Debtor, at_hand: Owed, total: float, choice: Choice, now: Now) -> int:
    """Why a debtor with means chooses this month: the first reason that holds, or none.

    Args:
        debtor: Who; its ability is still that of its last choice.
        at_hand: What it owes.
        total: W, its true wealth, yuan.
        choice: How much has to change, and how often a debtor looks.
        now: The month.
    """
    if debtor.option == Option.NONE:
        return Prompt.FIRST.value
    if at_hand.ripe:
        return Prompt.GRACE_ENDS.value
    if debtor.prompted:
        return Prompt.EVENT.value
    if debtor.option == Option.UNABLE or debtor.ability == Ability.EMPTY:
        return Prompt.MEANS.value
    if changed(debtor.income, debtor.income_then, choice.event_change):
        return Prompt.INCOME.value
    if changed(total, debtor.wealth_then, choice.event_change):
        return Prompt.WEALTH.value
    if happens(now, Decision.ATTENTION, debtor.id, choice.attention):
        return Prompt.ATTENTION.value
    return Prompt.NONE.value


@rule
def stand(
    debtor: Debtor, at_hand: Owed, own_means: Means, around: Surroundings, setting: Setting
) -> Position:
    """The position from which a debtor chooses: hazards loom larger once enforcement has begun."""
    notice = setting.parameters.learning.notice if at_hand.served else 1.0
    stake = Stake(
        due=at_hand.due,
        means=own_means,
        notice=notice,
        chance=1.0,
        extra=0.0,
        held=at_hand.held,
        partnered=at_hand.partnered,
        on_record=setting.parameters.obligations.score_default if at_hand.ripe else 0.0,
    )
    here = position(debtor, stake, around, setting)
    return after_breach(here, setting.parameters.choice.plan_breach) if at_hand.breach else here


class Deliberation(NamedTuple):
    """What a debtor with means has to choose from.

    Args:
        position: Where it stands.
        way: The best honest way.
        best: The best dishonest option.
        trick: Bankruptcy with assets concealed, as a dishonest option.
        may_ask: Whether the law lets it ask for bankruptcy.
        admitted: Whether a court would admit that.
    """

    position: Position
    way: Honest
    best: Preference
    trick: Abuse
    may_ask: bool
    admitted: bool


@rule
def deliberate(
    debtor: Debtor,
    at_hand: Owed,
    own_means: Means,
    owned: Owned,
    creditors: Records[Creditor],
    around: Surroundings,
    setting: Setting,
) -> Deliberation:
    """What a debtor with enforceable debt and means has to choose from."""
    levers = setting.treatments[debtor.treatment]
    traits, parameters = setting.traits, setting.parameters
    here = stand(debtor, at_hand, own_means, around, setting)
    open_to = may_ask(debtor, owned, levers)
    allowed = open_to and admitted(debtor, levers, setting.now)
    registries = around.district.registries
    return Deliberation(
        position=here,
        way=honest_way(debtor, owned, own_means, here, creditors, setting),
        best=preferred(debtor, here, traits, levers, parameters),
        trick=cost_of_abuse(debtor, here, own_means, allowed, registries, setting),
        may_ask=open_to,
        admitted=allowed,
    )


@rule
def deliberate_on_plan(
    debtor: Debtor, rest: Running, own_means: Means, around: Surroundings, setting: Setting
) -> Deliberation:
    """What a debtor in a plan has to choose from: to keep it, or to break it (ODD eq. 67).

    Breaking it brings back the whole ledger, with recovery thought `plan_breach` times as likely;
    keeping it costs the instalments to come instead of all that could be paid at once.
    """
    levers = setting.treatments[debtor.treatment]
    traits, parameters = setting.traits, setting.parameters
    here = stand(debtor, broken_off(rest.due), own_means, around, setting)
    kind = traits.kinds[debtor.kind]
    cost = cost_of_keeping(debtor, rest, here, kind, levers, parameters.choice)
    return Deliberation(
        position=here,
        way=Honest(Option.PLAN.value, cost),
        best=preferred(debtor, here, traits, levers, parameters),
        trick=Abuse(False, 0.0, 0.0, 0.0),
        may_ask=False,
        admitted=False,
    )


@rule
def least_net(it: Deliberation) -> float:
    """The net of the best dishonest option, abuse of bankruptcy included, yuan (ODD eq. 126)."""
    return min(it.best.net, it.trick.net) if it.trick.possible else it.best.net


@rule
def abuses(it: Deliberation) -> bool:
    """Whether bankruptcy with assets concealed is the best of the dishonest options."""
    return least_net(it) < it.best.net


@rule
def prefers_honesty(it: Deliberation, debtor: Debtor, taste: float, choice: Choice) -> bool:
    """Whether a debtor goes the best honest way rather than a dishonest one.

    Args:
        it: What it has to choose from.
        debtor: Who.
        taste: Standard logistic taste for honesty.
        choice: Parameters.
    """
    payable = it.position.payable
    return pays(least_net(it), it.way.cost, payable, debtor.income, taste, choice)


@rule
def chosen(it: Deliberation, honest: bool, evasions: Records[EvasionTraits]) -> int:
    """The option that a debtor takes, honest or not."""
    if honest:
        return it.way.option
    if abuses(it):
        return Option.BANKRUPT.value
    return int(evasions[it.best.evasion].option)


@rule
def wishes_bankruptcy(
    it: Deliberation, debtor: Debtor, own_means: Means, taste: float, setting: Setting
) -> bool:
    """Whether a debtor with means would choose bankruptcy, supposing that it is admitted."""
    choice = setting.parameters.choice
    levers = setting.treatments[debtor.treatment]
    here = it.position
    wish = or_bankruptcy(
        debtor, own_means, here, it.way, setting.traits.assets, levers, setting.parameters
    )
    asks = pays(least_net(it), wish.cost, here.payable, debtor.income, taste, choice)
    return asks and wish.option == Option.BANKRUPT


class Petition(NamedTuple):
    """Whether a debtor without means asks for bankruptcy, and whether that is admitted."""

    asked: bool
    admitted: bool


@rule
def petition_of_unable(
    debtor: Debtor, due: float, own_means: Means, owned: Owned, setting: Setting
) -> Petition:
    """Whether a debtor that cannot pay asks for bankruptcy, and is admitted (ODD eq. 71)."""
    levers = setting.treatments[debtor.treatment]
    if not wants_discharge(
        debtor, owned, due, own_means, setting.traits, levers, setting.parameters
    ):
        return Petition(False, False)
    return Petition(True, admitted(debtor, levers, setting.now))
