"""Institutions at the month's end: inspections, idleness, what happened to whom, room of offices.

What they weigh case by case stands where the case is: see `tracing`, `seizure`, `sanctions`,
`exits`. Here they look back on the month, and ahead to the next one.
"""

from sim.agents.court.court import Court
from sim.agents.court.officer import unworked
from sim.agents.court.supervisor import Inspection, Supervisor, inspection, inspects
from sim.agents.institutions.administrator import openings
from sim.agents.institutions.prosecutor import charges, room
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.shared.state import DISTRICTS, OVERALL, State
from sim.terms import Decision

YEAR = 12.0
"""Months over which a prosecutor's office forms its view of how many are reported."""


@rule
def tallied(state: State, cell: int, what: int) -> float:
    """A count of this month in one cell, over all blocks in their order."""
    total = 0.0
    for block in range(len(state.sums)):
        total += state.sums[block, cell, what]
    return total


@kernel
def staff(state: State, first: int, last: int) -> None:
    """How many of next month's hours each court's officers will leave unworked (ODD eq. 81)."""
    parameters = state.parameters[0]
    for row in range(first, last):
        court = state.courts[row]
        court.idle = unworked(
            court.watched,
            state.levers[court.treatment],
            parameters.institutions,
            parameters.procedure.hours,
            parameters.choice.noise,
        )


@kernel
def report(state: State, first: int, last: int) -> None:
    """Each government's cases of interference."""
    for row in range(first, last):
        government = state.governments[row]
        cell = DISTRICTS + government.district
        government.interfered = int(tallied(state, cell, Count.INTERFERED))


@kernel
def plead(state: State, first: int, last: int) -> None:
    """Each prosecutor's office sees how many it would charge, and how many it has room for.

    Room is a share that holds next month, so that no case depends on another of the same month.
    """
    parameters = state.parameters[0]
    of = parameters.institutions
    for row in range(first, last):
        office = state.prosecutors[row]
        cell = DISTRICTS + office.district
        reported = tallied(state, cell, Count.REPORTED)
        office.reported = int(reported)
        private = tallied(state, cell, Count.PRIVATE_CONVICTIONS)
        office.charged = int(tallied(state, cell, Count.PRISONS) - private)
        office.capacity = of.prosecutors * len(state.debtors) / (1000.0 * len(state.courts))
        office.load += (reported * charges(of, 1.0, parameters.choice.noise) - office.load) / YEAR
        office.room = room(office.capacity, office.load)


@rule
def looked_at(state: State, court: Court) -> Inspection:
    """What the supervisor sees of a court in the month that ends (ODD eq. 131)."""
    cell = DISTRICTS + court.district
    complaints = (
        tallied(state, cell, Count.TERMINATED_EARLY)
        + tallied(state, cell, Count.PETITIONS)
        + tallied(state, cell, Count.OVERREACHED)
    )
    idle = tallied(state, cell, Count.HOURS_UNWORKED)
    levers = state.levers[court.treatment]
    return inspection(idle, complaints, court.officers, levers, state.parameters[0].institutions)


@rule
def room_to_inspect(state: State) -> float:
    """Share of the inspections found worth their cost for which the supervisor has room."""
    noise = state.parameters[0].choice.noise
    if state.parameters[0].institutions.inspection_cost <= 0.0:
        return 0.0
    wanted = 0.0
    for c in range(len(state.courts)):
        wanted += inspects(looked_at(state, state.courts[c]), noise)
    return room(state.parameters[0].institutions.inspections * len(state.courts), wanted)


@rule
def inspect(state: State, supervisor: Supervisor, block: int) -> None:
    """Choose the courts to inspect; next month their officers are watched (ODD eq. 131)."""
    parameters = state.parameters[0]
    part = room_to_inspect(state)
    supervisor.inspected = 0
    for c in range(len(state.courts)):
        court = state.courts[c]
        chance = 0.0
        if part > 0.0:
            chance = part * inspects(looked_at(state, court), parameters.choice.noise)
        inspected = happens(state.now, Decision.INSPECT, court.id, chance)
        court.watched = parameters.institutions.inspection_reach if inspected else 0.0
        supervisor.inspected += 1 if inspected else 0
        for cell in (OVERALL, DISTRICTS + court.district):
            state.sums[block, cell, Count.COURTS] += 1.0
            state.sums[block, cell, Count.INSPECTIONS] += 1.0 if inspected else 0.0


@kernel
def appoint(state: State, first: int, last: int) -> None:
    """Each district's administrators see who waits for them next month (ODD eq. 129)."""
    for row in range(first, last):
        office = state.administrators[row]
        cell = DISTRICTS + office.district
        limit = state.levers[state.courts[row].treatment].at_source.administrators
        opened = tallied(state, cell, Count.OPENINGS)
        left = tallied(state, cell, Count.OPENINGS_WANTED) - opened
        office.opened = int(opened)
        office.waiting = int(left + tallied(state, cell, Count.OPENINGS_NEW))
        office.capacity = openings(limit, len(state.debtors), len(state.courts))


@kernel
def supervise(state: State, first: int, last: int) -> None:
    """The supervisor counts what ended before its time, and chooses whom to inspect."""
    for row in range(first, last):
        supervisor = state.supervisors[row]
        supervisor.early = int(tallied(state, OVERALL, Count.TERMINATED_EARLY))
        inspect(state, supervisor, row // state.block)
