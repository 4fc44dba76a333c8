"""Whether the burn-in of a run was long enough: the series, with the burn-in shaded."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from sim.report.chapter import Chapter, Figure
from sim.report.frame import WHOLE, Frame, bottom, floor, whole_numbers
from sim.report.material import Material
from sim.report.measures import Measure, drawn, measure
from sim.report.numbers import shorten
from sim.report.style import BASE, COLOURS
from sim.words.words import Words

SHADE = "#f3ecd8"
"""Colour of the burn-in."""
SMOOTH = 6
"""Months of the moving mean, which shows drift despite monthly noise."""


def warmup(material: Material, words: Words) -> Chapter | None:
    """A run from its first month on; sweeps record measured months only."""
    if material.kind != "run":
        return None
    kept = [one.name for one in drawn(material) if one.name in material.monthly]
    columns = ", ".join(f'"{name}"' for name in kept)
    if not kept:
        return None
    rows = material.query(
        f"SELECT month, {columns} FROM warming WHERE breakdown = 'all' ORDER BY month"
    )
    before = int((rows["month"] < 1).sum())
    measures = [measure(name) for name in kept if rows[name].notna().sum() > 1]
    if not before or not measures:
        return None

    def draw(frame: Frame) -> Canvas:
        return _lines(frame, words, measures, rows)

    caption = words(
        "Shaded: the {n} months of burn-in, which are not used elsewhere in this report. Thin: "
        "each month; thick: the mean of {span} months.",
        n=before,
        span=SMOOTH,
    )
    return Chapter(
        "warmup",
        words("Was the burn-in long enough?"),
        words(
            "If a curve is still rising or falling where the shading ends, the burn-in is too "
            "short: the results then partly reflect the initial state."
        ),
        (Figure("warmup", words("From the first month on"), caption, draw),),
    )


def _lines(frame: Frame, words: Words, measures: list[Measure], rows: pd.DataFrame) -> Canvas:
    drawing, axes = frame.grid(len(measures), 1.8)
    months = rows["month"].to_numpy(float)
    for axis, one in zip(axes, measures, strict=True):
        values = one.shown(rows[one.name].to_numpy(float))
        smooth = pd.Series(values).rolling(SMOOTH, center=True, min_periods=2).mean()
        axis.axvspan(months[0] - 0.5, 0.5, color=SHADE, linewidth=0, zorder=0)
        axis.plot(months, values, color=BASE, linewidth=0.7, alpha=0.6)
        axis.plot(months, smooth, color=COLOURS[0])
        axis.set_xlim(months[0] - 0.5, months[-1] + 0.5)
        floor(axis, share=one.factor == WHOLE)
        axis.set_title(words.title(one))
        axis.set_ylabel(words.short_unit(one))
        shorten(axis.yaxis)
        whole_numbers(axis)
    for axis in bottom(axes):
        axis.set_xlabel(words("month"))
    return drawing
