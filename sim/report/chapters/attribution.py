"""Contribution of each policy: a waterfall of Shapley values, and the interactions of pairs."""

import math
from functools import partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from sim.analysis.sensitivity.shapley import Attribution
from sim.report.analysed import attributions
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.frame import Frame, first, legend_below, name_rows, tall
from sim.report.material import Material
from sim.report.measures import better, measure
from sim.report.names import Names, names
from sim.report.numbers import number, shorten
from sim.report.shades import fields, scale
from sim.report.style import BASE, SOFT
from sim.report.text import wrapped
from sim.report.tones import HUES, SIGNS, tone
from sim.words.words import Words

SLANTED_LABEL_WIDTH = 18
"""Number of letters after which a slanted name under a column is wrapped."""
FEW = 3
"""Up to this number of parts, pairs are shown in a table, because a map would be mostly empty."""


def attribution(material: Material, words: Words) -> Chapter | None:
    """The contribution of each factor of a full factorial, alone and in combination."""
    if material.kind != "factorial":
        return None
    results = attributions(material)  # empty if runs are not done, which the last chapter reports
    named = names(material, words)
    incomplete = [
        words.title(measure(one.measure)) for one in results if math.isnan(one.total.mean)
    ]
    whole = [one for one in results if not math.isnan(one.total.mean)]
    if not whole:
        return None
    parts: list[Figure | Table] = [_waterfall(words, named, whole)]
    if len(whole[0].parts) > FEW:
        parts.append(_pairs(words, named, whole))
    elif len(whole[0].parts) > 1:
        parts.append(_table(words, named, whole))
    return Chapter(
        "attribution",
        words("Contribution of each part"),
        words(
            "Shapley values: what each part adds, averaged over all orders in which the parts "
            "could be introduced. They sum to the effect of all parts together."
        ),
        tuple(parts),
        (
            words(
                "A Shapley value divides the total effect among the parts that were present; it "
                "does not predict what happens if one of them is dropped."
            ),
            *_left_out(words, incomplete),
        ),
    )


def _left_out(words: Words, incomplete: list[str]) -> tuple[str, ...]:
    """A note on the measures that cannot be decomposed, if any."""
    if not incomplete:
        return ()
    return (
        words("Left out because some runs have no value: {names}.", names=words.listed(incomplete)),
    )


def _waterfall(words: Words, named: Names, results: list[Attribution]) -> Figure:
    titles = [named.factor(path) for path in results[0].parts]
    rows = [words("none"), *map(named.brief, titles), words("all")]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(results), 0.75 + tall(rows, frame))
        for axis, one in zip(axes, results, strict=True):
            shown = measure(one.measure)
            _steps(axis, one, shown.factor, better(shown.name))
            name_rows(axis, rows, frame)
            axis.set_title(words.title(shown))
            axis.set_xlabel(words.unit(shown))
            axis.use_sticky_edges = False
            axis.margins(x=0.12)
            shorten(axis.xaxis)
        return drawing

    caption = words(
        "From no part in force at the top to all of them at the bottom: each bar is a part's "
        "Shapley value, with its 95 % interval. Green (▲) is better, red (▼) worse, grey is not "
        "clear."
    )
    title = words("What each part adds")
    return Figure("waterfall", title, caption, draw, named.key(titles))


def _steps(axis: Axes, one: Attribution, factor: float, way: int) -> None:
    level = one.empty * factor
    axis.plot([level], [0], "D", color=BASE, markersize=5)
    for row, part in enumerate(one.parts.values(), 1):
        step, half = part.value.mean * factor, part.value.half * factor
        found = tone(step, part.value.clear, way)
        axis.barh(row, step, 0.62, left=level, color=HUES[found], alpha=1.0 if found else 0.5)
        axis.plot([level, level], [row - 0.8, row + 0.31], color=SOFT, linewidth=0.7)
        level += step
        if not math.isnan(half):
            axis.plot([level - half, level + half], [row, row], color=BASE, linewidth=1.1)
        if SIGNS[found]:
            placed: dict[str, Any] = {
                "xytext": (5, 0),
                "textcoords": "offset points",
                "va": "center",
            }
            end = level + (0.0 if math.isnan(half) else half)
            axis.annotate(SIGNS[found], (end, row), color=HUES[found], fontsize=7.5, **placed)
    axis.plot([level], [len(one.parts) + 1], "D", color=BASE, markersize=5)
    axis.plot([level, level], [len(one.parts) - 0.3, len(one.parts) + 1], color=SOFT, linewidth=0.7)


# ---------------------------------------------------------------- pairs


def _table(words: Words, named: Names, results: list[Attribution]) -> Table:
    """Interactions of a few pairs: a row per measure, a column per pair."""
    pairs = list(results[0].pairs)
    rows = []
    for one in results:
        shown = measure(one.measure)
        cells = []
        for pair in pairs:
            value = one.pairs[pair]
            half = "" if math.isnan(value.half) else f"± {number(value.half * shown.factor)}"
            found = tone(value.mean, value.clear, better(shown.name))
            cells.append(Cell(number(value.mean * shown.factor, "+"), half, found))
        unit = words.unit(shown, difference=True)
        rows.append((Cell(words.title(shown), unit), *cells))
    caption = words(
        "By how much the effect of two parts together exceeds the sum of the effects of each "
        "alone, with 95 % intervals, averaged over all combinations of the other parts."
    )
    heads = ("", *(" × ".join(map(named.factor, pair)) for pair in pairs))
    return Table(caption, heads, tuple(rows))


def _pairs(words: Words, named: Names, results: list[Attribution]) -> Figure:
    """Interactions of pairs, a map per measure."""
    paths = list(results[0].parts)
    titles = [named.factor(path) for path in paths]

    def draw(frame: Frame) -> Canvas:
        columns = 1 if frame.narrow else 2
        drawing, axes = frame.grid(len(results), 1.3 + 0.3 * len(paths), columns)
        for axis, one in zip(axes, results, strict=True):
            _pair_map(axis, one, words, [named.brief(title) for title in titles], frame)
        legend_below(drawing, *scale(words, {better(one.measure) for one in results}), frame)
        return drawing

    caption = words(
        "By how much the effect of two parts together exceeds the sum of the effects of each "
        "alone, averaged over all combinations of the other parts. A cell is neutral where the "
        "interval includes 0, and darker the larger the number is relative to its uncertainty. "
        "Without any true interaction, about one pair in twenty would be clear by "
        "chance."
    )
    title = words("Interactions of pairs")
    return Figure("pairs", title, caption, draw, named.key(titles))


def _pair_map(axis: Axes, one: Attribution, words: Words, titles: list[str], frame: Frame) -> None:
    shown, paths = measure(one.measure), list(one.parts)
    cells = {}
    for (left, right), pair in one.pairs.items():
        i, j = sorted((paths.index(left), paths.index(right)))
        mean, half = pair.mean * shown.factor, pair.half * shown.factor
        cells[(j - 1, i)] = (number(mean, "+"), mean, half)
    count = len(paths) - 1
    fields(axis, cells, (count, count), better(shown.name), down=True)
    fold = partial(wrapped, most=frame.letters)
    axis.set_yticks(range(count), [fold(one) if first(axis) else "" for one in titles[1:]])
    axis.set_xticks(
        range(count),
        [wrapped(one, SLANTED_LABEL_WIDTH) for one in titles[:-1]],
        rotation=35,
        ha="right",
        rotation_mode="anchor",
    )
    axis.set_title(words.with_unit(shown, difference=True), fontsize=8.5)
