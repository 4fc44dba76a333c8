"""Forest plots: a row per point with the difference from the base and the interval.

A point is one of the worlds that a sweep compares. The base is the first of them.
"""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes

from sim.analysis.paired import Difference
from sim.report.estimate import judged, paired
from sim.report.frame import Frame, name_rows
from sim.report.material import Material
from sim.report.measures import Measure, better
from sim.report.numbers import shorten
from sim.report.style import SOFT
from sim.report.tones import HUES, MARKS, Tone, tone
from sim.words.words import Words

HOW = (
    "Difference from {base}, with 95 % intervals. A green upward triangle is clearly better, a "
    "red downward triangle clearly worse, a violet or ochre diamond clearly more or less, a grey "
    "dot not clear."
)
"""How to read a forest plot."""

type Rows = list[tuple[Difference, Difference]]
"""A row per point: the difference shown, and the one that decides its colour.

The two differ only for a share of people harmed: its colour follows the number of these people.
"""


def compared(material: Material, one: Measure, base: int, points: Sequence[int]) -> Rows:
    """The differences in a measure between points and the base, as rows of a forest plot."""
    differences, by = paired(material, one.name, base), judged(material, one.name, base)
    return [(differences[point], by[point]) for point in points]


def forest(
    axis: Axes, one: Measure, found: Rows, names: list[str], frame: Frame, words: Words
) -> None:
    """Draw the differences of one measure.

    Args:
        axis: The axis to draw on.
        one: The measure.
        found: The rows, from `compared`.
        names: Names of the points, in the order of the rows.
        frame: The width for which to draw.
        words: Texts in the language of the report.
    """
    for row, (gap, by) in enumerate(found):
        _stroke(axis, row, gap, tone(by.mean, by.clear, better(one.name)), one.factor, words)
    axis.axvline(0.0, color=SOFT, linewidth=0.9)
    name_rows(axis, names, frame)
    axis.set_xlabel(words.unit(one, difference=True))
    shorten(axis.xaxis)


def _stroke(
    axis: Axes, row: int, one: Difference, found: Tone, factor: float, words: Words
) -> None:
    low, middle, high = (factor * value for value in (one.low, one.mean, one.high))
    if not math.isfinite(middle):
        axis.text(0.0, row, words("no value"), fontsize=7.5, color=SOFT, va="center")
        return
    axis.plot([low, high], [row, row], color=HUES[found], linewidth=2.2, alpha=0.55)
    axis.plot([middle], [row], MARKS[found], color=HUES[found], markersize=5.5)
