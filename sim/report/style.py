"""Style of figures: colours, fonts, and names beside points."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure as Canvas

from sim.report.numbers import counted, shorten

INK, SOFT, FAINT = "#1f2933", "#6b7785", "#d5dbe1"
BASE = "#4d5866"
"""Colour of the base, and of whatever is not a compared point."""
COLOURS = (
    *("#1d6fb8", "#e07b28", "#1a9476", "#b8336a", "#7a4eab", "#a8841a", "#3aa6c9", "#8a5a44"),
)
"""Colours of compared points, distinguishable with colour blindness."""
SEQUENTIAL = "cividis"
SHADES = 12
"""Number of colours in a colour scale: as many as can be distinguished."""
LINE = 10.0
"""Height of a name beside a point, in typographic points."""
CHINESE = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei"),
)
"""Font families with Chinese characters, the preferred ones first."""

SETTINGS: Mapping[str, Any] = {
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "font.size": 9.0,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "axes.titlecolor": INK,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 7.0,
    "axes.labelsize": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "axes.grid": True,
    "grid.color": "#eceff2",
    "grid.linewidth": 0.8,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "lines.linewidth": 1.7,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    # Text stays text, for smaller files, search and screen readers.
    "svg.fonttype": "none",
}


@cache
def chinese_font() -> str | None:
    """A font family on this machine that has Chinese characters; None if there is none."""
    known = font_manager.fontManager.ttflist
    if not {font.name for font in known} & {*CHINESE}:
        # Matplotlib caches its list of fonts and does not notice fonts installed later.
        known += [font for font in font_manager.FontManager().ttflist if font.name in CHINESE]
    here = {font.name for font in known}
    return next((name for name in CHINESE if name in here), None)


@contextmanager
def styled(language: str) -> Iterator[None]:
    """Draw and save in the style of reports.

    Args:
        language: ``en`` or ``zh``.
    """
    here = chinese_font()
    families = ["DejaVu Sans", *([here] if here else [])]
    if language == "zh":
        families.reverse()
    settings: Any = {**SETTINGS, "font.family": families}
    with mpl.rc_context(settings), counted(language), warnings.catch_warnings():
        # Characters missing in these fonts do not matter: the browser uses its own fonts.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield


@contextmanager
def quiet() -> Iterator[None]:
    """Suppress Matplotlib's own warnings, which the user cannot act on."""
    logger = logging.getLogger("matplotlib")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", category=UserWarning, module=r"(matplotlib|sim\.report)"
            )
            yield
    finally:
        logger.setLevel(level)


def scale_of(drawing: Canvas, dots: PathCollection, axis: Axes, title: str) -> None:
    """Draw the colour scale of some dots beside their axis, unless all have the same colour."""
    values = dots.get_array()
    if values is None or np.ptp(values) == 0.0:
        return
    bar = drawing.colorbar(dots, ax=axis, fraction=0.04, pad=0.02)
    if bar.solids is not None:
        bar.solids.set_rasterized(False)  # drawn as vectors, since the page does not allow images
    bar.set_label(title, color=SOFT, fontsize=8.0)
    bar.outline.set_visible(False)
    shorten(bar.ax.yaxis)


def colours(points: list[int], base: int | None) -> dict[int, str]:
    """A colour for each point; `BASE` for the base, if there is one."""
    others = [point for point in points if point != base]
    found = {point: COLOURS[at % len(COLOURS)] for at, point in enumerate(others)}
    return found if base is None else {base: BASE} | found


def name_points(
    axis: Axes, x: np.ndarray, y: np.ndarray, texts: dict[int, str], shades: dict[int, str]
) -> None:
    """Write names beside points, without overlap with other names and points.

    Args:
        axis: The axis, with its points drawn.
        x: Horizontal position of each point.
        y: Vertical position of each point.
        texts: Names to write, each by the index of its point in `x`.
        shades: Colours of the names, by the same indices.
    """
    axis.autoscale_view()
    to_points = axis.transData + axis.figure.dpi_scale_trans.inverted()
    places = [72.0 * to_points.transform(point) for point in zip(x, y, strict=True)]
    taken = [(left - 4.0, left + 4.0, level) for left, level in places]
    for at in sorted(texts, key=lambda at: -y[at]):
        left, level = places[at][0] + 7.0, places[at][1] + 4.0
        width, down = 5.0 * len(texts[at]), 0.0
        while any(
            abs(level - down - other) < LINE and left < end and left + width > begin
            for begin, end, other in taken
        ):
            down += 3.0
        taken.append((left, left + width, level - down))
        name = axis.annotate(
            texts[at],
            (x[at], y[at]),
            xytext=(7.0, 4.0 - down),
            textcoords="offset points",
            fontsize=8.0,
            color=shades[at],
        )
        name.set_in_layout(False)
