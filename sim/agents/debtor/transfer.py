"""Transfers: whether it is worthwhile for a debtor to move assets to other persons.

In: the perceived hazard of recovery and the law of avoidance. Out: whether to move assets.
"""

import math

from sim.agents.debtor.debtor import ASSETS, YEARS, Debtor
from sim.engine.compile import inlined, rule
from sim.levers.catalogue import Levers
from sim.parameters import Choice, Procedure

MONTHS = 12


@rule
def brought_back(levers: Levers, procedure: Procedure, impatience: float) -> float:
    """Share b of a transfer's value that avoidance is expected to recover (ODD eq. 57).

    b = h/(ρ + h)·(1 − exp(−12·(ρ + h)·look-back)) with h = avoidance/retrace, 1/month. The
    look-back is the time for which a transfer can be undone.

    Args:
        levers: Avoidance and its look-back in years.
        procedure: Months between attempts (`retrace`).
        impatience: ρ = r + x, discount rate plus chance that the debtor dies or closes, 1/month.
    """
    law = levers.rule_of_law
    hazard = law.avoidance / procedure.retrace
    total = impatience + hazard
    return hazard / total * (1.0 - math.exp(-12.0 * total * law.avoidance_lookback))


@rule
def pays_as_added(
    due: float, outside: float, levers: Levers, procedure: Procedure, impatience: float
) -> float:
    """Sum that a firm's controller expects to pay as an added party, yuan (ODD eq. 132).

    It is h/(ρ + h)·min(D, wealth outside the firm) with h = added parties/retrace, 1/month.

    Args:
        due: D, the firm's debt, yuan.
        outside: Wealth that shareholders still hold outside the firm, yuan.
        levers: Chance that an attempt reaches shareholders (`added_parties`).
        procedure: Months between attempts (`retrace`).
        impatience: ρ = r + x, discount rate plus chance that the debtor dies or closes, 1/month.
    """
    hazard = levers.rule_of_law.added_parties / procedure.retrace
    return hazard / (impatience + hazard) * min(due, outside)


@rule
def held_outside(debtor: Debtor, procedure: Procedure) -> float:
    """Wealth of a firm's shareholders outside the firm, yuan (ODD eq. 58).

    It is `controller_wealth` months of the firm's usual (long-run) income, less what shareholders
    have already paid for the debts of the firm.
    """
    return max(0.0, procedure.controller_wealth * debtor.usual - debtor.answered)


@rule
def put_away(debtor: Debtor, amount: float) -> None:
    """Record that the debtor has now moved property worth `amount` yuan to other persons."""
    debtor.transferred[0] += amount


@inlined
def turn_of_year(debtor: Debtor, month: int) -> None:
    """At the start of a year, make all recorded transfers a year older."""
    if month % MONTHS == 0:
        debtor.transferred[2] += debtor.transferred[1]
        debtor.transferred[1] = debtor.transferred[0]
        debtor.transferred[0] = 0.0


@rule
def within_reach(year: int, month: int, lookback: float) -> float:
    """Share of a year's transfers that were made within the look-back (ODD eq. 58).

    The transfers of a year are assumed to be spread evenly over that year. Earlier transfers are
    assumed to be spread over the two years before last year.

    Args:
        year: 0 for this year, 1 for last year, 2 for earlier years.
        month: Month of the run.
        lookback: Look-back L, years.
    """
    passed = month % MONTHS + 1
    if year == 0:
        return min(1.0, MONTHS * lookback / passed)
    begins = passed + MONTHS * (year - 1)
    span = MONTHS * year
    return min(1.0, max(0.0, (MONTHS * lookback - begins) / span))


@rule
def reachable(debtor: Debtor, month: int, lookback: float) -> float:
    """Sum of the debtor's transfers that were made within the look-back, yuan (ODD eq. 58)."""
    reached = 0.0
    for year in range(YEARS):
        share = within_reach(year, month, lookback)
        reached += debtor.transferred[year] * share
    return reached


@rule
def at_stake(debtor: Debtor, due: float, choice: Choice) -> float:
    """Share of a debtor's assets that creditors could take, min(1, D/assets) (ODD eq. 57).

    To put its assets out of reach, a debtor has to move all of them, but it saves only what it
    owes. Without `transfer_by_debt` the share is 1.

    Args:
        debtor: The debtor.
        due: D, its debt for which nothing is held, yuan.
        choice: Whether transfers are weighed by the debt (`transfer_by_debt`).
    """
    if not choice.transfer_by_debt:
        return 1.0
    owned = 0.0
    for k in range(ASSETS):
        owned += debtor.assets[k]
    return due / owned if owned > due else 1.0


@rule
def worth_moving(stake: float, hazard: float, alpha: float, back: float, cost: float) -> bool:
    """Whether moving a yuan to other persons saves enough: s·h/α·(1 − b) ≥ cost (ODD eq. 57).

    Args:
        stake: Share s of the assets that creditors could take.
        hazard: Perceived hazard of recovery h, 1/month.
        alpha: Discount rate plus chance of the debtor's end plus h, 1/month.
        back: Share b of a transfer's value that avoidance is expected to recover.
        cost: Smallest saving for which assets are moved, as a share of their value.
    """
    return stake > 0.0 and stake * hazard / alpha * (1.0 - back) >= cost
