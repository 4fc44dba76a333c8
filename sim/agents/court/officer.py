"""Officers of a court: unworked hours, excessive seizures, bribes."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination, raised
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Shirking(NamedTuple):
    """Gain and cost, to an officer, of leaving hours unworked, yuan a month."""

    leisure: float
    discipline: float
    duty: float


class Overreach(NamedTuple):
    """Gain and cost, to an officer, of seizing more than is needed, yuan."""

    assessment: float
    objection: float


class Bribe(NamedTuple):
    """Gain and cost, to an officer, of taking money to put a case off, yuan."""

    money: float
    tracing: float


@rule
def idle_hours(levers: Levers, institutions: Institutions) -> float:
    """Hours a month that an officer could leave unworked: those not covered by procedures."""
    return institutions.shirk_hours * (1.0 - levers.systemic.standard_procedures)


@rule
def shirking(watched: float, levers: Levers, institutions: Institutions) -> Shirking:
    """Hours saved·wage·value against oversight·penalty and professional duty (ODD eq. 81).

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
        hours: Hours of an officer for steps in a month.
        noise: `choice.noise`.
    """
    terms = shirking(watched, levers, institutions)
    saved = min(idle_hours(levers, institutions), hours)
    if hours <= 0.0:
        return 0.0
    return saved / hours * inclination(terms.leisure, terms.discipline + terms.duty, noise)


@rule
def overreach(due: float, watched: float, levers: Levers, institutions: Institutions) -> Overreach:
    """Extra security·assessment against the chance of an objection·penalty (ODD eq. 82)."""
    held_against = raised(institutions.objection, levers.rule_of_law.supervision)
    return Overreach(
        institutions.recovery_value * levers.comprehensive.assessment * institutions.excess * due,
        raised(held_against, watched) * institutions.discipline,
    )


@rule
def bribe(payable: float, levers: Levers, institutions: Institutions) -> Bribe:
    """Share of what could be paid against traceability·penalty (ODD eq. 83)."""
    return Bribe(
        institutions.bribe_share * payable,
        raised(institutions.detection, levers.rule_of_law.traceability)
        * institutions.bribe_penalty,
    )


@rule
def takes(payable: float, levers: Levers, institutions: Institutions, noise: float) -> float:
    """Chance that the officer of a case takes the bribe; fully professional officers never do."""
    terms = bribe(payable, levers, institutions)
    open_to_it = institutions.corruptible * (1.0 - levers.systemic.professionalism)
    return open_to_it * inclination(terms.money, terms.tracing, noise)
