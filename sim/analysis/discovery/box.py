"""Boxes in the space of factors: limits on some factors, all of which hold inside.

In: values of factors, and in which runs a condition holds (the hits). Out: which runs are inside a
box, and how many of these are hits. If points are counted (see `Unit`), "run" means point here.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from sim.analysis.factors import Factor

MASS = 0.05
"""Smallest share of all runs that a box may contain. PRIM lowers it if hits are rare."""
SMALLEST = 10
"""Smallest number of runs that a box may contain."""
SIGNIFICANCE = 0.05
"""Significance level of two tests: whether an end of a box raises the density, and whether the
density of a box is lower in the runs held out."""
Unit = Literal["run", "point"]
"""What is counted: each run, or each point by its mean over replicates."""
SIDES = ("low", "high", "values")
"""Kinds of bounds on a factor: a lower end, an upper end, or a choice of values."""


@dataclass(frozen=True)
class Limit:
    """The limit that a box sets on a factor.

    Args:
        factor: The factor.
        low: The smallest value inside; None without a lower end.
        high: The largest value inside; None without an upper end.
        values: The values inside, for a factor that is not a number; None if all are.
        quasi_p: By side, if computed: the probability that the box has as many hits as found, or
            more, if the end on that side does not raise the density of hits.
    """

    factor: Factor
    low: float | None = None
    high: float | None = None
    values: tuple[Any, ...] | None = None
    quasi_p: Mapping[str, float] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, ...]:
        """The `SIDES` on which the factor is limited."""
        return tuple(side for side in SIDES if getattr(self, side) is not None)

    def without(self, side: str) -> "Limit":
        """The same limit without one of its ends."""
        return Limit(
            self.factor,
            low=None if side == "low" else self.low,
            high=None if side == "high" else self.high,
            values=None if side == "values" else self.values,
        )

    def inside(self, frame: pd.DataFrame) -> np.ndarray:
        """By row, whether the factor is within the limit."""
        column = frame[self.factor.path]
        found = np.ones(len(frame), dtype=bool)
        if self.low is not None:
            found &= column.to_numpy(float) >= self.low
        if self.high is not None:
            found &= column.to_numpy(float) <= self.high
        if self.values is not None:
            found &= column.isin(self.values).to_numpy()
        return found


def inside(limits: Sequence[Limit], frame: pd.DataFrame) -> np.ndarray:
    """By row, whether all limits hold."""
    found = np.ones(len(frame), dtype=bool)
    for limit in limits:
        found &= limit.inside(frame)
    return found


@dataclass(frozen=True)
class Score:
    """The performance of a box on some runs.

    Args:
        runs: Runs inside.
        hits: Runs inside in which the condition holds.
        density: Share of hits among the runs inside; NaN without runs.
        low: Lower end of the 95 % interval of the density (Wilson). It assumes independent runs.
        high: Upper end.
        coverage: Share of all hits that are inside; NaN without hits.
        mass: Share of all runs that are inside.
    """

    runs: int
    hits: int
    density: float
    low: float
    high: float
    coverage: float
    mass: float


@dataclass(frozen=True)
class Box:
    """A region of the factors in which the condition holds often.

    Args:
        limits: A factor without a limit may have any value.
        training: Score on the runs on which the box was found. For later boxes of PRIM, runs in
            earlier boxes are left out.
        held_out: Score on the runs held out; None if there are none.
    """

    limits: tuple[Limit, ...]
    training: Score
    held_out: Score | None


def score(within: np.ndarray, hits: np.ndarray) -> Score:
    """The score of a box.

    Args:
        within: By run, whether it is inside.
        hits: By run, whether the condition holds.
    """
    runs, hits_inside, total = int(within.sum()), int((within & hits).sum()), int(hits.sum())
    if runs == 0:
        nan = math.nan
        return Score(0, 0, nan, nan, nan, 0.0 if total else nan, 0.0)
    ends = binomtest(hits_inside, runs).proportion_ci(method="wilson")
    return Score(
        runs=runs,
        hits=hits_inside,
        density=hits_inside / runs,
        low=float(ends.low),
        high=float(ends.high),
        coverage=hits_inside / total if total else math.nan,
        mass=runs / len(within),
    )


def significant_limits(
    limits: Sequence[Limit], frame: pd.DataFrame, hits: np.ndarray, most: float
) -> tuple[Limit, ...]:
    """Keep only ends that raise the density significantly, and add their quasi-p values.

    The end with the largest quasi-p value is dropped. This is repeated until no value exceeds
    `most` (Bryant and Lempert 2010). The quasi-p value of an end is
    P(Binomial(runs inside, density without the end) ≥ hits inside).

    Args:
        limits: The limits of a box.
        frame: Values of the factors, a row per run.
        hits: By run, whether the condition holds.
        most: The largest quasi-p value of an end that is kept.
    """
    while True:
        ends = [
            (_quasi_p(limits, limit, side, frame, hits), limit, side)
            for limit in limits
            for side in limit.sides
        ]
        worst = max(ends, key=lambda end: end[0], default=None)
        if worst is None or worst[0] <= most:
            break
        limits = _without(limits, worst[1], worst[2])
    p_values = {(limit.factor.path, side): p for p, limit, side in ends}
    return tuple(
        replace(limit, quasi_p={side: p_values[limit.factor.path, side] for side in limit.sides})
        for limit in limits
    )


def _quasi_p(
    limits: Sequence[Limit], limit: Limit, side: str, frame: pd.DataFrame, hits: np.ndarray
) -> float:
    within, wider = inside(limits, frame), inside(_without(limits, limit, side), frame)
    if wider.sum() == within.sum():
        return 1.0  # this end excludes no run
    share = float(hits[wider].mean())
    test = binomtest(int(hits[within].sum()), int(within.sum()), share, alternative="greater")
    return float(test.pvalue)


def _without(limits: Sequence[Limit], limit: Limit, side: str) -> tuple[Limit, ...]:
    """The limits, with one end of one limit removed."""
    changed = (one.without(side) if one is limit else one for one in limits)
    return tuple(one for one in changed if one.sides)
