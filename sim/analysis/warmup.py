"""Warm-up of a world: when its stocks settle, and whether they still drift.

A stock is an indicator measured at the end of a month. In: a scenario, run for some seeds without
policies; or the monthly stocks of a run. Out: for each stock, the month from which it looks settled
(MSER-5), and whether it still drifts.
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
"""Stocks examined. They depend on how the world began."""
COUNTED = ("backlog", "listed", "refusers")
"""Stocks for which drift is judged: counts per 1,000 debtors that settle within a run. Unpaid
terminations are left out, because they accumulate for many years."""
BATCH = 5
"""Months per batch mean, as in MSER-5."""
LAST = 5
"""Number of batch means, at the end of a series, that are never cut off."""
FEWEST = 8
"""Smallest number of batch means for which there is a result."""
SHORTEST = 24
"""Drift is judged only if the later half of a series has at least this many months."""
MANY = 30.0
"""Drift is judged only in stocks of at least this many cases or debtors, on average."""
MUCH = 0.1
"""Change of a stock, as a share of its mean. A stock may count as drifting if it changes by more
than this in a year, and as not settled if it changes by more over all months judged."""
SURE = 6.0
"""The slope of one run is significant above this many standard errors (adjusted for
autocorrelation)."""
CLEAR = 3.0
"""The slope of a mean over several runs is significant above this many standard errors."""
HIGHEST = 0.95
"""Largest autocorrelation that is assumed. A higher one cannot be told from a trend."""


def mser(values: np.ndarray, batch: int = BATCH) -> int | None:
    """Number of months after which a series looks settled: MSER-5.

    Of the batch means b_1 … b_m the first d are cut off. This d minimises
    Σ_{i > d} (b_i − b̄)² / (m − d)², where b̄ is the mean of those left
    (White 1997; White, Cobb and Spratt 2000).

    Args:
        values: One value per month, none of them NaN.
        batch: Months per batch.

    Returns:
        Months to cut off. None if they are more than half, because the series has then not settled,
        or if there are fewer than `FEWEST` batches.
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
    """A stock and when it settles.

    Args:
        name: The indicator.
        month: Months from the beginning of the world until the stock looks settled; None if never.
        start: Mean of the stock over the first year.
        end: Mean of the stock over the last year.
    """

    name: str
    month: int | None
    start: float
    end: float


@dataclass(frozen=True, eq=False)
class Warmup:
    """The warm-up of a world in which no policy is in force.

    Args:
        title: Title of the scenario.
        burn_in: Number of months of the scenario before the first measured one.
        months: Number of months that were run, with the burn-in.
        replicates: Number of runs.
        stocks: When each stock settles.
        series: Means over runs: ``month`` (1 for the first measured one) and a column per stock.
    """

    title: str
    burn_in: int
    months: int
    replicates: int
    stocks: tuple[Settled, ...]
    series: pd.DataFrame = field(repr=False)

    @property
    def needed(self) -> int | None:
        """Months of burn-in after which all stocks look settled; None if one does not."""
        months = [one.month for one in self.stocks]
        return None if None in months else max((m for m in months if m is not None), default=0)

    @property
    def suffices(self) -> bool:
        """Whether the scenario's burn-in is long enough."""
        return self.needed is not None and self.needed <= self.burn_in


def warmup(
    source: Source,
    *,
    replicates: int = 5,
    months: int | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Warmup:
    """Find when the stocks of a world settle while none of its policies is in force.

    Args:
        source: A file, the name of a shipped scenario, or a mapping with the same tables.
        replicates: Number of runs to average. A single run of a small world varies mostly by
            chance.
        months: Number of months to run after the burn-in, instead of the scenario's own.
        overrides: Values that replace the scenario's own, by path.

    Raises:
        ServandaError: If the scenario is invalid, a run fails, or there are too few months.
    """
    setup = load(source, overrides=dict(overrides or {}))
    put = {f"policies.{policy.name}.dose": 0.0 for policy in setup.policies}
    put |= {} if months is None else {"run.months": months}
    setup = load(source, overrides=dict(overrides or {}) | put)
    whole = setup.run.burn_in + setup.run.months
    if whole < FEWEST * BATCH:
        what = f"{whole} months are too few to see when stocks settle"
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
    """When a stock settles. Months up to the last NaN are not used."""
    missing = np.flatnonzero(np.isnan(values))
    first = int(missing[-1]) + 1 if len(missing) else 0
    there = values[first:]
    if len(there) == 0:
        return Settled(name, None, math.nan, math.nan)
    left = mser(there)
    if left is not None and _trends(there[left:]):
        left = None  # MSER cuts nothing off a series that grows steadily
    month = None if left is None else first + left
    return Settled(name, month, float(there[:12].mean()), float(there[-12:].mean()))


def _trends(values: np.ndarray) -> bool:
    """Whether a series rises or falls significantly, by more than `MUCH` of its mean in all."""
    slope, error = trend(values)
    whole = abs(slope) * len(values)
    return whole > MUCH * abs(float(values.mean())) and abs(slope) > CLEAR * error


# ---------------------------------------------------------------- drift


@dataclass(frozen=True)
class Drift:
    """A stock that has not settled.

    Args:
        name: The indicator.
        a_year: Yearly change of the stock, as a share of its mean.
    """

    name: str
    a_year: float


def drifts(series: pd.DataFrame, debtors: int, until: int | None = None) -> list[Drift]:
    """Stocks that still drift over the later half of the months; small stocks are not judged.

    A stock drifts if the slope of the later half exceeds both `MUCH` of the mean per year and
    `SURE` standard errors.

    Args:
        series: The months of a run from its beginning: ``month`` and a column per stock.
        debtors: Number of debtors of the world.
        until: Last month to use, before any policy is in force; by default all months are used.
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
    """The slope per month of a straight line through a series, and its standard error.

    The residuals are assumed to have an autocorrelation r from month to month. The error is
    therefore √((1 + r) / (1 − r)) times that of independent months.
    """
    series = np.asarray(values, float)
    place = np.arange(len(series)) - (len(series) - 1) / 2.0
    spread = float((place**2).sum())
    slope = float((place * series).sum()) / spread
    rest = series - series.mean() - slope * place
    size = float((rest**2).sum())
    if size == 0.0:
        return slope, 0.0
    memory = min(max(float((rest[1:] * rest[:-1]).sum()) / size, 0.0), HIGHEST)
    error = math.sqrt(size / (len(series) - 2) / spread * (1.0 + memory) / (1.0 - memory))
    return slope, error


def still_drifting(world: World) -> list[Drift]:
    """Stocks of a finished world that still drift in the months before any policy is in force."""
    starts = [policy.start for policy in world.setup.policies if policy.dose > 0.0]
    until = min(starts, default=None)
    return drifts(
        world.measured.frame("all", burn_in=True),
        world.setup.population.size,
        None if until is None else until - 1,
    )
