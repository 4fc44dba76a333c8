"""Comparison of scenarios with the first of them, the baseline, on common random numbers.

In: a sweep of scenarios; a replicate has the same seed in each of them. Out, for each scenario and
measure: the paired difference with an interval, the variance that pairing saves, and the number of
replicates needed for a given precision. Also the public cost of each additional yuan that creditors
receive, and which scenarios dominate which.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from sim.analysis.comparison.comparison_experiment import DOSE, Comparison
from sim.analysis.comparison.pairing import TOO_FEW, compared, first_error
from sim.analysis.comparison.reach import PolicyReach, reached, too_few
from sim.analysis.paired import PRECISION, RESAMPLES, SEED, Difference
from sim.errors import ServandaError
from sim.experiment.ensemble import Ensemble
from sim.experiment.reading.file import load_experiment
from sim.measure.headline import HEADLINE as FIRST
from sim.measure.headline import possible
from sim.measure.indicators import KNOWN
from sim.runs.results import Results
from sim.scenario.differences import refuse_unlike

PEOPLE = (
    *("wrongly_listed", "restricted_unable", "below_exempt"),
    *("wrongly_convicted", "viable_firms_closed"),
)
"""The indicators that count people who are harmed."""
HEADLINE = (
    *FIRST,
    *("grace_performance", "recovery", "received", "backlog"),
    *("transfers", "social_return", "social_return_less_harm"),
)
"""The indicators by which scenarios are compared, in the order of the tables."""
NET = "net_received"
"""What creditors receive minus costs and losses: the denominator of `Standing.price`."""
LESS = ("public_outlay", "harm")
"""Indicators by which dominance is decided, and for which lower values are better."""
MORE = ("received",)
"""Indicators by which dominance is decided, and for which higher values are better."""


@dataclass(frozen=True)
class Standing:
    """The results of a scenario.

    Args:
        name: Name of the scenario.
        differences: By measure (`HEADLINE`, `NET`, `PEOPLE`), the difference from the baseline. It
            is empty for the baseline, or if a run failed. If `few`, there are no intervals.
        price: Public cost, in yuan, of each additional yuan of `NET`. None unless public cost
            and `NET` both clearly rise, because otherwise the price would have no meaning.
        beaten_by: Scenarios that dominate it. They cost and harm no more, bring creditors no less,
            and are better in at least one of the three.
        frontier: Share of the resamples of replicates in which no scenario dominates it. NaN if no
            replicate has cost, harm and receipts of creditors in every scenario.
        error: Seed and error of the first failed run of the scenario; empty if none failed.
        reach: Courts, debtors and claims that each policy reached. Policies that the baseline has
            too are listed only for the baseline.
        dose: The number by which the changes made by its policies were multiplied.
        net: Values of `NET` by replicate.
        values: By indicator of `sim.measure.headline.HEADLINE`, its values by replicate.
    """

    name: str
    differences: Mapping[str, Difference]
    price: float | None = None
    beaten_by: tuple[str, ...] = ()
    frontier: float = math.nan
    error: str = ""
    reach: tuple[PolicyReach, ...] = ()
    dose: float = 1.0
    net: tuple[float, ...] = ()
    values: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def few(self) -> bool:
        """Whether its policies reached too few claims for any conclusion."""
        return too_few(self.reach)


def comparison(
    scenarios: Sequence[str],
    *,
    ensemble: Ensemble | None = None,
    replicates: int = 20,
    debtors: int | None = None,
    months: int | None = None,
    seed: int = 1,
    across_worlds: bool = False,
) -> Comparison:
    """The experiment that runs scenarios side by side.

    Args:
        scenarios: Shipped names or files, the baseline first.
        replicates: Number of runs of each scenario.
        debtors: Number of debtors, instead of each scenario's own.
        months: Number of measured months, instead of each scenario's own.
        seed: Seed from which the seeds of the replicates are derived.
        across_worlds: Whether worlds may differ in more than their policies.
        ensemble: Sets of parameters that take the place of the scenarios' own, the same for all.

    Raises:
        ServandaError: If there are fewer than two scenarios, if one is named twice or invalid, or
            if worlds differ in more than policies although `across_worlds` is False.
    """
    if len(scenarios) < 2:
        what = "one scenario alone cannot be compared"
        raise ServandaError("compare", what, "name the baseline, then others")
    twice = next((name for name in scenarios if scenarios.count(name) > 1), None)
    if twice is not None:
        raise ServandaError(twice, "named twice", "name each scenario once, the baseline first")
    short = {"debtors": debtors, "months": months}
    found = load_experiment(
        {
            "title": f"{scenarios[0]} against {', '.join(scenarios[1:])}",
            "replicates": replicates,
            "seed": seed,
            "by": ["all", "size"],  # a report shows small and large debts separately
            "design": {"kind": "scenarios", "names": list(scenarios)},
            **{key: value for key, value in short.items() if value is not None},
        }
    )
    if not across_worlds:
        refuse_unlike(found.unlike())
    return Comparison(found if ensemble is None else found.with_ensemble(ensemble))


def compare(found: Results, *, precision: float = PRECISION) -> list[Standing]:
    """Compare the scenarios of a sweep with the first.

    Args:
        found: The results of a sweep of `comparison`.
        precision: Wanted half-width of an interval, as a share of the mean of the baseline.

    Raises:
        ServandaError: If runs are missing, or a run of the baseline failed.
    """
    runs, names = found.runs, [str(name) for name in found.points["scenario"]]
    if len(runs) != found.manifest["runs"]:
        what = f"{found.manifest['runs'] - len(runs)} of {found.manifest['runs']} runs are missing"
        raise ServandaError("compare", what, "repeat the same command to run them")
    by_point = [runs[runs["point"] == point] for point in range(len(names))]
    errors = [first_error(part) for part in by_point]
    if errors[0]:
        raise ServandaError(names[0], f"the baseline failed: {errors[0]}")
    went = {
        name: part.set_index("replicate").sort_index()
        for name, part, error in zip(names, by_point, errors, strict=True)
        if not error
    }
    tables = {name: measured(part) for name, part in went.items()}
    beaten, shares = standing(tables)
    own = [one.policy for one in reached(found, 0)]
    months = int(found.manifest["months"][-1])
    doses = found.points[DOSE] if DOSE in found.points else [1.0] * len(names)
    standings = []
    for point, (name, error) in enumerate(zip(names, errors, strict=True)):
        reach = tuple(reached(found, point, own if point else ()))
        if error:
            one = Standing(name, {}, error=error)
        else:
            few = point > 0 and too_few(reach)
            differences = {} if point == 0 else set_against(went, name, precision, months)
            one = _standing(name, tables, differences, beaten[name], shares[name], few=few)
        standings.append(replace(one, reach=reach, dose=float(doses[point])))
    return standings


def measured(part: pd.DataFrame) -> pd.DataFrame:
    """The measures of the runs of a scenario; the index is the replicate."""
    return part.reindex(columns=[*HEADLINE, NET, *PEOPLE]).astype(float)


def set_against(
    went: Mapping[str, pd.DataFrame], name: str, precision: float, months: int
) -> dict[str, Difference]:
    """The differences of a scenario from the first, in every measure.

    Args:
        went: By scenario, its runs, with the replicate as index; the baseline first.
        name: The scenario.
        precision: Wanted half-width of an interval, as a share of the mean of the baseline.
        months: Measured months of the runs.
    """
    base = next(iter(went.values()))
    measures = (*HEADLINE, NET, *PEOPLE)
    found = {m: compared(went[name], base, m, precision) for m in measures}
    for m in set(measures).difference(possible(measures, months)):
        found[m] = found[m].without_interval(f"{KNOWN[m].fewest_months} measured months are needed")
    return found


def _standing(
    name: str,
    tables: Mapping[str, pd.DataFrame],
    differences: Mapping[str, Difference],
    beaten: tuple[str, ...],
    share: float,
    *,
    few: bool = False,
) -> Standing:
    by_run = {m: tuple(map(float, tables[name][m])) for m in (NET, *FIRST)}
    own = Standing(name, differences, net=by_run.pop(NET), values=by_run)
    if few:
        unknown = {m: one.without_interval(TOO_FEW) for m, one in differences.items()}
        return replace(own, differences=unknown)
    if not differences:
        return replace(own, beaten_by=beaten, frontier=share)
    cost, net = differences["public_outlay"], differences[NET]
    price = cost.mean / net.mean if cost.low > 0.0 and net.low > 0.0 else None
    return replace(own, price=price, beaten_by=beaten, frontier=share)


def standing(
    tables: Mapping[str, pd.DataFrame],
) -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
    """Which scenarios dominate which, and how often each is dominated by none.

    A scenario dominates another if it costs and harms no more, brings creditors no less, and is
    better in at least one of the three.

    Args:
        tables: By scenario, its measures, a row per replicate.

    Returns:
        By scenario, the scenarios whose means dominate it. By scenario, the share of the resamples
        of replicates in which no scenario dominates it.
    """
    names = list(tables)
    values = np.array(
        [[*(table[m] for m in LESS), *(-table[m] for m in MORE)] for table in tables.values()]
    )
    values = values[:, :, ~np.isnan(values).any(axis=(0, 1))]
    runs = values.shape[2]
    if runs == 0:
        return dict.fromkeys(names, ()), dict.fromkeys(names, math.nan)
    beats = _beats(values.mean(axis=2)[None])[0]
    beaten = {
        name: tuple(other for by, other in enumerate(names) if beats[by, at])
        for at, name in enumerate(names)
    }
    drawn = np.random.default_rng(SEED).multinomial(runs, np.full(runs, 1.0 / runs), RESAMPLES)
    means = np.einsum("smr,br->bsm", values, drawn / runs)
    shares = 1.0 - _beats(means).any(axis=1).mean(axis=0)
    return beaten, dict(zip(names, map(float, shares), strict=True))


def _beats(means: np.ndarray) -> np.ndarray:
    """Whether one scenario dominates another; smaller values are better.

    Args:
        means: Shape (samples, scenarios, measures).

    Returns:
        Shape (samples, scenarios, scenarios): whether the scenario on the second axis dominates the
        one on the third.
    """
    one, another = means[:, :, None, :], means[:, None, :, :]
    found: np.ndarray = (one <= another).all(axis=3) & (one < another).any(axis=3)
    return found
