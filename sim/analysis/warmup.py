"""Has a world warmed up: where its stocks settle, and whether they still drift.

In: a scenario, run for some seeds without its policies; or the months of a run. Out: for each stock
the month from which on it looks settled (MSER-5), and words where stocks still drift.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import ServandaError
from sim.experiment.task import replicate_seeds
from sim.runs.run_tables import WARMING
from sim.runs.scenarios import ScenarioRuns, refuse_failed
from sim.scenario.reading.draft import Source
from sim.scenario.reading.file import load
from sim.world import World

STOCKS = ("backlog", "shadow_backlog", "listed", "refusers", "honest_share", "hidden_bank")
"""Indicators of what stands at the end of a month, and so remembers how the world began."""
COUNTED = ("backlog", "listed", "refusers")
"""Those of them that are counts per 1,000 debtors and come to rest; unpaid terminations gather for
many years."""
BATCH = 5
"""Months of which the mean is one value, as in MSER-5."""
LAST = 5
"""Values at the end of a series that are not looked at as its beginning."""
FEWEST = 8
"""Values below which nothing is said."""
SHORTEST = 24
"""Months of the later half below which nothing is said of drift."""
MANY = 30.0
"""Cases or debtors that a stock has to hold on the mean before its drift is more than chance."""
MUCH = 0.1
"""Share of its mean by which a stock that drifts changes in a year."""
SURE = 6.0
"""Standard errors, with the memory of a month counted, by which its slope differs from none."""
CLEAR = 3.0
"""Standard errors beyond which a mean of several runs is said to go one way."""
HIGHEST = 0.95
"""Memory from month to month at most that is counted: more cannot be told from a trend."""


def mser(values: np.ndarray, batch: int = BATCH) -> int | None:
    """From which month on a series looks settled, counted from its first: MSER-5.

    Of the means of so many months each, b_1 … b_m, the first d are left out for which
    Σ_{i > d} (b_i − b̄)² / (m − d)² is least (White 1997; White, Cobb and Spratt 2000).

    Args:
        values: A month each; none missing.
        batch: Months of a mean.

    Returns:
        Months to leave out; None where these are more than half, which says that the series has
        not settled, or where there are fewer than `FEWEST` means.
    """
    whole = len(values) // batch
    if whole < FEWEST:
        return None
    means = values[: whole * batch].reshape(whole, batch).mean(axis=1)
    tails = (means[left:] for left in range(whole - LAST + 1))
    scores = [float(((tail - tail.mean()) ** 2).sum()) / len(tail) ** 2 for tail in tails]
    left = int(np.argmin(scores))
    return left * batch if 2 * left <= whole else None


@dataclass(frozen=True)
class Settled:
    """A stock.

    Args:
        name: The indicator.
        month: Months from the beginning of the world until it looks settled; None if it does not.
        start: Its mean over the first year.
        end: Its mean over the last.
    """

    name: str
    month: int | None
    start: float
    end: float


@dataclass(frozen=True, eq=False)
class Warmup:
    """How a world warms up without its policies.

    Args:
        title: Of the scenario.
        burn_in: Its months before the first measured one.
        months: Months that were run, burn-in included.
        replicates: Runs.
        stocks: Where each of its stocks settles.
        series: Means over runs: ``month`` (1 for the first measured one) and a column a stock.
    """

    title: str
    burn_in: int
    months: int
    replicates: int
    stocks: tuple[Settled, ...]
    series: pd.DataFrame = field(repr=False)

    @property
    def needed(self) -> int | None:
        """Months of burn-in after which all stocks look settled; None if one never does."""
        months = [one.month for one in self.stocks]
        return None if None in months else max((m for m in months if m is not None), default=0)

    @property
    def suffices(self) -> bool:
        """Whether the scenario's burn-in is as long as that."""
        return self.needed is not None and self.needed <= self.burn_in


