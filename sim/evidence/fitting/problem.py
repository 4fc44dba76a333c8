"""The problem of a fit: what is varied, what is compared, and how the base is run.

In: the evidence of a folder. Out: a `Problem`, with the experiment over the free parameters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor
from typing import Any

import numpy as np
import pandas as pd

from sim.errors import ServandaError
from sim.evidence.catalogue import measure as known
from sim.evidence.counted import Counted
from sim.evidence.fit_file import FitSpec
from sim.evidence.fitting.distance import Observed, common_factor
from sim.evidence.fitting.statistic import Statistic, statistics, unbroken
from sim.evidence.folder import Evidence
from sim.evidence.row import Row
from sim.experiment.experiment import Experiment
from sim.experiment.reading.file import load_experiment
from sim.scenario.scenario import Scenario

FEW = 5
"""Fewest periods of a series of which the last ones can be kept for the test of a forecast."""


@dataclass(frozen=True)
class Problem:
    """A fit of a scenario to the figures of a court.

    Args:
        evidence: The folder.
        spec: What is varied.
        statistics: What is compared.
        kept: Rows kept for the test of a forecast.
        checks: What is only compared, after the fit.
        experiment: The experiment over the free parameters, whose points are replaced.
    """

    evidence: Evidence
    spec: FitSpec
    statistics: tuple[Statistic, ...]
    kept: tuple[Row, ...]
    checks: tuple[Statistic, ...]
    experiment: Experiment

    @property
    def names(self) -> tuple[str, ...]:
        """Paths of the free parameters."""
        return tuple(one.path for one in self.spec.free)

    @cached_property
    def observed(self) -> Observed:
        """The observed statistics with their errors and the discrepancy of the model."""
        off = np.array([_discrepancy(one, self.spec.discrepancy) for one in self.statistics])
        return Observed(
            values=np.array([one.observed for one in self.statistics]),
            below=np.hypot([one.below for one in self.statistics], off),
            above=np.hypot([one.above for one in self.statistics], off),
            scaled=np.array([one.scaled for one in self.statistics], bool),
        )

    @cached_property
    def scenario(self) -> Scenario | None:
        """The base with the court's dated policies; None if it has none."""
        policies = self.evidence.court.scenario_policies(self.spec.month_1)
        if not policies:
            return None
        base = self.spec.scenario
        return base.model_copy(update={"policies": (*base.policies, *policies)})

    @cached_property
    def series(self) -> tuple[tuple[Row, ...], ...]:
        """The fitted rows of each series since its last break, in the order of time."""
        found: dict[object, dict[int, Row]] = {}
        for one in self.statistics:
            for row in one.rows:
                found.setdefault(row.key, {})[row.line] = row
        ordered = [sorted(rows.values(), key=lambda row: row.last) for rows in found.values()]
        return tuple(tuple(unbroken(rows, self.evidence.court)[-1]) for rows in ordered)

    def share(self, base: np.ndarray) -> float:
        """Cases in a run over cases of the court, at most 1.

        It is known from levels of counts. Without any, debtors over the people of the court stand
        for it, and 1 if their number is not known either.

        Args:
            base: Statistics of runs of the base; shape (runs, statistics).
        """
        if self.observed.scaled.any():
            nothing = np.zeros(len(self.statistics))
            factors = common_factor(self.observed, base, nothing)
            return float(min(np.exp(-np.median(factors)), 1.0))
        people = self.evidence.court.population
        return min(self.experiment.size(0)[0] / people, 1.0) if people else 1.0

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Breakdowns of which runs store counts."""
        rows = [row for one in (*self.statistics, *self.checks) for row in one.rows]
        rows += self.kept
        return tuple(dict.fromkeys(["all", *(row.cell[0] for row in rows)]))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Columns of a run's counts from which the statistics are formed."""
        every = (*self.statistics, *self.checks)
        made = [one.measure.definition(one.rows[0].definition) for one in every]
        return tuple(dict.fromkeys(name for one in made for name in one.columns))

    def values(self, counts: pd.DataFrame, points: int) -> np.ndarray:
        """The statistics of runs.

        Args:
            counts: A row per run, month and cell, ordered by point.
            points: Number of points.

        Returns:
            Shape (points, statistics); NaN for runs that failed or have no value.
        """
        return self.values_of(self.statistics, counts, points)

    def values_of(self, some: Sequence[Statistic], counts: pd.DataFrame, points: int) -> np.ndarray:
        """As `values`, for any statistics."""
        found = np.full((points, len(some)), np.nan)
        columns = {name: counts[name].to_numpy() for name in counts.columns}
        numbers = columns["point"]
        starts = np.searchsorted(numbers, np.arange(points + 1))
        for point in range(points):
            rows = slice(starts[point], starts[point + 1])
            if rows.start == rows.stop:
                continue
            counted = Counted({name: values[rows] for name, values in columns.items()})
            found[point] = [one.of(counted) for one in some]
        return found


