"""What the outcome hangs on: a tornado of factors, by their ends or by a sensitivity index."""

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.sensitivity import FITTING, Sensitivity, sensitivity
from sim.errors import ServandaError
from sim.report.chapter import Chapter, Figure
from sim.report.estimate import paired
from sim.report.labels import factor_title, shown
from sim.report.material import Material
from sim.report.measures import drawn, measure
from sim.report.style import BASE, COLOURS, COLUMNS, SOFT, grid, name_rows, shorten
from sim.report.words import Words

MOST = 12
"""Factors that are drawn."""
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
    names = [one.name for one in drawn(material)]
    try:
        told = sensitivity(material.sweep, names)
    except ServandaError:
        return None  # too few runs or none kept: `servanda sensitivity` says why
    return _indices(material, words, [one for one in told if len(one.table)])


# ---------------------------------------------------------------- one at a time


def _ends(material: Material, words: Words) -> Chapter:
    """Each factor at its values, all others as in the base."""
    points = material.points.set_index("point")
    base = points.iloc[0]
    moved: dict[str, list[int]] = {}
    for point, values in points.iloc[1:].iterrows():
        for name in (name for name in map(str, points) if values[name] != base[name]):
            moved.setdefault(name, []).append(int(str(point)))
    measures = drawn(material)
    drawing, axes = grid(len(measures), 0.8 + 0.3 * len(moved))
    for at, (axis, one) in enumerate(zip(axes, measures, strict=True)):
        found = paired(material, one.name, int(material.present[0]))
        for row, (name, places) in enumerate(moved.items()):
            for place in (p for p in places if p in found):
                gap = found[place]
                more = points.loc[place, name] > base[name]
                colour = COLOURS[1] if more else COLOURS[0]
                middle = gap.mean * one.factor
                axis.barh(row, middle, 0.62, color=colour, alpha=1.0 if gap.clear else 0.35)
                ends = [gap.low * one.factor, gap.high * one.factor]
                axis.plot(ends, [row, row], color=BASE, linewidth=1.0)
                if at % COLUMNS == 0:
                    side = "left" if middle >= 0 else "right"
                    axis.annotate(
                        shown(points.loc[place, name]),
                        (middle, row),
                        xytext=(4 if middle >= 0 else -4, 7),
                        textcoords="offset points",
                        ha=side,
                        fontsize=6.5,
                        color=SOFT,
                    )
        axis.axvline(0.0, color=SOFT, linewidth=0.9)
        _rows(axis, at, [factor_title(material, name, words) for name in moved])
        axis.set_title(words.title(one))
        axis.set_xlabel(words.unit(one, difference=True))
    caption = words(
        "Each factor at its values with all others as in the base, less the base: orange for more "
        "of it, blue for less, pale where it is not clear."
    )
    return _chapter(words, Figure("tornado", caption, drawing), ())


# ---------------------------------------------------------------- indices


def _indices(material: Material, words: Words, told: list[Sensitivity]) -> Chapter | None:
    if not told:
        return None
    order = list(told[0].table["factor"])[:MOST]
    drawing, axes = grid(len(told), 0.8 + 0.22 * len(order))
    for at, (axis, one) in enumerate(zip(axes, told, strict=True)):
        known = measure(one.measure)
        scale = known.factor if one.method == "morris" else 1.0
        table = one.table.set_index("factor").loc[order]
        clear = one.clear.set_axis(one.table["factor"]).loc[order]
        for place, factor in enumerate(order):
            values = table.loc[factor]
            strong = 1.0 if clear[factor] else 0.35
            axis.barh(place, scale * values[one.rank], 0.62, color=COLOURS[0], alpha=strong)
            ends = [scale * values["low"], scale * values["high"]]
            axis.plot(ends, [place, place], color=BASE, linewidth=1.0)
            if not np.isnan(values["by_chance"]):
                axis.plot(
                    [scale * values["by_chance"]] * 2, [place - 0.4, place + 0.4], color=COLOURS[1]
                )
        _rows(axis, at, [factor_title(material, str(name), words) for name in order])
        axis.set_title(words.title(known))
        unit = words.unit(known, difference=True) if one.method == "morris" else ""
        axis.set_xlabel(f"{words(INDEX[one.method])}, {unit}" if unit else words(INDEX[one.method]))
    caption = words(
        "Factors in the order of the first panel, with 95 % intervals; the orange mark is what "
        "chance alone exceeds once in twenty, pale bars do not show more than that."
    )
    remarks = tuple(dict.fromkeys(text for one in told for text in one.remarks))
    if remarks and words.language != "en":
        remarks = (words("`servanda sensitivity` has remarks on this, in English."),)
    return _chapter(words, Figure("tornado", caption, drawing), remarks)


def _rows(axis: Axes, at: int, names: list[str]) -> None:
    name_rows(axis, names, named=at % COLUMNS == 0)
    shorten(axis.xaxis)


def _chapter(words: Words, figure: Figure, notes: tuple[str, ...]) -> Chapter:
    return Chapter(
        "tornado",
        words("What the outcome hangs on"),
        words(
            "Which factors move the outcome most over the ranges asked about, and which hardly do."
        ),
        (figure,),
        (
            *notes,
            words("A wide range makes a factor important: the ranges are part of the answer."),
        ),
    )
