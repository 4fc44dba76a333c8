"""Audit: a world whose state is impossible is stopped with an error."""

import numpy as np

from sim.books.accounts import Account
from sim.errors import RunError
from sim.month.month_end.closing import ILLEGAL
from sim.month.simulation import Simulation
from sim.terms import Stage


def guard(simulation: Simulation, stocks: np.ndarray) -> None:
    """Stop a world in an impossible state: illegal claims, negative money, or NaN.

    Raises:
        RunError: If the state is impossible. The message says what is wrong and gives the first
            ids.
    """
    poor = np.flatnonzero(simulation.arrivals == ILLEGAL)
    if len(poor):
        ids = ", ".join(str(i) for i in simulation.debtors.rows["id"][poor[:3]])
        raise RunError(
            "guard", f"{len(poor)} debtors have negative or undefined (NaN) money, first ids: {ids}"
        )
    wrong = simulation.illegal_claims()
    if len(wrong):
        rows = simulation.claims.rows[wrong[:3]]
        who = ", ".join(
            f"{c['id']} ({Stage(c['stage']).name.lower()}, due {c['due']:,.2f})" for c in rows
        )
        raise RunError(
            "guard", f"{len(wrong)} claims are in an impossible state, the first of them: {who}"
        )
    if not np.isfinite(stocks).all():
        bad = [a.name.lower() for a in Account if not np.isfinite(stocks[a])]
        raise RunError("guard", f"the money of {', '.join(bad)} is infinite or undefined (NaN)")
