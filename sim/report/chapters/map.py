"""How measures change across the grid of a sweep: lines over one factor, heat maps over two."""

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from sim.analysis.paired import difference
from sim.report.chapter import Chapter, Figure
from sim.report.chapters.panels import curve, label_levels, label_map
from sim.report.chapters.regimes import regimes
from sim.report.estimate import WITHIN, margin, within
from sim.report.frame import Frame, bottom, legend_below
from sim.report.material import SCENARIO, Material
from sim.report.measures import Measure, better, drawn
from sim.report.names import Names, names, varying
from sim.report.numbers import short
from sim.report.shades import fields, scale
from sim.report.style import COLOURS, INK
from sim.words.words import Words

LINES = len(COLOURS)
STARTS = 2
MANY = 6
"""At most two maps are side by side if they have more rows or columns than this."""
ALONE = "There is one run per point, so how much chance contributes is unknown."


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
        return None  # grids with two starts have a chapter of their own
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
        notes.append(words("Each cell is a mean over all values of the other factors."))
    return Chapter(
        "map",
        words("Across the grid"),
        words("How the outcome changes with the varied factors, point by point."),
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
    named = names(material, words)
    labels = [_kind(named, by, kind) for kind in kinds] if by else []

    def panel(axis: Axes, one: Measure) -> list[Any]:
        values = material.values(one.name)
        found = within(one.shown(values.to_numpy(float)), one.bounds)
        place = {point: at for at, point in enumerate(values.columns)}
        handles: list[Any] = []
        for at, kind in enumerate(kinds):
            mine = points if kind is None else points[points[by] == kind]
            mine = mine.sort_values(x, kind="stable")
            rows = [place[point] for point in mine.index]
            mean, low, high = (part[rows] for part in found)
            handles.append(curve(axis, mine[x].to_numpy(float), mean, low, high, COLOURS[at]))
        return handles

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(measures), 2.0)
        handles: list[Any] = []
        for axis, one in zip(axes, measures, strict=True):
            handles = panel(axis, one)
            label_levels(axis, one, words)
        for axis in bottom(axes):
            axis.set_xlabel(named.factor(x))
        if by:
            legend_below(drawing, handles, [named.brief(one) for one in labels], frame)
        return drawing

    title = words("Over {factor}", factor=named.factor(x))
    caption = words(WITHIN) if material.replicates > 1 else words(ALONE)
    return Figure("lines", title, caption, draw, named.key(labels))


def _kind(named: Names, by: str, kind: Any) -> str:
    """Name of a line."""
    value = named.value(by, kind)
    return value if by == SCENARIO else f"{named.factor(by)} {value}"


def _maps(material: Material, words: Words, measures: list[Measure], x: str, y: str) -> Figure:
    points = material.points.set_index("point").loc[material.present]
    across_, up = np.unique(points[x]), np.unique(points[y])
    named = names(material, words)
    place = {
        (float(points[y][point]), float(points[x][point])): (
            int(np.searchsorted(up, points[y][point])),
            int(np.searchsorted(across_, points[x][point])),
        )
        for point in material.present
    }
    base = place[_at(points, material.present[0], y, x)]
    cells = {one.name: _cells(material, one, points, (y, x), place, base) for one in measures}

    def draw(frame: Frame) -> Canvas:
        most = max(len(across_), len(up))
        columns = min(frame.columns, 2 if most > MANY else 3)
        drawing, axes = frame.grid(len(measures), 0.8 + 0.26 * len(up) + 0.4, columns)
        for axis, one in zip(axes, measures, strict=True):
            fields(axis, cells[one.name], (len(up), len(across_)), better(one.name))
            row, column = base
            edge: dict[str, Any] = {"fill": False, "edgecolor": INK, "linewidth": 1.3}
            axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1.0, 1.0, zorder=3, **edge))
            axis.set_title(words.with_unit(one), fontsize=8.5)
            label_map(axis, axes, (up, across_), (named.factor(y), named.factor(x)))
        legend_below(drawing, *scale(words, {better(one.name) for one in measures}), frame)
        return drawing

    caption = words(
        "The numbers are means over replicates. Colours show the difference from the framed cell, "
        "on one scale for all maps: neutral where its 95 % interval includes 0, darker where the "
        "difference is two or four times its uncertainty."
    )
    if material.replicates < 2:
        caption = words(
            "There is one run per point. How much chance contributes is unknown, so "
            "there are no colours."
        )
    title = words("Over {factor}", factor=f"{named.factor(x)} × {named.factor(y)}")
    return Figure("map", title, caption, draw, named.key([named.factor(y)]))


def _at(points: pd.DataFrame, point: int, y: str, x: str) -> tuple[float, float]:
    return float(points[y][point]), float(points[x][point])


def _cells(
    material: Material,
    one: Measure,
    points: pd.DataFrame,
    axes: tuple[str, str],
    place: dict[tuple[float, float], tuple[int, int]],
    base: tuple[int, int],
) -> dict[tuple[int, int], tuple[str, float, float]]:
    """For each row and column: the level, the difference from the base, and the uncertainty.

    A cell of the map is the mean over all points with the same two values. Means are formed within
    each replicate.
    """
    values = material.values(one.name)
    where = [place[_at(points, int(point), *axes)] for point in values.columns]
    groups: dict[tuple[int, int], list[int]] = {}
    for column, at in enumerate(where):
        groups.setdefault(at, []).append(column)
    table = one.shown(values.to_numpy(float))
    means = {at: table[:, columns].mean(axis=1) for at, columns in groups.items()}
    found = {}
    for at, ours in means.items():
        known = ours[~np.isnan(ours)]
        level = float(known.mean()) if len(known) else math.nan
        gap = difference(ours, means[base])
        found[at] = (
            (short(level), gap.mean, margin(gap)) if at != base else (short(level), 0.0, 0.0)
        )
    return found
