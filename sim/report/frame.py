"""The widths for which figures are drawn, and a layout in which every text fits.

A figure is drawn for a `Frame`. On a wide page the panels are side by side, on a phone one below
the other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from sim.report.text import lines, width, wrapped

LETTER = 0.6
"""Width of a letter, as a share of the font size."""
BOLD = 0.68
"""Width of a letter in bold type, as a share of the font size."""
HEAD = 11.0
"""Size of a figure's title, in typographic points."""
SPACED = 1.3
"""Height of a line, as a share of the font size."""
WHOLE = 100.0
"""Upper limit of a share, per cent."""
TICK = 42.0
"""Space for a number along an axis, in typographic points."""
POINTS = 72.0
"""Typographic points per inch."""


@dataclass(frozen=True)
class Frame:
    """The width for which a figure is drawn.

    Args:
        name: ``wide`` or ``narrow``.
        width: Width of the figure, inches.
        columns: Number of panels side by side.
        letters: Number of letters after which the name of a row is wrapped.
    """

    name: str
    width: float
    columns: int
    letters: int

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.columns == 1

    def canvas(self, height: float) -> Canvas:
        """An empty drawing with automatic layout; `height` is in inches."""
        return Canvas(figsize=(self.width, height), layout="constrained")

    def grid(
        self, count: int, height: float, columns: int | None = None, *, shared: bool = False
    ) -> tuple[Canvas, list[Axes]]:
        """A drawing with a grid of axes.

        Args:
            count: Number of axes.
            height: Height of a row, inches.
            columns: Axes per row; by default those of the frame.
            shared: Whether all share one vertical scale.
        """
        columns = min(columns or self.columns, count)
        rows = math.ceil(count / columns)
        drawing = self.canvas(rows * height + 0.1)
        axes = list(np.ravel(drawing.subplots(rows, columns, squeeze=False, sharey=shared)))
        for spare in axes[count:]:
            spare.remove()
        return drawing, axes[:count]


WIDE = Frame("wide", 9.6, 3, 36)
NARROW = Frame("narrow", 3.6, 1, 18)
FRAMES = (WIDE, NARROW)


def first(axis: Axes) -> bool:
    """Whether an axis is in the first column of its grid."""
    place = axis.get_subplotspec()
    return place is None or place.is_first_col()


def bottom(axes: Sequence[Axes]) -> list[Axes]:
    """The lowest axes in each column of a grid."""
    places = {axis: axis.get_subplotspec() for axis in axes}
    lowest: dict[int, Axes] = {}
    for axis, place in places.items():
        if place is not None:
            lowest[place.colspan.start] = axis
    return list(lowest.values())


def whole_numbers(axis: Axes) -> None:
    """Put ticks of the horizontal axis at whole numbers only, as for months."""
    axis.xaxis.set_major_locator(MaxNLocator(5, integer=True))


def name_rows(axis: Axes, names: list[str], frame: Frame) -> None:
    """Give an axis a row for each name, from the top. Only the first column shows the names."""
    labels = [wrapped(name, frame.letters) for name in names] if first(axis) else [""] * len(names)
    axis.set_yticks(range(len(names)), labels)
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.grid(visible=False, axis="y")


def tall(names: Sequence[str], frame: Frame, least: float = 0.24) -> float:
    """Height of all rows together, inches; the longest name sets the height of each."""
    most = max((len(lines(name, frame.letters)) for name in names), default=1)
    return len(names) * max(least, 0.06 + most * 8.0 * SPACED / POINTS)


