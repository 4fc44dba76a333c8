"""What a month writes down: money moved, counts, spans, ledgers, inquiries, transitions.

A kernel takes the journal of its row (`at_row`) and hands it to the rules that book and count.
Sums are kept by block of rows, so that their bits do not depend on how many threads there are.
"""

from typing import Annotated, NamedTuple

import numpy as np

from sim.agents.claim import Claim
from sim.agents.debtor.weigh import Ledger
from sim.books.counts import LONGEST
from sim.engine.compile import inlined, rule
from sim.engine.record import Byte, Cells, Records, record

STEPS = 8
"""Most transitions of one claim in one month that the event log can hold."""


@record
class Trail:
    """A claim's transitions of this month, for the event log."""

    steps: Byte
    stages: Annotated[Cells, ("i1", (STEPS,))]
    amounts: Annotated[Cells, ("f8", (STEPS,))]


class Sums(NamedTuple):
    """Everything that a month adds up, by block of rows.

    Args:
        flows: Money moved, yuan; shape (blocks, flows).
        counts: What is counted, by cell of the breakdown; shape (blocks, cells, counts).
        spans: What is counted by months passed; shape (blocks, cells, spans, LONGEST + 1).
        ledgers: Sum over choices of those able, by who: number, then each term of the ledger of its
            best dishonest option, yuan; shape (blocks, cells, 2, 1 + terms).
        inquiries: Asked, answered, yuan found, stalled; shape (blocks, registries, 4).
        stocks: Money held, yuan; shape (blocks, accounts).
    """

    flows: np.ndarray
    counts: np.ndarray
    spans: np.ndarray
    ledgers: np.ndarray
    inquiries: np.ndarray
    stocks: np.ndarray


class Journal(NamedTuple):
    """The sums of the month, the block that a rule adds to, and where transitions are noted.

    Args:
        size: Rows in a block.
        block: Block of the row at hand; see `at_row`.
        flows, counts, spans, ledgers, inquiries, stocks: See `Sums`.
        stages: Stage of each claim, apart from its record, so that a phase finds its claims without
            touching the others; shape (at least claims,).
        trail: Transitions of each claim; empty unless the event log is on.
    """

    size: int
    block: int
    flows: np.ndarray
    counts: np.ndarray
    spans: np.ndarray
    ledgers: np.ndarray
    inquiries: np.ndarray
    stocks: np.ndarray
    stages: np.ndarray
    trail: Records[Trail]


OVERALL, DOMAINS, KINDS, BANDS, DISTRICTS = 0, 1, 10, 13, 17
"""First cell of each breakdown in `Sums.counts`; districts come last because their number varies.
"""


@inlined
def at_row(journal: Journal, row: int) -> Journal:
    """The journal that adds to the block of a row."""
    return Journal(
        size=journal.size,
        block=row // journal.size,
        flows=journal.flows,
        counts=journal.counts,
        spans=journal.spans,
        ledgers=journal.ledgers,
        inquiries=journal.inquiries,
        stocks=journal.stocks,
        stages=journal.stages,
        trail=journal.trail,
    )


@inlined
def book(journal: Journal, flow: int, amount: float) -> None:
    """Add a movement of money to the books."""
    journal.flows[journal.block, flow] += amount


@inlined
def hold(journal: Journal, account: int, amount: float) -> None:
    """Add to the money that an account holds."""
    journal.stocks[journal.block, account] += amount


@inlined
def count_in(journal: Journal, cell: int, what: int, amount: float) -> None:
    """Count something in one cell of the breakdown."""
    journal.counts[journal.block, cell, what] += amount


@inlined
def count(journal: Journal, claim: Claim, what: int, amount: float) -> None:
    """Count something of a claim, overall and in its domain, kind, size and district."""
    add_to_cells(journal.counts, journal.block, claim, what, amount)


@rule
def add_to_cells(counts: np.ndarray, block: int, claim: Claim, what: int, amount: float) -> None:
    """Add to the counts of all cells that a claim belongs to."""
    counts[block, OVERALL, what] += amount
    counts[block, DOMAINS + claim.domain, what] += amount
    counts[block, KINDS + claim.kind, what] += amount
    counts[block, BANDS + claim.band, what] += amount
    counts[block, DISTRICTS + claim.district, what] += amount


@inlined
def count_after(journal: Journal, claim: Claim, what: int, months: int, amount: float) -> None:
    """Count something of a claim by the months that have passed, in the same cells as `count`."""
    add_to_spans(journal.spans, journal.block, claim, what, months, amount)


@rule
def add_to_spans(
    spans: np.ndarray, block: int, claim: Claim, what: int, months: int, amount: float
) -> None:
    """Add to the spans of all cells that a claim belongs to."""
    passed = min(max(months, 0), LONGEST)
    spans[block, OVERALL, what, passed] += amount
    spans[block, DOMAINS + claim.domain, what, passed] += amount
    spans[block, KINDS + claim.kind, what, passed] += amount
    spans[block, BANDS + claim.band, what, passed] += amount
    spans[block, DISTRICTS + claim.district, what, passed] += amount


@rule
def counted(journal: Journal, cell: int, what: int) -> float:
    """A count of this month in one cell so far, over all blocks in their order."""
    total = 0.0
    for block in range(len(journal.counts)):
        total += journal.counts[block, cell, what]
    return total


INQUIRED, ANSWERED, YUAN_FOUND, HELD_BACK = 0, 1, 2, 3
"""What is counted of inquiries; the last axis of `Sums.inquiries`."""


@rule
def count_inquiry(journal: Journal, registry: int, what: int, amount: float) -> None:
    """Count something of the inquiries at one registry."""
    journal.inquiries[journal.block, registry, what] += amount


PAYERS, EVADERS = 0, 1
"""Whose ledgers are summed in `Sums.ledgers`."""


@rule
def sum_ledger(journal: Journal, cell: int, who: int, ledger: Ledger) -> None:
    """Add one ledger to the sums of a cell."""
    block = journal.block
    journal.ledgers[block, cell, who, 0] += 1.0
    for term in range(len(ledger)):
        journal.ledgers[block, cell, who, 1 + term] += ledger[term]


@rule
def count_ledger(journal: Journal, about: Claim, who: int, ledger: Ledger) -> None:
    """Add the ledger behind a choice to the sums, in the same cells as `count`."""
    sum_ledger(journal, OVERALL, who, ledger)
    sum_ledger(journal, DOMAINS + about.domain, who, ledger)
    sum_ledger(journal, KINDS + about.kind, who, ledger)
    sum_ledger(journal, BANDS + about.band, who, ledger)
    sum_ledger(journal, DISTRICTS + about.district, who, ledger)


@rule
def move(journal: Journal, claim: Claim, at: int, stage: int, amount: float) -> None:
    """Move a claim to another stage; every transition goes through here.

    Args:
        journal: Where the transition is noted.
        claim: The claim.
        at: Its row.
        stage: Where it goes.
        amount: Yuan that the transition is about.
    """
    claim.stage = stage
    claim.months = 0
    journal.stages[at] = stage
    if len(journal.trail) > 0:
        trail = journal.trail[at]
        if trail.steps < STEPS:
            trail.stages[trail.steps] = stage
            trail.amounts[trail.steps] = amount
        trail.steps += 1
