"""Cohorts of claims (all that fell due in one month): how many were performed, and when.

In: rows of claims at month end, also of claims that closed this month. Out: counts of the month,
overall and by domain, kind of debtor, band of amount and district.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.books.counts import Count, Span
from sim.month.simulation import Simulation
from sim.terms import Stage

PERFORMED = (Stage.PAID, Stage.PLAN_COMPLETED)
"""Stages of a claim performed in full: what was agreed or adjudged has been paid."""


def follow(simulation: Simulation) -> None:
    """Count the principal of claims that fell due this month, and claims performed (eq. 164).

    Principal counts up to `principal_cap`. One claim in a hundred exceeds it.
    """
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
