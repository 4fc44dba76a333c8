"""Exits: estates, termination and revival, archive, and the end of a debtor's spell."""

from sim.agents.belief import PAID_UP
from sim.agents.claim import (
    before_docket,
    enforceable,
    goods_held,
    holds_goods,
    in_docket,
    is_open,
)
from sim.agents.debtor import ASSETS, Debtor, evades, is_able
from sim.agents.norm import DISHONEST, HONEST
from sim.engine.compile import kernel, rule
from sim.month.accounts import Flow
from sim.month.insolvency import proceed
from sim.month.payment import pay, release, write_off
from sim.month.payment import settle as settle_claim
from sim.month.standpoint import clean
from sim.month.state import State, book, count, count_after
from sim.month.tally import Count, Span
from sim.month.termination import consider_revival, consider_termination
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
    if debtor.on_list or debtor.refused or not clean(state, debtor):
        return
    claim = state.claims[state.order[state.starts[k]]]
    worth = (
        levers.comprehensive.honesty_reward * debtor.income * state.setting[0].choice.reward_months
    )
    count(state, block, claim, Count.REWARDED, 1.0)
    count(state, block, claim, Count.FELT_REWARD, worth)


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
    if evades(debtor.option) or debtor.refused:
        debtor.standing = DISHONEST
        debtor.refused = False
        debtor.standing_since = state.now.month
    elif debtor.events & PAID_UP or debtor.option == Option.PAY or debtor.option == Option.PLAN:
        debtor.standing = HONEST
        debtor.standing_since = state.now.month
    if debtor.on_list:
        claim = state.claims[state.order[state.starts[k]]]
        able = is_able(debtor.ability)
        if debtor.events & PAID_UP and not alive:
            # who paid owes nothing any more and was not met among the listed of this month
            count(state, block, claim, Count.LISTED_START, 1.0)
            count(state, block, claim, Count.LISTED_PAID, 1.0)
            count_after(state, block, claim, Span.LISTED_PAID, debtor.listed, 1.0)
            count(state, block, claim, Count.DELISTED_PAID, 1.0)
            if able:
                count(state, block, claim, Count.LISTED_START_ABLE, 1.0)
                count(state, block, claim, Count.LISTED_PAID_ABLE, 1.0)
        term = state.levers[debtor.treatment].sanctions.listing_term
        if not alive or debtor.listed >= term:
            debtor.on_list = False
            debtor.listed = 0
    if not alive:
        debtor.broken = False
        debtor.option = Option.NONE
        debtor.ability = 0
        debtor.frozen_months = 0
        if not bound:
            debtor.petition = 0


@kernel
def depart(state: State, first: int, last: int) -> None:
    """What leaving debtors still own goes to others; their place is taken next month."""
    for row in range(first, last):
        debtor = state.debtors[row]
        if not debtor.leaving:
            continue
        left = 0.0
        for k in range(ASSETS):
            left += debtor.assets[k]
            debtor.assets[k] = 0.0
        book(state, row // state.block, Flow.ESTATE, left)
