"""By size of debt: who is reached, among small and large."""

from typing import Any

import numpy as np
import pandas as pd

from sim.report.chapter import Chapter, Figure
from sim.report.estimate import Mean, within
from sim.report.labels import labels
from sim.report.material import Material
from sim.report.measures import measure
from sim.report.style import colours, grid, legend_below, shorten
from sim.report.words import Words

SIZES = {
    "below_10k": "< 10k",
    "to_100k": "– 100k",
    "to_1m": "– 1m",
    "above_1m": "> 1m",
}
"""By cell of the breakdown, what it is called."""
DRAWN = ("grace_performance", "received", "recovery", "termination", "docket_age", "refusal")


def size(material: Material, words: Words) -> Chapter | None:
    """Whether what holds on the whole holds for small and for large debts."""
    kept = [name for name in DRAWN if name in material.monthly]
    if not kept:
        return None
    columns = ", ".join(f'avg("{name}") AS "{name}"' for name in kept)
    rows = material.query(
        f"""SELECT point, replicate, cell, {columns}
        FROM series WHERE breakdown = 'size' GROUP BY ALL ORDER BY ALL"""
    )
    names = [name for name in kept if rows[name].notna().any()]
    if not names:
        return None
    points = material.chosen
    named, hues = labels(material, words), colours(points, points[0])
    drawing, axes = grid(len(names), 2.15)
    handles: list[Any] = []
    for axis, name in zip(axes, names, strict=True):
        one = measure(name)
        by_run = rows.set_index(["point", "replicate", "cell"])[name]
        handles = []
        tables = [
            by_run.loc[point].unstack("cell").reindex(columns=list(SIZES)) for point in points
        ]
        whole = pd.concat(tables, axis=1, keys=points).swaplevel(axis=1)
        told = {cell: within(one.shown(whole[cell].to_numpy(float))) for cell in SIZES}
        for at, point in enumerate(points):
            found = Mean(
                *(
                    np.array([part[at] for part in ends])
                    for ends in zip(*told.values(), strict=True)
                )
            )
            x = np.arange(len(SIZES)) + (at - (len(points) - 1) / 2) * 0.09
            axis.vlines(x, found.low, found.high, color=hues[point], alpha=0.5, linewidth=1.8)
            (dots,) = axis.plot(x, found.mean, "o", color=hues[point], markersize=4.5)
            handles.append(dots)
        axis.set_xticks(range(len(SIZES)), list(SIZES.values()))
        axis.grid(visible=False, axis="x")
        axis.set_title(words.title(one))
        axis.set_ylabel(words.unit(one))
        shorten(axis.yaxis)
    if material.several:
        legend_below(drawing, handles, [named[point] for point in points])
    return Chapter(
        "size",
        words("By size of debt"),
        words(
            "Small debts are many, large ones are most of the money: what helps one need not help "
            "the other."
        ),
        (
            Figure(
                "size",
                words(
                    "Means over months and replicates, by yuan owed; the intervals, of 95 %, are "
                    "freed from what a seed does to all points alike."
                ),
                drawing,
            ),
        ),
        (
            words(
                "Months in which nothing is divided by are left out, so that rare cells weigh few "
                "months."
            ),
        ),
    )
