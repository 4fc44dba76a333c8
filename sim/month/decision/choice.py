"""The debtor's choice: pay, or keep the money back by stalling, concealing or resisting."""

import math
from enum import IntEnum
from typing import NamedTuple

from sim.agents.claim import in_docket, weighed
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.debtor import (
    ABUSES,
    Debtor,
    Means,
    ability,
    is_able,
    means,
    take_money,
    wealth,
)
from sim.agents.debtor.weigh import Position, after_breach, weigh
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, normal
from sim.month.before_judgment.preservation import worth_at_auction
from sim.month.decision.plans import (
    Honest,
    break_all,
    cost_of_keeping,
    enter_plan,
    honest_way,
    in_plan,
    or_bankruptcy,
)
from sim.month.decision.position import Preference, position, preferred, with_escrow
from sim.month.endings.personal_bankruptcy import (
    Abuse,
    admitted,
    ask_falsely,
    cost_of_abuse,
    may_ask,
    note_petition,
    wants_discharge,
)
from sim.month.sanctions.credit_and_listing import enter
from sim.month.shared.payment import hand_over, pay, raise_money, settle
from sim.month.shared.state import EVADERS, PAYERS, State, book, count, move, tell_ledger
from sim.parameters import Choice
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
def owed(state: State, k: int) -> Owed:
    """What the `k`-th owner of claims has to decide about."""
    grace = state.parameters[0].procedure.grace
    due = 0.0
    ripe = False
    served = False
    oldest = -1
    escrow = 0.0
    held = 0.0
    partnered = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        claim = state.claims[state.order[j]]
        if weighed(claim.stage, claim.months, grace):
            if oldest < 0:
                oldest = int(state.order[j])
            if claim.preserved:
                due += claim.due
                money = min(claim.due, claim.escrow)
                escrow += money
                held += min(claim.due, money + worth_at_auction(state, claim))
            else:
                due += max(0.0, claim.due - claim.escrow)  # what escrow will not cover
            partnered += claim.due if claim.partner else 0.0
            ripe = ripe or claim.stage == Stage.GRACE
            served = served or in_docket(claim.stage)
    breach = state.debtors[state.owners[k]].broken
    return Owed(due, ripe, served, oldest, escrow, held, partnered, breach)


@rule
def broken_off(due: float) -> Owed:
    """What a debtor in a plan would have to decide about if it broke it: all that is left."""
    return Owed(due, False, False, -1, 0.0, 0.0, 0.0, True)


@rule
def prompt(state: State, debtor: Debtor, at_hand: Owed, total: float) -> int:
    """Why a debtor with means chooses this month: the first reason that holds, or none.

    Args:
        state: The world.
        debtor: Who; its ability is still that of its last choice.
        at_hand: What it owes.
        total: W, its true wealth, yuan.
    """
    choice = state.parameters[0].choice
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
    if happens(state.now, Decision.ATTENTION, debtor.id, choice.attention):
        return Prompt.ATTENTION.value
    return Prompt.NONE.value


@rule
def stand(state: State, row: int, at_hand: Owed, of: Means) -> Position:
    """The position from which a debtor chooses: hazards loom larger once enforcement has begun."""
    notice = state.parameters[0].learning.notice if at_hand.served else 1.0
    here = position(state, row, at_hand.due, of, notice, 1.0, 0.0, at_hand.held, at_hand.partnered)
    return after_breach(here, state.parameters[0].choice.plan_breach) if at_hand.breach else here


@rule
def begin(debtor: Debtor, turn: Turn, now: Now, choice: Choice) -> None:
    """Enter a turn: the taste that goes with it, and its place in the spell."""
    debtor.taste = next_taste(debtor, turn, now, choice)
    debtor.spell = turn.spell
    debtor.renewals = turn.renewals


