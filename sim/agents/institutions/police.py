"""The police of a district, who find debtors and detain them for the court: hours and room."""

from sim.agents.court.court import Court
from sim.agents.institutions.institution import room
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions

YEAR = 12.0
"""Months over which the police form their view of how many hours a court wants."""


@rule
def hours_for_court(
    levers: Levers, institutions: Institutions, debtors: int, districts: int
) -> float:
    """Hours a month that the police of a district have for its court (ODD eq. 156).

    Args:
        levers: Levers of the court.
        institutions: Parameters.
        debtors: Debtors of the world.
        districts: Its districts.
    """
    usual = institutions.police_hours * debtors / (1000.0 * districts)
    return usual * (1.0 + levers.comprehensive.police_support)


@rule
def foresee(court: Court, wanted: float, hours: float) -> None:
    """Next month's room, from the hours a month that the court has wanted (ODD eq. 156).

    It is a share that holds next month, so that no case depends on another of the same month.

    Args:
        court: The court.
        wanted: Hours of the police that it wanted this month.
        hours: Hours that they have for it in a month.
    """
    court.police_load += (wanted - court.police_load) / YEAR
    court.police_room = room(hours, court.police_load)
