"""Who stands on the list and who performs, read from the tables of a world between two steps.

In: tables as a month begins and before its events are taken in. Out: one flag a debtor.
"""

import numpy as np

from sim.agents.belief import PAID_UP
from sim.agents.debtor import is_able
from sim.month.house import House
from sim.terms import Ability, Stage

ABLE = [a.value for a in Ability if is_able(a)]


def owing(house: House, first: Stage, *, plans: bool) -> np.ndarray:
    """Who owes a claim from a stage on up to one terminated; shape (debtors,).

    Args:
        house: The world's tables.
        first: Stage from which on a claim counts.
        plans: Whether claims in a plan count.
    """
    claims = house.claims.rows
    stages = claims["stage"]
    counted = (stages >= first) & (stages <= Stage.TERMINATED) & ~claims["closed"]
    if not plans:
        counted &= stages != Stage.PLAN
    return np.bincount(claims["debtor"][counted], minlength=len(house.debtors)) > 0


def at_risk(listing: House, without: House) -> np.ndarray:
    """Debtors, as a month begins, whom listing reaches in one of two worlds; shape (debtors,).

    On the list and able in the first, not on it in the second, owing what can be enforced in both.
    """
    mine, theirs = listing.debtors.rows, without.debtors.rows
    there = (mine["id"] == theirs["id"]) & ~mine["leaving"] & ~theirs["leaving"]
    listed = mine["on_list"] & ~theirs["on_list"] & np.isin(mine["ability"], ABLE)
    owe = [owing(house, Stage.UNPAID, plans=False) for house in (listing, without)]
    found: np.ndarray = there & listed & owe[0] & owe[1]
    return found


def performing(house: House) -> np.ndarray:
    """Who performs this month, before it is learned: paid by choice, or in a plan; (debtors,).

    As in indicator 19: a payment counts if nothing is left that a judgment says is owed.
    """
    claims = house.claims.rows
    begun = (claims["stage"] == Stage.PLAN) & (claims["months"] == 0) & ~claims["closed"]
    accepted = np.bincount(claims["debtor"][begun], minlength=len(house.debtors)) > 0
    paid = house.debtors.rows["events"] & PAID_UP > 0
    found: np.ndarray = accepted | (paid & ~owing(house, Stage.GRACE, plans=True))
    return found
