"""How figures look: colours, type, axes, and numbers as people read them."""

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import Formatter

INK, SOFT, FAINT = "#1f2933", "#6b7785", "#d5dbe1"
BASE = "#4d5866"
"""Colour of the baseline, and of all that is not compared."""
COLOURS = (
    *("#1d6fb8", "#e07b28", "#1a9476", "#b8336a", "#7a4eab", "#a8841a", "#3aa6c9", "#8a5a44"),
)
"""Colours of what is compared; told apart by the colour-blind too."""
GOOD, BAD = "#1a7f5a", "#b3372f"
SEQUENTIAL, DIVERGING = "cividis", "RdBu_r"
LETTERS = 130
"""Letters of a legend that fit side by side."""
LINE = 10.0
"""Height of a name beside a point, points of type."""
COLUMNS = 3
"""Axes side by side in a grid."""
WIDE = 9.6
"""Width of a figure, inches."""

NOTHING = 1e-9
"""What is smaller is what adding up in doubles leaves of nothing."""

type Units = tuple[tuple[float, str], ...]
UNITS: Mapping[str, Units] = {
    "en": ((1e9, "G"), (1e6, "M"), (1e3, "k")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}
"""What large numbers are counted in, by language."""
_units: ContextVar[Units] = ContextVar("units", default=UNITS["en"])

CHINESE = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei"),
)
"""Families with Chinese characters, the best first."""

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
    # Text stays text: smaller files, that can be searched, and read by whoever cannot see them.
    "svg.fonttype": "none",
}


@cache
def chinese_font() -> str | None:
    """A family on this machine that has Chinese characters; None if there is none."""
    known = font_manager.fontManager.ttflist
    if not {font.name for font in known} & {*CHINESE}:
        # Matplotlib keeps a list of fonts, and does not see what was installed after it was made.
        known += [font for font in font_manager.FontManager().ttflist if font.name in CHINESE]
    here = {font.name for font in known}
    return next((name for name in CHINESE if name in here), None)


@contextmanager
def styled(language: str) -> Iterator[None]:
    """Draw and save in the house's style.

    Args:
        language: ``en`` or ``zh``.
    """
    families = ["DejaVu Sans"]
    if language == "zh":
        here = chinese_font()
        families = [*([here] if here else []), *families]
    settings: Any = {**SETTINGS, "font.family": families}
    before = _units.set(UNITS[language])
    try:
        with mpl.rc_context(settings):
            yield
    finally:
        _units.reset(before)


def canvas(height: float) -> Canvas:
    """An empty drawing of some inches of height, that arranges its axes itself.

    All have one width: a page draws them as wide as itself, and their type must not differ.
    """
    return Canvas(figsize=(WIDE, height), layout="constrained")


def grid(count: int, height: float, columns: int = COLUMNS) -> tuple[Canvas, list[Axes]]:
    """A drawing of small axes, row by row.

    Args:
        count: How many.
        height: Of a row, inches.
        columns: In a row.
    """
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    drawing = canvas(rows * height + 0.35)
    axes = list(np.ravel(drawing.subplots(rows, columns, squeeze=False)))
    for spare in axes[count:]:
        spare.remove()
    return drawing, axes[:count]


def bottom(axes: list[Axes]) -> list[Axes]:
    """Those of a grid's axes that have none below them."""
    return axes[-min(COLUMNS, len(axes)) :]


def name_rows(axis: Axes, names: list[str], *, named: bool = True) -> None:
    """Give an axis a row for each name, from the top.

    Args:
        axis: The axis.
        names: What the rows are called.
        named: Whether the names are written; beside others in a grid, the first axis has them.
    """
    axis.set_yticks(range(len(names)), names if named else [""] * len(names))
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.grid(visible=False, axis="y")


def field(axis: Axes) -> None:
    """Make an axis a bare field, for a heat map."""
    axis.grid(visible=False)
    for spine in axis.spines.values():
        spine.set_visible(False)


def shorten(*axes: Axis) -> None:
    """Write the numbers along axes short."""
    for axis in axes:
        axis.set_major_formatter(Short())


