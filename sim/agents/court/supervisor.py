"""The supervisor: a higher court that assesses, audits and inspects courts, and pools hours."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination, raised
from sim.engine.compile import rule
from sim.engine.record import Word, record
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


@record
class Supervisor:
    """The supervisor; its table has only this row.

    Args:
        pooled, moved: Hours pooled and redistributed this month.
        early: Early terminations this month.
        inspected: Courts inspected at the end of the month.
    """

    id: int
    pooled: float
    moved: float
    early: Word
    inspected: Word


class EarlyEnd(NamedTuple):
    """A court's gain and cost of ending a proceeding early, yuan per case."""

    closure: float
    audit: float


@rule
def audited(levers: Levers, institutions: Institutions) -> float:
    """Chance that a termination is audited, raised by supervision (ODD eq. 135)."""
    return raised(institutions.audit, levers.rule_of_law.supervision)


@rule
def early_end(watched: float, levers: Levers, institutions: Institutions) -> EarlyEnd:
    """Gain: assessment·value of closing a case; cost: chance of an audit·penalty (ODD eq. 86).

    Args:
        watched: Additional chance of an audit after an inspection (ODD eq. 131).
        levers: Levers of the court.
        institutions: Parameters of institutions.
    """
    return EarlyEnd(
        levers.comprehensive.assessment * institutions.closure_value,
        raised(audited(levers, institutions), watched) * institutions.audit_penalty,
    )


@rule
def ends_early(watched: float, levers: Levers, institutions: Institutions, noise: float) -> float:
    """Monthly chance that a court terminates a case before the law allows it."""
    terms = early_end(watched, levers, institutions)
    return inclination(terms.closure, terms.audit, noise)


class Inspection(NamedTuple):
    """The supervisor's gain and cost of inspecting a court, yuan per officer."""

    failings: float
    inspection: float


@rule
def inspection(
    unworked: float, complaints: float, officers: float, levers: Levers, institutions: Institutions
) -> Inspection:
    """Gain and cost of inspecting a court (ODD eq. 131).

    The gain is supervision·(pay of unworked hours + complaints·weight)/officers. Gain and cost are
    per officer, so that courts and worlds of any size are treated alike.

    Args:
        unworked: Hours of the month that the court's officers left unworked.
        complaints: Number of early terminations, petitions and excessive seizures in the month.
        officers: Number of officers of the court.
        levers: Levers of the court.
        institutions: Parameters of institutions.
    """
    seen = institutions.wage * unworked + institutions.complaint_weight * complaints
    failings = levers.rule_of_law.supervision * seen / officers if officers > 0.0 else 0.0
    return Inspection(failings, institutions.inspection_cost)


@rule
def inspects(terms: Inspection, noise: float) -> float:
    """Chance that the supervisor inspects a court; a cost of 0 switches inspections off."""
    if terms.inspection <= 0.0:
        return 0.0
    return inclination(terms.failings, terms.inspection, noise)


@rule
def hurried(levers: Levers, institutions: Institutions) -> float:
    """Factor by which assessment speeds up work, applied to hours (ODD eq. 87)."""
    return 1.0 + institutions.pace * levers.comprehensive.assessment
