"""What packages of policies cost the public, on the mean over seeds, and the doses of a budget.

In: scenarios with policies, and seeds. Out: yuan a year per 1,000 debtors, lever by lever, with
intervals; and the doses at which packages cost a given sum. Each world is held against the same
one without its policies and of the same seed: the two share their draws and differ by the package.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from warnings import warn

from sim.analysis.comparison.dose import around, dosed, fullest, further, hit
from sim.analysis.comparison.replicates import Failure, Replicates
from sim.analysis.pairs import Effect, effect
from sim.errors import ServandaError, ServandaWarning
from sim.measure.indicators import KNOWN
from sim.scenario.scenario import Scenario
from sim.world import World, beginning

MONEY = KNOWN["net_received"]
"""An indicator of the same kind as what is spent: money, without bounds."""


class Spent(NamedTuple):
    """What a world costs the public, yuan a year per 1,000 debtors, and its new cases, likewise."""

    levers: dict[str, float]
    staff: float
    custody: float
    transfers: float
    cases: float

    @property
    def priced(self) -> float:
        """All levers together."""
        return math.fsum(self.levers.values())

    @property
    def total(self) -> float:
        """What is used up: levers, officers and custody; 1,000 times `public_outlay`."""
        return self.priced + self.staff + self.custody


@dataclass(frozen=True)
class Cost:
    """What a package adds to the public's spending, yuan a year per 1,000 debtors.

    Args:
        dose: Share of each of its moves that was made; beyond 1 they were made farther.
        most: The largest dose that its levers' ranges allow; see `dose.fullest`.
        levers: By lever, those only that it makes dearer or cheaper.
        priced: All levers together.
        staff: Officers' pay.
        custody: Detention and prison.
        total: What is used up: levers, officers and custody.
        transfers: Social benefits and money given to relief funds, beside the total: what the
            public moves to debtors and creditors is not used up.
        cases: New cases a year per 1,000 debtors where the package is not.
    """

    dose: float
    most: float
    levers: dict[str, Effect]
    priced: Effect
    staff: Effect
    custody: Effect
    total: Effect
    transfers: Effect
    cases: float = math.nan


def costs(
    packages: Mapping[str, Scenario],
    seeds: Sequence[int],
    jobs: int = 1,
    done: Callable[[int], None] | None = None,
) -> dict[str, Cost]:
    """What packages cost as they stand, by their names.

    Args:
        packages: Scenarios with policies, by name.
        seeds: Seeds of the pairs.
        jobs: Processes; they change no number.
        done: Told how many runs are over, of one for each package and seed.

    Raises:
        ServandaError: If a scenario has no policies, or a run fails.
    """
    with Replicates(seeds, jobs) as runs:
        return _CostRunner(packages, runs).at(dict.fromkeys(packages, 1.0), done)


def within(
    packages: Mapping[str, Scenario],
    budget: float | Callable[[float], float],
    seeds: Sequence[int],
    jobs: int = 1,
    done: Callable[[int], None] | None = None,
    *,
    base: Scenario | None = None,
    beyond: bool = False,
) -> dict[str, Cost]:
    """What packages cost at doses at which that is a budget, on the mean over seeds.

    A package that costs no more is taken whole, or at the largest dose that its levers allow. Of
    any other doses are tried, see `further`, until one costs the budget within `TOLERANCE`. Costs
    need neither rise with the dose nor change little by little: one sentence of prison more is a
    jump. Where they jump over the budget, the largest dose tried is taken that costs no more, with
    a warning.

    Args:
        packages: Scenarios with policies, by name.
        budget: Yuan a year per 1,000 debtors, above 0; or what they are, given the new cases a year
            per 1,000 debtors of the first world without the packages.
        seeds: Seeds of the pairs; the doses are those of these seeds.
        jobs: Processes; they change no number.
        done: Told how many packages have their dose, whenever one more has.
        base: The world that packages are held against; their own without policies unless given.
        beyond: Whether doses beyond 1 are taken where levers' ranges allow.

    Raises:
        ServandaError: If the budget is not above 0, a scenario has no policies, or a run fails.
    """
    nil = Effect(0.0, 0.0, len(seeds))
    keep = set() if base is None else {policy.name for policy in base.policies}
    most = {name: fullest(one, keep) if beyond else 1.0 for name, one in packages.items()}
    tried = {name: {0.0: Cost(0.0, most[name], {}, nil, nil, nil, nil, nil)} for name in packages}
    with Replicates(seeds, jobs) as runs:
        till = _CostRunner(packages, runs, base)
        yuan = budget(till.cases) if callable(budget) else budget
        if not yuan > 0.0:
            raise ServandaError("budget", f"{yuan:g} pays for nothing", "give yuan above 0")
        wanted = dict.fromkeys(packages, 1.0)
        while wanted:
            for name, cost in till.at(wanted).items():
                tried[name][cost.dose] = replace(cost, most=most[name])
            more = {n: further(_totals(told), yuan, most[n]) for n, told in tried.items()}
            before, wanted = len(wanted), {n: dose for n, dose in more.items() if dose is not None}
            if done is not None and len(wanted) < before:
                done(len(packages) - len(wanted))
    return {name: _chosen(name, told, yuan) for name, told in tried.items()}


def spent(world: World) -> Spent:
    """What a world has cost the public over its measured months."""
    thousands = world.setup.population.size / 1000.0
    sums = world.series(counts=True)
    years = len(sums) / 12.0
    staff, custody, transfers = (
        float(sums[f"n_{what}"].sum()) / years / thousands
        for what in ("staff_cost", "custody_cost", "transfers")
    )
    cases = float((sums["n_entered"] + sums["n_revived"]).sum()) / years / thousands
    levers = {path: yuan / thousands for path, yuan in world.lever_costs().items()}
    return Spent(levers, staff, custody, transfers, cases)


def _totals(tried: Mapping[float, Cost]) -> dict[float, float]:
    """Mean costs by dose."""
    return {dose: cost.total.mean for dose, cost in tried.items()}


def _chosen(name: str, tried: Mapping[float, Cost], budget: float) -> Cost:
    """Of what was tried, the cost at the dose of the budget; says where there is none."""
    totals = _totals(tried)
    top = max(totals)
    if totals[top] <= budget:
        return tried[top]
    found = [dose for dose, yuan in totals.items() if hit(yuan, budget)]
    if found:
        return tried[max(found)]
    low, high = around(totals, budget)
    warn(
        f"{name}: its cost jumps over the budget, from {totals[low]:,.0f} yuan at dose {low:g} "
        f"to {totals[high]:,.0f} at {high:g}; the lower dose is taken",
        ServandaWarning,
        stacklevel=3,
    )
    return tried[low]


class _CostRunner:
    """What packages cost at doses, against worlds without them, which are run once.

    Args:
        packages: Scenarios with policies, by name.
        runs: Where they are run.
        base: The world that all are held against; their own without policies unless given.
    """

    def __init__(
        self, packages: Mapping[str, Scenario], runs: Replicates, base: Scenario | None = None
    ) -> None:
        """Run the worlds without policies, one that packages share only once."""
        for name, package in packages.items():
            if not package.policies:
                hint = "costs are those of policies; see `servanda scenarios`"
                raise ServandaError("policies", f"{name} has none", hint)
        self.packages, self.runs = packages, runs
        self._keep = set() if base is None else {policy.name for policy in base.policies}
        bare = {
            name: one.model_copy(update={"policies": ()}) if base is None else base
            for name, one in packages.items()
        }
        # Without policies, what decides the beginning decides the whole run.
        self._world = {name: beginning(one) for name, one in bare.items()}
        apart = {world: bare[name] for name, world in self._world.items()}
        self._without = self._run(apart)

    @property
    def cases(self) -> float:
        """New cases a year per 1,000 debtors of the first world without packages."""
        first = next(iter(self._without.values()))
        return math.fsum(one.cases for one in first) / len(first)

    def at(
        self, doses: Mapping[str, float], done: Callable[[int], None] | None = None
    ) -> dict[str, Cost]:
        """What packages cost at doses, by name."""
        setups = {n: dosed(self.packages[n], dose, self._keep) for n, dose in doses.items()}
        return {
            name: _cost(doses[name], ran, self._without[self._world[name]])
            for name, ran in self._run(setups, done).items()
        }

    def _run(
        self, setups: Mapping[str, Scenario], done: Callable[[int], None] | None = None
    ) -> dict[str, list[Spent]]:
        """What scenarios cost, by name and then by seed.

        Raises:
            ServandaError: If a run fails.
        """
        found: dict[str, list[Spent]] = {name: [] for name in setups}
        came = self.runs.run([*setups.values()], spent, done)
        for name, ran in zip(setups, came, strict=True):
            for seed, one in zip(self.runs.seeds, ran, strict=True):
                if isinstance(one, Failure):
                    where = name if name in self.packages else "without policies"
                    raise ServandaError(f"{where}, seed {seed}", one.error)
                found[name].append(one)
        return found


def _cost(dose: float, ran: Sequence[Spent], without: Sequence[Spent]) -> Cost:
    """The differences between worlds with a package and without it, seed by seed."""
    pairs = list(zip(ran, without, strict=True))

    def added(part: Callable[[Spent], float]) -> Effect:
        return effect(((part(one), part(other)) for one, other in pairs), MONEY)

    levers = {path: added(_lever(path)) for path in _paths(pairs)}
    return Cost(
        dose,
        1.0,
        {path: one for path, one in levers.items() if one.mean != 0.0},
        added(lambda one: one.priced),
        added(lambda one: one.staff),
        added(lambda one: one.custody),
        added(lambda one: one.total),
        added(lambda one: one.transfers),
        math.fsum(one.cases for one in without) / len(without),
    )


def _lever(path: str) -> Callable[[Spent], float]:
    """What a lever costs in a world."""
    return lambda one: one.levers.get(path, 0.0)


def _paths(pairs: Iterable[tuple[Spent, Spent]]) -> list[str]:
    """Levers that cost something in any world, in the order in which they come."""
    return list(dict.fromkeys(path for pair in pairs for one in pair for path in one.levers))
