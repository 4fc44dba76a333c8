"""How a debtor deliberates: why it chooses now, what its best options are, which one it prefers.

In: a debtor, its claims and what it sees around it. Out: the reason for choosing this month, the
best honest way, the best dishonest option, and the preference between them. Nothing is changed
here. `sim.month.decision.choice` carries the choice out, and `sim.explain` shows it.
"""

import math
from enum import IntEnum
from typing import NamedTuple

from sim.agents.claim import decides_about, in_docket
from sim.agents.creditor import Creditor
from sim.agents.debtor.behaviour import pays
from sim.agents.debtor.debtor import Debtor, Means
from sim.agents.debtor.weigh import Position, after_breach
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.engine.record import Records
from sim.mechanisms.base.points import fees_to_come
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
    """Reason why a debtor makes a choice in a month."""

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
    """Whether income or wealth has changed by more than the share `threshold` of `then`."""
    return abs(now - then) > threshold * max(then, 1.0)


class Turn(NamedTuple):
    """Number of the spell (a time with enforceable debt), and of earlier choices in it."""

    spell: int
    renewals: int


@rule
def next_turn(debtor: Debtor) -> Turn:
    """The next turn of a debtor. The first choice begins a new spell."""
    first = debtor.option == Option.NONE
    return Turn(debtor.spell + (1 if first else 0), 0 if first else debtor.renewals + 1)


@rule
def next_taste(debtor: Debtor, turn: Turn, now: Now, choice: Choice) -> float:
    """Taste for honesty in a turn, a normal score (ODD eq. 9).

    Within a spell it is autoregressive with factor `taste_memory`.
    """
    fresh = normal(Now(now.seed, 0), Decision.TASTE, debtor.id, turn.spell * 4096 + turn.renewals)
    if turn.renewals == 0:
        return fresh
    m = choice.taste_memory
    return m * debtor.taste + math.sqrt(1.0 - m * m) * fresh


class Owed(NamedTuple):
    """The debt that a debtor's choice is about.

    Args:
        due: Sum due on the claims, less what enforcement already has in escrow, yuan.
        ripe: Whether the time to perform (grace) of one of the claims ends this month.
        served: Whether one of the claims is a case in enforcement.
        oldest: Row of the oldest of the claims; -1 if there is none.
        escrow: Money preserved for the claims before enforcement, yuan.
        held: `escrow`, plus what a forced sale of goods preserved for the claims would bring, yuan.
        partnered: Sum due to creditors with whom the debtor does business regularly, yuan.
        breach: Whether the debtor has broken a plan or considers breaking one. If so, it expects
            recovery to be more likely.
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
    """The debt that a debtor has to decide about."""
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
        if decides_about(claim, grace):
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
    """The debt to decide about if a debtor broke its plans: all that it still owes in them."""
    return Owed(due, False, False, -1, 0.0, 0.0, 0.0, True)


@rule
def prompt(debtor: Debtor, at_hand: Owed, total: float, choice: Choice, now: Now) -> int:
    """Reason why a debtor with means chooses this month: the first that applies, or none.

    Args:
        debtor: The debtor. Its `ability` is still that of an earlier month.
        at_hand: The debt to decide about.
        total: W, the debtor's true wealth, yuan.
        choice: Parameters: the change that counts as an event (`event_change`), and the chance of
            a choice without any other reason (`attention`).
        now: Seed and month.
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
def fees_ahead(owned: Owned, setting: Setting) -> float:
    """Fees of an enforcement that the debtor expects on the claims it decides about, yuan."""
    fees = 0.0
    grace = setting.parameters.procedure.grace
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if decides_about(claim, grace):
            fees = fees_to_come(fees, claim, setting)
    return fees


