"""Instalment plans: offered to all creditors, entered, paid month by month, completed or broken.

While a plan is kept, sanctions and interest are suspended and the debtor is off the list.
"""

from typing import NamedTuple

from sim.agents.claim import Claim, decides_about, in_docket, open_case
from sim.agents.creditor import Creditor, hopes_for
from sim.agents.debtor.belief import PAID_UP
from sim.agents.debtor.debtor import ABLE_FROM, Debtor, Means, is_able, means
from sim.agents.debtor.plan import (
    AFTER_TERMINATION,
    BEFORE_ENFORCEMENT,
    IN_ENFORCEMENT,
    Offer,
    acceptable,
    offer,
    present_value,
)
from sim.agents.debtor.weigh import Position, left_by_performing, wait_after_performance
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import deadline_missed
from sim.month.decision.position import left_to_bear, residual
from sim.month.endings.personal_bankruptcy import admitted, beside_paying, may_ask
from sim.month.sanctions.listing import count_performance, end_listing
from sim.month.shared.journal import Journal, at_row, count, move
from sim.month.shared.payment import close_case, leave_grace, pay_part
from sim.month.shared.state import Owned, Setting, State, owned_by, setting_of
from sim.parameters import AssetTraits, Choice, KindTraits, LenderTraits, Parameters, Procedure
from sim.terms import Decision, Ending, Option, Stage


class Running(NamedTuple):
    """What a debtor owes in its plans: the sum, yuan, and the instalments, yuan per month."""

    due: float
    instalment: float


@rule
def in_plan(owned: Owned) -> Running:
    """Add up all plans of a debtor."""
    due = 0.0
    instalment = 0.0
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.PLAN:
            claim = owned.claims[owned.order[j]]
            due += claim.due
            instalment += claim.instalment
    return Running(due, instalment)


@rule
def all_accept(
    owned: Owned,
    due: float,
    it: Offer,
    creditors: Records[Creditor],
    lenders: Records[LenderTraits],
    procedure: Procedure,
) -> bool:
    """Whether all creditors accept an offer that covers the debt `due`, yuan.

    A creditor for whom assets are preserved or seized refuses.
    """
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if not decides_about(claim, procedure.grace):
            continue
        if claim.preserved or Stage.SEIZED <= claim.stage <= Stage.SOLD:
            return False
        creditor = creditors[claim.creditor]
        hoped = hopes_for(creditor, 1.0, lenders[creditor.kind])
        if not acceptable(due, hoped, it, procedure):
            return False
    return True


@rule
def proposal(
    debtor: Debtor,
    owned: Owned,
    due: float,
    own_means: Means,
    creditors: Records[Creditor],
    setting: Setting,
) -> Offer:
    """The plan that debtor and creditors would agree on, if any (ODD eq. 65 and 66).

    Whether an offer is put to the creditors is drawn once per spell (a time with enforceable debt).
    """
    procedure = setting.parameters.procedure
    share = setting.treatments[debtor.treatment].rule_of_law.plans
    once = Now(setting.now.seed, 0)
    spell = debtor.spell + (1 if debtor.option == Option.NONE else 0)
    if not happens(once, Decision.PLAN_HEARING, debtor.id, share, spell):
        return Offer(False, 0.0, 0.0, 0.0)
    it = offer(due, own_means, in_plan(owned).instalment, procedure)
    lenders = setting.traits.lenders
    if not it.made or not all_accept(owned, due, it, creditors, lenders, procedure):
        return Offer(False, 0.0, 0.0, 0.0)
    return it


class Honest(NamedTuple):
    """The best honest way: its option, and its cost compared with paying at once, yuan."""

    option: int
    cost: float


