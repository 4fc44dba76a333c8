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
def idle_hours(levers: Levers, of: Institutions) -> float:
    """Hours a month that an officer could leave unworked: those not covered by procedures."""
    return of.shirk_hours * (1.0 - levers.systemic.standard_procedures)


@rule
def shirking(watched: float, levers: Levers, of: Institutions) -> Shirking:
    """Hours saved·wage·value against oversight·penalty and professional duty (ODD eq. 81).

    Args:
        watched: Additional chance of detection after an inspection (ODD eq. 131).
        levers: Levers of the court.
        of: Parameters of institutions.
    """
    overseen = raised(
        raised(of.detection, levers.rule_of_law.supervision), levers.special.anti_passivity
    )
    return Shirking(
        idle_hours(levers, of) * of.wage * of.shirk_value,
        raised(overseen, watched) * of.discipline,
        levers.systemic.professionalism * of.duty,
    )


@rule
def unworked(watched: float, levers: Levers, of: Institutions, hours: float, noise: float) -> float:
    """Share of a court's hours that its officers leave unworked (ODD eq. 81).

    Args:
        watched: Additional chance of detection after an inspection.
        levers: Levers of the court.
        of: Parameters of institutions.
        hours: Hours of an officer for steps in a month.
        noise: `choice.noise`.
    """
    it = shirking(watched, levers, of)
    saved = min(idle_hours(levers, of), hours)
    if hours <= 0.0:
        return 0.0
    return saved / hours * inclination(it.leisure, it.discipline + it.duty, noise)


@rule
def overreach(due: float, watched: float, levers: Levers, of: Institutions) -> Overreach:
    """Extra security·assessment against the chance of an objection·penalty (ODD eq. 82)."""
    held_against = raised(of.objection, levers.rule_of_law.supervision)
    return Overreach(
        of.recovery_value * levers.comprehensive.assessment * of.excess * due,
        raised(held_against, watched) * of.discipline,
    )


@rule
def bribe(payable: float, levers: Levers, of: Institutions) -> Bribe:
    """Share of what could be paid against traceability·penalty (ODD eq. 83)."""
    return Bribe(
        of.bribe_share * payable,
        raised(of.detection, levers.rule_of_law.traceability) * of.bribe_penalty,
    )


@rule
def takes(payable: float, levers: Levers, of: Institutions, noise: float) -> float:
    """Chance that the officer of a case takes the bribe; fully professional officers never do."""
    it = bribe(payable, levers, of)
    open_to_it = of.corruptible * (1.0 - levers.systemic.professionalism)
    return open_to_it * inclination(it.money, it.tracing, noise)
