"""Across a grid: lines over one factor, heat maps over two."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes

from sim.report.chapter import Chapter, Figure
from sim.report.chapters.regimes import regimes
from sim.report.estimate import WITHIN, within
from sim.report.labels import factor_title, shown, varying
from sim.report.material import SCENARIO, Material
from sim.report.measures import Measure, drawn
from sim.report.style import (
    COLOURS,
    COLUMNS,
    SEQUENTIAL,
    bottom,
    field,
    grid,
    legend_below,
    short,
    shorten,
    wrapped,
)
from sim.report.words import Words

LINES = len(COLOURS)
STARTS = 2


def across(material: Material, words: Words) -> Chapter | None:
    """How measures change over the factors of a grid."""
    if material.kind != "grid" or not material.several:
        return None
    measures = drawn(material)
    columns = sorted(varying(material.points), key=lambda name: -_levels(material, name))
    numeric = [name for name in columns if _numeric(material, name)]
    if not measures or not numeric:
        return None
    if SCENARIO in columns and _levels(material, SCENARIO) == STARTS and regimes(material, words):
        return None  # two starts have a chapter of their own
    first = numeric[0]
    rest = [name for name in columns if name != first]
    parts = []
    if len(rest) < 2 and (not rest or _levels(material, rest[0]) <= LINES):
        parts.append(_lines(material, words, measures, first, rest[0] if rest else None))
    if len(numeric) > 1:
        parts.append(_maps(material, words, measures, first, numeric[1]))
    if not parts:
        return None
    notes = []
    if len(numeric) > 1 and len(columns) > 2:
        notes.append(words("Each field is a mean over all values of the other factors."))
    return Chapter(
        "map",
        words("Across the grid"),
        words("How the outcome changes over what was varied, point by point."),
        tuple(parts),
        tuple(notes),
    )


def _levels(material: Material, name: str) -> int:
    return int(material.points[name].nunique())


def _numeric(material: Material, name: str) -> bool:
    column = material.points[name]
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _lines(
    material: Material, words: Words, measures: list[Measure], x: str, by: str | None
) -> Figure:
    points = material.points.set_index("point").loc[material.present]
    kinds: list[Any] = list(pd.unique(points[by])) if by else [None]
    drawing, axes = grid(len(measures), 2.2)
    handles: list[Any] = []
    for axis, one in zip(axes, measures, strict=True):
        values = material.values(one.name)
        found = within(one.shown(values.to_numpy(float)))
        place = {point: at for at, point in enumerate(values.columns)}
        handles = []
        for at, kind in enumerate(kinds):
            mine = points if kind is None else points[points[by] == kind]
            mine = mine.sort_values(x, kind="stable")
            rows = [place[point] for point in mine.index]
            mean, low, high = (part[rows] for part in found)
            where = mine[x].to_numpy(float)
            colour = COLOURS[at]
            axis.fill_between(where, low, high, color=colour, alpha=0.15, linewidth=0)
            handles += axis.plot(where, mean, "o-", color=colour, markersize=3.5)
        axis.set_title(words.title(one))
        axis.set_ylabel(words.short_unit(one))
        shorten(axis.yaxis)
    for axis in bottom(axes):
        axis.set_xlabel(factor_title(material, x, words))
    if by:
        name = factor_title(material, by, words)
        told = [words.name(str(k)) if isinstance(k, str) else f"{name} {shown(k)}" for k in kinds]
        legend_below(drawing, handles, told)
    return Figure("lines", words(WITHIN), drawing)


def _maps(material: Material, words: Words, measures: list[Measure], x: str, y: str) -> Figure:
    points = material.points.set_index("point").loc[material.present]
    across_, up = np.unique(points[x]), np.unique(points[y])
    drawing, axes = grid(len(measures), 2.3)
    for at, (axis, one) in enumerate(zip(axes, measures, strict=True)):
        level = material.values(one.name).mean().to_numpy(float) * one.factor
        cells = pd.DataFrame({"x": points[x], "y": points[y], "level": level})
        table = cells.pivot_table(index="y", columns="x", values="level").reindex(
            index=up, columns=across_
        )
        _field(axis, table.to_numpy(float))
        axis.set_xticks(range(len(across_)), [short(v) for v in across_])
        axis.set_yticks(range(len(up)), [short(v) for v in up])
        axis.set_title(wrapped(words.with_unit(one), 40), fontsize=8.5)
        if at % COLUMNS == 0:
            axis.set_ylabel(factor_title(material, y, words))
        if axis in bottom(axes):
            axis.set_xlabel(factor_title(material, x, words))
    return Figure("map", words("Means over replicates; the scale is each panel's own."), drawing)


def _field(axis: Axes, values: np.ndarray) -> None:
    """A heat map with its numbers, where they fit."""
    axis.imshow(values, cmap=colormaps[SEQUENTIAL], aspect="auto", origin="lower")
    field(axis)
    if values.size > 64 or np.isnan(values).all():
        return
    middle = (np.nanmin(values) + np.nanmax(values)) / 2
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            colour = "white" if value < middle else "black"
            axis.text(column, row, short(value), ha="center", va="center", fontsize=7, color=colour)