@rule
def honest_way(
    debtor: Debtor,
    owned: Owned,
    own_means: Means,
    at: Position,
    creditors: Records[Creditor],
    setting: Setting,
) -> Honest:
    """The cheapest of paying at once, a plan and bankruptcy (ODD eq. 66, 68 and 125).

    C(pay) is 0 for an able debtor. For a partly able one it is the cost of sanctions on the rest of
    the debt. C(plan) = present value of down payment and instalments − payable. A debtor on the
    list adds the restrictions that outlast performance (ODD eq. 120), and one whom a register will
    enter because it performs too late those of a satisfied entry (eq. 170). For C(bankrupt) see
    `beside_paying`.
    """
    levers = setting.treatments[debtor.treatment]
    parameters, traits = setting.parameters, setting.traits
    kind, choice = traits.kinds[debtor.kind], parameters.choice
    left = left_to_bear(debtor, at, kind, levers, choice)
    # a register enters whoever does not perform in time: by a plan, or out of income to come
    wait = wait_after_performance(levers)
    late = left + at.entered * left_by_performing(0, wait, debtor, kind, levers, choice)
    in_time = own_means.liquid + own_means.illiquid >= at.due
    way = Honest(Option.PAY.value, left if in_time else late)
    if at.payable < ABLE_FROM * at.due:
        way = Honest(Option.PAY.value, residual(debtor, at, traits, levers, parameters))
    if levers.rule_of_law.plans > 0.0:
        it = proposal(debtor, owned, at.due, own_means, creditors, setting)
        worth = it.down + present_value(it.instalment, at.due - it.down, debtor.discount)
        if it.made and worth - at.payable + late < way.cost:
            way = Honest(Option.PLAN.value, worth - at.payable + late)
    if may_ask(debtor, owned, levers) and admitted(debtor, levers, setting.now):
        way = or_bankruptcy(debtor, own_means, at, way, traits.assets, levers, parameters)
    return way


@rule
def cost_of_keeping(
    debtor: Debtor, rest: Running, at: Position, kind: KindTraits, levers: Levers, choice: Choice
) -> float:
    """Cost of keeping a plan compared with paying at once, yuan; mostly negative (ODD eq. 67).

    Args:
        debtor: The debtor in a plan.
        rest: Sums still owed in plans.
        at: The position of the debtor after a breach.
        kind: Traits of the debtor's kind.
        levers: Levers of the debtor.
        choice: Parameters of the choice.
    """
    to_come = present_value(rest.instalment, rest.due, debtor.discount)
    return min(0.0, to_come - at.payable) + left_to_bear(debtor, at, kind, levers, choice)


@rule
def or_bankruptcy(
    debtor: Debtor,
    own_means: Means,
    at: Position,
    way: Honest,
    assets: Records[AssetTraits],
    levers: Levers,
    parameters: Parameters,
) -> Honest:
    """The cheaper of bankruptcy and another honest way, assuming that bankruptcy is admitted."""
    cost = beside_paying(debtor, at, own_means, assets, levers, parameters)
    return Honest(Option.BANKRUPT.value, cost) if cost < way.cost else way


@rule
def enter_plan(
    debtor: Debtor, owned: Owned, creditors: Records[Creditor], setting: Setting, journal: Journal
) -> None:
    """Put each enforceable claim into a plan, pay its part of the down payment, and end listing.

    An accepted plan of a listed debtor counts as performance (indicator 19).
    """
    grace = setting.parameters.procedure.grace
    due = 0.0
    first = -1
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if decides_about(claim, grace):
            due += claim.due
            first = owned.order[j] if first < 0 else first
    if first < 0:
        return
    it = proposal(debtor, owned, due, means(debtor, setting.traits.assets), creditors, setting)
    if not it.made:
        return
    levers = setting.treatments[debtor.treatment]
    if debtor.on_list and debtor.repair == 0:
        count_performance(debtor, owned.claims[first], False, journal)
        end_listing(debtor, owned.claims[first], True, levers, journal)
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        claim = owned.claims[at]
        if not decides_about(claim, grace):
            continue
        part = claim.due / due
        if claim.stage == Stage.GRACE:
            claim.able = is_able(debtor.ability)
        down = pay_part(debtor, claim, part * it.down, Flow.INSTALMENT, setting.now, journal)
        if in_docket(claim.stage):
            count(journal, claim, Count.RECOVERED_VOLUNTARILY, down)
            claim.plan = IN_ENFORCEMENT
        elif claim.stage == Stage.TERMINATED:
            claim.plan = AFTER_TERMINATION
        else:
            if claim.stage == Stage.GRACE:
                deadline_missed(debtor, claim, levers, setting, journal)
            leave_grace(claim, True, journal)
            claim.plan = BEFORE_ENFORCEMENT
        claim.instalment = part * it.instalment
        claim.missed = 0
        claim.wait = 0
        count(journal, claim, Count.PLANS, 1.0)
        count(journal, claim, Count.PLANS_YUAN, claim.due)
        move(journal, claim, at, Stage.PLAN, claim.due)
    if debtor.on_list and debtor.repair == 0:  # by an entry just made
        end_listing(debtor, owned.claims[first], True, levers, journal)


