"""Finds debtors whom listing affects and debtors who perform, in the tables of a simulation.

In: tables of a simulation within a month, before beliefs are updated. Out: one flag per debtor.
"""

import numpy as np

from sim.agents.debtor.belief import PAID_UP
from sim.agents.debtor.debtor import is_able
from sim.month.simulation import Simulation
from sim.terms import Ability, Stage

ABLE = [a.value for a in Ability if is_able(a)]


def owing(simulation: Simulation, first: Stage, *, plans: bool) -> np.ndarray:
    """Which debtors have a claim at a stage from `first` to termination; bool, shape (debtors,).

    Args:
        simulation: The simulation whose tables are read.
        first: Earliest stage that counts.
        plans: Whether claims in an instalment plan count.
    """
    claims = simulation.claims.rows
    stages = claims["stage"]
    counted = (stages >= first) & (stages <= Stage.TERMINATED) & ~claims["closed"]
    if not plans:
        counted &= stages != Stage.PLAN
    return np.bincount(claims["debtor"][counted], minlength=len(simulation.debtors)) > 0


def at_risk(listing: Simulation, without: Simulation) -> np.ndarray:
    """Which debtors listing affects, judged at the start of a month; bool, shape (debtors,).

    With listing, they are able to pay and listed. Without it, they are not listed. In both
    simulations they owe enforceable debt that is not in an instalment plan.

    Args:
        listing: The simulation with listing.
        without: A simulation of the same scenario and seed without listing.
    """
    mine, theirs = listing.debtors.rows, without.debtors.rows
    there = (mine["id"] == theirs["id"]) & ~mine["leaving"] & ~theirs["leaving"]
    listed = mine["on_list"] & ~theirs["on_list"] & np.isin(mine["ability"], ABLE)
    owe = [owing(simulation, Stage.UNPAID, plans=False) for simulation in (listing, without)]
    found: np.ndarray = there & listed & owe[0] & owe[1]
    return found


def performing(simulation: Simulation) -> np.ndarray:
    """Which debtors perform this month, by payment or a new plan; bool, shape (debtors,).

    Call this before beliefs are updated. As in indicator 19 (performance of listed debtors), a
    payment counts only if the debtor then owes nothing at a stage from grace to termination.
    """
    claims = simulation.claims.rows
    begun = (claims["stage"] == Stage.PLAN) & (claims["months"] == 0) & ~claims["closed"]
    accepted = np.bincount(claims["debtor"][begun], minlength=len(simulation.debtors)) > 0
    paid = simulation.debtors.rows["events"] & PAID_UP > 0
    found: np.ndarray = accepted | (paid & ~owing(simulation, Stage.GRACE, plans=True))
    return found