def warmup(
    source: Source,
    *,
    replicates: int = 5,
    months: int | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Warmup:
    """See where the stocks of a world settle while none of its policies is in force.

    Args:
        source: As for `sim.scenario.reading.file.load`.
        replicates: Runs, whose mean is looked at; a single one of a small world is mostly chance.
        months: Months to run after the burn-in, instead of the scenario's.
        overrides: Values by path.

    Raises:
        ServandaError: If the scenario is wrong, a run fails, or there are too few months.
    """
    setup = load(source, overrides=dict(overrides or {}))
    put = {f"policies.{policy.name}.dose": 0.0 for policy in setup.policies}
    put |= {} if months is None else {"run.months": months}
    setup = load(source, overrides=dict(overrides or {}) | put)
    whole = setup.run.burn_in + setup.run.months
    if whole < FEWEST * BATCH:
        what = f"{whole} months are too few to see where stocks settle"
        raise ServandaError("warmup", what, f"give {FEWEST * BATCH} or more, burn-in included")
    with ScenarioRuns(replicate_seeds(setup.run.seed, replicates)) as runs:
        ran = runs.run(
            {"warmup": setup}, indicators=STOCKS, tables=(WARMING,), read=("runs", WARMING)
        )
    refuse_failed(ran, lambda name: name)
    series = ran.warming[["month", *STOCKS]].groupby("month", as_index=False).mean()
    found = tuple(_settled(name, series[name].to_numpy(float)) for name in STOCKS)
    known = tuple(one for one in found if not math.isnan(one.end))
    return Warmup(setup.title, setup.run.burn_in, whole, replicates, known, series)


def _settled(name: str, values: np.ndarray) -> Settled:
    """Where a stock settles; months before it can be told are no part of it."""
    missing = np.flatnonzero(np.isnan(values))
    first = int(missing[-1]) + 1 if len(missing) else 0
    there = values[first:]
    if len(there) == 0:
        return Settled(name, None, math.nan, math.nan)
    left = mser(there)
    if left is not None and _climbs(there[left:]):
        left = None  # where a series grows all the time, leaving nothing out looks best to MSER
    month = None if left is None else first + left
    return Settled(name, month, float(there[:12].mean()), float(there[-12:].mean()))


def _climbs(values: np.ndarray) -> bool:
    """Whether a series goes one way: by more than `MUCH` of its mean, and not by chance."""
    slope, error = trend(values)
    whole = abs(slope) * len(values)
    return whole > MUCH * abs(float(values.mean())) and abs(slope) > CLEAR * error


# ---------------------------------------------------------------- drift


@dataclass(frozen=True)
class Drift:
    """A stock that has not come to rest.

    Args:
        name: The indicator.
        a_year: By which share of its mean it changes in a year.
    """

    name: str
    a_year: float


def drifts(series: pd.DataFrame, debtors: int, until: int | None = None) -> list[Drift]:
    """Stocks that still drift over the later half of some months; of few cases nothing is said.

    The slope of the later half has to be `MUCH` of the mean a year and `SURE` standard errors,
    the memory from month to month taken into account.

    Args:
        series: The months of a run from its beginning: ``month`` and a column a stock.
        debtors: How many debtors the world has.
        until: The last month in which nothing is in force that moves stocks; all if None.
    """
    months = series if until is None else series[series["month"] <= until]
    later = months.iloc[len(months) // 2 :]
    found = []
    for name in COUNTED:
        values = later[name].to_numpy(float)
        if len(values) < SHORTEST or not np.isfinite(values).all():
            continue
        mean = float(values.mean())
        slope, error = trend(values)
        if mean * debtors / 1000.0 < MANY or mean <= 0.0:
            continue
        if abs(slope) > SURE * error and abs(12.0 * slope) > MUCH * mean:
            found.append(Drift(name, 12.0 * slope / mean))
    return found


def trend(values: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """The slope of a straight line through a series, a month, and its standard error.

    What is left of the series is taken to remember a share r of itself from month to month, so
    that the error is √((1 + r) / (1 − r)) times that of independent months.
    """
    told = np.asarray(values, float)
    place = np.arange(len(told)) - (len(told) - 1) / 2.0
    spread = float((place**2).sum())
    slope = float((place * told).sum()) / spread
    rest = told - told.mean() - slope * place
    size = float((rest**2).sum())
    if size == 0.0:
        return slope, 0.0
    memory = min(max(float((rest[1:] * rest[:-1]).sum()) / size, 0.0), HIGHEST)
    error = math.sqrt(size / (len(told) - 2) / spread * (1.0 + memory) / (1.0 - memory))
    return slope, error


def still_drifting(world: World) -> list[Drift]:
    """Stocks that still drift in a world that has run, as long as no policy is in force."""
    starts = [policy.start for policy in world.setup.policies if policy.dose > 0.0]
    until = min(starts, default=None)
    return drifts(
        world.measured.frame("all", burn_in=True),
        world.setup.population.size,
        None if until is None else until - 1,
    )
