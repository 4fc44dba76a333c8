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
from sim.month.dispute import indemnify
from sim.month.insolvency import begin_insolvency, converts, proceed
from sim.month.payment import close_case, pay, release, write_off
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
def terminable(claim: Claim, procedure: Procedure) -> bool:
    """Whether the proceeding may end: nothing is in hand, time is over, and tracing bore no fruit.

    After `term_unserved` months it ends all the same, even if nobody got to it.
    """
    if claim.stage != Stage.QUEUED and claim.stage != Stage.TRACED:
        return False
    if claim.docket >= procedure.term_unserved:
        return True
    return claim.docket >= procedure.term_after and claim.fruitless > 0


@rule
def hastened(state: State, claim: Claim) -> bool:
    """Whether a court under assessment ends a case before it may (ODD eq. 86)."""
    levers = state.levers[state.courts[claim.district].treatment]
    if levers.comprehensive.assessment <= 0.0:
        return False
    if claim.stage != Stage.QUEUED and claim.stage != Stage.TRACED:
        return False
    setting = state.setting[0]
    chance = ends_early(levers, setting.institutions, setting.choice.noise)
    return happens(state.now, Decision.EARLY_END, claim.id, chance)


@rule
def consider_termination(
    state: State, debtor: Debtor, claim: Claim, at: int, k: int, block: int
) -> None:
    """The current proceeding ends, and the claim lives on and can revive; or it is converted."""
    early = False
    if not terminable(claim, state.setting[0].procedure):
        early = hastened(state, claim)
        if not early:
            return
    if converts(state, debtor, claim, k):
        count(state, block, claim, Count.CONVERTED, 1.0)
        begin_insolvency(state, debtor, k, block)
        return
    if early:
        count(state, block, claim, Count.TERMINATED_EARLY, 1.0)
    count(state, block, claim, Count.TERMINATED, 1.0)
    if wealth(means(debtor, state.assets)) >= UNABLE_BELOW * claim.due:
        count(state, block, claim, Count.TERMINATED_WITH_PROPERTY, 1.0)
    if claim.attempts > 0 and (debtor.on_list or not evades(debtor.option)):
        count(state, block, claim, Count.TERMINATED_CHECKED, 1.0)
    close_case(state, claim, Ending.TERMINATED.value, block)
    release(state, debtor, claim, block)
    indemnify(state, claim, block)
    debtor.prompted = True
    move(state, at, Stage.TERMINATED, claim.due)


@rule
def consider_revival(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Periodic tracing revives a terminated claim once there is property; old ones are archived."""
    procedure = state.setting[0].procedure
    periodic = state.levers[claim.treatment].rule_of_law.periodic_tracing
    again = procedure.revive + (1.0 - procedure.revive) * periodic
    if claim.months >= procedure.archive_after:
        write_off(state, debtor, at, Stage.ARCHIVED, block)
    elif (
        happens(state.now, Decision.REVIVAL, claim.id, again)
        and wealth(means(debtor, state.assets)) >= UNABLE_BELOW * claim.due
    ):
        count(state, block, claim, Count.REVIVED, 1.0)
        debtor.prompted = True
        open_case(claim, is_able(debtor.ability))
        claim.again = True
        move(state, at, Stage.QUEUED, claim.due)


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
    frozen = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        alive = alive or answerable(state.stages[at])
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
