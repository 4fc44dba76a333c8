"""A local government, one per district, which may make a court spare a connected debtor."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination, raised
from sim.engine.compile import rule
from sim.engine.record import Short, Word, record
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


@record
class Government:
    """A local government. `interfered` counts the cases put off this month at its request."""

    id: int
    district: Short
    treatment: Short
    interfered: Word


class Interference(NamedTuple):
    """What a government gains and risks if it makes a court put off a case, yuan."""

    jobs: float
    accountability: float
    targets: float


@rule
def missed_targets(assessment: float, institutions: Institutions) -> float:
    """What an unpaid judgment costs a government or its bodies, yuan per month (ODD eq. 155).

    Args:
        assessment: Weight of targets in evaluations: the court's `comprehensive.assessment`.
        institutions: Parameters of institutions.
    """
    return assessment * institutions.target_loss


@rule
def interference(
    connections: int, due: float, levers: Levers, institutions: Institutions
) -> Interference:
    """Gain: closeness·local weight·D; cost: accountability·P(recorded)·penalty (ODD eq. 85).

    Some cases go to a court designated from elsewhere, which ignores the government. Their share
    reduces the gain. A government that is assessed by targets also bears a cost for each month in
    which the judgment stays unpaid (ODD eq. 155).

    Args:
        connections: Closeness of the debtor to the government, in hundredths.
        due: D, the amount at stake for the debtor, yuan.
        levers: Levers of the district's court.
        institutions: Parameters of institutions.
    """
    listening = 1.0 - levers.collaborative.vertical_designation
    noted = raised(institutions.recorded, levers.special.anti_interference)
    weight = raised(institutions.blame, levers.comprehensive.interference_accountability)
    return Interference(
        institutions.local_weight * listening * connections / 100.0 * due,
        weight * noted * institutions.interference_penalty,
        missed_targets(levers.comprehensive.assessment, institutions)
        * institutions.interference_months,
    )


@rule
def interferes(
    connections: int, due: float, levers: Levers, institutions: Institutions, noise: float
) -> float:
    """Chance that the government makes the court put off this debtor's case when its turn comes."""
    terms = interference(connections, due, levers, institutions)
    return inclination(terms.jobs, terms.accountability + terms.targets, noise)
