"""Public cost of policy: officers, custody, transfers, and those levers that have a price.

In: levers of the month, rows of debtors, claims and courts at month end. Out: counts of the month,
overall and by district, and yuan for each lever that has a price.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.books.accounts import MOVEMENTS, Account
from sim.books.counts import Count
from sim.engine.record import dtype
from sim.levers.catalogue import Levers, catalogue
from sim.levers.lever import Lever
from sim.month.shared.journal import DISTRICTS
from sim.month.simulation import Simulation

YEAR = 12.0
TRANSFERS = [flow for flow, (payer, _, _) in MOVEMENTS.items() if payer == Account.STATE]
"""Movements of public money to others, including those that mechanisms declare."""
MODES = dtype(Levers)
LEVERS = [f"{mode}.{name}" for mode in MODES.names or () for name in MODES[mode].names or ()]
"""Paths of all levers, in the order of a row."""
PRICED = {entry.path: entry.lever for entry in catalogue() if entry.lever.cost > 0.0}
COLUMNS = np.array([LEVERS.index(path) for path in PRICED])
"""Place of each lever with a price in a row of `Simulation.lever_values`."""
OFF = np.array([lever.off for lever in PRICED.values()])


def spend(simulation: Simulation) -> None:
    """Count the public cost of the month (ODD eq. 115).

    Each part is counted overall and by district, but transfers only overall.
    """
    parameters = simulation.inputs.parameters
    totals = simulation.totals()
    units = Units(simulation)
    levers = np.zeros(simulation.inputs.districts)
    added = {p: one for p, one in simulation.inputs.extension.levers.items() if one.cost > 0.0}
    measured = simulation.month > 0
    if measured and not simulation.spent:
        simulation.spent.update(dict.fromkeys((*PRICED, *added), 0.0))
    for path, lever, above in _above(simulation, added):
        cost = lever.cost / YEAR * (units.of(lever) @ above)
        levers += cost
        if measured:
            simulation.spent[path] += float(cost.sum())
    hour = parameters.institutions.wage * (1.0 + parameters.institutions.overhead)
    staff = simulation.courts.rows["officers"] * hour * parameters.procedure.hours
    counts = totals.counts[DISTRICTS:]
    jailed = counts[:, Count.DETENTION_DAYS] + 30.0 * counts[:, Count.PRISON_MONTHS]
    for district in range(simulation.inputs.districts):
        simulation.tally(Count.LEVERS_COST, float(levers[district]), district)
        simulation.tally(Count.STAFF_COST, float(staff[district]), district)
        custody = parameters.institutions.custody_day * float(jailed[district])
        simulation.tally(Count.CUSTODY_COST, custody, district)
    simulation.tally(Count.TRANSFERS, float(sum(totals.flows[flow] for flow in TRANSFERS)))


def _above(
    simulation: Simulation, added: Mapping[str, Lever]
) -> Iterator[tuple[str, Lever, np.ndarray]]:
    """Levers with a price that are not off, and by how much, one value per row of levers.

    A lever costs cost/12·(value − off)·units a month.

    Args:
        simulation: The world.
        added: Levers of an extension that have a price, by path.
    """
    values = simulation.lever_values()[:, COLUMNS] - OFF
    priced = tuple(PRICED.items())
    for k in np.flatnonzero(values.any(axis=0)):
        yield *priced[k], np.ascontiguousarray(values[:, k])
    for path, lever in added.items():
        above = simulation.lever(path) - lever.off
        if above.any():
            yield path, lever, above


class Units:
    """The units by which the prices of levers are multiplied, for example officers or claims.

    Units are counted when first asked for, by district and treatment (row of levers). A claim or
    case of this month counts as twelve, because `spend` divides every price by twelve.
    """

    def __init__(self, simulation: Simulation) -> None:
        """Start without counts."""
        self._simulation = simulation
        self._counted: dict[tuple[str, str], np.ndarray] = {}
        self._found: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, lever: Lever) -> np.ndarray:
        """Number of units that the lever's price applies to; shape (districts, treatments)."""
        key = (lever.reads, lever.base or "")
        if key not in self._counted:
            self._counted[key] = self._units(*key)
        return self._counted[key]

    def _units(self, reads: str, base: str) -> np.ndarray:
        if base == "head":
            return self._count(reads, "debtor")
        if base == "domain":  # the price of a domain is per 1,000 debtors
            return self._count(reads, "debtor") / 1000.0
        number = self._count(reads, base)
        return number if base == "officer" else YEAR * number

    def _count(self, reads: str, kind: str) -> np.ndarray:
        simulation = self._simulation
        if kind == "officer":
            courts = simulation.courts.rows
            return self._table(courts["district"], courts["treatment"], courts["officers"])
        if reads == "court":  # then the treatment of the court in the district counts
            heads = self._count("debtor", kind).sum(axis=1)
            districts = np.arange(len(heads))
            return self._table(districts, simulation.inputs.court_treatment, heads)
        if kind == "debtor":
            debtors = simulation.debtors.rows
            return self._table(debtors["district"], debtors["treatment"])
        chosen, districts = self._new(kind)
        claims = simulation.claims.rows
        if reads == "claim":
            return self._table(districts, claims["treatment"][chosen])
        owners = claims["debtor"][chosen]
        return self._table(districts, simulation.debtors.rows["treatment"][owners])

    def _new(self, kind: str) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the claims or cases that are new this month, and their districts."""
        if kind not in self._found:
            claims = self._simulation.claims.rows
            born = claims["id"] >> NUMBER_SHIFT if kind == "claim" else claims["intake"]
            rows = np.flatnonzero(born == self._simulation.month - FIRST_MONTH)
            self._found[kind] = rows, claims["district"][rows]
        return self._found[kind]

    def _table(
        self, district: np.ndarray, rows: np.ndarray, weights: np.ndarray | None = None
    ) -> np.ndarray:
        shape = (self._simulation.inputs.districts, self._simulation.inputs.treatments)
        places = district.astype(np.int64) * shape[1] + rows
        return np.bincount(places, weights, minlength=shape[0] * shape[1]).reshape(shape)
