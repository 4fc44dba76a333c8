"""What is held against a debtor: its credit score, and restrictions that outlast performance.

In: what a debtor did. Out: its score, months to wait, and harm while it waits.
"""

from sim.agents.claim import Claim, is_open
from sim.agents.debtor.debtor import Debtor, evades, is_able
from sim.agents.debtor.score import NEUTRAL, faded, moved, restored
from sim.agents.debtor.weigh import breadth, felt_restriction, wait_after_performance
from sim.books.counts import Count, Span
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.month.shared.state import DISTRICTS, KINDS, OVERALL, State, count, count_after
from sim.terms import Stage


@rule
def keeps_records(levers: Levers) -> bool:
    """Whether there is credit reporting that remembers anything."""
    return levers.at_source.credit_reporting > 0.0 and levers.at_source.report_memory > 0.0


@rule
def enter(state: State, debtor: Debtor, by: float) -> None:
    """An entry in the credit record moves the score, where records are kept (ODD eq. 121)."""
    if keeps_records(state.levers[debtor.treatment]):
        debtor.score = moved(debtor.score, by)


@rule
def fade(state: State, debtor: Debtor) -> None:
    """The score of one who does not evade is forgotten step by step (ODD eq. 121)."""
    if debtor.score == NEUTRAL:
        return
    memory = state.levers[debtor.treatment].at_source.report_memory
    if memory <= 0.0 or not evades(debtor.option):
        debtor.score = faded(debtor.score, state.now.month, memory)


@rule
def restore(state: State, debtor: Debtor) -> None:
    """Credit repair (信用修复) brings the score back some of the way (ODD eq. 120)."""
    share = state.levers[debtor.treatment].comprehensive.credit_repair
    if share > 0.0:
        debtor.score = restored(debtor.score, share)


@rule
def performed(state: State, k: int) -> bool:
    """Whether a claim on the `k`-th owner was paid in full this month, by choice or by force."""
    for j in range(state.starts[k], state.starts[k + 1]):
        stage = state.stages[state.order[j]]
        if stage == Stage.PAID or stage == Stage.PLAN_COMPLETED:
            return True
    return False


@rule
def owes_nothing(state: State, k: int) -> bool:
    """Whether no claim on the `k`-th owner is open."""
    for j in range(state.starts[k], state.starts[k + 1]):
        if is_open(state.stages[state.order[j]]):
            return False
    return True


@rule
def months_to_wait(state: State, debtor: Debtor) -> int:
    """Months that restrictions would outlast performance now; a wait that runs goes on."""
    if debtor.repair > 0:
        return debtor.repair
    return wait_after_performance(state.levers[debtor.treatment])


@rule
def delist(debtor: Debtor) -> None:
    """The entry on the list ends."""
    debtor.on_list = False
    debtor.listed = 0
    debtor.repair = 0


@rule
def count_performance(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """A listed debtor performed; it was not met among the listed of this month otherwise."""
    count(state, block, about, Count.LISTED_START, 1.0)
    count(state, block, about, Count.LISTED_PAID, 1.0)
    count_after(state, block, about, Span.LISTED_PAID, debtor.listed, 1.0)
    if is_able(debtor.ability):
        count(state, block, about, Count.LISTED_START_ABLE, 1.0)
        count(state, block, about, Count.LISTED_PAID_ABLE, 1.0)


@rule
def end_listing(state: State, debtor: Debtor, about: Claim, chosen: bool, block: int) -> None:
    """A listed debtor performed: it is off the list at once, or waits (ODD eq. 120).

    Args:
        state: The world.
        debtor: Who.
        about: A claim on it.
        chosen: Whether it performed by choice.
        block: Block of sums.
    """
    wait = wait_after_performance(state.levers[debtor.treatment])
    if wait > 0:
        debtor.repair = wait
        return
    if chosen:
        count(state, block, about, Count.DELISTED_PAID, 1.0)
    delist(debtor)


@rule
def serve_wait(state: State, debtor: Debtor, block: int) -> None:
    """A month of restrictions after performance: felt as any other; then the entry ends.

    Counted by kind and district only, since the claim is gone.
    """
    levers = state.levers[debtor.treatment]
    s = breadth(state.kinds[debtor.kind], levers)
    felt = felt_restriction(s, debtor.listed, state.parameters[0].choice) * debtor.income
    debtor.listed += 1
    debtor.repair -= 1
    over = debtor.repair == 0 or debtor.listed >= levers.sanctions.listing_term
    for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
        state.sums[block, cell, Count.RESTRICTION_MONTHS] += 1.0
        state.sums[block, cell, Count.REPAIR_MONTHS] += 1.0
        state.sums[block, cell, Count.FELT_HARM] += felt
        state.sums[block, cell, Count.DELISTED_PAID if over else Count.LISTED] += 1.0
    if over:
        delist(debtor)
        restore(state, debtor)


@rule
def note_score(state: State, debtor: Debtor, block: int) -> None:
    """Sum the scores of those of whom a record is kept, by kind and district."""
    if not keeps_records(state.levers[debtor.treatment]):
        return
    for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
        state.sums[block, cell, Count.SCORED] += 1.0
        state.sums[block, cell, Count.SCORE] += debtor.score / 100.0
