"""Public cost of packages of policies, mean over seeds, and the doses at which it equals a budget.

In: scenarios with policies, and seeds. Out: yuan a year per 1,000 debtors, lever by lever, with
intervals; the doses at which packages cost a given sum.

A lever is a number that policies change. A dose is the factor by which all these changes are
multiplied. Each world is compared with the same world without the policies, run with the same seed.
The two share their random draws and differ only in the package.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from warnings import warn

import pandas as pd

from sim.analysis.comparison.dose import around, dosed, fullest, further, hit
from sim.analysis.comparison.pairing import TOO_FEW, compared
from sim.analysis.comparison.reach import reached, too_few
from sim.analysis.paired import Difference, difference
from sim.errors import ServandaError, ServandaWarning
from sim.levers.catalogue import catalogue
from sim.levers.lever import Lever
from sim.measure.indicators import KNOWN
from sim.runs.results import Results
from sim.runs.run_accounts import COST, COSTS, COUNT
from sim.runs.scenarios import ScenarioRuns, refuse_failed
from sim.runs.storage.writing import BEHIND
from sim.scenario.scenario import Scenario
from sim.world import beginning

MONEY = KNOWN["net_received"]
"""All parts of public spending have the unit of this indicator and, like it, no bounds."""
OUTLAY, TRANSFERS, CASES = "public_outlay", "transfers", "cases"
THOUSAND = 1000.0
"""Number of debtors to which costs refer; runs measure them per debtor."""
PRICED: dict[str, Lever] = {entry.path: entry.lever for entry in catalogue()}
COUNTED = (0.75, 1.5)
"""Assumed lowest and highest cost of officers and custody, as shares of their prices. The prices of
levers are less well known and have wider ranges."""
WITHOUT = "without policies"
"""How names of worlds without packages begin."""


@dataclass(frozen=True)
class Cost:
    """Cost that a package adds to public spending, yuan a year per 1,000 debtors.

    Args:
        dose: Dose of the package.
        most: The largest dose that the levers' ranges allow; 1 unless doses above 1 are allowed.
        levers: By path of a lever, the cost added; only levers whose cost the package changes.
        priced: Cost of all levers together.
        staff: Officers' pay.
        custody: Detention and prison.
        total: Resources used up: levers, officers and custody.
        transfers: Social benefits and payments to relief funds. They are not in the total, because
            money moved to debtors and creditors is not used up.
        cases: New and revived cases a year per 1,000 debtors in the world without the package.
    """

    dose: float
    most: float
    levers: dict[str, Difference]
    priced: Difference
    staff: Difference
    custody: Difference
    total: Difference
    transfers: Difference
    cases: float = math.nan

    @property
    def range(self) -> tuple[float, float]:
        """The smallest and the largest mean total that prices within their ranges can give.

        Yuan a year per 1,000 debtors. If the package uses less of something, a higher price lowers
        the total. For each price, the end that gives the smallest (or largest) total is chosen.
        """
        return _least(self._priced()), -_least({k: (-m, r) for k, (m, r) in self._priced().items()})

    def surely_below(self, other: "Cost") -> bool:
        """Whether this package costs less than another at all prices within their ranges.

        Both packages have the same prices. What both use equally therefore cancels out.
        """
        mine, theirs = self._priced(), other._priced()
        nothing = (0.0, (1.0, 1.0))
        apart = {
            name: (theirs.get(name, nothing)[0] - mine.get(name, nothing)[0], span)
            for name, (_, span) in (mine | theirs).items()
        }
        return _least(apart) > 0.0

    def _priced(self) -> dict[str, tuple[float, tuple[float, float]]]:
        """The mean cost of each part of the total; its price range in shares of the assumed price.

        Parts are levers, by path, ``staff`` and ``custody``.
        """
        parts = {path: (one.mean, price_range(path)) for path, one in self.levers.items()}
        counted = {"staff": self.staff, "custody": self.custody}
        return parts | {name: (one.mean, COUNTED) for name, one in counted.items()}

    @property
    def few(self) -> bool:
        """Whether its policies reached too few claims for an interval."""
        return self.total.reason == TOO_FEW


def price_range(path: str) -> tuple[float, float]:
    """The lowest and the highest plausible price of a lever, as shares of the assumed price.

    Args:
        path: Path of the lever. A lever of an extension has the default range.
    """
    lever = PRICED.get(path, Lever)
    return lever.cheapest, lever.dearest


def _least(parts: Mapping[str, tuple[float, tuple[float, float]]]) -> float:
    """The smallest sum of the parts, each at the end of its price range where it is smallest."""
    return math.fsum(min(mean * low, mean * high) for mean, (low, high) in parts.values())


def costs(
    packages: Mapping[str, Scenario],
    seeds: Sequence[int],
    jobs: int = 1,
    progress: Callable[[int], object] = lambda _: None,
    burn_ins: Path | None = None,
) -> dict[str, Cost]:
    """Costs of packages at the doses in their files, by name.

    Args:
        packages: Scenarios with policies, by name.
        seeds: One seed for each pair of runs.
        jobs: Number of processes; it does not change results.
        progress: Called from time to time with the number of finished runs. Each package has one
            run per seed.
        burn_ins: Folder of worlds at the end of their burn-in, as for `sim.runs.sweep.sweep`.

    Raises:
        ServandaError: If a scenario has no policies, or a run fails.
    """
    with ScenarioRuns(seeds, jobs, burn_ins=burn_ins) as runs:
        return _CostRunner(packages, runs).at(dict.fromkeys(packages, 1.0), progress)


def doses_within_budget(
    packages: Mapping[str, Scenario],
    budget: float | Callable[[float], float],
    seeds: Sequence[int],
    jobs: int = 1,
    progress: Callable[[int], object] = lambda _: None,
    *,
    base: Scenario | None = None,
    beyond: bool = False,
    burn_ins: Path | None = None,
) -> dict[str, Cost]:
    """Costs of packages, each at the dose at which its mean cost over seeds equals a budget.

    A package that costs no more than the budget at its largest dose is given that dose. For the
    others, doses are tried (see `further`) until one costs the budget within `TOLERANCE`.

    Costs may fall with the dose, and they may jump: one more prison sentence is a jump. If they
    jump from below the budget to above it, the dose tried just below the jump is used, with a
    warning.

    Args:
        packages: Scenarios with policies, by name.
        budget: Yuan a year per 1,000 debtors, above 0. It may be a function of the number of new
            cases a year per 1,000 debtors in the world without the first package.
        seeds: One seed for each pair of runs; other seeds would give other doses.
        jobs: Number of processes; it does not change results.
        progress: Called with the number of packages whose dose has been found.
        base: The world with which packages are compared. By default each is compared with its own
            world without policies.
        beyond: Whether doses above 1 are allowed, as far as the ranges of the levers reach.
        burn_ins: Folder of worlds at the end of their burn-in, as for `sim.runs.sweep.sweep`.

    Raises:
        ServandaError: If the budget is not above 0, a scenario has no policies, or a run fails.
    """
    nil = Difference(0.0, 0.0, 0.0, len(seeds))
    keep = set() if base is None else {policy.name for policy in base.policies}
    most = {name: fullest(one, keep) if beyond else 1.0 for name, one in packages.items()}
    tried = {name: {0.0: Cost(0.0, most[name], {}, nil, nil, nil, nil, nil)} for name in packages}
    with ScenarioRuns(seeds, jobs, burn_ins=burn_ins) as runs:
        runner = _CostRunner(packages, runs, base)
        yuan = budget(runner.cases()) if callable(budget) else budget
        if not yuan > 0.0:
            raise ServandaError("budget", f"{yuan:g} buys nothing", "give a sum above 0 yuan")
        wanted = dict.fromkeys(packages, 1.0)
        while wanted:
            for name, cost in runner.at(wanted).items():
                tried[name][cost.dose] = replace(cost, most=most[name])
            more = {n: further(_totals(costs), yuan, most[n]) for n, costs in tried.items()}
            before, wanted = len(wanted), {n: dose for n, dose in more.items() if dose is not None}
            if len(wanted) < before:
                progress(len(packages) - len(wanted))
    return {name: _chosen(name, by_dose, yuan) for name, by_dose in tried.items()}


def _totals(tried: Mapping[float, Cost]) -> dict[float, float]:
    """Mean total cost by dose."""
    return {dose: cost.total.mean for dose, cost in tried.items()}


def _chosen(name: str, tried: Mapping[float, Cost], budget: float) -> Cost:
    """The cost at the dose found for the budget, with a warning if costs jump over the budget."""
    totals = _totals(tried)
    top = max(totals)
    if totals[top] <= budget:
        return tried[top]
    found = [dose for dose, yuan in totals.items() if hit(yuan, budget)]
    if found:
        return tried[max(found)]
    low, high = around(totals, budget)
    warn(
        f"{name}: its cost jumps from below the budget to above it, from {totals[low]:,.0f} yuan "
        f"at dose {low:g} to {totals[high]:,.0f} at {high:g}; the lower dose is used",
        ServandaWarning,
        stacklevel=3,
    )
    return tried[low]


class _CostRunner:
    """Runs packages at given doses and, for comparison, the worlds without them, each once.

    Args:
        packages: Scenarios with policies, by name.
        runs: Runs each scenario with all seeds.
        base: As for `doses_within_budget`.
    """

    def __init__(
        self, packages: Mapping[str, Scenario], runs: ScenarioRuns, base: Scenario | None = None
    ) -> None:
        """Name the worlds without policies; packages with the same world share one name."""
        for name, package in packages.items():
            if not package.policies:
                hint = "choose a scenario with policies; see `servanda scenarios`"
                raise ServandaError("policies", f"{name} has none", hint)
        self.packages, self.runs = packages, runs
        self._keep = set() if base is None else {policy.name for policy in base.policies}
        bare = {
            name: one.model_copy(update={"policies": ()}) if base is None else base
            for name, one in packages.items()
        }
        # Worlds that begin in the same way have the same run without policies.
        self._world = {name: f"{WITHOUT} {beginning(one)}" for name, one in bare.items()}
        self._bare = {world: bare[name] for name, world in self._world.items()}

    def cases(self) -> float:
        """New cases a year per 1,000 debtors in the world of the first package without policies.

        Raises:
            ServandaError: If a run fails.
        """
        (name, world), *_ = self._bare.items()
        return _cases(spending(self._run({name: world}))[name])

    def at(
        self,
        doses: Mapping[str, float],
        progress: Callable[[int], object] = lambda _: None,
    ) -> dict[str, Cost]:
        """Costs of packages at given doses, by name.

        Args:
            doses: By name of a package, its dose.
            progress: As for `costs`.

        Raises:
            ServandaError: If a run fails.
        """
        setups = {n: dosed(self.packages[n], dose, self._keep) for n, dose in doses.items()}
        bare = {self._world[name]: self._bare[self._world[name]] for name in doses}
        beside = len(bare) * len(self.runs.seeds)
        found = self._run({**bare, **setups}, lambda done: progress(max(done - beside, 0)))
        spent, points = spending(found), found.points.set_index("scenario")["point"]
        few = {name: too_few(reached(found, int(points[name]), self._keep)) for name in setups}
        return {
            name: _cost(doses[name], spent[name], spent[self._world[name]], few=few[name])
            for name in setups
        }

    def _run(
        self,
        setups: Mapping[str, Scenario],
        progress: Callable[[int], object] = lambda _: None,
    ) -> Results:
        """Run scenarios as the points of a sweep, in the given order.

        Raises:
            ServandaError: If a run fails.
        """
        found = self.runs.run(
            setups, progress, indicators=(OUTLAY, TRANSFERS), read=("runs", "accounts", "reach")
        )
        refuse_failed(found, lambda name: name if name in self.packages else WITHOUT)
        return found


def spending(found: Results) -> dict[str, pd.DataFrame]:
    """Public spending in yuan and number of new cases, per debtor and year, in each run.

    Args:
        found: A sweep of scenarios with recorded accounts.

    Returns:
        By scenario, a row per replicate. Columns: `OUTLAY` and `TRANSFERS` (the indicators of these
        names), `BEHIND`, those of `COSTS`, `CASES`, and the path of each lever that had a cost.
    """
    entries = found.accounts
    wide = entries.pivot_table(
        index=["point", "replicate"],
        columns=["kind", "entry"],
        values="amount",
        aggfunc="sum",
        sort=False,
    ).fillna(0.0)
    years = wide[COUNT, "debtor_months"] / 12.0
    entered = [str(one[1]) for one in wide.columns if one[0] == COST]
    columns = {entry: wide[COST, entry] / years for entry in entered}
    columns[CASES] = (wide[COUNT, "entered"] + wide[COUNT, "revived"]) / years
    table = pd.DataFrame(columns)
    runs = found.runs.set_index(["point", "replicate"])
    table[[OUTLAY, TRANSFERS]] = runs[[OUTLAY, TRANSFERS]].astype(float)
    table[BEHIND] = runs[BEHIND]
    names = dict(zip(found.points["point"], found.points["scenario"], strict=True))
    return {
        str(name): pd.DataFrame(table.xs(point, level="point")).sort_index()
        for point, name in names.items()
    }


def _cases(table: pd.DataFrame) -> float:
    """New and revived cases a year per 1,000 debtors, mean over runs."""
    return float(THOUSAND * table[CASES].mean())


def _cost(dose: float, ran: pd.DataFrame, without: pd.DataFrame, *, few: bool) -> Cost:
    """The differences between worlds with a package and without it, seed by seed.

    Args:
        dose: Dose of the package.
        ran: Result of `spending` for the world with the package.
        without: Result of `spending` for the world without it.
        few: Whether the policies reached too few claims; if so, there is no interval.
    """

    def added(*columns: str) -> Difference:
        mine, theirs = (
            table.reindex(columns=columns, fill_value=0.0).sum(axis=1).to_numpy(float)
            for table in (ran, without)
        )
        found = difference(mine, theirs, about=MONEY).times(THOUSAND)
        return found.without_interval(TOO_FEW) if few else found

    others = {OUTLAY, TRANSFERS, CASES, BEHIND, *COSTS}
    paths = [str(name) for name in ran if name not in others]
    changed = [path for path in paths if path not in without or (ran[path] != without[path]).any()]
    levers = {path: added(path) for path in changed}
    return Cost(
        dose,
        1.0,
        {path: one for path, one in levers.items() if one.mean != 0.0},
        added(*paths),
        added("staff"),
        added("custody"),
        compared(ran, without, OUTLAY, few=few).times(THOUSAND),
        compared(ran, without, TRANSFERS, few=few).times(THOUSAND),
        _cases(without),
    )
