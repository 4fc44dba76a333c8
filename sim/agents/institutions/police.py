"""Police hours for finding and detaining debtors, and the share of the demand that they meet."""

from sim.agents.court.court import Court
from sim.agents.institutions.institution import room
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions

YEAR = 12.0
"""Number of months over which a court averages the police hours that it wants."""


@rule
def hours_for_court(
    levers: Levers, institutions: Institutions, debtors: int, districts: int
) -> float:
    """Police hours per month available to the court of a district (ODD eq. 156).

    Args:
        levers: Levers of the court.
        institutions: Parameters of institutions.
        debtors: Number of debtors in the world.
        districts: Number of districts in the world.
    """
    usual = institutions.police_hours * debtors / (1000.0 * districts)
    return usual * (1.0 + levers.comprehensive.police_support)


@rule
def foresee(court: Court, wanted: float, hours: float) -> None:
    """Update how many police hours a court wants on average, and the share met (ODD eq. 156).

    This share applies to next month, so that no case depends on another case of the same month.

    Args:
        court: The court, whose `police_load` and `police_room` are updated.
        wanted: Police hours that it wanted this month.
        hours: Police hours available to it per month.
    """
    court.police_load += (wanted - court.police_load) / YEAR
    court.police_room = room(hours, court.police_load)
