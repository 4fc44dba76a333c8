"""Cohorts of claims by the month in which they fell due: what of each has been performed, and when.

In: rows of claims as the month ends, those that closed in it included. Out: counts of the month, in
the cells to which a claim belonged when it fell due.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.books.counts import Count, Span
from sim.month.simulation import Simulation
from sim.terms import Stage

PERFORMED = (Stage.PAID, Stage.PLAN_COMPLETED)
"""Endings by which a claim is performed in full: what was agreed or adjudged has been paid."""


def follow(simulation: Simulation) -> None:
    """Count what fell due this month, up to the cap, and what was performed (ODD eq. 164)."""
    claims = simulation.claims.rows
    fell_due = (claims["id"] >> NUMBER_SHIFT) + FIRST_MONTH
    cap = simulation.principal_cap
    new = claims[fell_due == simulation.month]
    simulation.tally_claims(Count.DUE_CAPPED, new, np.minimum(new["principal"], cap))
    over = claims["closed"] & np.isin(claims["stage"], PERFORMED)
    done = claims[over]
    months = simulation.month - fell_due[over]
    capped = np.minimum(done["principal"], cap)
    simulation.tally_claims_after(Span.PERFORMED, done, months, np.ones(len(done)))
    simulation.tally_claims_after(Span.PERFORMED_CAPPED, done, months, capped)
    freely = (done["intake"] == 0) & ~done["shared"]
    simulation.tally_claims_after(
        Span.PERFORMED_VOLUNTARILY, done[freely], months[freely], np.ones(int(freely.sum()))
    )
