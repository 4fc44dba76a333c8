"""Means with intervals, and paired differences, as used by all chapters."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.analysis.paired import Difference, difference
from sim.indicator import UNBOUNDED, Bounds
from sim.measure.indicators import KNOWN
from sim.report.material import Material
from sim.report.measures import people_of
from sim.report.numbers import number
from sim.words.words import Words

LEVEL = 0.95
WITHIN = (
    "Means over replicates; the 95 % bands exclude the effect that a seed has on all points "
    "alike, so points differ where their bands do not overlap."
)


class Mean(NamedTuple):
    """Means with 95 % intervals by Student's t, which need at least two values."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


def mean(values: np.ndarray, bounds: Bounds = UNBOUNDED) -> Mean:
    """Means over the first dimension, ignoring NaN.

    Args:
        values: Shape (replicates, …).
        bounds: Possible range of the values; intervals are clipped to it.
    """
    there = ~np.isnan(values)
    n = there.sum(axis=0)
    total = np.where(there, values, 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.where(n > 0, total / n, np.nan)
        squares = (np.where(there, values - middle, 0.0) ** 2).sum(axis=0)
        error = np.sqrt(squares / (n - 1) / n)
        half = np.where(n > 1, stdtrit(np.maximum(n - 1, 1), 0.5 + LEVEL / 2) * error, np.nan)
    return Mean(middle, bounds.clip(middle - half), bounds.clip(middle + half))


def within(values: np.ndarray, bounds: Bounds = UNBOUNDED) -> Mean:
    """Means of points, with intervals that exclude the effect of a seed on all points alike.

    All points have the same seeds. Plain intervals would mostly show how seeds vary, and hide how
    certain the differences between points are. So the mean of each replicate over all points is
    subtracted first (Cousineau 2005), and the variance is corrected for that (Morey 2008).

    Args:
        values: Shape (replicates, points).
        bounds: Possible range of the values, at which intervals are clipped.
    """
    points = values.shape[1]
    there = ~np.isnan(values)
    if points < 2:
        return mean(values, bounds)
    middle = mean(values).mean
    # A replicate may lack some points, so the mean deviation is subtracted, not the mean.
    gaps = np.where(there, values - middle, 0.0)
    own = gaps.sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    found = mean(values - own[:, None])
    wider = np.sqrt(points / (points - 1.0))
    half = wider * (found.high - found.mean)
    return Mean(middle, bounds.clip(middle - half), bounds.clip(middle + half))


def paired(material: Material, name: str, base: int) -> Mapping[int, Difference]:
    """Difference of a measure between each point and the base, paired by seed."""
    if (name, base) not in material.differences:
        material.differences[name, base] = _paired(material, name, base)
    found: Mapping[int, Difference] = material.differences[name, base]
    return found


def _paired(material: Material, name: str, base: int) -> dict[int, Difference]:
    values, behind = material.values(name), material.behind(name)
    if base not in values:
        return {}

    def difference_of(point: int) -> Difference:
        mine, theirs = (values[p].to_numpy(float) for p in (point, base))
        both = None
        if behind is not None:
            own, others = (behind[p].to_numpy(float) for p in (point, base))
            both = None if np.isnan(own).all() or np.isnan(others).all() else (own, others)
        return difference(mine, theirs, about=KNOWN.get(name), cases=both)

    return {point: difference_of(point) for point in material.present if point != base}


def margin(one: Difference) -> float:
    """Distance from a difference to the end of its interval that faces 0."""
    return one.mean - one.low if one.mean > 0.0 else one.high - one.mean


def judged(material: Material, name: str, base: int) -> Mapping[int, Difference]:
    """Differences that decide whether a measure is better or worse than at the base.

    Harm may be measured as a share, which can rise although fewer people are harmed. The
    differences are then those in the number of people harmed.
    """
    people = people_of(name)
    return paired(material, people if material.has(people) else name, base)


def span(low: float, high: float, words: Words) -> str:
    """An interval as text; empty if an end is NaN."""
    if not np.isfinite(low) or not np.isfinite(high):
        return ""
    text = words("{low} to {high}", low=number(low), high=number(high))
    return text.replace(" ", "\N{NO-BREAK SPACE}")
