"""Boxes in the space of factors: limits of some factors, all of which hold inside.

In: values of factors. Out: who is inside, and how many of those inside are of interest.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from sim.analysis.factors import Varied

MASS = 0.05
"""Share of the runs that a box holds at least."""
SMALLEST = 10
"""Runs that a box holds at least."""
SURE = 0.05
"""The largest p-value of what is not taken for chance."""
Unit = Literal["run", "point"]
"""What is counted: each run, or each point by its mean over replicates."""
SIDES = ("low", "high", "values")
"""What may bound a factor: a lower end, an upper end, or a choice of values."""


@dataclass(frozen=True)
class Limit:
    """What a box asks of a factor.

    Args:
        factor: The factor.
        low: The smallest value inside; None where there is no end on this side.
        high: The largest; None likewise.
        values: The values inside, of a factor that is no number; None where all are.
        quasi_p: Of each of its `sides`, where that was asked: were the box no denser than without
            this end, how likely were so many hits?
    """

    factor: Varied
    low: float | None = None
    high: float | None = None
    values: tuple[Any, ...] | None = None
    quasi_p: Mapping[str, float] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, ...]:
        """Those of `SIDES` on which it bounds."""
        return tuple(side for side in SIDES if getattr(self, side) is not None)

    def without(self, side: str) -> "Limit":
        """The same without one of its ends."""
        return Limit(
            self.factor,
            low=None if side == "low" else self.low,
            high=None if side == "high" else self.high,
            values=None if side == "values" else self.values,
        )

    def inside(self, frame: pd.DataFrame) -> np.ndarray:
        """By row, whether the factor keeps within."""
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
    """How a box does on some runs.

    Args:
        runs: Runs inside.
        hits: Of them, those in which the condition holds.
        density: Share of hits among the runs inside; missing without runs.
        low: Lower end of its 95 % interval (Wilson), as if runs were independent.
        high: Upper end.
        coverage: Share of all hits that lie inside; missing without hits.
        mass: Share of all runs that lie inside.
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
    """Conditions under which the condition holds often.

    Args:
        limits: What it asks of factors; of all others it asks nothing.
        found: How it does on the runs on which it was found; of PRIM's second and third box, on
            those in no earlier box.
        held: How it does on the runs held out; None if there are none.
    """

    limits: tuple[Limit, ...]
    found: Score
    held: Score | None


def score(within: np.ndarray, hits: np.ndarray) -> Score:
    """How a box does.

    Args:
        within: By run, whether it lies inside.
        hits: By run, whether the condition holds.
    """
    runs, found, total = int(within.sum()), int((within & hits).sum()), int(hits.sum())
    if runs == 0:
        nan = math.nan
        return Score(0, 0, nan, nan, nan, 0.0 if total else nan, 0.0)
    ends = binomtest(found, runs).proportion_ci(method="wilson")
    return Score(
        runs=runs,
        hits=found,
        density=found / runs,
        low=float(ends.low),
        high=float(ends.high),
        coverage=found / total if total else math.nan,
        mass=runs / len(within),
    )


def needed(
    limits: Sequence[Limit], frame: pd.DataFrame, hits: np.ndarray, most: float
) -> tuple[Limit, ...]:
    """Limits without the ends that bring no more hits than chance would, each with its p-value.

    The end with the largest quasi p-value goes first (Bryant and Lempert 2010), until all that are
    left have `most` or less: p = P(Binomial(n inside, density without the end) ≥ hits inside).

    Args:
        limits: The limits of a box.
        frame: Values of the factors, a row a run.
        hits: By run, whether the condition holds.
        most: The largest quasi p-value that stays.
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
    told = {(limit.factor.path, side): p for p, limit, side in ends}
    return tuple(
        replace(limit, quasi_p={side: told[limit.factor.path, side] for side in limit.sides})
        for limit in limits
    )


def _quasi_p(
    limits: Sequence[Limit], limit: Limit, side: str, frame: pd.DataFrame, hits: np.ndarray
) -> float:
    within, wider = inside(limits, frame), inside(_without(limits, limit, side), frame)
    if wider.sum() == within.sum():
        return 1.0  # it keeps nobody out
    share = float(hits[wider].mean())
    test = binomtest(int(hits[within].sum()), int(within.sum()), share, alternative="greater")
    return float(test.pvalue)


def _without(limits: Sequence[Limit], limit: Limit, side: str) -> tuple[Limit, ...]:
    """Limits without one end of one of them."""
    changed = (one.without(side) if one is limit else one for one in limits)
    return tuple(one for one in changed if one.sides)