def legend_below(drawing: Canvas, handles: list[Any], names: list[str], frame: Frame) -> None:
    """Add a legend below all axes, in as many columns as fit; the drawing becomes higher."""
    room = int(frame.width * POINTS / (8.5 * LETTER))
    labels = [wrapped(name, room - 8) for name in names]
    longest = max(width(line) for name in labels for line in name.split("\n"))
    columns = max(1, min(len(names), room // (longest + 7)))
    drawing.legend(
        handles,
        labels,
        loc="outside lower left",
        ncols=columns,
        handlelength=1.4,
        columnspacing=1.6,
    )
    rows = math.ceil(len(names) / columns) * max(name.count("\n") + 1 for name in labels)
    drawing.set_figheight(drawing.get_figheight() + 0.2 + 0.17 * rows)


def settle(drawing: Canvas, title: str) -> None:
    """Add the title to a drawing, and wrap every text to the width of its panel.

    The drawing becomes higher by the added lines.

    Args:
        drawing: A complete drawing.
        title: Title of the figure.
    """
    room = int((drawing.get_figwidth() - 0.1) * POINTS / (HEAD * BOLD))
    head = wrapped(title, room)
    drawing.suptitle(head, x=0.01, ha="left", fontsize=HEAD, fontweight="bold")
    grown = (head.count("\n") + 1) * HEAD * SPACED / POINTS + 0.12
    drawing.set_figheight(drawing.get_figheight() + grown)
    _arrange(drawing)
    more: dict[int, int] = {}
    for axis in drawing.axes:
        _widen(axis)
        across = axis.get_window_extent().width * POINTS / drawing.dpi
        place = axis.get_subplotspec()
        row = -1 if place is None else place.rowspan.start
        added = _fit(axis, across)
        more[row] = max(more.get(row, 0), added)
    extra = sum(more.values()) * 9.5 * SPACED / POINTS
    drawing.set_figheight(drawing.get_figheight() + extra)
    _arrange(drawing)
    drawing.set_layout_engine("none")  # the layout is final; saving need not compute it again


def _arrange(drawing: Canvas) -> None:
    """Compute the layout of a drawing."""
    engine = drawing.get_layout_engine()
    if engine is not None:
        engine.execute(drawing)


def _fit(axis: Axes, across: float) -> int:
    """Wrap the texts of an axis to a width in points; return the number of added lines."""
    added = 0
    ticks = axis.xaxis.get_major_locator()
    if isinstance(ticks, MaxNLocator):
        ticks.set_params(nbins=max(2, min(9, int(across / TICK))))
    for text, letter in ((axis._left_title, BOLD), (axis.xaxis.label, LETTER)):  # type: ignore[attr-defined]
        original = str(text.get_text())
        fitting = wrapped(original, max(12, int(across / (float(text.get_fontsize()) * letter))))
        text.set_text(fitting)
        added += max(0, fitting.count("\n") - original.count("\n"))
    label = axis.yaxis.label
    high = axis.get_window_extent().height * POINTS / axis.figure.dpi
    room = max(12, int(high / (float(label.get_fontsize()) * LETTER)))
    label.set_text(wrapped(label.get_text(), room))
    return added


def _widen(axis: Axes) -> None:
    """Widen an axis on which all values are equal; otherwise its ticks would be meaningless."""
    for limits, interval, scale in (
        (axis.set_xlim, axis.dataLim.intervalx, axis.get_autoscalex_on()),
        (axis.set_ylim, axis.dataLim.intervaly, axis.get_autoscaley_on()),
    ):
        low, high = interval
        if scale and np.isfinite(low) and low == high:
            room = 0.5 * abs(low) or 1.0
            limits(low - room, high + room)


def floor(axis: Axes, *, share: bool = False) -> None:
    """Let the vertical axis begin at 0 if no line or dot is below 0.

    Bands are clipped there: a share or a cost cannot be negative, however wide its interval is.

    Args:
        axis: A complete axis.
        share: Whether the axis shows a share in per cent. It then ends at 100 if no value is above.
    """
    drawn = [np.asarray(line.get_ydata(), float) for line in axis.get_lines()]
    known = np.concatenate([values[np.isfinite(values)] for values in drawn] or [np.empty(0)])
    low, high = axis.get_ylim()
    if known.size and known.min() >= 0.0 and low < 0.0 < high:
        low = 0.0
        axis.set_ylim(bottom=low)
    if share and known.size and known.max() <= WHOLE < high and low < WHOLE:
        axis.set_ylim(top=WHOLE + 0.02 * (WHOLE - low))
