"""Chance of acts for which a court needs the police, given the police hours available."""

from sim.agents.claim import Claim
from sim.agents.court.court import Court
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.month.shared.journal import Journal, count
from sim.parameters import Institutions


@rule
def with_police(
    chance: float,
    claim: Claim,
    hours: float,
    court: Court,
    institutions: Institutions,
    journal: Journal,
) -> float:
    """Chance of an act that needs the police, given the hours available this month (ODD eq. 156).

    Args:
        chance: Chance of the act if the police have enough hours for it.
        claim: The case.
        hours: Police hours wanted for the act, on average.
        court: The court of the district.
        institutions: Parameters of institutions.
        journal: Journal in which the hours wanted and available are counted.
    """
    if institutions.police_hours <= 0.0:
        return chance
    count(journal, claim, Count.POLICE_WANTED, hours)
    count(journal, claim, Count.POLICE_HAD, hours * court.police_room)
    return chance * court.police_room
