"""What the outcome depends on: a tornado chart of factors, by their values or by an index."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from sim.analysis.paired import Difference
from sim.analysis.sensitivity.sensitivity import FITTING, Sensitivity
from sim.report.analysed import sensitivities
from sim.report.chapter import Chapter, Figure
from sim.report.estimate import paired
from sim.report.frame import Frame, name_rows, tall
from sim.report.material import Material
from sim.report.measures import drawn, measure, unmoved
from sim.report.names import names
from sim.report.numbers import shorten
from sim.report.style import BASE, COLOURS, SOFT
from sim.words.words import Words

MOST = 12
"""Largest number of factors that are drawn."""
INDEX = {
    "morris": "μ*",
    "sobol": "total index",
    "pawn": "PAWN index",
}


def tornado(material: Material, words: Words) -> Chapter | None:
    """Which factors matter most."""
    if material.sweep is None:
        return None
    if material.kind == "one_at_a_time":
        return _ends(material, words)
    if material.kind not in FITTING or material.kind in {"factorial", "grid"}:
        return None
    return _indices(material, words, list(sensitivities(material)))


# ---------------------------------------------------------------- one at a time


def _ends(material: Material, words: Words) -> Chapter | None:
    """The effect of each factor at each of its values; the others are as at the base."""
    if material.base is None:
        return None
    moved, base = _moved(material), material.base
    every = drawn(material)
    found = {one.name: paired(material, one.name, base) for one in every}
    measures = [
        one for one in every if any(abs(gap.mean) > 0.0 for gap in found[one.name].values())
    ]
    if not measures:
        return None
    first = measures[0].name

    def largest(name: str) -> float:
        return max(
            (abs(found[first][p].mean) for p, _ in moved[name] if p in found[first]), default=0.0
        )

    order = sorted(moved, key=largest, reverse=True)
    named = names(material, words)
    titles = [named.factor(name) for name in order]
    rows = [
        f"{named.brief(title)} {' / '.join(named.value(name, v) for _, v in moved[name])}"
        for title, name in zip(titles, order, strict=True)
    ]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(measures), 0.75 + tall(rows, frame, 0.3))
        for axis, one in zip(axes, measures, strict=True):
            for row, name in enumerate(order):
                _pair(axis, row, moved[name], found[one.name], one.factor)
            axis.axvline(0.0, color=SOFT, linewidth=0.9)
            name_rows(axis, rows, frame)
            axis.set_title(words.title(one))
            axis.set_xlabel(words.unit(one, difference=True))
            shorten(axis.xaxis)
        return drawing

    caption = words(
        "Difference from the base when only one factor is changed, to the values given after its "
        "name. The upper bar, in blue, is for the first value, and the lower one, in orange, for "
        "the last; grey bars between them are for other values. Bars are pale where the "
        "difference is not clear. Factors are sorted by their largest effect in the first panel."
    )
    title = words("Effect of each factor at each of its values")
    figure = Figure("tornado", title, caption, draw, named.key(titles))
    return _chapter(words, figure, unmoved(words, every, measures))


def _moved(material: Material) -> dict[str, list[tuple[int, Any]]]:
    """For each factor, the points at which only this factor is changed, with its value there."""
    points = material.points.set_index("point")
    base = points.iloc[0]
    found: dict[str, list[tuple[int, Any]]] = {}
    for point, values in points.iloc[1:].iterrows():
        for name in (name for name in map(str, points) if values[name] != base[name]):
            found.setdefault(name, []).append((int(str(point)), values[name]))
    return found


def _pair(
    axis: Axes,
    row: int,
    places: list[tuple[int, Any]],
    found: Mapping[int, Difference],
    factor: float,
) -> None:
    """Bars of a factor's values, one below another, each with its interval."""
    thick = 0.7 / len(places)
    for at, (place, _) in enumerate(places):
        if place not in found:
            continue
        gap, y = found[place], row - 0.35 + (at + 0.5) * thick
        colour = COLOURS[0] if at == 0 else COLOURS[1] if at == len(places) - 1 else SOFT
        axis.barh(y, gap.mean * factor, thick, color=colour, alpha=1.0 if gap.clear else 0.35)
        axis.plot([gap.low * factor, gap.high * factor], [y, y], color=BASE, linewidth=1.0)


# ---------------------------------------------------------------- indices


def _indices(material: Material, words: Words, results: list[Sensitivity]) -> Chapter | None:
    if not results:
        return None
    order = _strongest(results)
    named = names(material, words)
    titles = [named.factor(name) for name in order]
    rows = [named.brief(title) for title in titles]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(results), 0.75 + tall(rows, frame))
        for axis, one in zip(axes, results, strict=True):
            known = measure(one.measure)
            _bars(axis, one, order, known.factor if one.method == "morris" else 1.0)
            name_rows(axis, rows, frame)
            axis.set_title(words.title(known))
            unit = words.unit(known, difference=True) if one.method == "morris" else ""
            index = words(INDEX[one.method])
            axis.set_xlabel(f"{index}, {unit}" if unit else index)
            axis.set_xlim(left=0.0)
            shorten(axis.xaxis)
        return drawing

    caption = words(
        "Factors sorted by their strongest effect in any panel, with 95 % "
        "intervals. With replicates, an orange mark shows the value that chance "
        "alone exceeds in 5 % of cases; bars that do not exceed it are pale."
    )
    remarks = tuple(dict.fromkeys(text for one in results for text in one.remarks))
    count = len(results[0].table)
    if remarks and words.language != "en":
        remarks = (words("For remarks, in English, see `servanda sensitivity`."),)
    if count > len(order):
        left = words("The {n} strongest of {all} factors are drawn.", n=len(order), all=count)
        remarks = (left, *remarks)
    title = words("Strength of each factor")
    return _chapter(words, Figure("tornado", title, caption, draw, named.key(titles)), remarks)


def _bars(axis: Axes, one: Sensitivity, order: list[str], scale: float) -> None:
    """Bars of factors with intervals, and the value that chance alone exceeds in 5 % of cases."""
    table = one.table.set_index("factor").loc[order]
    clear = one.clear.set_axis(one.table["factor"]).loc[order]
    for place, factor in enumerate(order):
        values = table.loc[factor]
        strong = 1.0 if clear[factor] else 0.35
        axis.barh(place, scale * values[one.rank], 0.62, color=COLOURS[0], alpha=strong)
        ends = [scale * values["low"], scale * values["high"]]
        axis.plot(ends, [place, place], color=BASE, linewidth=1.0)
        if not np.isnan(values["by_chance"]):
            mark = [scale * values["by_chance"]] * 2
            axis.plot(mark, [place - 0.4, place + 0.4], color=COLOURS[1])


def _strongest(results: list[Sensitivity]) -> list[str]:
    """Factors to draw, the strongest first.

    In each panel a factor's index is divided by the largest index. The largest of these ratios
    ranks the factor.
    """
    shares: dict[str, float] = {}
    for one in results:
        values = one.table.set_index("factor")[one.rank]
        top = float(values.max()) or 1.0
        for factor, value in values.items():
            shares[str(factor)] = max(shares.get(str(factor), 0.0), float(value) / top)
    return sorted(shares, key=lambda name: -shares[name])[:MOST]


def _chapter(words: Words, figure: Figure, notes: tuple[str, ...]) -> Chapter:
    return Chapter(
        "tornado",
        words("What the outcome depends on"),
        words(
            "Which factors move the outcome most over the ranges studied, and which hardly at all."
        ),
        (figure,),
        (
            *notes,
            words(
                "The wider a factor's range, the more important it appears: the result "
                "depends on the ranges studied."
            ),
        ),
    )
