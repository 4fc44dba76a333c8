"""A court, one per district, with its officers' hours and its docket."""

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
    """One row of the table. Hours are per month; `unused` hours are carried forward.

    `idle` is the share of hours that officers leave unworked, `work` the hours that the next step
    of every case in the queue would take, `moved` the hours gained from the supervisor's pool
    (negative: given up). `watched` is the additional chance of detection after an inspection at the
    end of last month.
    `debtors` is the number with enforceable debt at the end of the month; `concealing` of them
    conceal. The district publishes `recovery`, the hazard of recovery over the last twelve months
    (-1 before there is one), computed from the evaders in the docket and the recoveries from them;
    and `punished`, last month's hazard of a personal sanction.
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
    docket: Word
    served: Word
    waiting: Word
    debtors: Word
    concealing: Word
    recovery: float
    punished: float
    exposed_year: Annotated[Cells, ("f8", (12,))]
    recovered_year: Annotated[Cells, ("f8", (12,))]


@record
class Registry:
    """The tracing network for one class of assets in one district: banks, platforms, registries.

    `hide` is the share of the class that a concealing debtor keeps out of its reach.
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
    """The credit agency: the list of dishonest judgment debtors of a district."""

    id: int
    district: Short
    listed: Word
    entries: Word
    unable: Word


@rule
def capacity(officers: float, procedure: Procedure, levers: Levers) -> float:
    """Hours of a court's officers in a month, increased by technology."""
    return officers * procedure.hours * (1.0 + levers.systemic.it)


@rule
def step_hours(stage: int, procedure: Procedure) -> float:
    """Hours that the next step of a case takes, by its stage."""
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
    """Chance that a step succeeds, given that skill avoids a share of the failures."""
    return chance + (1.0 - chance) * levers.systemic.skill


@rule
def next_hide(hide: float, concealing: float, spent: float, procedure: Procedure) -> float:
    """Share that can be hidden next month, in [0, 1]: hiding against tracing (ODD eq. 55).

    Args:
        hide: Present share.
        concealing: Share of debtors with enforceable debt who conceal.
        spent: Tracing effort for the class: inquiries per debtor, times coverage.
        procedure: Rates of innovation and of learning.
    """
    moved = hide + procedure.hide_innovation * concealing - procedure.hide_learning * spent
    return min(1.0, max(0.0, moved))


@rule
def coverage(asset: int, levers: Levers) -> float:
    """Tracing coverage of one class of assets."""
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
