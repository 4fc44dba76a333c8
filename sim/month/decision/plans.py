"""Instalment plans: offered to all creditors, entered, paid month by month, completed or broken.

While a plan is kept, sanctions and interest rest and its debtor is off the list.
"""

from typing import NamedTuple

from sim.agents.claim import in_docket, open_case, weighed
from sim.agents.creditor import hopes_for
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
from sim.agents.debtor.weigh import Position
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.month.decision.position import left_to_bear, residual
from sim.month.endings.personal_bankruptcy import admitted, beside_paying, may_ask
from sim.month.sanctions.credit_and_listing import count_performance, end_listing
from sim.month.shared.payment import close_case, leave_grace, pay_part
from sim.month.shared.state import State, count, move
from sim.terms import Decision, Ending, Option, Stage


class Running(NamedTuple):
    """What is still owed in plans, yuan, and what goes into them a month."""

    due: float
    instalment: float


@rule
def in_plan(state: State, k: int) -> Running:
    """The plans of the `k`-th owner of claims."""
    due = 0.0
    instalment = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.PLAN:
            claim = state.claims[state.order[j]]
            due += claim.due
            instalment += claim.instalment
    return Running(due, instalment)


@rule
def all_accept(state: State, k: int, due: float, it: Offer) -> bool:
    """Whether every creditor in line accepts; one who has something in hand sells it first."""
    procedure = state.parameters[0].procedure
    for j in range(state.starts[k], state.starts[k + 1]):
        claim = state.claims[state.order[j]]
        if not weighed(claim.stage, claim.months, procedure.grace):
            continue
        if claim.preserved or Stage.SEIZED <= claim.stage <= Stage.SOLD:
            return False
        creditor = state.creditors[claim.creditor]
        hoped = hopes_for(creditor, 1.0, state.lenders[creditor.kind])
        if not acceptable(due, hoped, it, procedure):
            return False
    return True


@rule
def proposal(state: State, debtor: Debtor, k: int, due: float, of: Means) -> Offer:
    """The plan that debtor and creditors would agree on, if any (ODD eq. 65 and 66).

    Whether an offer is brought before the creditors is one draw a spell of enforceable debt.
    """
    admitted = state.levers[debtor.treatment].rule_of_law.plans
    once = Now(state.now.seed, 0)
    spell = debtor.spell + (1 if debtor.option == Option.NONE else 0)
    if not happens(once, Decision.PLAN_HEARING, debtor.id, admitted, spell):
        return Offer(False, 0.0, 0.0, 0.0)
    it = offer(due, of, in_plan(state, k).instalment, state.parameters[0].procedure)
    if not it.made or not all_accept(state, k, due, it):
        return Offer(False, 0.0, 0.0, 0.0)
    return it


class Honest(NamedTuple):
    """The best honest way: its option, and what it costs less giving up payable at once, yuan."""

    option: int
    cost: float


@rule
def honest_way(state: State, debtor: Debtor, k: int, of: Means, at: Position) -> Honest:
    """The cheapest of paying at once, a plan and bankruptcy (ODD eq. 66, 68 and 125).

    C(pay) = 0 for the able, what sanctions still cost on the rest for the partly able;
    C(plan) = PV of down payment and instalments − payable. To one on the list both leave the
    restrictions that outlast performance (ODD eq. 120). C(bankrupt): see `beside_paying`.
    """
    left = left_to_bear(state, debtor, at)
    way = Honest(Option.PAY.value, left)
    if at.payable < ABLE_FROM * at.due:
        way = Honest(Option.PAY.value, residual(state, debtor, at))
    if state.levers[debtor.treatment].rule_of_law.plans > 0.0:
        it = proposal(state, debtor, k, at.due, of)
        worth = it.down + present_value(it.instalment, at.due - it.down, debtor.discount)
        if it.made and worth - at.payable + left < way.cost:
            way = Honest(Option.PLAN.value, worth - at.payable + left)
    if may_ask(state, debtor, k) and admitted(state, debtor):
        way = or_bankruptcy(state, debtor, of, at, way)
    return way


@rule
def cost_of_keeping(state: State, debtor: Debtor, rest: Running, at: Position) -> float:
    """What keeping a plan costs beyond giving up payable at once, yuan; mostly below zero (eq. 67).

    Args:
        state: The world.
        debtor: Who is in a plan.
        rest: What is still owed in plans.
        at: Where it would stand if it broke them.
    """
    to_come = present_value(rest.instalment, rest.due, debtor.discount)
    return min(0.0, to_come - at.payable) + left_to_bear(state, debtor, at)


@rule
def or_bankruptcy(state: State, debtor: Debtor, of: Means, at: Position, way: Honest) -> Honest:
    """Bankruptcy in place of a way, if it costs less, and supposing that it is admitted."""
    cost = beside_paying(state, debtor, at, of)
    return Honest(Option.BANKRUPT.value, cost) if cost < way.cost else way