@rule
def stand(
    debtor: Debtor,
    at_hand: Owed,
    own_means: Means,
    fees: float,
    around: Surroundings,
    setting: Setting,
) -> Position:
    """The position from which a debtor chooses. In enforcement it expects larger risks.

    `fees` are those of an enforcement that are still to come, yuan.
    """
    notice = setting.parameters.learning.notice if at_hand.served else 1.0
    stake = Stake(
        due=at_hand.due,
        means=own_means,
        notice=notice,
        chance=1.0,
        extra=fees / at_hand.due,
        held=at_hand.held,
        partnered=at_hand.partnered,
        on_record=setting.parameters.obligations.score_default if at_hand.ripe else 0.0,
        deadline=1.0 if at_hand.ripe else 0.0,
    )
    here = position(debtor, stake, around, setting)
    return after_breach(here, setting.parameters.choice.plan_breach) if at_hand.breach else here


class Deliberation(NamedTuple):
    """The options of a debtor with means.

    Args:
        position: The position from which the debtor weighs them.
        way: The best honest way.
        best: The best dishonest option.
        trick: Bankruptcy with assets concealed, as a dishonest option.
        may_ask: Whether the law allows the debtor to ask for bankruptcy.
        admitted: Whether a court would admit the debtor's petition.
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
    """The options of a debtor with enforceable debt and means."""
    levers = setting.treatments[debtor.treatment]
    traits, parameters = setting.traits, setting.parameters
    here = stand(debtor, at_hand, own_means, fees_ahead(owned, setting), around, setting)
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
    """The options of a debtor in a plan: to keep it, or to break it (ODD eq. 67).

    After a breach all costs and gains of dishonesty apply, and the expected risk of recovery is
    `plan_breach` times as large. Keeping the plan costs only the future instalments, not all that
    could be paid at once.
    """
    levers = setting.treatments[debtor.treatment]
    traits, parameters = setting.traits, setting.parameters
    here = stand(debtor, broken_off(rest.due), own_means, 0.0, around, setting)
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
    """Lowest net cost of a dishonest option, including abuse of bankruptcy, yuan (ODD eq. 126)."""
    return min(it.best.net, it.trick.net) if it.trick.possible else it.best.net


@rule
def abuses(it: Deliberation) -> bool:
    """Whether bankruptcy with assets concealed is the best of the dishonest options."""
    return least_net(it) < it.best.net


@rule
def prefers_honesty(it: Deliberation, debtor: Debtor, taste: float, choice: Choice) -> bool:
    """Whether a debtor prefers the best honest way to the best dishonest option.

    Args:
        it: The debtor's options.
        debtor: The debtor.
        taste: Standard logistic taste for honesty.
        choice: Parameters of the choice.
    """
    payable = it.position.payable
    return pays(least_net(it), it.way.cost, payable, debtor.income, taste, choice)


@rule
def chosen(it: Deliberation, honest: bool, evasions: Records[EvasionTraits]) -> int:
    """The option that a debtor takes, a code of `sim.terms.Option`.

    `honest` says whether the debtor prefers the best honest way.
    """
    if honest:
        return it.way.option
    if abuses(it):
        return Option.BANKRUPT.value
    return int(evasions[it.best.evasion].option)


@rule
def wishes_bankruptcy(
    it: Deliberation, debtor: Debtor, own_means: Means, taste: float, setting: Setting
) -> bool:
    """Whether a debtor with means would choose bankruptcy, assuming that it is admitted."""
    choice = setting.parameters.choice
    levers = setting.treatments[debtor.treatment]
    here = it.position
    wish = or_bankruptcy(
        debtor, own_means, here, it.way, setting.traits.assets, levers, setting.parameters
    )
    asks = pays(least_net(it), wish.cost, here.payable, debtor.income, taste, choice)
    return asks and wish.option == Option.BANKRUPT


class Petition(NamedTuple):
    """Whether a debtor without means asks for bankruptcy, and whether the petition is admitted."""

    asked: bool
    admitted: bool


@rule
def petition_of_unable(
    debtor: Debtor, due: float, own_means: Means, owned: Owned, setting: Setting
) -> Petition:
    """Whether a debtor who cannot pay asks for bankruptcy and the court agrees (ODD eq. 71)."""
    levers = setting.treatments[debtor.treatment]
    if not wants_discharge(
        debtor, owned, due, own_means, setting.traits, levers, setting.parameters
    ):
        return Petition(False, False)
    return Petition(True, admitted(debtor, levers, setting.now))
