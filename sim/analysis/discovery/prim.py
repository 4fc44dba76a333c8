"""PRIM: a box peeled slice by slice down to a region dense in hits (Friedman and Fisher 1999).

In: values of factors, and in which runs a condition holds (the hits). Out: the limits of the best
boxes. Each is the best in density and coverage on a trajectory of ever smaller boxes.
"""

import math
import warnings
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sim.analysis.discovery.box import (
    MASS,
    SIGNIFICANCE,
    SMALLEST,
    Limit,
    inside,
    score,
    significant_limits,
)
from sim.analysis.extra import extra
from sim.analysis.factors import Factor

PEEL = 0.05
"""Share of the remaining runs that a step peels off or pastes back."""


def peeled(
    varied: Sequence[Factor],
    frame: pd.DataFrame,
    hits: np.ndarray,
    density: float,
    coverage: float,
    most: int,
) -> list[tuple[Limit, ...]]:
    """The boxes of PRIM. Each is found among the runs that are in no earlier box.

    Only the first box may miss the requested density.

    Args:
        varied: The factors.
        frame: Their values, a row per run.
        hits: By run, whether the condition holds; it must hold in some and fail in others.
        density: Requested share of hits among the runs of a box.
        coverage: The search stops once the boxes found contain this share of all hits.
        most: Largest number of boxes.

    Raises:
        ServandaError: If the EMA Workbench is not installed.
    """
    made: list[tuple[Limit, ...]] = []
    left = np.ones(len(frame), dtype=bool)
    share = float(hits.mean())
    # If hits are rare, small boxes must be allowed: a box cannot be dense if it has many more runs
    # than there are hits.
    smallest = max(SMALLEST, len(frame) * min(MASS, share / 2))
    while len(made) < most and hits[~left].sum() < coverage * hits.sum():
        here, mine = frame[left], hits[left]
        if mine.all() or not mine.any() or len(mine) < 2 * smallest:
            break
        limits, reached = _best(varied, here, mine, density, smallest / len(here))
        if not limits or (made and reached < density):
            break
        made.append(limits)
        left &= ~inside(limits, frame)
    return made


def _best(
    varied: Sequence[Factor], frame: pd.DataFrame, hits: np.ndarray, density: float, smallest: float
) -> tuple[tuple[Limit, ...], float]:
    """The significant limits of the best box on a trajectory, and the density that they give."""
    best: tuple[tuple[float, ...], tuple[Limit, ...], float] = ((), (), 0.0)
    for on_the_way in trajectory(varied, frame, hits, smallest):
        limits = significant_limits(on_the_way, frame, hits, SIGNIFICANCE)
        result = score(inside(limits, frame), hits)
        if not limits or result.density <= hits.mean():
            continue
        enough = result.density >= density
        merit = (result.coverage, result.density) if enough else (result.density, result.coverage)
        ranked = (float(enough), *merit, -float(len(limits)))
        if ranked > best[0]:
            best = (ranked, limits, result.density)
    return best[1], best[2]


def trajectory(
    factors: Sequence[Factor], frame: pd.DataFrame, hits: np.ndarray, smallest: float
) -> Iterator[tuple[Limit, ...]]:
    """The peeling trajectory: the limits of ever smaller boxes, beginning with all runs.

    Args:
        factors: The factors.
        frame: Their values, a row per run.
        hits: By run, whether the condition holds; it must hold in some and fail in others.
        smallest: Smallest share of these runs that a box may contain.

    Raises:
        ServandaError: If the EMA Workbench is not installed.
    """
    columns, words = _columns(factors, frame)
    library = extra("ema_workbench.analysis.prim")
    with warnings.catch_warnings():
        # The workbench uses deprecated features of pandas. Each use gives a warning.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        prim = library.Prim(columns, hits, peel_alpha=PEEL, paste_alpha=PEEL, mass_min=smallest)
        found = prim.find_box()
    for lims in found.box_lims:
        limits = (
            _limit(factor, lims[name], prim.box_init[name], words.get(name))
            for name, factor in zip(map(str, columns), factors, strict=True)
            if name in lims
        )
        yield tuple(limit for limit in limits if limit.sides)


def _columns(
    factors: Sequence[Factor], frame: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, list[object]]]:
    """The factors in the form that the workbench needs, and the values of each categorical factor.

    Columns are renamed, because the workbench drops a column called ``scenario``. Numbers become
    floats, because the workbench cannot paste integers. Other values become numbered categories,
    because the workbench chooses between equally good boxes by the order of sets, and the order of
    a set of texts differs between processes.
    """
    columns: dict[str, object] = {}
    words: dict[str, list[object]] = {}
    for place, factor in enumerate(factors):
        name, column = f"x{place}", frame[factor.path]
        if factor.number:
            columns[name] = column.to_numpy(float)
        else:
            codes, words[name] = coded(column)
            columns[name] = pd.Categorical(codes)
    return pd.DataFrame(columns), words


def coded(column: pd.Series) -> tuple[np.ndarray, list[object]]:
    """The code of the value in each row, and the sorted values (a code is an index of these)."""
    known = sorted(column.unique().tolist(), key=str)
    return column.map({value: code for code, value in enumerate(known)}).to_numpy(int), known


def _limit(factor: Factor, lims: pd.Series, whole: pd.Series, words: list[object] | None) -> Limit:
    """The limit that a box of the workbench sets on a factor; `whole` is the box of all runs."""
    if words is not None:
        kept = lims.iloc[0]
        values = tuple(word for code, word in enumerate(words) if code in kept)
        return Limit(factor, values=values if len(values) < len(words) else None)
    low, high = (float(end) for end in lims)
    first, last = (float(end) for end in whole)
    return bounded(factor, low if low > first else None, high if high < last else None)


def bounded(factor: Factor, low: float | None, high: float | None) -> Limit:
    """The limit on a numeric factor; for integers, both ends are rounded inwards."""
    if factor.kind == "whole":
        low = low if low is None else float(math.ceil(low))
        high = high if high is None else float(math.floor(high))
    return Limit(factor, low, high)
