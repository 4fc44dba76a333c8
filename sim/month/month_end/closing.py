"""The end of a month: claims, debtors and money are counted, and claims get a month older."""

import math

from sim.agents.claim import (
    before_docket,
    enforceable,
    goods_held,
    holds_goods,
    in_docket,
    months_since_intake,
)
from sim.agents.court.standard import PROPERTY, overrun
from sim.agents.debtor.belief import (
    EXPOSED,
    PUNISHED,
    RECOVERED,
    UNLISTED,
    WAS_LISTED,
    felt_optimism,
)
from sim.agents.debtor.debtor import ASSETS, evades, is_able
from sim.agents.debtor.perceived import believed_listing, believed_personal, believed_recovery
from sim.books.accounts import Account
from sim.books.counts import LONGEST, Count, Span
from sim.engine.compile import kernel
from sim.month.shared.evasion import hides, secret
from sim.month.shared.journal import at_row, count, count_after, hold
from sim.month.shared.payment import pending
from sim.month.shared.state import State, owned_by
from sim.terms import LIQUID, Option, Stage

ILLEGAL = -9
"""Marks a claim (in `State.keys`) or a debtor (in `State.arrivals`) in an impossible state."""


@kernel
def take_stock(state: State, first: int, last: int) -> None:
    """Count claims and the debtors with enforceable debt. Claims get a month older."""
    learning = state.parameters[0].learning
    limit = state.parameters[0].procedure.term_after
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        oldest = -1
        longest = 0  # months in the docket (the open cases of a court)
        for j in range(owned.first, owned.last):
            claim = state.claims[owned.order[j]]
            if claim.closed:
                continue
            claim.months += 1
            count(journal, claim, Count.OPEN, 1.0)
            if claim.wait > 0:
                claim.wait -= 1
            if pending(claim):  # this includes cases in a plan made in enforcement
                since = months_since_intake(claim, state.now.month)
                proceeding = Span.OPEN_AGAIN if claim.again else Span.OPEN_FIRST
                count_after(journal, claim, proceeding, since, 1.0)
            if in_docket(claim.stage):
                claim.docket += 1
                if claim.stage == Stage.OBJECTED:
                    claim.suspended = min(claim.suspended + 1, LONGEST)
                elif claim.checks & PROPERTY and (
                    0.0 < overrun(claim.docket, claim.suspended, limit) <= 1.0
                ):
                    count(journal, claim, Count.WITH_PROPERTY_DUE, 1.0)
                count(journal, claim, Count.DOCKET, 1.0)
                count(journal, claim, Count.DOCKET_AGE, float(claim.docket))
                count_after(journal, claim, Span.DOCKET_AGE, claim.docket, 1.0)
                longest = max(longest, claim.docket)
            elif claim.stage == Stage.TERMINATED:
                count(journal, claim, Count.SHADOW, 1.0)
            elif pending(claim):
                count(journal, claim, Count.IN_PLAN, 1.0)
            elif claim.stage == Stage.INSOLVENT:
                count(journal, claim, Count.INSOLVENT, 1.0)
            if oldest < 0 and enforceable(claim.stage):
                oldest = owned.order[j]
        if oldest < 0:
            continue
        about = state.claims[oldest]
        evading = evades(debtor.option)
        conceals = evading and hides(debtor.option, state.traits.evasions)
        count(journal, about, Count.DEBTORS_ENFORCEABLE, 1.0)
        if is_able(debtor.ability):
            count(journal, about, Count.DEBTORS_ABLE, 1.0)
            if evading:
                count(journal, about, Count.DEBTORS_EVADING, 1.0)
        if conceals:
            count(journal, about, Count.DEBTORS_CONCEALING, 1.0)
        for a in range(ASSETS):
            count(journal, about, Count.HELD_BANK + a, debtor.assets[a])
            if conceals:
                kept = debtor.assets[a] * secret(
                    debtor,
                    a,
                    state.registries,
                    state.traits.assets,
                    state.levers[debtor.treatment],
                    state.parameters[0].procedure,
                )
                count(journal, about, Count.HIDDEN_BANK + a, kept)
        if debtor.option == Option.UNABLE:
            count(journal, about, Count.DEBTORS_UNABLE, 1.0)
        if debtor.on_list and debtor.repair == 0:  # `serve_wait` has counted debtors who wait
            count(journal, about, Count.LISTED, 1.0)
            if debtor.option == Option.UNABLE:
                count(journal, about, Count.LISTED_UNABLE, 1.0)
        if evading and longest >= 3:
            count(journal, about, Count.REFUSERS, 1.0)
            if not debtor.on_list:
                count(journal, about, Count.REFUSERS_UNLISTED, 1.0)
        money = 0.0
        for a in range(LIQUID):
            money += debtor.assets[a]
        if longest > 0:
            count(journal, about, Count.DEBTORS_PURSUED, 1.0)
            if money < debtor.exempt and debtor.frozen > 0.0:
                count(journal, about, Count.LIVELIHOOD_BREACH, 1.0)
        if state.signals[state.by_debtor.owners[k]] & EXPOSED:
            levers = state.levers[debtor.treatment]
            tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation)
            court = state.courts[debtor.district]
            h = believed_recovery(debtor, court, levers, learning)
            count(journal, about, Count.EXPOSED, 1.0)
            count(journal, about, Count.LOG_PERCEIVED, math.log(max(1e-12, tint * h)))
            if state.signals[state.by_debtor.owners[k]] & RECOVERED:
                count(journal, about, Count.EXPOSED_RECOVERED, 1.0)
            h = believed_personal(debtor, court, levers, learning)
            count(journal, about, Count.LOG_PERCEIVED_PERSONAL, math.log(max(1e-12, tint * h)))
            if state.signals[state.by_debtor.owners[k]] & PUNISHED:
                count(journal, about, Count.EXPOSED_PUNISHED, 1.0)
            if state.signals[state.by_debtor.owners[k]] & UNLISTED:
                entry = believed_listing(debtor, court, learning)
                seen = math.log(max(1e-12, tint * entry))
                count(journal, about, Count.UNLISTED_EXPOSED, 1.0)
                count(journal, about, Count.LOG_PERCEIVED_LISTING, seen)
                if state.signals[state.by_debtor.owners[k]] & WAS_LISTED:
                    count(journal, about, Count.UNLISTED_LISTED, 1.0)


