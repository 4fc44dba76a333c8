"""Which policy does the work: a waterfall of Shapley values, and the interactions of pairs."""

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.shapley import Attribution, attribute
from sim.errors import ServandaError
from sim.report.chapter import Chapter, Figure
from sim.report.labels import factor_title
from sim.report.material import Material
from sim.report.measures import BETTER, Measure, drawn, measure
from sim.report.style import (
    BAD,
    BASE,
    COLUMNS,
    GOOD,
    SOFT,
    grid,
    name_rows,
    number,
    shorten,
    wrapped,
)
from sim.report.words import Words

HUES = {1: "RdBu", -1: "RdBu_r", 0: "PuOr_r"}
"""Colours of differences: where more is better, where it is worse, and where it is neither."""


def attribution(material: Material, words: Words) -> Chapter | None:
    """What each factor of a full factorial brings, alone and in company."""
    if material.kind != "factorial" or material.sweep is None:
        return None
    names = [one.name for one in drawn(material)]
    try:
        told = attribute(material.sweep, names)
    except ServandaError:
        return None  # runs are missing or failed: the page says so in its last chapter
    parts = [_waterfall(material, words, told)]
    if len(told[0].parts) > 1:
        parts.append(_pairs(material, words, told))
    return Chapter(
        "attribution",
        words("Which part does the work"),
        words(
            "Shapley values: what each part adds, averaged over all orders in which the parts "
            "could have come. They sum to the effect of all together."
        ),
        tuple(parts),
        (
            words(
                "A Shapley value divides what there is among those who were there: it is no "
                "forecast of what happens when one of them is dropped."
            ),
        ),
    )


def _waterfall(material: Material, words: Words, told: list[Attribution]) -> Figure:
    drawing, axes = grid(len(told), 0.75 + 0.26 * (2 + len(told[0].parts)))
    for at, (axis, one) in enumerate(zip(axes, told, strict=True)):
        shown = measure(one.measure)
        names = [
            words("none"),
            *(factor_title(material, n, words) for n in one.parts),
            words("all"),
        ]
        _steps(axis, one, shown)
        name_rows(axis, names, named=at % COLUMNS == 0)
        axis.set_title(words.title(shown))
        axis.set_xlabel(words.unit(shown))
        axis.use_sticky_edges = False
        axis.margins(x=0.08)
        shorten(axis.xaxis)
    caption = words(
        "From no part in force, down to all of them: each bar is a part's Shapley value, with its "
        "95 % interval. Green is better, red worse, pale is not clear."
    )
    return Figure("waterfall", caption, drawing)


def _steps(axis: Axes, one: Attribution, shown: Measure) -> None:
    level = one.empty * shown.factor
    axis.plot([level], [0], "D", color=BASE, markersize=5)
    for row, part in enumerate(one.parts.values(), 1):
        step, half = part.value.mean * shown.factor, part.value.half * shown.factor
        better = step * BETTER.get(shown.name, 0)
        colour = SOFT if not better else GOOD if better > 0 else BAD
        axis.barh(
            row, step, 0.62, left=level, color=colour, alpha=1.0 if part.value.clear else 0.35
        )
        axis.plot([level, level], [row - 0.8, row + 0.31], color=SOFT, linewidth=0.7)
        level += step
        if not math.isnan(half):
            axis.plot([level - half, level + half], [row, row], color=BASE, linewidth=1.1)
    axis.plot([level], [len(one.parts) + 1], "D", color=BASE, markersize=5)
    axis.plot([level, level], [len(one.parts) - 0.3, len(one.parts) + 1], color=SOFT, linewidth=0.7)


def _pairs(material: Material, words: Words, told: list[Attribution]) -> Figure:
    """Interactions of pairs, a matrix a measure; clear ones carry their number."""
    names = list(told[0].parts)
    titles = [factor_title(material, name, words) for name in names]
    drawing, axes = grid(len(told), 0.7 + 0.36 * len(names))
    for at, (axis, one) in enumerate(zip(axes, told, strict=True)):
        shown = measure(one.measure)
        values = np.full((len(names), len(names)), np.nan)
        strong = np.full_like(values, 0.3)
        for (first, second), pair in one.pairs.items():
            i, j = sorted((names.index(first), names.index(second)))
            values[j, i] = pair.mean * shown.factor
            if pair.clear:
                strong[j, i] = 1.0
                text = number(values[j, i], "+")
                axis.text(i, j, text, ha="center", va="center", fontsize=6.5)
        most = float(np.nanmax(np.abs(values))) or 1.0
        limits: dict[str, Any] = {"vmin": -1.6 * most, "vmax": 1.6 * most, "aspect": "auto"}
        axis.imshow(values, cmap=HUES[BETTER.get(shown.name, 0)], alpha=strong, **limits)
        axis.set_yticks(
            range(1, len(names)), titles[1:] if at % COLUMNS == 0 else [""] * (len(names) - 1)
        )
        axis.set_xticks(
            range(len(names) - 1), titles[:-1], rotation=35, ha="right", rotation_mode="anchor"
        )
        axis.set_xlim(-0.5, len(names) - 1.5)
        axis.set_ylim(len(names) - 0.5, 0.5)
        axis.grid(visible=False)
        axis.set_title(wrapped(words.with_unit(shown, difference=True), 40), fontsize=8.5)
        for spine in axis.spines.values():
            spine.set_visible(False)
    caption = words(
        "What two parts do together beyond what each does, averaged over the company of the "
        "others. Blue is for the better, red for the worse; pale where it is not clear, with a "
        "number where the interval excludes 0. Of twenty pairs one is so by chance."
    )
    return Figure("pairs", caption, drawing)
