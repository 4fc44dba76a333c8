"""Means with intervals, and pairs of runs, as every chapter needs them."""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.analysis.paired import Difference, difference
from sim.measure.indicator import UNBOUNDED, Bounds
from sim.measure.indicators import KNOWN
from sim.report.material import Material
from sim.report.measures import people_of
from sim.report.numbers import number
from sim.report.words import Words

LEVEL = 0.95
WITHIN = (
    "Means over replicates; the bands, of 95 %, are freed from what a seed does to all points "
    "alike, so that points can be told apart where their bands are."
)


class Mean(NamedTuple):
    """Means with their 95 % intervals by Student's t; intervals are missing below two values."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


def mean(values: np.ndarray, bounds: Bounds = UNBOUNDED) -> Mean:
    """Means over the first dimension, the missing left out.

    Args:
        values: Shape (replicates, …).
        bounds: Between which values they lie; no interval goes beyond.
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
    """Means of points, with intervals freed from what a seed does to all of them alike.

    Points share their seeds, so that intervals of levels would mostly be those of the seeds, and
    hide how surely points differ. Each replicate's mean over all points is taken off before
    (Cousineau 2005), and the variance put right for that (Morey 2008).

    Args:
        values: Shape (replicates, points).
        bounds: Between which values they lie; no interval goes beyond.
    """
    points = values.shape[1]
    there = ~np.isnan(values)
    if points < 2:
        return mean(values, bounds)
    middle = mean(values).mean
    # What is missing is missing at some points only: a row's own mean is that of its deviations.
    gaps = np.where(there, values - middle, 0.0)
    own = gaps.sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    found = mean(values - own[:, None])
    wider = np.sqrt(points / (points - 1.0))
    half = wider * (found.high - found.mean)
    return Mean(middle, bounds.clip(middle - half), bounds.clip(middle + half))


def paired(material: Material, name: str, base: int) -> dict[int, Difference]:
    """Each point less the base, in a measure, over replicates of the same seed."""
    values = material.values(name)
    if base not in values:
        return {}
    behind = {point: material.behind(name, point) for point in material.present}

    def told(point: int) -> Difference:
        mine, theirs = (values[p].to_numpy(float) for p in (point, base))
        own, others = behind[point], behind[base]
        both = None if own is None or others is None else (own, others)
        return difference(mine, theirs, about=KNOWN.get(name), cases=both)

    return {point: told(point) for point in material.present if point != base}


def margin(one: Difference) -> float:
    """How far a difference's interval reaches towards 0: it is clear where that is not there."""
    return one.mean - one.low if one.mean > 0.0 else one.high - one.mean


def judged(material: Material, name: str, base: int) -> dict[int, Difference]:
    """The differences by which a measure is judged: of a share of harm those of the people hurt.

    A share rises where fewer of more are hurt; whether that is worse, the count of them says.
    """
    people = people_of(name)
    return paired(material, people if material.has(people) else name, base)


def span(low: float, high: float, words: Words) -> str:
    """From where to where an interval goes; empty where it is missing."""
    if not np.isfinite(low) or not np.isfinite(high):
        return ""
    told = words("{low} to {high}", low=number(low), high=number(high))
    return told.replace(" ", "\N{NO-BREAK SPACE}")
