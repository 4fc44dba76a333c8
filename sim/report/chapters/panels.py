"""Parts of panels shared by several chapters: curves with bands, and maps of a grid."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.frame import WHOLE, bottom, first, floor
from sim.report.measures import Measure
from sim.report.numbers import short, shorten
from sim.report.text import BRIEF, cut
from sim.words.words import Words


def curve(
    axis: Axes, x: np.ndarray, mean: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str
) -> Line2D:
    """Draw a line with points, and a band of their intervals.

    Args:
        axis: The axis.
        x: Position of each point. This and the next three arguments have shape (points,).
        mean: Mean at each point.
        low: Lower end of the interval.
        high: Upper end of the interval.
        colour: Colour of line and band.

    Returns:
        The line, for a legend.
    """
    axis.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)
    (line,) = axis.plot(x, mean, "o-", color=colour, markersize=3.5)
    return line


def label_levels(axis: Axes, shown: Measure, words: Words) -> None:
    """Label a finished panel with the levels of a measure: title, unit and scale.

    Args:
        axis: The axis, after drawing.
        shown: The measure.
        words: Texts in the language of the report.
    """
    floor(axis, share=shown.factor == WHOLE)
    axis.set_title(words.title(shown))
    axis.set_ylabel(words.short_unit(shown))
    shorten(axis.yaxis)


def label_map(
    axis: Axes,
    axes: Sequence[Axes],
    levels: tuple[Sequence[Any] | np.ndarray, Sequence[Any] | np.ndarray],
    titles: tuple[str, str],
) -> None:
    """Label the two factors of a map. The titles appear only at the edge of the drawing.

    Args:
        axis: The axis of the map.
        axes: All axes of the drawing.
        levels: Levels of the row factor, and of the column factor.
        titles: Titles of the two factors, in the same order.
    """
    (up, across), (up_title, across_title) = levels, titles
    axis.set_xticks(range(len(across)), [short(float(level)) for level in across])
    axis.set_yticks(range(len(up)), [short(float(level)) for level in up])
    if first(axis):
        axis.set_ylabel(cut(up_title, BRIEF))
    if axis in bottom(axes):
        axis.set_xlabel(across_title)
