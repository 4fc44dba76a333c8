"""Institutions at the month's end: idleness, what happened to whom, room of offices.

What they weigh case by case stands where the case is: see `tracing`, `seizure`, `sanctions`,
`exits`. Here they look back on the month, and ahead to the next one.
"""

from sim.agents.administrator import openings
from sim.agents.officer import unworked
from sim.agents.prosecutor import charges, room
from sim.engine.compile import kernel, rule
from sim.month.state import DISTRICTS, OVERALL, State
from sim.month.tally import Count

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
    setting = state.setting[0]
    for row in range(first, last):
        court = state.courts[row]
        court.idle = unworked(
            state.levers[court.treatment],
            setting.institutions,
            setting.procedure.hours,
            setting.choice.noise,
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
    setting = state.setting[0]
    of = setting.institutions
    for row in range(first, last):
        office = state.prosecutors[row]
        cell = DISTRICTS + office.district
        reported = tallied(state, cell, Count.REPORTED)
        office.reported = int(reported)
        office.charged = int(tallied(state, cell, Count.PRISONS))
        office.capacity = of.prosecutors * len(state.debtors) / (1000.0 * len(state.courts))
        office.load += (reported * charges(of, 1.0, setting.choice.noise) - office.load) / YEAR
        office.room = room(office.capacity, office.load)


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
    """The supervisor counts what ended before its time."""
    for row in range(first, last):
        state.supervisors[row].early = int(tallied(state, OVERALL, Count.TERMINATED_EARLY))
