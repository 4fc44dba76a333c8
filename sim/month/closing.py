"""Closing: stocks are counted, ages advance, the state is guarded against what cannot be."""

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.agents.belief import EXPOSED, RECOVERED, believed, felt_optimism
from sim.agents.claim import enforceable, in_docket
from sim.agents.debtor import ASSETS, evades, is_able
from sim.engine.compile import kernel
from sim.errors import RunError
from sim.month.accounts import Account
from sim.month.state import DISTRICTS, State, count
from sim.month.tally import Count
from sim.terms import LIQUID, Option, Stage

if TYPE_CHECKING:
    from sim.month.house import House

ILLEGAL = -9
"""Mark in `State.keys` of a claim, and in `State.arrivals` of a debtor, in no possible state."""


@kernel
def take_stock(state: State, first: int, last: int) -> None:
    """Count the debtors with enforceable debt and their cases as the month ends."""
    learning = state.setting[0].learning
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        oldest = -1
        refused = 0
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if claim.closed:
                continue
            claim.months += 1
            count(state, block, claim, Count.OPEN, 1.0)
            if claim.wait > 0:
                claim.wait -= 1
            if in_docket(claim.stage):
                claim.docket += 1
                count(state, block, claim, Count.DOCKET, 1.0)
                count(state, block, claim, Count.DOCKET_AGE, float(claim.docket))
                refused = max(refused, claim.docket)
            elif claim.stage == Stage.TERMINATED:
                count(state, block, claim, Count.SHADOW, 1.0)
            if oldest < 0 and enforceable(claim.stage):
                oldest = state.order[j]
        if oldest < 0:
            continue
        about = state.claims[oldest]
        evading = evades(debtor.option)
        count(state, block, about, Count.DEBTORS_ENFORCEABLE, 1.0)
        if is_able(debtor.ability):
            count(state, block, about, Count.DEBTORS_ABLE, 1.0)
            if evading:
                count(state, block, about, Count.DEBTORS_EVADING, 1.0)
        if debtor.option == Option.UNABLE:
            count(state, block, about, Count.DEBTORS_UNABLE, 1.0)
        if debtor.on_list:
            count(state, block, about, Count.LISTED, 1.0)
            if debtor.option == Option.UNABLE:
                count(state, block, about, Count.LISTED_UNABLE, 1.0)
        if evading and refused >= 3:
            count(state, block, about, Count.REFUSERS, 1.0)
            if not debtor.on_list:
                count(state, block, about, Count.REFUSERS_UNLISTED, 1.0)
        money = 0.0
        for a in range(LIQUID):
            money += debtor.assets[a]
        if money < debtor.exempt and debtor.frozen > 0.0:
            count(state, block, about, Count.LIVELIHOOD_BREACH, 1.0)
        if state.signals[state.owners[k]] & EXPOSED:
            levers = state.levers[debtor.treatment]
            tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation)
            h = believed(
                debtor.seen_recovery,
                debtor.exposure,
                learning.prior_recovery,
                learning.prior_weight,
            )
            count(state, block, about, Count.EXPOSED, 1.0)
            count(state, block, about, Count.LOG_PERCEIVED, math.log(max(1e-12, tint * h)))
            if state.signals[state.owners[k]] & RECOVERED:
                count(state, block, about, Count.EXPOSED_RECOVERED, 1.0)


@kernel
def weigh_debtors(state: State, first: int, last: int) -> None:
    """Sum what debtors hold; mark those whose money is negative or no number, in `arrivals`."""
    for row in range(first, last):
        debtor = state.debtors[row]
        held = 0.0
        legal = True
        for k in range(ASSETS):
            held += debtor.assets[k]
            legal = legal and debtor.assets[k] >= 0.0
        if not legal:
            state.arrivals[row] = ILLEGAL
        state.stocks[row // state.block, Account.DEBTORS] += held


@kernel
def weigh_claims(state: State, first: int, last: int) -> None:
    """Sum what claims hold: goods attached (their debtors'), escrow, and what is owed.

    Marks claims in no possible state: negative money, attached goods or escrow at a stage that
    has none.
    """
    for row in range(first, last):
        claim = state.claims[row]
        block = row // state.block
        attached = 0.0
        for g in range(ASSETS - LIQUID):
            attached += claim.attached[g]
        state.stocks[block, Account.DEBTORS] += attached
        state.stocks[block, Account.ESCROW] += claim.escrow
        state.stocks[block, Account.CLAIMS] += claim.due
        legal = claim.due >= 0.0 and attached >= 0.0 and claim.escrow >= 0.0
        legal = legal and (attached == 0.0 or claim.stage == Stage.SEIZED)
        legal = legal and (
            claim.escrow == 0.0 or claim.stage == Stage.SEIZED or claim.stage == Stage.SOLD
        )
        legal = legal and (not claim.closed or claim.due == 0.0)
        state.keys[row] = 0 if legal else ILLEGAL


@kernel
def weigh_creditors(state: State, first: int, last: int) -> None:
    """Sum what creditors hold."""
    for row in range(first, last):
        state.stocks[row // state.block, Account.CREDITORS] += state.creditors[row].cash


def note(house: "House", sums: np.ndarray, inquiries: np.ndarray) -> None:
    """Institutions take note of their month: dockets, inquiries, the list."""
    courts = house.courts.rows
    districts = sums[DISTRICTS:]
    courts["docket"] = districts[:, Count.DOCKET]
    registries = house.registries.rows
    registries["asked"], registries["answered"], registries["found"] = inquiries.T
    agencies = house.agencies.rows
    agencies["listed"] = districts[:, Count.LISTED]
    agencies["entries"] += districts[:, Count.LISTINGS].astype(np.int32)
    agencies["unable"] = districts[:, Count.LISTED_UNABLE]


def guard(house: "House", stocks: np.ndarray) -> None:
    """Stop a world in which something cannot be: illegal claims, negative money, no number.

    Raises:
        RunError: With what is wrong and the ids of the first claims or debtors concerned.
    """
    poor = np.flatnonzero(house.arrivals == ILLEGAL)
    if len(poor):
        ids = ", ".join(str(i) for i in house.debtors.rows["id"][poor[:3]])
        raise RunError("guard", f"{len(poor)} debtors hold money that cannot be: {ids}")
    wrong = house.illegal_claims()
    if len(wrong):
        rows = house.claims.rows[wrong[:3]]
        who = ", ".join(
            f"{c['id']} ({Stage(c['stage']).name.lower()}, due {c['due']:,.2f})" for c in rows
        )
        raise RunError("guard", f"{len(wrong)} claims in no possible state: {who}")
    if not np.isfinite(stocks).all():
        bad = [a.name.lower() for a in Account if not np.isfinite(stocks[a])]
        raise RunError("guard", f"money of {', '.join(bad)} is not finite")
