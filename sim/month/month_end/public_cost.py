"""Public cost of policy: officers, custody, transfers, and those levers that have a price.

In: levers of the month, rows of debtors, claims and courts at month end. Out: counts of the month,
overall and by district, and yuan for each lever that has a price.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.books.accounts import MOVEMENTS, Account
from sim.books.counts import Count
from sim.engine.record import dtype
from sim.levers.catalogue import Levers, catalogue
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
PATHS = tuple(PRICED)
RATES = np.array([lever.cost / YEAR for lever in PRICED.values()])
"""Price of each of these levers, yuan per month and unit if the value is `off` + 1."""
UNITS = [(lever.reads, lever.base) for lever in PRICED.values()]
ALIKE = {unit: np.flatnonzero([other == unit for other in UNITS]) for unit in dict.fromkeys(UNITS)}
"""Places of these levers, by the unit that they are priced in."""

AT_ONCE = 2**20
"""Number of debtors or claims counted at once, since counting needs some twenty bytes for each."""


def spend(simulation: Simulation) -> None:
    """Count the public cost of the month (ODD eq. 115).

    Each part is counted overall and by district, but transfers only overall.
    """
    parameters = simulation.inputs.parameters
    totals = simulation.totals()
    hour = parameters.institutions.wage * (1.0 + parameters.institutions.overhead)
    staff = simulation.courts.rows["officers"] * hour * parameters.procedure.hours
    counts = totals.counts[DISTRICTS:]
    jailed = counts[:, Count.DETENTION_DAYS] + 30.0 * counts[:, Count.PRISON_MONTHS]
    simulation.tally_districts(Count.LEVERS_COST, levers_cost(simulation))
    simulation.tally_districts(Count.STAFF_COST, staff)
    simulation.tally_districts(Count.CUSTODY_COST, parameters.institutions.custody_day * jailed)
    simulation.tally(Count.TRANSFERS, float(sum(totals.flows[flow] for flow in TRANSFERS)))


def levers_cost(simulation: Simulation) -> np.ndarray:
    """Cost of all levers with a price this month, yuan; shape (districts,).

    A lever costs cost/12·(value − off)·units a month. From month 1 on, the cost of each lever is
    added to `Simulation.spent`.
    """
    added = {p: one for p, one in simulation.inputs.extension.levers.items() if one.cost > 0.0}
    measured = simulation.month > 0
    if measured and not simulation.spent:
        simulation.spent.update(dict.fromkeys((*PATHS, *added), 0.0))
    units = Units(simulation)
    total = np.zeros(simulation.inputs.districts)
    each: dict[str, float] = {}
    above = simulation.lever_values()[:, COLUMNS] - OFF
    in_use = above.any(axis=0)
    for unit, places in ALIKE.items():
        chosen = places[in_use[places]]
        if len(chosen):
            costs = units.of(*unit) @ above[:, chosen] * RATES[chosen]
            total += costs.sum(axis=1)
            each |= zip((PATHS[k] for k in chosen), costs.sum(axis=0).tolist(), strict=True)
    for path, lever in added.items():
        number = units.of(lever.reads, lever.base)
        costs = lever.cost / YEAR * (number @ (simulation.lever(path) - lever.off))
        total += costs
        each[path] = float(costs.sum())
    if measured:
        for path, cost in each.items():
            simulation.spent[path] += cost
    return total


class Units:
    """The units by which the prices of levers are multiplied, for example officers or claims.

    Units are counted by district and treatment (row of levers). A claim or case of this month
    counts as twelve, because prices are divided by twelve.
    """

    def __init__(self, simulation: Simulation) -> None:
        """Start without counts."""
        self._simulation = simulation
        self._found: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, reads: str, base: str | None) -> np.ndarray:
        """Units of a price with this `Lever.reads` and `Lever.base`.

        Returns:
            Shape (districts, treatments).
        """
        assert base is not None, "a price has a base"
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
        inputs = self._simulation.inputs
        found = np.zeros(inputs.districts * inputs.treatments)
        for first in range(0, len(rows), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            places = district[part].astype(np.int64) * inputs.treatments + rows[part]
            weighed = None if weights is None else weights[part]
            found += np.bincount(places, weighed, minlength=len(found))
        return found.reshape(inputs.districts, inputs.treatments)
