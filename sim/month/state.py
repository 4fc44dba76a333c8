"""What every kernel sees: tables, the index of claims, sums; and the few ways to write them.

A kernel has the signature ``(state, first, last)`` and loops over rows of what its phase names.
It writes only rows of its own range or rows that those own, and never reads in another row a field
that it writes.
"""

from typing import Annotated, NamedTuple

import numpy as np

from sim.agents.claim import Claim
from sim.agents.court import Agency, Court, Registry
from sim.agents.creditor import Creditor
from sim.agents.debtor import Debtor
from sim.agents.insurer import Fund, Insurer
from sim.agents.parameters import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
    Setting,
)
from sim.engine.compile import rule
from sim.engine.draw import Now
from sim.engine.record import Byte, Cells, Records, record
from sim.levers.catalogue import Levers
from sim.month.accounts import Flow
from sim.month.tally import Count

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
        inquiries: Asked, answered, yuan found; shape (blocks, registries, 3).
        stocks: Money held, yuan; shape (blocks, accounts).
        trail: Transitions of each claim; empty unless the event log is on.
    """

    now: Now
    block: int
    setting: Records[Setting]
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


__all__ = ["Count", "Flow", "State", "Trail", "book", "count", "move"]
