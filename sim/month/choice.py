"""The debtor's choice: pay, or keep the money back by stalling, concealing or resisting."""

import math

from sim.agents.behaviour import pays, taste_of
from sim.agents.claim import enforceable, in_docket
from sim.agents.debtor import Debtor, ability, is_able, means, take_money, wealth
from sim.agents.parameters import Choice
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, normal
from sim.month.accounts import Flow
from sim.month.payment import pay, raise_money, settle
from sim.month.standpoint import position, preferred
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.terms import Ability, Decision, Option, Stage


@rule
def weighed(stage: int, months: int, grace: float) -> bool:
    """Whether a claim enters the debtor's choice: enforceable, or its grace ends this month."""
    return enforceable(stage) or (stage == Stage.GRACE and months + 1 >= grace)


@rule
def changed(now: float, then: float, threshold: float) -> bool:
    """Whether income or wealth moved by more than the threshold since the last choice."""
    return abs(now - then) > threshold * max(then, 1.0)


@rule
def next_taste(debtor: Debtor, first: bool, now: Now, choice: Choice) -> float:
    """Persistent taste: a normal score drawn by (debtor, spell, renewal), autoregressive (eq. 9)."""
    fresh = normal(
        Now(now.seed, 0), Decision.TASTE, debtor.id, debtor.spell * 4096 + debtor.renewals
    )
    if first:
        return fresh
    m = choice.taste_memory
    return m * debtor.taste + math.sqrt(1.0 - m * m) * fresh


@kernel
def choose(state: State, first: int, last: int) -> None:
    """Each debtor with enforceable debt chooses at the end of grace, on an event, or by attention."""
    choice = state.setting[0].choice
    grace = state.setting[0].procedure.grace
    for k in range(first, last):
        row = state.owners[k]
        debtor = state.debtors[row]
        block = k // state.block
        due = 0.0
        ripe = False
        served = False
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if weighed(claim.stage, claim.months, grace):
                due += claim.due
                ripe = ripe or claim.stage == Stage.GRACE
                served = served or in_docket(claim.stage)
        if due <= 0.0:
            continue
        of = means(debtor, state.assets)
        total = wealth(of)
        was = debtor.ability
        debtor.ability = ability(due, of)
        first_time = debtor.option == Option.NONE
        if debtor.ability == Ability.EMPTY:
            debtor.option = Option.UNABLE
        elif (
            first_time
            or ripe
            or debtor.prompted
            or debtor.option == Option.UNABLE
            or was == Ability.EMPTY
            or changed(debtor.income, debtor.income_then, choice.event_change)
            or changed(total, debtor.wealth_then, choice.event_change)
            or happens(state.now, Decision.ATTENTION, debtor.id, choice.attention)
        ):
            notice = state.setting[0].learning.notice if served else 1.0
            here = position(state, row, due, of, notice, 1.0, 0.0)
            if first_time:
                debtor.spell += 1
                debtor.renewals = 0
            else:
                debtor.renewals += 1
            debtor.taste = next_taste(debtor, first_time, state.now, choice)
            best = preferred(state, debtor, here)
            if pays(best.net, 0.0, here.payable, debtor.income, taste_of(debtor.taste), choice):
                debtor.option = Option.PAY
            else:
                evade(state, debtor, best.evasion, here.payable, block)
            debtor.income_then = debtor.income
            debtor.wealth_then = total
        debtor.prompted = False


@rule
def evade(state: State, debtor: Debtor, evasion: int, payable: float, block: int) -> None:
    """Take a dishonest option; hiding and resisting cost money once, when taken up."""
    taken = state.evasions[evasion]
    if debtor.option != taken.option and taken.cost > 0.0:
        cost = take_money(debtor, taken.cost * payable)
        book(state, block, Flow.CONCEALMENT, cost)
    debtor.option = taken.option


@kernel
def fulfil(state: State, first: int, last: int) -> None:
    """Who chose to pay pays, oldest claim first, selling goods when money is short; grace ends."""
    grace = state.setting[0].procedure.grace
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        willing = debtor.option == Option.PAY
        if willing:
            due = 0.0
            for j in range(state.starts[k], state.starts[k + 1]):
                claim = state.claims[state.order[j]]
                if weighed(claim.stage, claim.months, grace):
                    due += claim.due
            raise_money(state, debtor, due, block)
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            claim = state.claims[at]
            if not weighed(claim.stage, claim.months, grace):
                continue
            if claim.stage == Stage.GRACE:
                claim.able = is_able(debtor.ability)
            if willing:
                paid = pay(state, debtor, at, Flow.PAID_VOLUNTARILY, block)
                if in_docket(claim.stage):
                    count(state, block, claim, Count.RECOVERED_VOLUNTARILY, paid)
            if claim.due <= 0.0:
                settle(state, debtor, at, block, True)
            elif claim.stage == Stage.GRACE:
                move(state, at, Stage.UNPAID, claim.due)
