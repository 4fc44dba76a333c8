"""The credit record of a debtor: entries change the score, and their effect fades.

In: conduct and score of a debtor. Out: the new score.
"""

from sim.agents.debtor.debtor import Debtor, evades
from sim.agents.debtor.score import NEUTRAL, faded, keeps_records, moved, restored
from sim.books.counts import Count
from sim.engine.compile import inlined, rule
from sim.engine.draw import Now
from sim.levers.catalogue import Levers
from sim.month.shared.journal import (
    DISTRICTS,
    KINDS,
    OVERALL,
    Journal,
    count_in,
)


@rule
def enter(debtor: Debtor, by: float, levers: Levers) -> None:
    """Change the score in the credit record, where records are kept (ODD eq. 121).

    `by` is the change as a share of the whole range.
    """
    if keeps_records(levers):
        debtor.score = moved(debtor.score, by)


@inlined
def fade(debtor: Debtor, levers: Levers, now: Now) -> None:
    """Move a debtor's score one step towards neutral, unless the debtor evades (ODD eq. 121).

    If records have no memory, every score returns to neutral at once.
    """
    if debtor.score == NEUTRAL:
        return
    memory = levers.at_source.report_memory
    if memory <= 0.0 or not evades(debtor.option):
        debtor.score = faded(debtor.score, now.month, memory)


@rule
def restore(debtor: Debtor, levers: Levers) -> None:
    """Credit repair (信用修复): raise a low score part of the way to neutral (ODD eq. 120)."""
    share = levers.comprehensive.credit_repair
    if share > 0.0:
        debtor.score = restored(debtor.score, share)


@inlined
def note_score(debtor: Debtor, levers: Levers, journal: Journal) -> None:
    """Add a debtor's score to the sums by kind and district, if a record is kept."""
    if not keeps_records(levers):
        return
    for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
        count_in(journal, cell, Count.SCORED, 1.0)
        count_in(journal, cell, Count.SCORE, debtor.score / 100.0)
