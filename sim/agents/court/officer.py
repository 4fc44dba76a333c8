"""Officers of a court: unworked hours, excessive seizures, bribes."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination, raised
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Shirking(NamedTuple):
    """An officer's gain and costs of leaving hours unworked, yuan per month."""

    leisure: float
    discipline: float
    duty: float


class Overreach(NamedTuple):
    """An officer's gain and cost of seizing more than is needed, yuan."""

    assessment: float
    objection: float


class Bribe(NamedTuple):
    """An officer's gain and cost of taking money to put off a case, yuan."""

    money: float
    tracing: float


@rule
def idle_hours(levers: Levers, institutions: Institutions) -> float:
    """Hours per month that an officer can leave unworked; fewer with standard procedures."""
    return institutions.shirk_hours * (1.0 - levers.systemic.standard_procedures)


@rule
def shirking(watched: float, levers: Levers, institutions: Institutions) -> Shirking:
    """Gain: hours saved·wage·value; costs: oversight·penalty, and professional duty (ODD eq. 81).

    Args:
        watched: Additional chance of detection after an inspection (ODD eq. 131).
        levers: Levers of the court.
        institutions: Parameters of institutions.
    """
    overseen = raised(
        raised(institutions.detection, levers.rule_of_law.supervision),
        levers.special.anti_passivity,
    )
    return Shirking(
        idle_hours(levers, institutions) * institutions.wage * institutions.shirk_value,
        raised(overseen, watched) * institutions.discipline,
        levers.systemic.professionalism * institutions.duty,
    )


@rule
def unworked(
    watched: float, levers: Levers, institutions: Institutions, hours: float, noise: float
) -> float:
    """Share of a court's hours that its officers leave unworked (ODD eq. 81).

    Args:
        watched: Additional chance of detection after an inspection.
        levers: Levers of the court.
        institutions: Parameters of institutions.
        hours: Hours that an officer has for steps in a month.
        noise: `choice.noise`.
    """
    terms = shirking(watched, levers, institutions)
    saved = min(idle_hours(levers, institutions), hours)
    if hours <= 0.0:
        return 0.0
    return saved / hours * inclination(terms.leisure, terms.discipline + terms.duty, noise)


@rule
def overreach(due: float, watched: float, levers: Levers, institutions: Institutions) -> Overreach:
    """Gain: extra security·assessment; cost: chance of an objection·penalty (ODD eq. 82).

    Args:
        due: Debt, yuan.
        watched: Additional chance of detection after an inspection (ODD eq. 131).
        levers: Levers of the court.
        institutions: Parameters of institutions.
    """
    held_against = raised(institutions.objection, levers.rule_of_law.supervision)
    return Overreach(
        institutions.recovery_value * levers.comprehensive.assessment * institutions.excess * due,
        raised(held_against, watched) * institutions.discipline,
    )


@rule
def bribe(payable: float, levers: Levers, institutions: Institutions) -> Bribe:
    """Gain: a share of the sum payable; cost: chance of being traced·penalty (ODD eq. 83)."""
    return Bribe(
        institutions.bribe_share * payable,
        raised(institutions.detection, levers.rule_of_law.traceability)
        * institutions.bribe_penalty,
    )


@rule
def takes(payable: float, levers: Levers, institutions: Institutions, noise: float) -> float:
    """Chance that the officer of a case takes a bribe; fully professional officers never do."""
    terms = bribe(payable, levers, institutions)
    open_to_it = institutions.corruptible * (1.0 - levers.systemic.professionalism)
    return open_to_it * inclination(terms.money, terms.tracing, noise)
