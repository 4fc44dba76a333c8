"""Insolvency administrators (破产管理人) of each district: capacity and discovery of abuse."""

import math

from sim.engine.compile import rule
from sim.engine.record import Short, Word, record


@record
class Administrator:
    """The administrators of one district, as of the end of the last month.

    Args:
        opened: Proceedings opened in that month.
        waiting: Proceedings still waiting to be opened.
        capacity: Proceedings that the administrators can open in a month.
    """

    id: int
    district: Short
    opened: Word
    waiting: Word
    capacity: float


@rule
def openings(per_thousand: float, debtors: int, districts: int) -> float:
    """Proceedings that the administrators of one district can open in a month (ODD eq. 129).

    Args:
        per_thousand: `at_source.administrators`, openings per month per 1,000 debtors.
        debtors: Number of debtors in the world.
        districts: Number of districts in the world.
    """
    return per_thousand * debtors / (1000.0 * districts)


@rule
def room(capacity: float, waiting: int) -> float:
    """Share of waiting proceedings that can be opened this month, in [0, 1] (ODD eq. 129)."""
    return min(1.0, capacity / max(1.0, float(waiting)))


@rule
def monthly(found: float, months: float) -> float:
    """Monthly chance that abuse is discovered: 1 − (1 − e)^(1/T) (ODD eq. 127).

    Args:
        found: e, share of abuse that is discovered during a proceeding.
        months: T, length of the proceeding, months.
    """
    return 1.0 - math.pow(max(0.0, 1.0 - found), 1.0 / months)


@rule
def discounted(found: float, months: float, rate: float) -> float:
    """Φ, the present value of losing one yuan when abuse is discovered (ODD eq. 127).

    Φ = Σ_{t=1..T} m·(1 − m)^(t−1)·q^t = m·q·(1 − z^T)/(1 − z), z = (1 − m)·q, q = 1/(1 + ρ). Here m
    is the monthly chance of discovery (`monthly`).

    Args:
        found: e, share of abuse that is discovered during a proceeding.
        months: T, length of the proceeding, months.
        rate: Discount rate ρ, 1/month.
    """
    m = monthly(found, months)
    q = 1.0 / (1.0 + rate)
    z = (1.0 - m) * q
    return m * q * (1.0 - math.pow(z, months)) / (1.0 - z)
