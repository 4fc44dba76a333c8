"""Institutions at month end: inspections, idle hours, interference, capacity of administrators.

Here institutions review the month and prepare the next one. Their decisions on single cases are in
`tracing`, `seizure`, `obstruction`, `sanctions` and `termination`.
"""

from sim.agents.court.court import Court
from sim.agents.court.officer import unworked
from sim.agents.court.supervisor import Inspection, Supervisor, inspection, inspects
from sim.agents.institutions.administrator import openings
from sim.agents.institutions.institution import room
from sim.agents.institutions.police import foresee, hours_for_court
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.journal import DISTRICTS, OVERALL, Journal, at_row, count_in, counted
from sim.month.shared.state import State
from sim.parameters import Institutions, Parameters
from sim.terms import Decision


@kernel
def staff(state: State, first: int, last: int) -> None:
    """For each court, set the share of next month's hours that officers leave unworked (eq. 81).

    Also set the share of the wanted police hours that will be available (eq. 156).
    """
    parameters = state.parameters[0]
    institutions = parameters.institutions
    journal = at_row(state.journal, first)
    for row in range(first, last):
        court = state.courts[row]
        levers = state.levers[court.treatment]
        if institutions.police_hours > 0.0:
            wanted = counted(journal, DISTRICTS + court.district, Count.POLICE_WANTED)
            hours = hours_for_court(levers, institutions, len(state.debtors), len(state.courts))
            foresee(court, wanted, hours)
        court.idle = unworked(
            court.watched,
            levers,
            institutions,
            parameters.procedure.hours,
            parameters.choice.noise,
        )


@kernel
def report(state: State, first: int, last: int) -> None:
    """For each government, record how many cases it made the court put off this month."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        government = state.governments[row]
        cell = DISTRICTS + government.district
        government.interfered = int(counted(journal, cell, Count.INTERFERED))


@rule
def looked_at(
    court: Court, levers: Levers, institutions: Institutions, journal: Journal
) -> Inspection:
    """Gain and cost to the supervisor if it inspects a court (ODD eq. 131)."""
    cell = DISTRICTS + court.district
    complaints = (
        counted(journal, cell, Count.TERMINATED_EARLY)
        + counted(journal, cell, Count.PETITIONS)
        + counted(journal, cell, Count.OVERREACHED)
    )
    idle = counted(journal, cell, Count.HOURS_UNWORKED)
    return inspection(idle, complaints, court.officers, levers, institutions)


@rule
def room_to_inspect(
    courts: Records[Court], treatments: Records[Levers], parameters: Parameters, journal: Journal
) -> float:
    """Share of the worthwhile inspections that the supervisor has the capacity to make."""
    institutions = parameters.institutions
    noise = parameters.choice.noise
    if institutions.inspection_cost <= 0.0:
        return 0.0
    wanted = 0.0
    for c in range(len(courts)):
        levers = treatments[courts[c].treatment]
        wanted += inspects(looked_at(courts[c], levers, institutions, journal), noise)
    return room(institutions.inspections * len(courts), wanted)


@rule
def inspect(
    supervisor: Supervisor,
    courts: Records[Court],
    treatments: Records[Levers],
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> None:
    """Choose the courts to inspect. Next month the officers there are watched (ODD eq. 131)."""
    part = room_to_inspect(courts, treatments, parameters, journal)
    supervisor.inspected = 0
    for c in range(len(courts)):
        court = courts[c]
        chance = 0.0
        if part > 0.0:
            levers = treatments[court.treatment]
            seen = looked_at(court, levers, parameters.institutions, journal)
            chance = part * inspects(seen, parameters.choice.noise)
        inspected = happens(now, Decision.INSPECT, court.id, chance)
        court.watched = parameters.institutions.inspection_reach if inspected else 0.0
        supervisor.inspected += 1 if inspected else 0
        for cell in (OVERALL, DISTRICTS + court.district):
            count_in(journal, cell, Count.COURTS, 1.0)
            count_in(journal, cell, Count.INSPECTIONS, 1.0 if inspected else 0.0)


@kernel
def appoint(state: State, first: int, last: int) -> None:
    """Update each district's administrators: openings, debtors who wait, capacity (eq. 129)."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        office = state.administrators[row]
        cell = DISTRICTS + office.district
        limit = state.levers[state.courts[row].treatment].at_source.administrators
        opened = counted(journal, cell, Count.OPENINGS)
        left = counted(journal, cell, Count.OPENINGS_WANTED) - opened
        office.opened = int(opened)
        office.waiting = int(left + counted(journal, cell, Count.OPENINGS_NEW))
        office.capacity = openings(limit, len(state.debtors), len(state.courts))


@kernel
def supervise(state: State, first: int, last: int) -> None:
    """The supervisor counts early terminations and chooses the courts to inspect."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        supervisor = state.supervisors[row]
        supervisor.early = int(counted(journal, OVERALL, Count.TERMINATED_EARLY))
        inspect(supervisor, state.courts, state.levers, state.parameters[0], state.now, journal)
