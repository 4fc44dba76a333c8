"""Number formats for tables and axes, in the units of a language."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import Formatter

NOTHING = 1e-9
"""Smaller numbers are rounding errors and shown as 0."""

SMALL = 1e-3
"""Smaller numbers are written with all their zeros rather than as a power of ten."""

type Units = tuple[tuple[float, str], ...]
UNITS: Mapping[str, Units] = {
    "en": ((1e9, "G"), (1e6, "M"), (1e3, "k")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}
"""Units of large numbers, by language."""
_units: ContextVar[Units] = ContextVar("units", default=UNITS["en"])


@contextmanager
def counted(language: str) -> Iterator[None]:
    """Write large numbers in the units of a language.

    Args:
        language: ``en`` or ``zh``.
    """
    before = _units.set(UNITS[language])
    try:
        yield
    finally:
        _units.reset(before)


def number(value: float, sign: str = "") -> str:
    """A number to three significant digits, from 1,000 on in full; a dash for NaN and infinity."""
    if not math.isfinite(value):
        return "–"
    if abs(value) < NOTHING:
        return "0"
    if abs(value) < SMALL:
        plain = np.format_float_positional(value, precision=3, fractional=False, trim="-")
        return f"{sign if value > 0.0 else ''}{plain}".replace("-", "−")
    digits = ",.0f" if abs(value) >= 999.5 else ".3g"
    return f"{value:{sign}{digits}}".replace("-", "−")


def short(value: float) -> str:
    """A number in a figure: three significant digits, and a unit such as k, M or 万."""
    if not math.isfinite(value):
        return "–"
    limit, letter = _unit(abs(value))
    return f"{value / limit:.3g}{letter}".replace("-", "−")


def _unit(size: float) -> tuple[float, str]:
    """The unit for a size, in the language of the figure."""
    units = _units.get()
    return next(((limit, letter) for limit, letter in units if size >= limit), (1.0, ""))


def shorten(*axes: Axis) -> None:
    """Use short numbers along axes."""
    for axis in axes:
        axis.set_major_formatter(Short())


class Short(Formatter):
    """Numbers along an axis, with just enough digits to distinguish the ticks."""

    def __init__(self) -> None:
        """Start without ticks."""
        self._ticks = np.empty(0)

    def set_locs(self, locs: Sequence[float]) -> None:
        """Set the positions of all ticks; Matplotlib calls this before it asks for their texts."""
        self._ticks = np.unique(np.asarray(locs, float))

    def __call__(self, value: float, pos: int | None = None) -> str:
        """The text of a tick."""
        ticks = self._ticks if len(self._ticks) else np.array([value])
        limit, letter = _unit(float(np.abs(ticks).max()))
        step = float(np.diff(ticks).min()) / limit if len(ticks) > 1 else 1.0
        digits = next((n for n in range(12) if abs(round(step, n) - step) < 1e-3 * abs(step)), 12)
        text = f"{value / limit:.{digits}f}".replace("-", "−")
        return text if float(text.replace("−", "-")) == 0.0 else text + letter