@kernel
def choose(state: State, first: int, last: int) -> None:
    """Each debtor with enforceable debt chooses when prompted, and takes up what it chose."""
    choice = state.parameters[0].choice
    for k in range(first, last):
        row = state.owners[k]
        debtor = state.debtors[row]
        at_hand = owed(state, k)
        if at_hand.due <= 0.0:
            if debtor.option == Option.PLAN:
                reconsider(state, row, k)
            continue
        of = with_escrow(means(debtor, state.assets), at_hand.escrow)
        total = wealth(of)
        able = ability(at_hand.due, of)
        if able == Ability.EMPTY:
            if debtor.option == Option.NONE:
                begin(debtor, next_turn(debtor), state.now, choice)
            debtor.option = Option.UNABLE
            debtor.petition &= ~ABUSES
            if wants_discharge(state, debtor, k, at_hand.due, of):
                allowed = admitted(state, debtor)
                about = state.claims[at_hand.oldest]
                note_petition(state, debtor, about, allowed, k // state.block)
                if allowed:
                    debtor.option = Option.BANKRUPT
        elif prompt(state, debtor, at_hand, total) != Prompt.NONE:
            here = stand(state, row, at_hand, of)
            way = honest_way(state, debtor, k, of, here)
            open_to = may_ask(state, debtor, k)
            allowed = open_to and admitted(state, debtor)
            trick = cost_of_abuse(state, debtor, here, of, allowed)
            begin(debtor, next_turn(debtor), state.now, choice)
            best = preferred(state, debtor, here)
            taste = taste_of(debtor.taste)
            least = least_net(best, trick)
            honest = pays(least, way.cost, here.payable, debtor.income, taste, choice)
            if is_able(able):
                tell(state, debtor, at_hand, here, best, honest, k // state.block)
            if open_to:
                wish = or_bankruptcy(state, debtor, of, here, way)
                asks = pays(least, wish.cost, here.payable, debtor.income, taste, choice)
                asks = asks and wish.option == Option.BANKRUPT
                if asks or (least < best.net and not honest):
                    about = state.claims[at_hand.oldest]
                    note_petition(state, debtor, about, allowed, k // state.block)
            take_up(state, debtor, honest, way, best, trick, here.payable, k // state.block)
            debtor.income_then = debtor.income
            debtor.wealth_then = total
        debtor.ability = able
        debtor.prompted = False


@rule
def least_net(best: Preference, trick: Abuse) -> float:
    """The net of the best dishonest option, abuse of bankruptcy included, yuan (ODD eq. 126)."""
    return min(best.net, trick.net) if trick.possible else best.net


@rule
def take_up(
    state: State,
    debtor: Debtor,
    honest: bool,
    way: Honest,
    best: Preference,
    trick: Abuse,
    payable: float,
    block: int,
) -> None:
    """Go the best honest way, or take the best dishonest option."""
    if not honest and least_net(best, trick) < best.net:
        ask_falsely(state, debtor, trick, block)
        return
    debtor.petition &= ~ABUSES
    if honest:
        debtor.option = way.option
    else:
        evade(state, debtor, best.evasion, payable, block)


@rule
def tell(
    state: State,
    debtor: Debtor,
    at_hand: Owed,
    here: Position,
    best: Preference,
    honest: bool,
    block: int,
) -> None:
    """Sum the ledger behind a choice; payers and evaders apart, since a mean hides selection."""
    levers = state.levers[debtor.treatment]
    kind = state.kinds[debtor.kind]
    ledger = weigh(here, debtor, state.evasions[best.evasion], kind, levers, state.parameters[0])
    who = PAYERS if honest else EVADERS
    tell_ledger(state, block, state.claims[at_hand.oldest], who, ledger)


@rule
def reconsider(state: State, row: int, k: int) -> None:
    """Who is in a plan and is prompted weighs whether to keep it (ODD eq. 67).

    Breaking it brings back the whole ledger, with recovery thought `plan_breach` times as likely;
    keeping it costs the instalments to come instead of all that could be paid at once.
    """
    debtor = state.debtors[row]
    choice = state.parameters[0].choice
    rest = in_plan(state, k)
    if rest.due <= 0.0:
        return
    at_hand = broken_off(rest.due)
    of = means(debtor, state.assets)
    total = wealth(of)
    if ability(rest.due, of) == Ability.EMPTY:
        return
    if prompt(state, debtor, at_hand, total) != Prompt.NONE:
        here = stand(state, row, at_hand, of)
        begin(debtor, next_turn(debtor), state.now, choice)
        best = preferred(state, debtor, here)
        cost = cost_of_keeping(state, debtor, rest, here)
        taste = taste_of(debtor.taste)
        if not pays(best.net, cost, here.payable, debtor.income, taste, choice):
            evade(state, debtor, best.evasion, here.payable, k // state.block)
            break_all(state, debtor, k, k // state.block)
        debtor.income_then = debtor.income
        debtor.wealth_then = total
    debtor.ability = ability(rest.due, of)
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
    """Who chose to pay pays, oldest claim first, selling goods when money is short; grace ends.

    Who chose a plan enters it.
    """
    grace = state.parameters[0].procedure.grace
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        if debtor.option == Option.PLAN:
            enter_plan(state, debtor, k, block)
        willing = debtor.option == Option.PAY
        if willing:
            due = 0.0
            for j in range(state.starts[k], state.starts[k + 1]):
                claim = state.claims[state.order[j]]
                if weighed(claim.stage, claim.months, grace):
                    due += max(0.0, claim.due - claim.escrow)
            raise_money(state, debtor, due, block)
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            claim = state.claims[at]
            if not weighed(claim.stage, claim.months, grace):
                continue
            if claim.stage == Stage.GRACE:
                claim.able = is_able(debtor.ability)
            if willing:
                if claim.preserved:
                    hand_over(state, claim, block)
                paid = pay(state, debtor, at, Flow.PAID_VOLUNTARILY, block)
                if in_docket(claim.stage):
                    count(state, block, claim, Count.RECOVERED_VOLUNTARILY, paid)
            if claim.due <= 0.0:
                settle(state, debtor, at, block, True)
            elif claim.stage == Stage.GRACE:
                count(state, block, claim, Count.UNPAID, 1.0)
                enter(state, debtor, -state.parameters[0].obligations.score_default)
                move(state, at, Stage.UNPAID, claim.due)
