"""Insolvency: firms converted from enforcement and liquidated, persons discharged in the end.

While a proceeding runs, nothing is enforced, nothing bears interest, and nobody is listed. Whether
a person asks for it is weighed in `personal_bankruptcy`; how creditors share, in `estate`.
"""

import math

from sim.agents.claim import Claim, in_docket, is_open
from sim.agents.debtor.debtor import ABUSES, ASSETS, CONCEALS, WAITS, Debtor, evades, means, wealth
from sim.agents.debtor.plan import NO_PLAN
from sim.agents.institutions.administrator import openings, room
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import happens, uniform
from sim.levers.at_source import UNLIMITED
from sim.month.endings.dismissal import dismiss, exposed
from sim.month.endings.estate import (
    NOTHING,
    at_most,
    owed_together,
    pay_off,
    realise,
    sell_off,
    share_out,
)
from sim.month.endings.personal_bankruptcy import exempt_in_bankruptcy, months_to_discharge
from sim.month.shared.evasion import secret
from sim.month.shared.payment import close_case, leave_grace, money_at_hand, pending, release
from sim.month.shared.state import State, book, count, move
from sim.terms import LIQUID, Decision, Ending, Kind, Option, Stage


@rule
def open_debt(state: State, k: int) -> float:
    """All that the `k`-th owner of claims owes, due or not, yuan."""
    due = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        if is_open(state.stages[state.order[j]]):
            due += state.claims[state.order[j]].due
    return due


@rule
def converts(state: State, debtor: Debtor, claim: Claim, k: int) -> bool:
    """Whether a firm's case goes to bankruptcy in place of termination (ODD eq. 69).

    Only if the firm owes more than it has; one draw a case and month.
    """
    share = state.levers[debtor.treatment].at_source.conversion
    if share <= 0.0 or debtor.kind != Kind.FIRM or debtor.leaving:
        return False
    if wealth(means(debtor, state.assets)) >= open_debt(state, k):
        return False
    return happens(state.now, Decision.CONVERSION, claim.id, share)


@rule
def duration(state: State, debtor: Debtor) -> int:
    """Months of a proceeding: a firm's by draw, a person's by law (ODD eq. 69).

    T = T₀·(1 + U)·(1 − .36·specialised), U uniform in [0, 1).
    """
    at_source = state.levers[debtor.treatment].at_source
    if debtor.kind == Kind.PERSON:
        return int(months_to_discharge(state, debtor))
    procedure = state.parameters[0].procedure
    months = procedure.insolvency_months * (
        1.0 + uniform(state.now, Decision.CONVERSION, debtor.id, 1)
    )
    months *= 1.0 - procedure.specialised_saving * at_source.specialised_courts
    return max(1, math.floor(months))


@rule
def opens(state: State, debtor: Debtor, about: Claim, block: int) -> bool:
    """Whether a proceeding that is wanted is opened this month (ODD eq. 129).

    Where administrators are limited it waits for next month at least, and then for room.
    """
    limit = state.levers[state.courts[debtor.district].treatment].at_source.administrators
    if limit < UNLIMITED:
        if not debtor.petition & WAITS:
            debtor.petition |= WAITS
            count(state, block, about, Count.OPENINGS_NEW, 1.0)
            return False
        waiting = state.administrators[debtor.district].waiting
        share = room(openings(limit, len(state.debtors), len(state.courts)), waiting)
        count(state, block, about, Count.OPENINGS_WANTED, 1.0)
        if not happens(state.now, Decision.OPENING, debtor.id, share):
            return False
    else:
        count(state, block, about, Count.OPENINGS_WANTED, 1.0)
    count(state, block, about, Count.OPENINGS, 1.0)
    return True


@rule
def begin_insolvency(state: State, debtor: Debtor, k: int, block: int) -> None:
    """Every open claim joins the proceeding; what single creditors had in hand goes back."""
    months = duration(state, debtor)
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        claim = state.claims[at]
        if not is_open(claim.stage) or claim.stage == Stage.INSOLVENT:
            continue
        release(state, debtor, claim, block)
        if pending(claim):
            close_case(state, claim, Ending.BANKRUPT.value, block)
        if claim.stage == Stage.GRACE or claim.stage == Stage.UNPAID:
            leave_grace(state, claim, block, False)
        claim.plan = NO_PLAN
        claim.agreed = 0.0
        claim.wait = months
        count(state, block, claim, Count.BANKRUPTCIES, 1.0)
        move(state, at, Stage.INSOLVENT, claim.due)
    abused = debtor.petition & ABUSES != 0
    debtor.petition = CONCEALS if abused else 0
    if debtor.kind == Kind.PERSON:
        about = state.claims[state.order[state.starts[k]]]
        count(state, block, about, Count.DISCHARGE_OPENED, 1.0)
        if abused:
            count(state, block, about, Count.BANKRUPTCY_ABUSED, 1.0)
        disclose(state, debtor, k, block)


