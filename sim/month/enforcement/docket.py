"""The docket (the open cases of a court): cases queue for the hours of officers."""

import math

from sim.agents.claim import Claim, in_docket
from sim.agents.court.court import Court, capacity, effort, is_search, step_hours
from sim.agents.court.standard import HEARD
from sim.agents.court.supervisor import hurried
from sim.books.counts import Count
from sim.engine.compile import inlined, kernel, rule
from sim.engine.draw import Now, happens
from sim.engine.index import Index
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import court_hours
from sim.month.endings.termination import owes_hearing
from sim.month.shared.journal import DISTRICTS, OVERALL, Journal, at_row, count, count_in
from sim.month.shared.state import State
from sim.parameters import Procedure, Pursuit
from sim.terms import Decision

CLASSES = 2
"""Classes in the queue of a court: first livelihood cases and petitions, then the rest."""
AGES = 128
"""Number of ages (months in the docket) by which a queue is ordered; the last is open-ended."""
PLACES = CLASSES * AGES
"""Places in the queue of a court; the first is served first."""


@kernel
def line_up(state: State, first: int, last: int) -> None:
    """Give each case that is ready its place: by court, then class, then age (ODD eq. 148)."""
    procedure = state.parameters[0].procedure
    journal = at_row(state.journal, first)
    for row in range(first, last):
        state.keys[row] = -1
        if not in_docket(state.journal.stages[row]):
            continue
        claim = state.claims[row]
        claim.served = claim.worked = False
        if claim.wait == 0:
            levers = state.levers[claim.treatment]
            first_class = claim.livelihood and levers.special.livelihood_priority > 0.5
            petition(claim, state.parameters[0].pursuit, state.now, journal)
            ahead = first_class or claim.petitioned
            state.keys[row] = claim.district * PLACES + place(claim, ahead, procedure)


@inlined
def place(claim: Claim, ahead: bool, procedure: Procedure) -> int:
    """Place of a case in the queue: by class, then by the date it was opened or revived.

    If `queue_by_date` is off, the date does not count. Cases of a class then keep the order of
    their rows, which is by age of the claims.
    """
    behind = AGES - 1 - min(claim.docket, AGES - 1) if procedure.queue_by_date else 0
    return behind if ahead else AGES + behind


@inlined
def petition(claim: Claim, pursuit: Pursuit, now: Now, journal: Journal) -> None:
    """Draw whether the creditor of an old case petitions (信访).

    The case then moves ahead, but takes more hours.
    """
    claim.petitioned = claim.docket >= pursuit.petition_after and happens(
        now, Decision.PETITION, claim.id, pursuit.petition
    )
    if claim.petitioned:
        count(journal, claim, Count.PETITIONS, 1.0)


@rule
def slack(hours: float, procedure: Procedure) -> float:
    """The largest number of idle hours that a court may carry forward.

    It is two standard deviations of a year's work.

    A court in the model stands for a larger real one, and the work of a small court fluctuates
    more. Without this allowance small worlds would waste hours that large ones use. As a share of
    all hours, the allowance tends to 0 as the world grows (ODD eq. 15).
    """
    return 2.0 * math.sqrt(12.0 * hours * procedure.sale_hours)


@kernel
def count_hours(state: State, first: int, last: int) -> None:
    """Compute the hours of each court: time of officers, less idle time, times haste."""
    parameters = state.parameters[0]
    journal = at_row(state.journal, first)
    for row in range(first, last):
        court = state.courts[row]
        levers = state.levers[court.treatment]
        court.officers = (
            levers.comprehensive.officers * len(state.debtors) / (1000.0 * len(state.courts))
        )
        full = capacity(court.officers, parameters.procedure, levers)
        court.hours = full * (1.0 - court.idle) * hurried(levers, parameters.institutions)
        court.moved = 0.0
        court.work = line_hours(
            court.district,
            state.cases,
            state.claims,
            state.levers,
            parameters.procedure,
            state.now,
        )
        for cell in (OVERALL, DISTRICTS + court.district):
            count_in(journal, cell, Count.HOURS_UNWORKED, full * court.idle)


@rule
def usual_hours(claim: Claim, levers: Levers, procedure: Procedure, now: Now) -> float:
    """Officers' hours that the next step of a case usually takes."""
    return court_hours(step_hours(claim.stage, procedure), claim, levers, procedure, now)


@rule
def line_hours(
    district: int,
    cases: Index,
    claims: Records[Claim],
    treatments: Records[Levers],
    procedure: Procedure,
    now: Now,
) -> float:
    """Hours that the next step of every case in a court's queue would take."""
    hours = 0.0
    for k in range(len(cases.owners)):
        if cases.owners[k] // PLACES == district:
            for j in range(cases.starts[k], cases.starts[k + 1]):
                claim = claims[cases.order[j]]
                hours += usual_hours(claim, treatments[claim.treatment], procedure, now)
    return hours


