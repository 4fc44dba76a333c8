"""What every kernel sees: tables, the index of claims, sums; and the few ways to write them.

A kernel has the signature ``(state, first, last)`` and loops over rows of what its phase names.
It writes only rows of its own range or rows that those own, and never reads in another row a field
that it writes.
"""

from typing import Annotated, NamedTuple

import numpy as np

from sim.agents.claim import Claim
from sim.agents.court.court import Agency, Court, Registry
from sim.agents.court.supervisor import Supervisor
from sim.agents.creditor import Creditor
from sim.agents.debtor.debtor import Debtor
from sim.agents.debtor.weigh import Ledger
from sim.agents.institutions.administrator import Administrator
from sim.agents.institutions.government import Government
from sim.agents.institutions.insurer import Fund, Insurer
from sim.agents.institutions.prosecutor import Prosecutor
from sim.books.counts import LONGEST
from sim.engine.compile import rule
from sim.engine.draw import Now
from sim.engine.record import Byte, Cells, Records, record
from sim.levers.catalogue import Levers
from sim.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
    Parameters,
)

STEPS = 8
"""Most transitions of one claim in one month that the event log can hold."""


@record
class Trail:
    """A claim's transitions of this month, for the event log."""

    steps: Byte
    stages: Annotated[Cells, ("i1", (STEPS,))]
    amounts: Annotated[Cells, ("f8", (STEPS,))]


class State(NamedTuple):
    """The world in one month, as kernels see it.

    Args:
        now: Seed and month.
        block: Rows in a block of sums.
        neighbours: Rows of the debtors that each debtor sees; -1 for nobody; shape (debtors, 8).
        signals: What happened to each debtor this month, as bits; shape (debtors,).
        rates: Cumulative due claims a debtor and month by kind and domain; shape (3, 9).
        arrivals: New claims of each debtor; then where its first one stands; shape (debtors,).
        owners, starts, order: Claims by debtor (`sim.engine.index.Index`).
        stages: Stage of each claim beside its record, so that a phase finds its claims without
            touching the others; shape (at least claims,).
        places: Where each debtor stands in `owners`, if it has claims; shape (debtors,).
        keys: Scratch for grouping claims; shape (at least claims,).
        hand_owners, hand_starts, hand_order: Cases in officers' hands this month, by debtor.
        case_owners, case_starts, case_order: Cases to serve, by court and class of priority.
        lent_owners, lent_starts, lent_order: Claims with news for their creditor, by creditor.
        lender_first: First creditor of each kind, and their number; shape (4,).
        court_treatment, debtor_treatment, claim_treatment, amount_edges: Rows of `levers`.
        flows: Money moved, yuan; shape (blocks, flows).
        sums: What is counted, by cell of the breakdown; shape (blocks, cells, counts).
        spans: What is counted by months passed; shape (blocks, cells, spans, LONGEST + 1).
        ledgers: Sum over choices of those able, by who: number, then each term of the ledger of its
            best dishonest option, yuan; shape (blocks, cells, 2, 1 + terms).
        inquiries: Asked, answered, yuan found, stalled; shape (blocks, registries, 4).
        stocks: Money held, yuan; shape (blocks, accounts).
        trail: Transitions of each claim; empty unless the event log is on.
    """

    now: Now
    block: int
    parameters: Records[Parameters]
    kinds: Records[KindTraits]
    domains: Records[DomainTraits]
    assets: Records[AssetTraits]
    lenders: Records[LenderTraits]
    evasions: Records[EvasionTraits]
    levers: Records[Levers]
    debtors: Records[Debtor]
    claims: Records[Claim]
    creditors: Records[Creditor]
    courts: Records[Court]
    registries: Records[Registry]
    agencies: Records[Agency]
    governments: Records[Government]
    prosecutors: Records[Prosecutor]
    administrators: Records[Administrator]
    supervisors: Records[Supervisor]
    insurers: Records[Insurer]
    funds: Records[Fund]
    neighbours: np.ndarray
    signals: np.ndarray
    rates: np.ndarray
    arrivals: np.ndarray
    owners: np.ndarray
    starts: np.ndarray
    order: np.ndarray
    stages: np.ndarray
    places: np.ndarray
    keys: np.ndarray
    hand_owners: np.ndarray
    hand_starts: np.ndarray
    hand_order: np.ndarray
    case_owners: np.ndarray
    case_starts: np.ndarray
    case_order: np.ndarray
    lent_owners: np.ndarray
    lent_starts: np.ndarray
    lent_order: np.ndarray
    lender_first: np.ndarray
    court_treatment: np.ndarray
    debtor_treatment: np.ndarray
    claim_treatment: np.ndarray
    amount_edges: np.ndarray
    flows: np.ndarray
    sums: np.ndarray
    spans: np.ndarray
    ledgers: np.ndarray
    inquiries: np.ndarray
    stocks: np.ndarray
    trail: Records[Trail]


