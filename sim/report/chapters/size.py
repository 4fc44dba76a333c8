"""Results by size of debt."""

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from sim.report.chapter import Chapter, Figure
from sim.report.estimate import within
from sim.report.frame import WHOLE, Frame, floor, legend_below
from sim.report.material import Material
from sim.report.measures import Measure, measure
from sim.report.names import names
from sim.report.numbers import short, shorten
from sim.report.style import colours
from sim.words.words import Words

SIZES = {
    "below_10k": (0.0, 1e4),
    "to_100k": (1e4, 1e5),
    "to_1m": (1e5, 1e6),
    "above_1m": (1e6, math.inf),
}
"""Range of the debt in yuan, by cell of the breakdown."""
ENDS = ("mean", "low", "high")
DRAWN = ("grace_performance", "received", "recovery", "termination", "docket_age", "refusal")


def size(material: Material, words: Words) -> Chapter | None:
    """Measures for small and for large debts."""
    kept = [name for name in DRAWN if name in material.monthly]
    if not kept or not material.chosen:
        return None
    columns = ", ".join(f'avg("{name}") AS "{name}"' for name in kept)
    rows = material.query(
        f"""SELECT point, replicate, cell, {columns}
        FROM series WHERE breakdown = 'size' GROUP BY ALL ORDER BY ALL"""
    )
    kept_ = [name for name in kept if rows[name].notna().any()]
    if not kept_:
        return None
    points = material.chosen
    table = rows.set_index(["point", "replicate", "cell"])
    named = names(material, words)

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(kept_), 2.0)
        handles: list[Any] = []
        for axis, name in zip(axes, kept_, strict=True):
            one = measure(name)
            handles = _dots(axis, table[name], one, points)
            spans = [_span(*ends) for ends in SIZES.values()]
            axis.set_xticks(range(len(SIZES)), spans, fontsize=7.5)
            axis.set_xlim(-0.5, len(SIZES) - 0.5)
            axis.grid(visible=False, axis="x")
            axis.set_title(words.title(one))
            axis.set_ylabel(words.short_unit(one))
            floor(axis, share=one.factor == WHOLE)
            shorten(axis.yaxis)
        if material.several:
            labels = [named.brief(named.points[point]) for point in points]
            legend_below(drawing, handles, labels, frame)
        return drawing

    key = named.key(named.points[point] for point in points) if material.several else ()
    return Chapter(
        "size",
        words("By size of debt"),
        words(
            "Most debts are small, but most of the money is owed on large ones: what "
            "helps with small debts need not help with large ones."
        ),
        (
            Figure(
                "size",
                words("By size of debt, in yuan owed"),
                _caption(material, words),
                draw,
                key,
            ),
        ),
        (
            words(
                "Months with a zero denominator are left out, so for groups with few cases "
                "the values are means over few months."
            ),
        ),
    )


def _caption(material: Material, words: Words) -> str:
    if material.replicates < 2:
        return words("Means over the months of one run per point, by yuan owed.")
    return words(
        "Means over months and replicates, by yuan owed; the 95 % intervals exclude the effect "
        "that a seed has on all points alike."
    )


def _span(low: float, high: float) -> str:
    """A range of yuan as short text."""
    if low == 0.0:
        return f"< {short(high)}"
    return f"> {short(low)}" if math.isinf(high) else f"{short(low)}–{short(high)}"


def _dots(axis: Axes, by_run: "pd.Series[float]", one: Measure, points: list[int]) -> list[Any]:
    """Draw a dot with its interval for each point and size; return the handles of the dots."""
    table = by_run.unstack("cell").reindex(columns=list(SIZES))
    tables = [table.xs(point, level="point") for point in points]
    whole = pd.concat(tables, axis=1, keys=points).swaplevel(axis=1)
    means = [within(one.shown(whole[cell].to_numpy(float)), one.bounds) for cell in SIZES]
    hues, handles = colours(points, points[0]), []
    for at, point in enumerate(points):
        middle, low, high = (np.array([getattr(cell, end)[at] for cell in means]) for end in ENDS)
        x = np.arange(len(SIZES)) + (at - (len(points) - 1) / 2) * 0.09
        axis.vlines(x, low, high, color=hues[point], alpha=0.5, linewidth=1.8)
        handles += axis.plot(x, middle, "o", color=hues[point], markersize=4.5)
    return handles
