"""The journal: where rules write down what happens in a month.

It contains money moved, counts, ledgers of choices (costs and gains), inquiries, and transitions of
claims. A kernel (a compiled loop over the rows of a block) gets the journal of its block from
`at_row` and passes it to rules. Each block of rows has its own sums, so that results are the same
to the last bit for any number of threads.
"""

from typing import Annotated, NamedTuple

import numpy as np

from sim.agents.claim import Claim
from sim.agents.debtor.weigh import Ledger
from sim.books.counts import LONGEST
from sim.engine.compile import inlined, rule
from sim.engine.record import Byte, Cells, Records, record

STEPS = 8
"""Largest number of transitions of one claim in one month that the event log can store."""


@record
class Trail:
    """A claim's transitions of this month, for the event log: new stages, and sums in yuan.

    `steps` counts them all. Only the first `STEPS` are stored.
    """

    steps: Byte
    stages: Annotated[Cells, ("i1", (STEPS,))]
    amounts: Annotated[Cells, ("f8", (STEPS,))]


class Sums(NamedTuple):
    """All sums of a month, by block of rows.

    Args:
        flows: Money moved, yuan; shape (blocks, flows).
        counts: Counts in each cell; shape (blocks, cells, counts). A cell is all claims together,
            or those of one domain, kind of debtor, band of amount or district.
        spans: Counts by months passed; shape (blocks, cells, spans, LONGEST + 1).
        ledgers: Sums over the choices of able debtors, first of payers, then of evaders; shape
            (blocks, cells, 2, 1 + terms). The number of choices comes first. Then comes each term,
            a cost or gain of the best dishonest option, yuan.
        inquiries: Inquiries made, inquiries answered, yuan found, inquiries stalled; shape
            (blocks, registries, 4).
        stocks: Money in each account, yuan; shape (blocks, accounts).
        premiums: Debtors with liability cover, the sum of their premium factors and the premiums
            paid, yuan; shape (blocks, insurers, kinds, districts, 3). Other counts of premiums are
            sums of these; see `insurance.count_premiums`.
    """

    flows: np.ndarray
    counts: np.ndarray
    spans: np.ndarray
    ledgers: np.ndarray
    inquiries: np.ndarray
    stocks: np.ndarray
    premiums: np.ndarray


class Journal(NamedTuple):
    """The sums of the month, the block that a rule adds to, and the record of transitions.

    Args:
        size: Number of rows in a block.
        block: Index of the block that a kernel runs over; see `at_row`.
        flows, counts, spans, ledgers, inquiries, stocks, premiums: See `Sums`.
        stages: Stage of each claim; shape (rows,), with a row for each claim. It is kept apart from
            the table of claims, so that a phase can find its claims without reading the others.
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
    premiums: np.ndarray
    stages: np.ndarray
    trail: Records[Trail]


OVERALL, DOMAINS, KINDS, BANDS, DISTRICTS = 0, 1, 10, 13, 17
"""First cell of each group in `Sums.counts`. Districts come last because their number varies."""


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
        premiums=journal.premiums,
        stages=journal.stages,
        trail=journal.trail,
    )


@inlined
def book(journal: Journal, flow: int, amount: float) -> None:
    """Add a movement of money to the books."""
    journal.flows[journal.block, flow] += amount


@inlined
def hold(journal: Journal, account: int, amount: float) -> None:
    """Add the money of a row to the stock of an account."""
    journal.stocks[journal.block, account] += amount


@inlined
def count_in(journal: Journal, cell: int, what: int, amount: float) -> None:
    """Add to a count in one cell."""
    journal.counts[journal.block, cell, what] += amount


@inlined
def count(journal: Journal, claim: Claim, what: int, amount: float) -> None:
    """Add to a count, overall and in the domain, kind, size and district of a claim."""
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
    """Add to a count by months passed, in the same cells as `count`."""
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
    """A count in one cell so far this month: the sum over all blocks, in their order."""
    total = 0.0
    for block in range(len(journal.counts)):
        total += journal.counts[block, cell, what]
    return total


INQUIRED, ANSWERED, YUAN_FOUND, HELD_BACK = 0, 1, 2, 3
"""Places of the counts of inquiries on the last axis of `Sums.inquiries`."""


@rule
def count_inquiry(journal: Journal, registry: int, what: int, amount: float) -> None:
    """Add to a count of the inquiries at one registry."""
    journal.inquiries[journal.block, registry, what] += amount


PAYERS, EVADERS = 0, 1
"""Places of payers and evaders on the third axis of `Sums.ledgers`."""


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
    """Move a claim to another stage. Every transition goes through here.

    Args:
        journal: Where the transition is recorded.
        claim: The claim.
        at: Row of the claim.
        stage: The new stage.
        amount: Sum of money recorded with the transition, yuan.
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
