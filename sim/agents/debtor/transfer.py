"""Transfers: whether it is worthwhile to move assets to other persons.

In: the perceived hazard of recovery and the law of avoidance. Out: whether to move them.
"""

import math

from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Procedure


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
    due: float, usual: float, levers: Levers, procedure: Procedure, impatience: float
) -> float:
    """What a firm's controller expects to pay once it is added to the case, yuan (ODD eq. 132).

    h/(ρ + h)·min(D, controller wealth·usual income) with h = added parties/retrace, 1/month.

    Args:
        due: D, the firm's debt, yuan.
        usual: Long-run monthly income of the firm, yuan.
        levers: The law.
        procedure: Frequency of attempts, and wealth of shareholders.
        impatience: Discount rate ρ = r + x, 1/month.
    """
    hazard = levers.rule_of_law.added_parties / procedure.retrace
    reached = min(due, procedure.controller_wealth * usual)
    return hazard / (impatience + hazard) * reached


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
