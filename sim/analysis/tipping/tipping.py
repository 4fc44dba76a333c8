"""Tipping analysis of a grid: steepest steps, jumps, two regimes, and where history decides.

In: a swept grid of one or two numeric factors, from one start or from two. Out: a `Tipping`: curves
and maps with intervals, the tipping point along each factor, and the bands (ranges of levels) in
which two starts end in two regimes. A regime is the state in which a world settles.
"""

import math
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.paired import SEED, level
from sim.analysis.tipping import hysteresis, steepest
from sim.analysis.tipping.grid import Grid, grid
from sim.analysis.tipping.hysteresis import Band
from sim.analysis.tipping.steepest import Tip
from sim.runs.results import Results

WIDE = 0.25
"""Smallest gap between two groups of runs at one point, as a share of the range of all runs."""
SELDOM = 0.01
"""Share of samples from one normal distribution that are mistaken for two groups."""
SAMPLES = 20_000
"""Number of samples from which the threshold for two groups is computed."""
FEWEST = 4
"""Smallest number of replicates in which two groups can be detected."""


@dataclass(frozen=True)
class Tipping:
    """The tipping analysis of a grid.

    Args:
        measure: The indicator.
        factors: One or two numeric factors; with two, the first forms the rows of a map.
        starts: The two starts; empty with a single start.
        months: First and last month used.
        monthly: Whether the measure is the mean of monthly values. If not, it is the value for the
            whole period.
        replicates: Number of runs of each point.
        points: A row for each start and combination of factors: ``start`` (empty if there is one
            start), the factors, ``mean``, ``low`` and ``high`` (95 % interval by Student's t over
            replicates), ``replicates`` (number used), ``upper`` (if the runs of the point fall into
            two groups, the share of runs in the upper one; else NaN).
        tips: A tipping point for each start, factor and level of the other factor.
        gaps: With two starts, a row per combination: the factors, ``difference`` (first start minus
            second start, paired), ``low``, ``high``, ``before`` (the difference over the equally
            long period just before; NaN if there are too few months), and ``regimes``: ``two``,
            ``one``, ``closing`` or ``unclear``. None with one start.
        bands: Ranges of levels, along each factor, in which history decides the regime.
    """

    measure: str
    factors: tuple[str, ...]
    starts: tuple[str, ...]
    months: tuple[int, int]
    monthly: bool
    replicates: int
    points: pd.DataFrame = field(repr=False)
    tips: tuple[Tip, ...]
    gaps: pd.DataFrame | None = field(repr=False)
    bands: tuple[Band, ...]

    def map(self, value: str = "mean", start: str = "") -> pd.DataFrame:
        """The matrix of a heat map: rows are the first factor, columns the second.

        With one factor it has one row, named after the measure.

        Args:
            value: A column of `points`, or of `gaps`. Both have ``low`` and ``high``. If there are
                two starts and `start` is not given, those of `gaps` are taken.
            start: The start, for a column of `points`; by default the first.
        """
        rows = self.gaps
        if rows is None or value in {"mean", "replicates", "upper"} or start:
            chosen = start or (self.starts[0] if self.starts else "")
            rows = self.points[self.points["start"] == chosen]
        if len(self.factors) == 1:
            return rows.set_index(self.factors[0])[[value]].set_axis([self.measure], axis=1).T
        return rows.pivot_table(
            index=self.factors[0], columns=self.factors[1], values=value, aggfunc="first"
        )


def tipping(found: Results, measure: str | None = None, last: int | None = None) -> Tipping:
    """Find the tipping points of a swept grid, its jumps, and where history decides.

    Args:
        found: The sweep.
        measure: Name of an indicator; for the default see `sim.analysis.tipping.grid.grid`.
        last: Number of last months to use; see there.

    Raises:
        ServandaError: As for `sim.analysis.tipping.grid.grid`.
    """
    return read(grid(found, measure, last))


def read(over: Grid) -> Tipping:
    """Find the tipping points of a grid, its jumps, and where history decides."""
    gaps = hysteresis.gaps(over) if over.starts else None
    return Tipping(
        measure=over.measure,
        factors=tuple(over.axes),
        starts=over.starts,
        months=over.months,
        monthly=over.monthly,
        replicates=over.replicates,
        points=_points(over),
        tips=tuple(steepest.tips(over)),
        gaps=gaps,
        bands=tuple(hysteresis.bands(over, gaps)) if gaps is not None else (),
    )


# ---------------------------------------------------------------- points


def _points(over: Grid) -> pd.DataFrame:
    """Every point with its interval, and whether its runs fall into two groups."""
    wide = float(np.nanmax(over.values) - np.nanmin(over.values))
    rows = []
    for at, start in enumerate(over.starts or ("",)):
        for place, named in over.places():
            runs = over.values[(at, *place)]
            rows.append({"start": start, **named, **_spread(runs), "upper": upper(runs, wide)})
    return pd.DataFrame(rows)


def _spread(runs: np.ndarray) -> dict[str, Any]:
    """Mean and interval of some runs."""
    estimate = level(map(float, runs))
    ends = {"low": estimate.low, "high": estimate.high}
    return {"mean": estimate.mean, **ends, "replicates": estimate.pairs}


def upper(runs: np.ndarray, wide: float) -> float:
    """Share of runs in the upper of two groups; NaN if they do not fall into two.

    The runs are split at the widest gap. They count as two groups if two conditions hold. First,
    the gap is at least `WIDE` of the range of all runs of the grid. Second, the ratio of the gap to
    the range of the wider group is larger than in 99 of 100 samples of the same size from one
    normal distribution.

    Args:
        runs: Values of one point.
        wide: Range of all runs of the grid.
    """
    known = np.sort(runs[~np.isnan(runs)])
    if len(known) < FEWEST or wide <= 0.0:
        return math.nan
    gap, group, below = (one[0] for one in _split(known[None]))
    if gap < WIDE * wide or gap < _seldom(len(known)) * group:
        return math.nan
    return float(len(known) - below) / len(known)


def _split(ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each sample: the widest gap, the range of the wider group, how many values are below.

    Args:
        ordered: Sorted samples, shape (samples, runs).
    """
    steps = np.diff(ordered, axis=1)
    at = steps.argmax(axis=1)
    rows = np.arange(len(ordered))
    groups = np.maximum(ordered[rows, at] - ordered[:, 0], ordered[:, -1] - ordered[rows, at + 1])
    return steps[rows, at], groups, at + 1


@cache
def _seldom(runs: int) -> float:
    """Ratio of gap to wider group that samples of one group exceed with probability `SELDOM`."""
    drawn = np.random.default_rng(SEED).normal(size=(SAMPLES, runs))
    gap, group, _ = _split(np.sort(drawn, axis=1))
    return float(np.quantile(gap / group, 1.0 - SELDOM))
