"""What is held against a debtor: its credit score, and restrictions that outlast performance.

In: what a debtor did. Out: its score, months to wait, and harm while it waits.
"""

from sim.agents.claim import Claim, is_open
from sim.agents.debtor.debtor import Debtor, evades, is_able
from sim.agents.debtor.score import NEUTRAL, faded, moved, restored
from sim.agents.debtor.weigh import breadth, felt_restriction, wait_after_performance
from sim.books.counts import Count, Span
from sim.engine.compile import inlined, rule
from sim.engine.draw import Now
from sim.levers.catalogue import Levers
from sim.month.shared.journal import (
    DISTRICTS,
    KINDS,
    OVERALL,
    Journal,
    count,
    count_after,
    count_in,
)
from sim.month.shared.state import Owned
from sim.parameters import Choice, KindTraits
from sim.terms import Stage


@rule
def keeps_records(levers: Levers) -> bool:
    """Whether there is credit reporting that remembers anything."""
    return levers.at_source.credit_reporting > 0.0 and levers.at_source.report_memory > 0.0


@rule
def enter(debtor: Debtor, by: float, levers: Levers) -> None:
    """An entry in the credit record moves the score, where records are kept (ODD eq. 121)."""
    if keeps_records(levers):
        debtor.score = moved(debtor.score, by)


@inlined
def fade(debtor: Debtor, levers: Levers, now: Now) -> None:
    """The score of one who does not evade is forgotten step by step (ODD eq. 121)."""
    if debtor.score == NEUTRAL:
        return
    memory = levers.at_source.report_memory
    if memory <= 0.0 or not evades(debtor.option):
        debtor.score = faded(debtor.score, now.month, memory)


@rule
def restore(debtor: Debtor, levers: Levers) -> None:
    """Credit repair (信用修复) brings the score back some of the way (ODD eq. 120)."""
    share = levers.comprehensive.credit_repair
    if share > 0.0:
        debtor.score = restored(debtor.score, share)


@rule
def performed(owned: Owned) -> bool:
    """Whether a claim on a debtor was paid in full this month, by choice or by force."""
    for j in range(owned.first, owned.last):
        stage = owned.stages[owned.order[j]]
        if stage == Stage.PAID or stage == Stage.PLAN_COMPLETED:
            return True
    return False


@rule
def owes_nothing(owned: Owned) -> bool:
    """Whether no claim on a debtor is open."""
    nothing = True
    for j in range(owned.first, owned.last):
        nothing = nothing and not is_open(owned.stages[owned.order[j]])
    return nothing


@rule
def months_to_wait(debtor: Debtor, levers: Levers) -> int:
    """Months that restrictions would outlast performance now; a wait that runs goes on."""
    if debtor.repair > 0:
        return debtor.repair
    return wait_after_performance(levers)


@rule
def delist(debtor: Debtor) -> None:
    """The entry on the list ends."""
    debtor.on_list = False
    debtor.listed = 0
    debtor.repair = 0


@rule
def count_performance(debtor: Debtor, about: Claim, journal: Journal) -> None:
    """A listed debtor performed; it was not met among the listed of this month otherwise."""
    count(journal, about, Count.LISTED_START, 1.0)
    count(journal, about, Count.LISTED_PAID, 1.0)
    count_after(journal, about, Span.LISTED_PAID, debtor.listed, 1.0)
    if is_able(debtor.ability):
        count(journal, about, Count.LISTED_START_ABLE, 1.0)
        count(journal, about, Count.LISTED_PAID_ABLE, 1.0)


@rule
def end_listing(
    debtor: Debtor, about: Claim, chosen: bool, levers: Levers, journal: Journal
) -> None:
    """A listed debtor performed: it is off the list at once, or waits (ODD eq. 120).

    Args:
        debtor: Who.
        about: A claim on it.
        chosen: Whether it performed by choice.
        levers: Its levers.
        journal: Where it is counted.
    """
    wait = wait_after_performance(levers)
    if wait > 0:
        debtor.repair = wait
        return
    if chosen:
        count(journal, about, Count.DELISTED_PAID, 1.0)
    delist(debtor)


@rule
def serve_wait(
    debtor: Debtor, kind: KindTraits, levers: Levers, choice: Choice, journal: Journal
) -> None:
    """A month of restrictions after performance: felt as any other; then the entry ends.

    Counted by kind and district only, since the claim is gone.
    """
    s = breadth(kind, levers)
    felt = felt_restriction(s, debtor.listed, choice) * debtor.income
    debtor.listed += 1
    debtor.repair -= 1
    over = debtor.repair == 0 or debtor.listed >= levers.sanctions.listing_term
    for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
        count_in(journal, cell, Count.RESTRICTION_MONTHS, 1.0)
        count_in(journal, cell, Count.REPAIR_MONTHS, 1.0)
        count_in(journal, cell, Count.FELT_HARM, felt)
        count_in(journal, cell, Count.DELISTED_PAID if over else Count.LISTED, 1.0)
    if over:
        delist(debtor)
        restore(debtor, levers)


@inlined
def note_score(debtor: Debtor, levers: Levers, journal: Journal) -> None:
    """Sum the scores of those of whom a record is kept, by kind and district."""
    if not keeps_records(levers):
        return
    for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
        count_in(journal, cell, Count.SCORED, 1.0)
        count_in(journal, cell, Count.SCORE, debtor.score / 100.0)