OVERALL, DOMAINS, KINDS, BANDS, DISTRICTS = 0, 1, 10, 13, 17
"""First cell of each breakdown in `State.sums`; districts come last because their number varies."""


@rule
def book(state: State, block: int, flow: int, amount: float) -> None:
    """Add a movement of money to the books."""
    state.flows[block, flow] += amount


@rule
def count(state: State, block: int, claim: Claim, what: int, amount: float) -> None:
    """Count something of a claim, overall and in its domain, kind, size and district."""
    state.sums[block, OVERALL, what] += amount
    state.sums[block, DOMAINS + claim.domain, what] += amount
    state.sums[block, KINDS + claim.kind, what] += amount
    state.sums[block, BANDS + claim.band, what] += amount
    state.sums[block, DISTRICTS + claim.district, what] += amount


@rule
def count_after(
    state: State, block: int, claim: Claim, what: int, months: int, amount: float
) -> None:
    """Count something of a claim by the months that have passed, in the same cells as `count`."""
    passed = min(max(months, 0), LONGEST)
    state.spans[block, OVERALL, what, passed] += amount
    state.spans[block, DOMAINS + claim.domain, what, passed] += amount
    state.spans[block, KINDS + claim.kind, what, passed] += amount
    state.spans[block, BANDS + claim.band, what, passed] += amount
    state.spans[block, DISTRICTS + claim.district, what, passed] += amount


PAYERS, EVADERS = 0, 1
"""Whose ledgers are summed in `State.ledgers`."""


@rule
def sum_ledger(state: State, cell: int, block: int, who: int, ledger: Ledger) -> None:
    """Add one ledger to the sums of a cell."""
    state.ledgers[block, cell, who, 0] += 1.0
    for term in range(len(ledger)):
        state.ledgers[block, cell, who, 1 + term] += ledger[term]


@rule
def tell_ledger(state: State, block: int, about: Claim, who: int, ledger: Ledger) -> None:
    """Add the ledger behind a choice to the sums, in the same cells as `count`."""
    sum_ledger(state, OVERALL, block, who, ledger)
    sum_ledger(state, DOMAINS + about.domain, block, who, ledger)
    sum_ledger(state, KINDS + about.kind, block, who, ledger)
    sum_ledger(state, BANDS + about.band, block, who, ledger)
    sum_ledger(state, DISTRICTS + about.district, block, who, ledger)


@rule
def move(state: State, row: int, stage: int, amount: float) -> None:
    """Move a claim to another stage; every transition goes through here.

    Args:
        state: The world.
        row: Row of the claim.
        stage: Where it goes.
        amount: Yuan that the transition is about.
    """
    claim = state.claims[row]
    claim.stage = stage
    claim.months = 0
    state.stages[row] = stage
    if len(state.trail) > 0:
        trail = state.trail[row]
        if trail.steps < STEPS:
            trail.stages[trail.steps] = stage
            trail.amounts[trail.steps] = amount
        trail.steps += 1
