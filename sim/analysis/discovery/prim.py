"""PRIM: a box peeled down, slice by slice, to where hits are dense (Friedman and Fisher 1999).

In: values of factors and hits. Out: of the boxes on the way, from all to few, the limits of those
that are dense and still hold much.
"""

import math
import warnings
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sim.analysis.discovery.box import MASS, SMALLEST, SURE, Limit, inside, needed, score
from sim.analysis.extra import extra
from sim.analysis.factors import Varied

PEEL = 0.05
"""Share of what is left that a step peels off, or pastes back."""


def peeled(
    varied: Sequence[Varied],
    frame: pd.DataFrame,
    hits: np.ndarray,
    density: float,
    coverage: float,
    most: int,
) -> list[tuple[Limit, ...]]:
    """PRIM's boxes, each found among the runs in none before; the first may fall short.

    Args:
        varied: The factors.
        frame: Their values, a row a run.
        hits: By run, whether the condition holds; some must, and some not.
        density: Share of hits that a box shall have.
        coverage: Share of all hits at which enough boxes are found.
        most: Boxes at most.

    Raises:
        ServandaError: If the workbench is missing.
    """
    made: list[tuple[Limit, ...]] = []
    left = np.ones(len(frame), dtype=bool)
    share = float(hits.mean())
    # Where hits are rarer than a box is large, no box could be dense.
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
    varied: Sequence[Varied], frame: pd.DataFrame, hits: np.ndarray, density: float, smallest: float
) -> tuple[tuple[Limit, ...], float]:
    """Of the boxes on the way, freed of ends that say nothing, the one to show; and its density."""
    best: tuple[tuple[float, ...], tuple[Limit, ...], float] = ((), (), 0.0)
    for on_the_way in trajectory(varied, frame, hits, smallest):
        limits = needed(on_the_way, frame, hits, SURE)
        told = score(inside(limits, frame), hits)
        if not limits or told.density <= hits.mean():
            continue
        enough = told.density >= density
        merit = (told.coverage, told.density) if enough else (told.density, told.coverage)
        ranked = (float(enough), *merit, -float(len(limits)))
        if ranked > best[0]:
            best = (ranked, limits, told.density)
    return best[1], best[2]


def trajectory(
    factors: Sequence[Varied], frame: pd.DataFrame, hits: np.ndarray, smallest: float
) -> Iterator[tuple[Limit, ...]]:
    """The boxes through which the peeling goes.

    Args:
        factors: The factors.
        frame: Their values, a row a run.
        hits: By run, whether the condition holds; some must, and some not.
        smallest: Share of the runs that a box holds at least.

    Raises:
        ServandaError: If the workbench is missing.
    """
    told, words = _columns(factors, frame)
    library = extra("ema_workbench.analysis.prim")
    with warnings.catch_warnings():
        # It has not followed the newest pandas yet, which says so at every turn.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        prim = library.Prim(told, hits, peel_alpha=PEEL, paste_alpha=PEEL, mass_min=smallest)
        found = prim.find_box()
    for lims in found.box_lims:
        limits = (
            _limit(factor, lims[name], prim.box_init[name], words.get(name))
            for name, factor in zip(map(str, told), factors, strict=True)
            if name in lims
        )
        yield tuple(limit for limit in limits if limit.sides)


def _columns(
    factors: Sequence[Varied], frame: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, list[object]]]:
    """The factors as the library takes them; and of those that are no numbers the values.

    Names are ours, since it drops a column that is called ``scenario``. Numbers become floats,
    since it cannot paste whole ones. Values that are none become categories numbered in their
    order: it goes through sets, and those of texts have another order in each process, which would
    decide between boxes that are equally good.
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
    """Values that are no numbers, numbered in their order; and the values."""
    known = sorted(column.unique().tolist(), key=str)
    return column.map({value: code for code, value in enumerate(known)}).to_numpy(int), known


def _limit(factor: Varied, lims: pd.Series, whole: pd.Series, words: list[object] | None) -> Limit:
    """What a box of the library asks of a factor, given the box of all runs."""
    if words is not None:
        kept = lims.iloc[0]
        values = tuple(word for code, word in enumerate(words) if code in kept)
        return Limit(factor, values=values if len(values) < len(words) else None)
    low, high = (float(end) for end in lims)
    first, last = (float(end) for end in whole)
    return bounded(factor, low if low > first else None, high if high < last else None)


def bounded(factor: Varied, low: float | None, high: float | None) -> Limit:
    """Ends of a number; those of whole ones are whole."""
    if factor.kind == "whole":
        low = low if low is None else float(math.ceil(low))
        high = high if high is None else float(math.floor(high))
    return Limit(factor, low, high)