@rule
def lent(court: Court, levers: Levers) -> float:
    """Hours that a court puts into the pool."""
    return levers.collaborative.pooling * (court.hours + court.unused)


@rule
def short(court: Court, levers: Levers) -> float:
    """Hours that a pooling court still needs after using the hours it kept."""
    if levers.collaborative.pooling <= 0.0:
        return 0.0
    return max(0.0, court.work - (court.hours + court.unused - lent(court, levers)))


@kernel
def pool(state: State, first: int, last: int) -> None:
    """The command centre assigns pooled hours to the courts that need them (ODD eq. 91).

    Hours that no court needs return to the courts that lent them. If all courts pool all their
    hours, they work as if they had one queue.
    """
    for row in range(first, last):
        pooled = 0.0
        wanted = 0.0
        for c in range(len(state.courts)):
            court = state.courts[c]
            levers = state.levers[court.treatment]
            pooled += lent(court, levers)
            wanted += short(court, levers)
        state.supervisors[row].pooled = pooled
        state.supervisors[row].moved = 0.0
        if pooled <= 0.0:
            continue
        part = min(1.0, pooled / wanted) if wanted > 0.0 else 0.0
        left = max(0.0, pooled - part * wanted) / pooled
        for c in range(len(state.courts)):
            court = state.courts[c]
            levers = state.levers[court.treatment]
            court.moved = part * short(court, levers) - (1.0 - left) * lent(court, levers)
            state.supervisors[row].moved += max(0.0, court.moved)


@kernel
def serve(state: State, first: int, last: int) -> None:
    """Each court spends its hours on its queue, one step per case and month.

    Hours that sanctions have taken are deducted first. The order is strict. Once a step needs more
    hours than are left, it waits, and so do all steps behind it that take hours. The hours left are
    carried to next month. If no case waits, they are carried only up to `slack`.
    """
    procedure = state.parameters[0].procedure
    journal = at_row(state.journal, first)
    for row in range(first, last):
        court = state.courts[row]
        left = court.hours + court.unused + court.moved
        spent = min(left, court.sanctions)
        court.sanctions -= spent
        left -= spent
        court.effort = effort(left, court.work, procedure)
        court.served = 0
        court.waiting = 0
        it = state.levers[court.treatment].systemic.it
        wage = state.parameters[0].institutions.wage / (1.0 + it)
        for k in range(len(state.cases.owners)):
            if state.cases.owners[k] // PLACES != court.district:
                continue
            for j in range(state.cases.starts[k], state.cases.starts[k + 1]):
                claim = state.claims[state.cases.order[j]]
                levers = state.levers[claim.treatment]
                hours = usual_hours(claim, levers, procedure, state.now)
                if is_search(claim.stage):
                    hours *= court.effort
                if claim.petitioned:
                    hours += state.parameters[0].pursuit.petition_hours
                hearing = owes_hearing(claim, levers, procedure, state.now)
                if hearing:
                    hours += procedure.hearing_hours
                # a step that takes no hours need not wait
                if hours <= 0.0 or (court.waiting == 0 and hours <= left):
                    left -= hours
                    claim.served = claim.worked = True
                    pay = hours * wage
                    count(journal, claim, Count.OFFICERS_PAY, pay)
                    court.served += 1
                    if hearing:
                        claim.checks |= HEARD
                    if claim.petitioned:
                        count(journal, claim, Count.PETITIONS_ANSWERED, 1.0)
                else:
                    court.waiting += 1
        court.hours_used = court.hours + court.unused + court.moved - left
        court.unused = left if court.waiting > 0 else min(left, slack(court.hours, procedure))
        lapsed = left - court.unused
        for cell in (OVERALL, DISTRICTS + court.district):
            count_in(journal, cell, Count.HOURS, court.hours)
            count_in(journal, cell, Count.HOURS_USED, court.hours_used)
            count_in(journal, cell, Count.HOURS_LAPSED, lapsed)
            count_in(journal, cell, Count.HOURS_MOVED, max(0.0, court.moved))
            count_in(journal, cell, Count.OFFICERS, court.officers)


@kernel
def take_up(state: State, first: int, last: int) -> None:
    """Mark the debtors of cases that are served, so that later steps skip all other debtors."""
    for row in range(first, last):
        state.keys[row] = -1
        if in_docket(state.journal.stages[row]) and state.claims[row].served:
            state.keys[row] = state.claims[row].debtor
