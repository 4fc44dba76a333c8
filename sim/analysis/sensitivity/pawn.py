"""PAWN (Pianosi and Wagener): how far the distribution of a measure shifts if a factor is fixed.

In: values of the factors at any points, and a measure there. Out: a row per factor. SALib also has
PAWN, but it leaves out points with the largest value of a factor. If a factor has two levels, these
are half of all points. PAWN is therefore implemented here.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.analysis.factors import Factor

PARTS = 10
"""Largest number of parts into which the points are divided by a numeric factor."""
FULL = 20
"""Desired number of points in a part."""
RESAMPLES = 200
LARGEST = 1_000_000
"""Largest product of points and resamples. Large samples need fewer resamples."""
FEWEST = 50
"""Smallest number of resamples."""
SEED = 20170101
"""Seed of the resampling. It is fixed, because the same runs must give the same intervals."""
WIDE = 1.959964
"""Half-width of a 95 % interval, in standard errors."""


def pawn(factors: Sequence[Factor], points: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    """Median and largest of the `distances` for each factor.

    Args:
        factors: The factors.
        points: Their values, a row per point.
        values: The measure at the points, in the same order.

    Returns:
        Columns ``factor``, ``median`` (of the distances over parts), ``low`` and ``high`` (the
        95 % interval of the median by resampling points), ``by_chance``, ``maximum``, ``parts``.
        The median of a factor without effect exceeds ``by_chance`` once in twenty. To find
        ``by_chance``, the measure is shuffled over the points.
    """
    rng = np.random.default_rng(SEED)
    known: dict[tuple[int, ...], float] = {}
    rows = []
    for factor in factors:
        part = cut(points[factor.path], number=factor.number)
        found = distances(part, values)
        middle, half = float(np.median(found)), WIDE * _error(part, values, rng)
        sizes = tuple(np.bincount(part).tolist())
        if sizes not in known:
            known[sizes] = _by_chance(part, values, rng)
        rows.append(
            {
                "factor": factor.path,
                "median": middle,
                "low": middle - half,
                "high": middle + half,
                "by_chance": known[sizes],
                "maximum": float(found.max()),
                "parts": len(sizes),
            }
        )
    return pd.DataFrame(rows)


def cut(column: pd.Series, *, number: bool) -> np.ndarray:
    """The number of the part to which each point belongs, from 0.

    A word or switch, or a number with few values, has one part per value. Other numbers are divided
    by rank into parts of about equal size.

    Args:
        column: Values of a factor.
        number: Whether they are numbers, which have an order.
    """
    codes, known = pd.factorize(column, sort=number, use_na_sentinel=False)
    most = max(2, min(PARTS, len(column) // FULL))
    if not number or len(known) <= most:
        return codes
    counts = np.bincount(codes)
    first = np.cumsum(counts) - counts  # rank of the first point of a value: it decides the part
    parts: np.ndarray = pd.factorize(first[codes] * most // len(column), sort=True)[0]
    return parts


def distances(part: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Kolmogorov-Smirnov distance between the values of each part and those of all points.

    KS_s = max_y |F(y | part s) − F(y)|, where F is the share of points with values up to y.

    Args:
        part: The part of each point.
        values: The measure at each point.

    Returns:
        One distance per part; parts without points are left out.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    inside = part[order][:, None] == np.flatnonzero(np.bincount(part))
    step = np.append(ordered[1:] != ordered[:-1], True)  # equal values are one step of F
    shares = np.cumsum(inside, axis=0)[step] / inside.sum(axis=0)
    whole = (np.flatnonzero(step) + 1.0) / len(part)
    found: np.ndarray = np.abs(shares - whole[:, None]).max(axis=0)
    return found


def _resamples(points: int) -> int:
    return int(np.clip(LARGEST // points, FEWEST, RESAMPLES))


def _error(part: np.ndarray, values: np.ndarray, rng: np.random.Generator) -> float:
    """Standard error of the median distance, by resampling points with replacement."""
    drawn = rng.integers(len(values), size=(_resamples(len(values)), len(values)))
    medians = [np.median(distances(part[some], values[some])) for some in drawn]
    return float(np.std(medians, ddof=1))


def _by_chance(part: np.ndarray, values: np.ndarray, rng: np.random.Generator) -> float:
    """The median distance that is exceeded once in twenty if points are shuffled."""
    medians = [
        np.median(distances(rng.permutation(part), values)) for _ in range(_resamples(len(values)))
    ]
    return float(np.quantile(medians, 0.95))
