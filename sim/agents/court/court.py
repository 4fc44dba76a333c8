"""A court, one per district, with the hours of its officers and its cases."""

import math
from typing import Annotated

from sim.engine.compile import rule
from sim.engine.record import Cells, Short, Word, record
from sim.levers.catalogue import Levers
from sim.mechanisms import composed
from sim.parameters import Procedure
from sim.terms import Stage


@record
@composed("courts")
class Court:
    """The court of one district.

    Hours:
        hours: Hours of its officers this month.
        unused: Hours carried forward.
        idle: Share of hours that officers leave unworked.
        work: Hours that the next step of every case in the queue would take.
        moved: Hours gained from the supervisor's pool; negative if given up.
        effort: Hours that officers put into a step this month, as a multiple of the usual hours.
        sanctions: Hours spent on sanctions and not yet deducted from a month's hours.
        watched: Additional chance of detection after an inspection at the end of last month.
        police_load: Police hours that the court wants in an average month.
        police_room: Share of `police_load` that is available this month.

    Numbers at the end of the month:
        docket: Open cases of the court.
        served, waiting: Cases that officers worked on in that month, and cases that had to wait.
        debtors: Debtors with enforceable debt.
        concealing: Debtors with enforceable debt who conceal assets.

    What the district publishes:
        recovery: Recoveries from evaders, per month that an evader spent in the docket (the list of
            open cases). It covers the last twelve months; -1 if no evader was in the docket.
        punished: Last month's personal sanctions, wrongful ones included, per month that an evader
            spent in the docket.
        publicised: Sanctions that publicity has shown to the district's debtors.
        publicised_months: Months of evaders' cases that publicity has shown to these debtors. Older
            sanctions and older months count less.

    What can be learned about the last twelve months by asking around:
        exposed: Months that evaders spent in the docket.
        unlisted: Share of these months spent off the list of dishonest debtors.
        listing: Hazard of being listed, per month off the list.
        fined, detained, imprisoned: Hazards per month in the docket.
        …_year: The counts behind these numbers, one for each of the twelve months.

    What its debtors believe before they have any experience:
        reputed_…: Hazards of recovery by force, of being listed and of personal sanctions.
    """

    id: int
    district: Short
    treatment: Short
    officers: float
    hours: float
    unused: float
    hours_used: float
    idle: float
    watched: float
    work: float
    moved: float
    effort: float
    sanctions: float
    docket: Word
    served: Word
    waiting: Word
    debtors: Word
    concealing: Word
    recovery: float
    punished: float
    publicised: float
    publicised_months: float
    exposed_year: Annotated[Cells, ("f8", (12,))]
    recovered_year: Annotated[Cells, ("f8", (12,))]
    unlisted_year: Annotated[Cells, ("f8", (12,))]
    listed_year: Annotated[Cells, ("f8", (12,))]
    fined_year: Annotated[Cells, ("f8", (12,))]
    detained_year: Annotated[Cells, ("f8", (12,))]
    imprisoned_year: Annotated[Cells, ("f8", (12,))]
    exposed: float
    unlisted: float
    listing: float
    fined: float
    detained: float
    imprisoned: float
    reputed_recovery: float
    reputed_listing: float
    reputed_personal: float
    police_load: float
    police_room: float


@record
@composed("registries")
class Registry:
    """The tracing network for one class of assets in one district: banks, platforms, registries.

    Args:
        asked, answered, stalled: The month's inquiries.
        found: The sum found, yuan.
        hide: Share of these assets that a concealing debtor keeps out of the network's reach.
    """

    id: int
    district: Short
    asset: Short
    asked: Word
    answered: Word
    stalled: Word
    found: float
    hide: float


@record
class Agency:
    """The credit agency of a district, which keeps the list of dishonest judgment debtors.

    Args:
        listed: Debtors now on the list.
        unable: Listed debtors who cannot pay.
        entries: All entries since the start of the world.
    """

    id: int
    district: Short
    listed: Word
    entries: Word
    unable: Word


@rule
def capacity(officers: float, procedure: Procedure, levers: Levers) -> float:
    """Monthly hours of a court's officers, increased by technology."""
    return officers * procedure.hours * (1.0 + levers.systemic.it)


@rule
def effort(hours: float, work: float, procedure: Procedure) -> float:
    """Hours that officers put into a step, as a multiple of the usual hours (ODD eq. 147).

    Args:
        hours: Hours that the court has this month.
        work: Hours that the next step of every case in the queue would usually take.
        procedure: Bounds of effort, and `effort_gain`: 0 if effort has no effect.
    """
    if procedure.effort_gain <= 0.0:
        return 1.0
    if work <= 0.0:
        return procedure.effort_most
    return min(procedure.effort_most, max(procedure.effort_least, hours / work))


@rule
def is_search(stage: int) -> bool:
    """Whether the next step of a case is to trace assets or to seize them."""
    return stage == Stage.QUEUED or stage == Stage.TRACED


@rule
def with_effort(chance: float, effort: float, procedure: Procedure) -> float:
    """Chance that a step succeeds: 1 − (1 − p)^(e^γ), rising and concave (ODD eq. 147).

    Args:
        chance: p, the chance with the usual hours.
        effort: e, hours as a multiple of the usual hours.
        procedure: γ (`effort_gain`).
    """
    if procedure.effort_gain <= 0.0 or chance >= 1.0:
        return chance
    return 1.0 - math.pow(1.0 - chance, math.pow(effort, procedure.effort_gain))


@rule
def step_hours(stage: int, procedure: Procedure) -> float:
    """Hours needed for the next step of a case, by the stage of the case."""
    if stage == Stage.QUEUED:
        return procedure.trace_hours
    if stage == Stage.TRACED:
        return procedure.control_hours
    if stage == Stage.SEIZED:
        return procedure.sale_hours
    if stage == Stage.OBJECTED:
        return procedure.objection_hours
    return procedure.payout_hours


@rule
def succeeds(chance: float, levers: Levers) -> float:
    """Chance that a step succeeds; skill avoids a share of the failures."""
    return chance + (1.0 - chance) * levers.systemic.skill


@rule
def next_hide(hide: float, concealing: float, spent: float, procedure: Procedure) -> float:
    """Share of one class of assets that can be hidden next month, in [0, 1] (ODD eq. 55).

    It grows with hiding and falls with tracing.

    Args:
        hide: Present share.
        concealing: Share of debtors with enforceable debt who conceal.
        spent: Tracing effort for this class: inquiries per debtor, times coverage.
        procedure: Rates of innovation and of learning.
    """
    moved = hide + procedure.hide_innovation * concealing - procedure.hide_learning * spent
    return min(1.0, max(0.0, moved))


@rule
def coverage(asset: int, levers: Levers) -> float:
    """Chance that an attempt finds assets of this class, if they are not hidden."""
    c = levers.collaborative
    if asset == 0:
        return c.trace_bank
    if asset == 1:
        return c.trace_online
    if asset == 2:
        return c.trace_cash
    if asset == 3:
        return c.trace_realty
    if asset == 4:
        return c.trace_vehicles
    return c.trace_securities