@rule
def disclose(state: State, debtor: Debtor, k: int, block: int) -> None:
    """A person shows what it has, all but what it conceals: it is sold and shared out at once.

    What is exempt in bankruptcy is left to it out of the proceeds (ODD eq. 141).
    """
    money = 0.0
    if debtor.petition & CONCEALS:
        for a in range(ASSETS):
            hidden = debtor.assets[a] * secret(state, debtor, a)
            if a < LIQUID:
                money += hidden
            else:
                sell_off(state, debtor, a, debtor.assets[a] - hidden, block)
    else:
        realise(state, debtor, block)
    money += exempt_in_bankruptcy(state, debtor)
    share_out(state, debtor, k, at_most(state, k, money_at_hand(debtor) - money), block)


@rule
def compelled(state: State, debtor: Debtor, k: int) -> bool:
    """Whether a firm that keeps money back is put into liquidation this month (ODD eq. 72)."""
    rate = state.levers[debtor.treatment].special.compulsory_liquidation
    if rate <= 0.0 or debtor.kind != Kind.FIRM or not evades(debtor.option):
        return False
    pursued = False
    for j in range(state.starts[k], state.starts[k + 1]):
        stage = state.stages[state.order[j]]
        if stage == Stage.INSOLVENT:
            return False
        pursued = pursued or in_docket(stage)
    return pursued and happens(state.now, Decision.COMPULSION, debtor.id, rate)


@rule
def commence(state: State, debtor: Debtor, k: int, block: int) -> bool:
    """Begin what is asked for or ordered, if an administrator has room; else it waits."""
    ordered = debtor.kind == Kind.FIRM and debtor.petition & WAITS != 0
    if debtor.option != Option.BANKRUPT and not ordered and not compelled(state, debtor, k):
        debtor.petition &= ~WAITS
        return False
    if not opens(state, debtor, state.claims[state.order[state.starts[k]]], block):
        return False
    begin_insolvency(state, debtor, k, block)
    return True


@rule
def proceed(state: State, debtor: Debtor, k: int, block: int) -> None:
    """A month of insolvency: begun if asked for, a person pays from its income, or it ends."""
    new = commence(state, debtor, k, block)
    ends = False
    runs = False
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.INSOLVENT:
            claim = state.claims[state.order[j]]
            runs = True
            ends = ends or claim.wait == 0
    if not runs:
        return
    if debtor.kind == Kind.PERSON:
        if not new and exposed(state, debtor):
            dismiss(state, debtor, k, block)
            return
        surplus = max(0.0, debtor.income - debtor.need)
        wanted = state.parameters[0].procedure.plan_share * surplus
        share_out(state, debtor, k, at_most(state, k, wanted), block)
        if owed_together(state, k) < NOTHING:
            for j in range(state.starts[k], state.starts[k + 1]):
                if state.stages[state.order[j]] == Stage.INSOLVENT:
                    pay_off(state, state.order[j], block)
        elif ends:
            conclude(state, k, Stage.DISCHARGED.value, Count.DISCHARGED.value, block)
    elif ends:
        realise(state, debtor, block)
        debtor.exempt = 0.0
        share_out(state, debtor, k, money_at_hand(debtor), block)
        conclude(state, k, Stage.LIQUIDATED.value, Count.LIQUIDATED.value, block)
        debtor.leaving = True


@rule
def conclude(state: State, k: int, stage: int, what: int, block: int) -> None:
    """The proceeding ends, and with it what is left of its claims."""
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        if state.stages[at] != Stage.INSOLVENT:
            continue
        claim = state.claims[at]
        count(state, block, claim, what, 1.0)
        count(state, block, claim, Count.DISCHARGED_YUAN, claim.due)
        book(state, block, Flow.CLAIM_OFF, claim.due)
        claim.due = 0.0
        claim.closed = True
        move(state, at, stage, claim.paid)
