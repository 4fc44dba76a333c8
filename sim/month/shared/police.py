"""Acts for which a court needs the police: what they take of the hours there are."""

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
    """Chance of an act that needs the police, given their room this month (ODD eq. 156).

    Args:
        chance: Chance of the act with all the police that it takes.
        claim: The case.
        hours: Hours of the police that are wanted for it, in the mean.
        court: The court of the district.
        institutions: Parameters.
        journal: Where the hours are counted.
    """
    if institutions.police_hours <= 0.0:
        return chance
    count(journal, claim, Count.POLICE_WANTED, hours)
    count(journal, claim, Count.POLICE_HAD, hours * court.police_room)
    return chance * court.police_room