def wrapped(title: str, width: int = 30) -> str:
    """A title in lines that fit over a small panel; wide characters count twice."""
    wide = any(ord(letter) > 0x2E80 for letter in title)
    return textwrap.fill(title, width // 2 if wide else width)


def scale_of(drawing: Canvas, dots: PathCollection, axis: Axes, title: str) -> None:
    """Draw the scale of colours of some dots beside their axis, unless all are of one colour."""
    values = dots.get_array()
    if values is None or np.ptp(values) == 0.0:
        return
    bar = drawing.colorbar(dots, ax=axis, fraction=0.04, pad=0.02)
    bar.set_label(title, color=SOFT, fontsize=8.0)
    bar.outline.set_visible(False)
    shorten(bar.ax.yaxis)


def colours(points: list[int], base: int | None) -> dict[int, str]:
    """A colour for each point; that of the base, if there is one, is grey."""
    others = [point for point in points if point != base]
    found = {point: COLOURS[at % len(COLOURS)] for at, point in enumerate(others)}
    return found if base is None else {base: BASE} | found


def legend_below(drawing: Canvas, handles: list[Any], names: list[str], most: int = 4) -> None:
    """A legend under all axes, in as many columns as fit.

    Args:
        drawing: The drawing.
        handles: What stands for each.
        names: What they are called.
        most: Columns at most.
    """
    longest = max(sum(2 if ord(one) > 0x2E80 else 1 for one in name) for name in names)
    columns = max(1, min(most, LETTERS // (longest + 6)))
    drawing.legend(
        handles, names, loc="outside lower left", ncols=columns, handlelength=1.4, columnspacing=1.6
    )


def name_points(
    axis: Axes, x: np.ndarray, y: np.ndarray, texts: dict[int, str], shades: dict[int, str]
) -> None:
    """Write names beside points, none over another.

    Args:
        axis: Where, with its points drawn.
        x: Where each point stands.
        y: Likewise.
        texts: Names, by place in `x`.
        shades: Their colours.
    """
    axis.autoscale_view()
    to_points = axis.transData + axis.figure.dpi_scale_trans.inverted()
    taken: list[tuple[float, float, float]] = []
    for at in sorted(texts, key=lambda at: -y[at]):
        left, level = (72.0 * one for one in to_points.transform((x[at], y[at])))
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


def number(value: float, sign: str = "") -> str:
    """Three digits, and all of a large number; a dash where it is missing."""
    if math.isnan(value):
        return "–"
    if abs(value) < NOTHING:
        return "0"
    digits = ",.0f" if abs(value) >= 1000.0 else ".3g"
    return f"{value:{sign}{digits}}".replace("-", "−")


def short(value: float) -> str:
    """A number in a figure: three digits, with a letter for what is large."""
    limit, letter = _unit(abs(value))
    return f"{value / limit:.3g}{letter}".replace("-", "−")


def _unit(size: float) -> tuple[float, str]:
    """What large numbers are counted in, in the language of the figure."""
    units = _units.get()
    return next(((limit, letter) for limit, letter in units if size >= limit), (1.0, ""))


class Short(Formatter):
    """Numbers along an axis: as many digits as tell its ticks apart, and no more."""

    def __init__(self) -> None:
        """No ticks are known yet."""
        self._ticks = np.empty(0)

    def set_locs(self, locs: Sequence[float]) -> None:
        """Where all ticks are; Matplotlib tells before it asks for their texts."""
        self._ticks = np.unique(np.asarray(locs, float))

    def __call__(self, value: float, pos: int | None = None) -> str:
        """The text of a tick."""
        ticks = self._ticks if len(self._ticks) else np.array([value])
        limit, letter = _unit(float(np.abs(ticks).max()))
        step = float(np.diff(ticks).min()) / limit if len(ticks) > 1 else 1.0
        digits = next(n for n in range(12) if abs(round(step, n) - step) < 1e-3 * abs(step))
        told = f"{value / limit:.{digits}f}".replace("-", "−")
        return told if float(told.replace("−", "-")) == 0.0 else told + letter
