"""Cohorts of claims (all that fell due in one month): how many were performed, and when.

In: rows of claims at month end, also of claims that closed this month. Out: counts of the month,
overall and by domain, kind of debtor, band of amount and district.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.books.counts import Count, Span
from sim.month.simulation import Simulation, cells_of
from sim.terms import Stage

PERFORMED = (Stage.PAID, Stage.PLAN_COMPLETED)
"""Stages of a claim performed in full: what was agreed or adjudged has been paid."""


def follow(simulation: Simulation) -> None:
    """Count the principal of claims that fell due this month, and claims performed (eq. 164).

    Principal counts up to `principal_cap`. One claim in a hundred exceeds it.
    """
    claims = simulation.claims.rows
    fell_due = (claims["id"] >> NUMBER_SHIFT) + FIRST_MONTH
    new = np.flatnonzero(fell_due == simulation.month)
    simulation.tally_claims(Count.DUE_CAPPED, cells_of(claims, new), capped(simulation, new))
    closed = np.flatnonzero(claims["closed"])
    stages = claims["stage"][closed]
    done = closed[np.logical_or.reduce([stages == stage for stage in PERFORMED])]
    cells, months = cells_of(claims, done), simulation.month - fell_due[done]
    freely = (claims["intake"][done] == 0) & ~claims["shared"][done]
    for span, amounts in (
        (Span.PERFORMED, np.ones(len(done))),
        (Span.PERFORMED_CAPPED, capped(simulation, done)),
        (Span.PERFORMED_VOLUNTARILY, freely.astype(float)),
    ):
        simulation.tally_claims_after(span, cells, months, amounts)


def capped(simulation: Simulation, rows: np.ndarray) -> np.ndarray:
    """Principals of claims, yuan, each at most `principal_cap`; shape (rows,)."""
    found: np.ndarray = np.minimum(
        simulation.claims.rows["principal"][rows], simulation.principal_cap
    )
    return found
