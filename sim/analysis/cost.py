"""What a package of policies costs the public: one world with it, the same one without it.

In: a scenario with policies. Out: yuan a year per 1,000 debtors, lever by lever, and the dose at
which a package costs a given sum. Both worlds share their draws, so they differ by the package.
"""

from dataclasses import dataclass
from typing import NamedTuple

from scipy.optimize import brentq

from sim.errors import ServandaError
from sim.model import World
from sim.scenario.setting import Scenario

PRECISION = 1e-3
"""How near a dose is to the one that costs the budget."""


class Spent(NamedTuple):
    """What a world costs the public, yuan a year per 1,000 debtors."""

    levers: dict[str, float]
    staff: float
    custody: float
    transfers: float


@dataclass(frozen=True)
class Cost:
    """What a package adds to the public's spending, yuan a year per 1,000 debtors.

    Args:
        dose: Share of each of its moves that was made.
        levers: By lever, those only that it makes dearer or cheaper.
        staff: Officers' pay.
        custody: Detention and prison.
        transfers: Social benefits and money given to relief funds, beside the cost: what the
            public moves to debtors and creditors is not used up.
    """

    dose: float
    levers: dict[str, float]
    staff: float
    custody: float
    transfers: float

    @property
    def total(self) -> float:
        """What is used up: levers, officers and custody."""
        return sum(self.levers.values()) + self.staff + self.custody


class Package:
    """A scenario's policies, and what they cost at any dose.

    Args:
        scenario: A scenario with policies.

    Raises:
        ServandaError: If it has none: then there is nothing to be paid for.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Run the world without the package, against which each dose is held."""
        if not scenario.policies:
            hint = "costs are those of policies; see `servanda scenarios`"
            raise ServandaError("policies", "this scenario has none", hint)
        self.scenario = scenario
        self._without = spent(scenario.model_copy(update={"policies": ()}))

    def at(self, dose: float) -> Scenario:
        """The scenario with this share of each of its policies' moves."""
        policies = tuple(
            policy.model_copy(update={"dose": policy.dose * dose})
            for policy in self.scenario.policies
        )
        return self.scenario.model_copy(update={"policies": policies})

    def cost(self, dose: float = 1.0) -> Cost:
        """What the package costs at a dose from 0 to 1."""
        whole, none = spent(self.at(dose)), self._without
        paths = {**none.levers, **whole.levers}
        levers = {p: whole.levers.get(p, 0.0) - none.levers.get(p, 0.0) for p in paths}
        return Cost(
            dose,
            {path: yuan for path, yuan in levers.items() if yuan != 0.0},
            whole.staff - none.staff,
            whole.custody - none.custody,
            whole.transfers - none.transfers,
        )

    def within(self, budget: float) -> Cost:
        """The largest dose that a budget pays for, and what it costs.

        A package that costs no more than the budget is taken whole.

        Args:
            budget: Yuan a year per 1,000 debtors, above 0.

        Raises:
            ServandaError: If the budget is not above 0.
        """
        if budget <= 0.0:
            raise ServandaError("budget", f"{budget:g} pays for nothing", "give yuan above 0")
        whole = self.cost()
        if whole.total <= budget:
            return whole
        tried: dict[float, Cost] = {1.0: whole}

        def beyond(dose: float) -> float:
            tried.setdefault(dose, self.cost(dose))
            return tried[dose].total - budget

        found = float(brentq(beyond, 0.0, 1.0, xtol=PRECISION))
        return tried[found] if found in tried else self.cost(found)


def spent(scenario: Scenario) -> Spent:
    """What a world costs the public over its measured months, yuan a year per 1,000 debtors."""
    world = World(scenario).run()
    thousands = scenario.population.size / 1000.0
    sums = world.series(counts=True)
    years = len(sums) / 12.0
    staff, custody, transfers = (
        float(sums[f"n_{what}"].sum()) / years / thousands
        for what in ("staff_cost", "custody_cost", "transfers")
    )
    levers = {path: yuan / thousands for path, yuan in world.lever_costs().items()}
    return Spent(levers, staff, custody, transfers)
