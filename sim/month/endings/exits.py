"""Exits: estates, termination and revival, archive, and the end of a debtor's spell."""

from sim.agents.claim import (
    before_docket,
    enforceable,
    goods_held,
    holds_goods,
    in_docket,
    is_open,
)
from sim.agents.debtor.belief import PAID_UP, REFUSED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.agents.debtor.norm import DISHONEST, HONEST
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.month.decision.position import clean
from sim.month.endings.insolvency import proceed
from sim.month.endings.termination import consider_revival, consider_termination
from sim.month.sanctions.credit_and_listing import (
    count_performance,
    delist,
    end_listing,
    owes_nothing,
    performed,
    restore,
    serve_wait,
)
from sim.month.shared.payment import pay, release, write_off
from sim.month.shared.payment import settle as settle_claim
from sim.month.shared.state import State, book, count
from sim.terms import LIQUID, Asset, Option, Stage


@kernel
def leave(state: State, first: int, last: int) -> None:
    """Close what ends this month for each debtor with claims."""
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        proceed(state, debtor, k, block)
        if debtor.leaving:
            settle_estate(state, debtor, k, block)
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            if in_docket(state.stages[at]):
                consider_termination(state, debtor, state.claims[at], at, k, block)
            elif state.stages[at] == Stage.TERMINATED:
                consider_revival(state, debtor, state.claims[at], at, block)
        end_spell(state, debtor, k, block)


@rule
def answerable(stage: int) -> bool:
    """Whether a judgment says that the claim is owed."""
    return enforceable(stage) or stage == Stage.GRACE


@rule
def settle_estate(state: State, debtor: Debtor, k: int, block: int) -> None:
    """What a debtor leaves is sold and pays its claims, oldest first; the rest is written off.

    Heirs and owners answer for no more than the estate.
    """
    for j in range(state.starts[k], state.starts[k + 1]):
        if is_open(state.claims[state.order[j]].stage):
            release(state, debtor, state.claims[state.order[j]], block)
    debtor.exempt = 0.0
    due = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        if is_open(state.claims[state.order[j]].stage):
            due += state.claims[state.order[j]].due
    if due > 0.0:
        for a in range(LIQUID, ASSETS):
            price = debtor.assets[a] * state.assets[a].auction_price
            book(state, block, Flow.OWN_SALE, debtor.assets[a] - price)
            debtor.assets[Asset.BANK] += price
            debtor.assets[a] = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        claim = state.claims[at]
        if not is_open(claim.stage):
            continue
        pay(state, debtor, at, Flow.PAID_VOLUNTARILY, block)
        if claim.due <= 0.0:
            settle_claim(state, debtor, at, block, False)
        else:
            write_off(state, debtor, at, Stage.WRITTEN_OFF, block)


@rule
def reward_conduct(state: State, debtor: Debtor, k: int, block: int) -> None:
    """Who paid in full with a clean record is rewarded: felt, counted beside harm, no money."""
    levers = state.levers[debtor.treatment]
    if levers.comprehensive.honesty_reward <= 0.0 or not debtor.events & PAID_UP:
        return
    if debtor.on_list or debtor.events & REFUSED or not clean(state, debtor):
        return
    claim = state.claims[state.order[state.starts[k]]]
    worth = (
        levers.comprehensive.honesty_reward
        * debtor.income
        * state.parameters[0].choice.reward_months
    )
    count(state, block, claim, Count.REWARDED, 1.0)
    count(state, block, claim, Count.FELT_REWARD, worth)


@rule
def leave_list(state: State, debtor: Debtor, k: int, alive: bool, block: int) -> None:
    """An entry ends with its term or with the debt; who performed may have to wait (eq. 120).

    Who keeps money back anew, while it waits, is listed as before.
    """
    about = state.claims[state.order[state.starts[k]]]
    if evades(debtor.option) and alive:
        debtor.repair = 0
    if not alive and debtor.repair == 0:
        chosen = debtor.events & PAID_UP != 0
        if chosen:
            count_performance(state, debtor, about, block)
        if performed(state, k):
            end_listing(state, debtor, about, chosen, block)
            if not debtor.on_list:
                restore(state, debtor)
        else:
            delist(debtor)
    if debtor.listed >= state.levers[debtor.treatment].sanctions.listing_term:
        delist(debtor)


@rule
def end_spell(state: State, debtor: Debtor, k: int, block: int) -> None:
    """Standing follows conduct; without a judgment to perform there is no option and no listing."""
    alive = False
    bound = False
    frozen = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        alive = alive or answerable(state.stages[at])
        bound = bound or state.stages[at] == Stage.INSOLVENT
        if holds_goods(state.stages[at]) or before_docket(state.stages[at]):
            frozen += goods_held(state.claims[at])
    debtor.frozen = frozen  # summed anew, so that rounding leaves nothing behind
    reward_conduct(state, debtor, k, block)
    if evades(debtor.option) or debtor.events & REFUSED:
        debtor.standing = DISHONEST
        debtor.events &= ~REFUSED
        debtor.standing_since = state.now.month
    elif debtor.events & PAID_UP or debtor.option == Option.PAY or debtor.option == Option.PLAN:
        debtor.standing = HONEST
        debtor.standing_since = state.now.month
    if debtor.on_list:
        leave_list(state, debtor, k, alive, block)
    elif performed(state, k) and owes_nothing(state, k):
        restore(state, debtor)
    if not alive:
        debtor.broken = False
        debtor.option = Option.NONE
        debtor.ability = 0
        debtor.frozen_months = 0
        if not bound:
            debtor.petition = 0


@kernel
def depart(state: State, first: int, last: int) -> None:
    """Who performed waits on the list; what leaving debtors still own goes to others."""
    for row in range(first, last):
        debtor = state.debtors[row]
        if debtor.repair > 0:
            serve_wait(state, debtor, row // state.block)
        if not debtor.leaving:
            continue
        left = 0.0
        for k in range(ASSETS):
            left += debtor.assets[k]
            debtor.assets[k] = 0.0
        book(state, row // state.block, Flow.ESTATE, left)