def problem(evidence: Evidence) -> Problem:
    """The problem that a folder poses.

    Raises:
        ServandaError: If the folder has no fit file, no figure can be compared, or a figure lies
            before the first month of a run.
    """
    spec = evidence.fit
    if spec is None:
        hint = "write fit.toml: docs/own_data.md describes it"
        raise ServandaError(str(evidence.path), "nothing says what to fit", hint)
    rows, last_ones = _divided(evidence.used("fit"), spec.held_out)
    kept = (*last_ones, *evidence.used("hold"))
    _refuse_early((*rows, *kept), evidence, spec)
    _refuse_percentiles((*rows, *kept), evidence)
    compared = statistics(rows, evidence.court, spec)
    if not compared:
        hint = "give rows with numbers the use 'fit'"
        raise ServandaError(str(evidence.path / "data.csv"), "no figure can be compared", hint)
    last = max(spec.month(row.last) for row in (*rows, *kept))
    within = [
        row
        for row in evidence.used("check")
        if 1 <= spec.month(row.first or row.last) <= spec.month(row.last) <= last
        and not known(row.measure).definition(row.definition).share
    ]
    checks = statistics(within, evidence.court, spec)
    return Problem(evidence, spec, compared, kept, checks, _experiment(evidence, spec, last))


def _divided(rows: tuple[Row, ...], share: float) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Rows to fit, and the last share of each series, which is kept for a test."""
    series: dict[object, list[Row]] = {}
    for row in rows:
        series.setdefault(row.key, []).append(row)
    kept: set[Row] = set()
    for same in series.values():
        periods = sorted({row.last for row in same})
        if len(periods) >= FEW and share > 0.0:
            first = periods[len(periods) - max(floor(share * len(periods)), 1)]
            kept |= {row for row in same if row.last >= first}
    fitted = tuple(row for row in rows if row not in kept)
    return fitted, tuple(row for row in rows if row in kept)


def _refuse_early(rows: tuple[Row, ...], evidence: Evidence, spec: FitSpec) -> None:
    for row in rows:
        if spec.month(row.first or row.last) < 1:
            where = f"{evidence.path / 'data.csv'}:{row.line}"
            what = f"{row.measure} begins before month 1 of a run, {spec.month_1:%Y-%m}"
            raise ServandaError(where, what, "set an earlier month_1 in fit.toml")


def _refuse_percentiles(rows: tuple[Row, ...], evidence: Evidence) -> None:
    for row in rows:
        if known(row.measure).definition(row.definition).share:
            where = f"{evidence.path / 'data.csv'}:{row.line}"
            what = f"{row.measure} by '{row.definition}' is a percentile, which runs do not store"
            raise ServandaError(where, what, "fit the mean, or give this row the use 'check'")


def _experiment(evidence: Evidence, spec: FitSpec, months: int) -> Experiment:
    factors = {
        one.path: {"low": one.low, "high": one.high, "scale": one.scale} for one in spec.free
    }
    made: dict[str, Any] = {
        "title": spec.title or f"A fit of {evidence.court.name or evidence.path.name}",
        "base": spec.source,
        "months": months,
        "seed": spec.seed,
        "tables": [],
        "set": dict(spec.settings),
        "design": {"kind": "latin_hypercube", "points": 1},
        "factors": factors,
    }
    return load_experiment(made)


def _discrepancy(one: Statistic, share: float) -> float:
    """Standard deviation of the model's own error on the scale of a statistic."""
    if one.logarithmic or one.what == "trend":
        return share
    return share * abs(one.observed)
