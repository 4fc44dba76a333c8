"""The supervisor: one higher court that assesses, audits, and moves hours between courts."""

from typing import NamedTuple

from sim.agents.institution import inclination, raised
from sim.agents.parameters import Institutions
from sim.engine.compile import rule
from sim.engine.record import Word, record
from sim.levers.catalogue import Levers


@record
class Supervisor:
    """One row. `pooled` and `moved` are hours of the month; `early` counts early terminations."""

    id: int
    pooled: float
    moved: float
    early: Word


class EarlyEnd(NamedTuple):
    """What a court weighs that could end a proceeding before its time, yuan a case."""

    closure: float
    audit: float


@rule
def audited(levers: Levers, of: Institutions) -> float:
    """Chance that a termination is audited, raised by supervision (ODD eq. 135)."""
    return raised(of.audit, levers.rule_of_law.supervision)


@rule
def early_end(levers: Levers, of: Institutions) -> EarlyEnd:
    """Assessment weight·closure against audit·penalty (ODD eq. 86)."""
    return EarlyEnd(
        levers.comprehensive.assessment * of.closure_value,
        audited(levers, of) * of.audit_penalty,
    )


@rule
def ends_early(levers: Levers, of: Institutions, noise: float) -> float:
    """Chance a month that a case which may not end yet is ended all the same."""
    it = early_end(levers, of)
    return inclination(it.closure, it.audit, noise)


@rule
def hurried(levers: Levers, of: Institutions) -> float:
    """Factor on hours under assessment: work is done faster (ODD eq. 87)."""
    return 1.0 + of.pace * levers.comprehensive.assessment
