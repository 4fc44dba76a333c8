"""Transfers: whether it is worthwhile to move assets to other persons.

In: the perceived hazard of recovery and the law of avoidance. Out: whether to move them.
"""

import math

from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Procedure

MONTHS = 12


@rule
def brought_back(levers: Levers, procedure: Procedure, impatience: float) -> float:
    """Share of a transfer's value that avoidance under the law recovers (ODD eq. 57).

    b = h/(ρ + h)·(1 − exp(−12·(ρ + h)·look-back)) with h = avoidance/retrace, 1/month.

    Args:
        levers: The law.
        procedure: Frequency of attempts.
        impatience: Discount rate ρ = r + x, 1/month.
    """
    law = levers.rule_of_law
    hazard = law.avoidance / procedure.retrace
    total = impatience + hazard
    return hazard / total * (1.0 - math.exp(-12.0 * total * law.avoidance_lookback))


@rule
def pays_as_added(
    due: float, outside: float, levers: Levers, procedure: Procedure, impatience: float
) -> float:
    """What a firm's controller expects to pay once it is added to the case, yuan (ODD eq. 132).

    h/(ρ + h)·min(D, its wealth outside the firm) with h = added parties/retrace, 1/month.

    Args:
        due: D, the firm's debt, yuan.
        outside: What shareholders still hold outside the firm, yuan.
        levers: The law.
        procedure: Frequency of attempts.
        impatience: Discount rate ρ = r + x, 1/month.
    """
    hazard = levers.rule_of_law.added_parties / procedure.retrace
    return hazard / (impatience + hazard) * min(due, outside)


@rule
def held_outside(debtor: Debtor, procedure: Procedure) -> float:
    """What a firm's shareholders still hold outside it, yuan: it empties as they pay (eq. 58)."""
    return max(0.0, procedure.controller_wealth * debtor.usual - debtor.answered)


@rule
def put_away(debtor: Debtor, amount: float) -> None:
    """Property of this amount, yuan, is in others' hands from now on."""
    debtor.transferred[0] += amount


@rule
def turn_of_year(debtor: Debtor, month: int) -> None:
    """As a year begins, transfers of the last one are a year older."""
    if month % MONTHS == 0:
        debtor.transferred[2] += debtor.transferred[1]
        debtor.transferred[1] = debtor.transferred[0]
        debtor.transferred[0] = 0.0


@rule
def within_reach(year: int, month: int, lookback: float) -> float:
    """Share of a year's transfers made within the look-back (ODD eq. 58).

    Those of a year are spread evenly over it; earlier ones over two years before the last one.

    Args:
        year: 0 for this year, 1 for the last, 2 for earlier ones.
        month: The month.
        lookback: L, years.
    """
    passed = month % MONTHS + 1
    if year == 0:
        return min(1.0, MONTHS * lookback / passed)
    begins = passed + MONTHS * (year - 1)
    span = MONTHS * year
    return min(1.0, max(0.0, (MONTHS * lookback - begins) / span))


@rule
def worth_moving(hazard: float, alpha: float, back: float, cost: float) -> bool:
    """Whether moving a yuan away saves more than it costs: h/α·(1 − b) ≥ cost (eq. 57).

    Args:
        hazard: Perceived hazard of recovery h, 1/month.
        alpha: r + x + h, 1/month.
        back: Share b of its value that avoidance takes.
        cost: Least gain, share of what is moved.
    """
    return hazard / alpha * (1.0 - back) >= cost
