"""A prosecutor's office, one per district, which charges reported debtors if it is worthwhile."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination
from sim.engine.compile import rule
from sim.engine.record import Short, Word, record
from sim.parameters import Institutions


@record
class Prosecutor:
    """One row. `load` charges are wanted in a mean month; `room` is the share with capacity."""

    id: int
    district: Short
    reported: Word
    charged: Word
    capacity: float
    load: float
    room: float


class Charge(NamedTuple):
    """Gain and cost, to a prosecutor, of charging a debtor reported for refusing, yuan."""

    conviction: float
    work: float


@rule
def charge(of: Institutions) -> Charge:
    """Evidence·worth of a conviction against the work required (ODD eq. 88)."""
    return Charge(of.evidence * of.conviction_value, of.charge_cost)


@rule
def charges(of: Institutions, room: float, noise: float) -> float:
    """Chance that a reported debtor is charged; 1 if a charge costs nothing (ODD eq. 88).

    Args:
        of: Parameters of institutions.
        room: Share of the charges worth making for which there is capacity.
        noise: `choice.noise`.
    """
    if of.charge_cost <= 0.0:
        return room
    it = charge(of)
    return room * inclination(it.conviction, it.work, noise)


@rule
def room(capacity: float, wanted: float) -> float:
    """Share of last month's charges for which there was capacity, in [0, 1]."""
    return min(1.0, capacity / wanted) if wanted > 0.0 else 1.0
