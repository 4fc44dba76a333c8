"""Audit: institutions take note of their month, and what cannot be stops the world."""

import numpy as np

from sim.errors import RunError
from sim.month.month_end.closing import ILLEGAL
from sim.month.shared.accounts import Account
from sim.month.shared.counts import Count
from sim.month.shared.journal import DISTRICTS
from sim.month.simulation import Simulation
from sim.terms import Stage


def note(simulation: Simulation, sums: np.ndarray, inquiries: np.ndarray) -> None:
    """Institutions take note of their month: dockets, statistics, inquiries, the list."""
    courts = simulation.courts.rows
    districts = sums[DISTRICTS:]
    courts["docket"] = districts[:, Count.DOCKET]
    courts["debtors"] = districts[:, Count.DEBTORS_ENFORCEABLE]
    courts["concealing"] = districts[:, Count.DEBTORS_CONCEALING]
    exposed = districts[:, Count.EXPOSED]
    courts["exposed_year"][:, simulation.month % 12] = exposed
    courts["recovered_year"][:, simulation.month % 12] = districts[:, Count.EXPOSED_RECOVERED]
    year = courts["exposed_year"].sum(axis=1)
    published = courts["recovered_year"].sum(axis=1) / np.maximum(year, 1.0)
    courts["recovery"] = np.where(year > 0.0, published, -1.0)
    personal = districts[:, [Count.FINES, Count.DETENTIONS, Count.PRISONS]].sum(axis=1)
    courts["punished"] = np.minimum(1.0, personal / np.maximum(exposed, 1.0))
    registries = simulation.registries.rows
    for place, name in enumerate(("asked", "answered", "found", "stalled")):
        registries[name] = inquiries[:, place]
    agencies = simulation.agencies.rows
    agencies["listed"] = districts[:, Count.LISTED]
    agencies["entries"] += districts[:, Count.LISTINGS].astype(np.int32)
    agencies["unable"] = districts[:, Count.LISTED_UNABLE]


def guard(simulation: Simulation, stocks: np.ndarray) -> None:
    """Stop a world in which something cannot be: illegal claims, negative money, no number.

    Raises:
        RunError: With what is wrong and the ids of the first claims or debtors concerned.
    """
    poor = np.flatnonzero(simulation.arrivals == ILLEGAL)
    if len(poor):
        ids = ", ".join(str(i) for i in simulation.debtors.rows["id"][poor[:3]])
        raise RunError("guard", f"{len(poor)} debtors hold money that cannot be: {ids}")
    wrong = simulation.illegal_claims()
    if len(wrong):
        rows = simulation.claims.rows[wrong[:3]]
        who = ", ".join(
            f"{c['id']} ({Stage(c['stage']).name.lower()}, due {c['due']:,.2f})" for c in rows
        )
        raise RunError("guard", f"{len(wrong)} claims in no possible state: {who}")
    if not np.isfinite(stocks).all():
        bad = [a.name.lower() for a in Account if not np.isfinite(stocks[a])]
        raise RunError("guard", f"money of {', '.join(bad)} is not finite")
