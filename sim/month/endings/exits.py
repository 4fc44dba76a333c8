"""Exits: estates, termination, revival, archive, and the end of spells (times in debt)."""

from sim.agents.claim import (
    before_docket,
    enforceable,
    goods_held,
    holds_goods,
    in_docket,
    is_open,
)
from sim.agents.debtor.belief import PAID_UP, REFUSED, RESTRICTED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades
from sim.agents.debtor.norm import DISHONEST, HONEST
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import inlined, kernel, rule
from sim.engine.draw import Now
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import estate_sold, known_to_debtor
from sim.month.decision.position import clean
from sim.month.endings.closure import close_seized
from sim.month.endings.insolvency import proceed
from sim.month.endings.termination import consider_revival, consider_termination
from sim.month.sanctions.credit import restore
from sim.month.sanctions.listing import (
    count_performance,
    delist,
    end_listing,
    owes_nothing,
    performed,
    serve_wait,
)
from sim.month.shared.journal import Journal, at_row, book, count
from sim.month.shared.payment import pay, release, write_off
from sim.month.shared.payment import settle as settle_claim
from sim.month.shared.state import (
    Owned,
    Setting,
    State,
    district_of,
    oldest_of,
    owned_by,
    setting_of,
)
from sim.parameters import Parameters
from sim.terms import LIQUID, Asset, Option, Stage


@kernel
def leave(state: State, first: int, last: int) -> None:
    """For each debtor with claims: insolvency, estate, cases that end or revive, end of a spell."""
    setting = setting_of(state)
    parameters, now = setting.parameters, state.now
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        district = district_of(state, debtor)
        proceed(debtor, owned, district, setting, journal)
        close_seized(debtor, owned, setting, journal)
        if debtor.leaving:
            settle_estate(debtor, owned, setting, journal)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            claim = state.claims[at]
            if in_docket(owned.stages[at]):
                consider_termination(debtor, claim, at, owned, district, setting, journal)
            elif owned.stages[at] == Stage.TERMINATED:
                creditor = state.creditors[claim.creditor]
                consider_revival(debtor, claim, at, creditor, district.court, setting, journal)
        levers = state.levers[debtor.treatment]
        end_spell(debtor, owned, levers, parameters, now, journal)


@rule
def answerable(stage: int) -> bool:
    """Whether the claim has been adjudged and is still owed."""
    return enforceable(stage) or stage == Stage.GRACE


@rule
def settle_estate(debtor: Debtor, owned: Owned, setting: Setting, journal: Journal) -> None:
    """Sell the estate of a leaving debtor, pay claims from it, and write off the rest.

    The oldest claim is paid first, unless a mechanism pays in another order. Nobody is liable
    beyond the estate.
    """
    parameters, now, assets = setting.parameters, setting.now, setting.traits.assets
    for j in range(owned.first, owned.last):
        if is_open(owned.claims[owned.order[j]].stage):
            release(debtor, owned.claims[owned.order[j]], journal)
    debtor.exempt = 0.0
    due = 0.0
    for j in range(owned.first, owned.last):
        if is_open(owned.claims[owned.order[j]].stage):
            due += owned.claims[owned.order[j]].due
    if due > 0.0:
        for a in range(LIQUID, ASSETS):
            price = debtor.assets[a] * assets[a].auction_price
            book(journal, Flow.OWN_SALE, debtor.assets[a] - price)
            debtor.assets[Asset.BANK] += price
            debtor.assets[a] = 0.0
        estate_sold(debtor, due, owned, setting, journal)
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        claim = owned.claims[at]
        if not is_open(claim.stage):
            continue
        pay(debtor, claim, Flow.PAID_VOLUNTARILY, now, journal)
        if claim.due <= 0.0:
            settle_claim(debtor, claim, at, False, parameters.procedure, now, journal)
        else:
            write_off(debtor, claim, at, Stage.WRITTEN_OFF, parameters, now, journal)


@rule
def reward_conduct(
    debtor: Debtor, owned: Owned, levers: Levers, parameters: Parameters, now: Now, journal: Journal
) -> None:
    """Reward a debtor who paid in full, is not on the list and is not known to be dishonest.

    The reward is not booked as money.
    """
    if levers.comprehensive.honesty_reward <= 0.0 or not debtor.events & PAID_UP:
        return
    if debtor.on_list or debtor.events & REFUSED or not clean(debtor, parameters.society, now):
        return
    claim = oldest_of(owned)
    worth = levers.comprehensive.honesty_reward * debtor.income * parameters.choice.reward_months
    count(journal, claim, Count.REWARDED, 1.0)
    count(journal, claim, Count.FELT_REWARD, worth)


@rule
def leave_list(debtor: Debtor, owned: Owned, alive: bool, levers: Levers, journal: Journal) -> None:
    """End an entry on the list when its term or the debt ends, possibly after a wait (eq. 120).

    `alive` says whether adjudged debt is left. If the debtor keeps money back again during the
    wait, it stays listed as before.
    """
    about = oldest_of(owned)
    if evades(debtor.option) and alive:
        debtor.repair = 0
    if not alive and debtor.repair == 0:
        chosen = debtor.events & PAID_UP != 0
        if chosen:
            count_performance(debtor, about, debtor.events & RESTRICTED != 0, journal)
        if performed(owned):
            end_listing(debtor, about, chosen, levers, journal)
            if not debtor.on_list:
                restore(debtor, levers)
        else:
            delist(debtor)
    if debtor.listed >= levers.sanctions.listing_term:
        delist(debtor)


@rule
def end_spell(
    debtor: Debtor, owned: Owned, levers: Levers, parameters: Parameters, now: Now, journal: Journal
) -> None:
    """Update the debtor's standing (known conduct). A spell ends if no adjudged debt is left.

    A judgment that the debtor does not know of is none that it could decide about.
    """
    alive = False
    deciding = False
    bound = False
    frozen = 0.0
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        if answerable(owned.stages[at]):
            alive = True
            deciding = deciding or known_to_debtor(True, owned.claims[at])
        bound = bound or owned.stages[at] == Stage.INSOLVENT
        if holds_goods(owned.stages[at]) or before_docket(owned.stages[at]):
            frozen += goods_held(owned.claims[at])
    debtor.frozen = frozen  # summed anew, so that rounding errors do not accumulate
    reward_conduct(debtor, owned, levers, parameters, now, journal)
    if evades(debtor.option) or debtor.events & REFUSED:
        debtor.standing = DISHONEST
        debtor.events &= ~REFUSED
        debtor.standing_since = now.month
    elif debtor.events & PAID_UP or debtor.option == Option.PAY or debtor.option == Option.PLAN:
        debtor.standing = HONEST
        debtor.standing_since = now.month
    if debtor.on_list:
        leave_list(debtor, owned, alive, levers, journal)
    elif performed(owned) and owes_nothing(owned):
        restore(debtor, levers)
    if not deciding:
        debtor.broken = False
        debtor.option = Option.NONE
        debtor.ability = 0
        debtor.frozen_months = 0
        if not bound:
            debtor.petition = 0


@inlined
def depart(debtor: Debtor, levers: Levers, setting: Setting, journal: Journal) -> None:
    """Count a month of a wait after performance. What a leaving debtor still owns goes to others.

    Debtors without claims leave and wait too, so every debtor is asked at the end of the month.
    """
    if debtor.repair > 0:
        serve_wait(debtor, levers, setting, journal)
    if debtor.leaving:
        left = 0.0
        for k in range(ASSETS):
            left += debtor.assets[k]
            debtor.assets[k] = 0.0
        book(journal, Flow.ESTATE, left)