@rule
def enter_plan(state: State, debtor: Debtor, k: int, block: int) -> None:
    """Each claim in line becomes a plan, its part of the down payment is paid, and listing ends.

    For indicator 19 an accepted plan is performance.
    """
    grace = state.parameters[0].procedure.grace
    due = 0.0
    first = -1
    for j in range(state.starts[k], state.starts[k + 1]):
        claim = state.claims[state.order[j]]
        if weighed(claim.stage, claim.months, grace):
            due += claim.due
            first = state.order[j] if first < 0 else first
    if first < 0:
        return
    it = proposal(state, debtor, k, due, means(debtor, state.assets))
    if not it.made:
        return
    if debtor.on_list and debtor.repair == 0:
        count_performance(state, debtor, state.claims[first], block)
        end_listing(state, debtor, state.claims[first], True, block)
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        claim = state.claims[at]
        if not weighed(claim.stage, claim.months, grace):
            continue
        part = claim.due / due
        if claim.stage == Stage.GRACE:
            claim.able = is_able(debtor.ability)
        down = pay_part(state, debtor, at, part * it.down, Flow.INSTALMENT, block)
        if in_docket(claim.stage):
            count(state, block, claim, Count.RECOVERED_VOLUNTARILY, down)
            claim.plan = IN_ENFORCEMENT
        elif claim.stage == Stage.TERMINATED:
            claim.plan = AFTER_TERMINATION
        else:
            leave_grace(state, claim, block, True)
            claim.plan = BEFORE_ENFORCEMENT
        claim.instalment = part * it.instalment
        claim.missed = 0
        claim.wait = 0
        count(state, block, claim, Count.PLANS, 1.0)
        count(state, block, claim, Count.PLANS_YUAN, claim.due)
        move(state, at, Stage.PLAN, claim.due)


@kernel
def keep(state: State, first: int, last: int) -> None:
    """Each plan's instalment of the month is paid, or missed; the last one completes the plan."""
    patience = state.parameters[0].procedure.plan_patience
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            if state.stages[at] != Stage.PLAN:
                continue
            claim = state.claims[at]
            if claim.months < 1:  # accepted this month
                continue
            wanted = min(claim.instalment, claim.due)
            paid = pay_part(state, debtor, at, wanted, Flow.INSTALMENT, block)
            count(state, block, claim, Count.INSTALMENTS_DUE, 1.0)
            if claim.plan == IN_ENFORCEMENT:
                count(state, block, claim, Count.RECOVERED_VOLUNTARILY, paid)
            if claim.due <= 0.0:
                count(state, block, claim, Count.INSTALMENTS_KEPT, 1.0)
                complete(state, debtor, at, block)
            elif paid >= wanted - 0.005:
                count(state, block, claim, Count.INSTALMENTS_KEPT, 1.0)
                claim.missed = 0
            else:
                claim.missed += 1
                if claim.missed >= patience:
                    break_plan(state, debtor, at, block)


@rule
def complete(state: State, debtor: Debtor, at: int, block: int) -> None:
    """A plan paid to the end: performance by choice, and a case in enforcement closes in full."""
    claim = state.claims[at]
    if claim.plan == IN_ENFORCEMENT:
        close_case(state, claim, Ending.SETTLED.value, block)
        count(state, block, claim, Count.CLOSED_FULL, 1.0)
        if claim.able:
            what = Count.CLOSED_ABLE_FORCED if claim.seized else Count.CLOSED_ABLE_PAID
            count(state, block, claim, what, 1.0)
    count(state, block, claim, Count.PLANS_COMPLETED, 1.0)
    debtor.events |= PAID_UP
    claim.closed = True
    move(state, at, Stage.PLAN_COMPLETED, claim.paid)


@rule
def break_plan(state: State, debtor: Debtor, at: int, block: int) -> None:
    """A plan is over: its claim goes back to where it came from, and is taken up at once.

    Who could not pay has not refused: its option stands, and it chooses anew next month. A debtor
    who was still on the list no longer waits for its end.
    """
    claim = state.claims[at]
    count(state, block, claim, Count.PLANS_BROKEN, 1.0)
    debtor.broken = True
    debtor.prompted = True
    debtor.repair = 0
    if claim.plan == BEFORE_ENFORCEMENT:
        move(state, at, Stage.UNPAID, claim.due)
        return
    if claim.plan == AFTER_TERMINATION:
        count(state, block, claim, Count.REVIVED, 1.0)
        open_case(claim, is_able(debtor.ability))
        claim.again = True
    move(state, at, Stage.QUEUED, claim.due)


@rule
def break_all(state: State, debtor: Debtor, k: int, block: int) -> None:
    """One who will not go on breaks all its plans."""
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.PLAN:
            break_plan(state, debtor, state.order[j], block)