@kernel
def keep(state: State, first: int, last: int) -> None:
    """Each plan's instalment of the month is paid or missed. The last one completes the plan."""
    setting = setting_of(state)
    procedure = setting.parameters.procedure
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            if owned.stages[at] != Stage.PLAN:
                continue
            claim = state.claims[at]
            if claim.months < 1:  # accepted this month
                continue
            wanted = min(claim.instalment, claim.due)
            paid = pay_part(debtor, claim, wanted, Flow.INSTALMENT, state.now, journal)
            count(journal, claim, Count.INSTALMENTS_DUE, 1.0)
            if claim.plan == IN_ENFORCEMENT:
                count(journal, claim, Count.RECOVERED_VOLUNTARILY, paid)
            if claim.due <= 0.0:
                count(journal, claim, Count.INSTALMENTS_KEPT, 1.0)
                complete(debtor, claim, at, procedure, state.now, journal)
            elif paid >= wanted - 0.005:
                count(journal, claim, Count.INSTALMENTS_KEPT, 1.0)
                claim.missed = 0
            else:
                claim.missed += 1
                if claim.missed >= procedure.plan_patience:
                    break_plan(debtor, claim, at, setting, journal)


@rule
def complete(
    debtor: Debtor, claim: Claim, at: int, procedure: Procedure, now: Now, journal: Journal
) -> None:
    """Complete a fully paid plan as voluntary performance. A case in enforcement closes."""
    if claim.plan == IN_ENFORCEMENT:
        close_case(claim, Ending.SETTLED.value, procedure, now, journal)
        count(journal, claim, Count.CLOSED_FULL, 1.0)
        if claim.able:
            what = Count.CLOSED_ABLE_FORCED if claim.seized else Count.CLOSED_ABLE_PAID
            count(journal, claim, what, 1.0)
    count(journal, claim, Count.PLANS_COMPLETED, 1.0)
    debtor.events |= PAID_UP
    claim.closed = True
    move(journal, claim, at, Stage.PLAN_COMPLETED, claim.paid)


@rule
def break_plan(debtor: Debtor, claim: Claim, at: int, setting: Setting, journal: Journal) -> None:
    """End a broken plan: the claim is unpaid again, or a case again if it was one before.

    A debtor who could not pay has not refused, so it keeps its option and chooses again next month.
    If it was waiting to leave the list, the wait is cancelled.
    """
    count(journal, claim, Count.PLANS_BROKEN, 1.0)
    debtor.broken = True
    debtor.prompted = True
    debtor.repair = 0
    if claim.plan == BEFORE_ENFORCEMENT:
        deadline_missed(debtor, claim, setting.treatments[debtor.treatment], setting, journal)
        move(journal, claim, at, Stage.UNPAID, claim.due)
        return
    if claim.plan == AFTER_TERMINATION:
        count(journal, claim, Count.REVIVED, 1.0)
        open_case(claim, is_able(debtor.ability))
        claim.again = True
    move(journal, claim, at, Stage.QUEUED, claim.due)


@rule
def break_all(debtor: Debtor, owned: Owned, setting: Setting, journal: Journal) -> None:
    """Break all plans of a debtor who will not keep them."""
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.PLAN:
            break_plan(debtor, owned.claims[owned.order[j]], owned.order[j], setting, journal)