@kernel
def sum_debtors(state: State, first: int, last: int) -> None:
    """Sum debtors' assets. Debtors with a negative amount or NaN are marked in `arrivals`."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        debtor = state.debtors[row]
        held = 0.0
        legal = True
        for k in range(ASSETS):
            held += debtor.assets[k]
            legal = legal and debtor.assets[k] >= 0.0
        if not legal:
            state.arrivals[row] = ILLEGAL
        hold(journal, Account.DEBTORS, held)


@kernel
def sum_claims(state: State, first: int, last: int) -> None:
    """Sum attached goods, escrow and debt over all claims. Attached goods still belong to debtors.

    Claims in an impossible state are marked in `keys`. Each of these is impossible:

    - A sum is negative.
    - Goods are attached, or money is in escrow, at a stage that does not allow it.
    - A sum is agreed, but the stage is not a settlement.
    - The claim is closed, but debt is left.
    """
    journal = at_row(state.journal, first)
    for row in range(first, last):
        claim = state.claims[row]
        attached = goods_held(claim)
        hold(journal, Account.DEBTORS, attached)
        hold(journal, Account.ESCROW, claim.escrow)
        hold(journal, Account.CLAIMS, claim.due)
        legal = claim.due >= 0.0 and attached >= 0.0 and claim.escrow >= 0.0
        preserved = claim.preserved and before_docket(claim.stage)
        goods = holds_goods(claim.stage)
        legal = legal and claim.wrongful >= 0.0
        legal = legal and (goods or preserved or attached == 0.0)
        legal = legal and (goods or claim.wrongful == 0.0)
        legal = legal and (claim.escrow == 0.0 or goods or claim.stage == Stage.SOLD or preserved)
        legal = legal and (claim.agreed == 0.0 or claim.stage == Stage.SETTLED)
        legal = legal and (not claim.closed or claim.due == 0.0)
        state.keys[row] = 0 if legal else ILLEGAL


@kernel
def sum_creditors(state: State, first: int, last: int) -> None:
    """Sum creditors' cash."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        hold(journal, Account.CREDITORS, state.creditors[row].cash)


@kernel
def sum_insurers(state: State, first: int, last: int) -> None:
    """Sum insurers' reserves."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        hold(journal, Account.INSURERS, state.insurers[row].reserve)


@kernel
def sum_funds(state: State, first: int, last: int) -> None:
    """Sum balances of relief funds."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        hold(journal, Account.FUND, state.funds[row].balance)
