"""What an indicator is: a numerator and a denominator made of counts, over a window of months."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.month.tally import Count

Form = Callable[["Indicator", np.ndarray], np.ndarray]


def ratio(indicator: "Indicator", sums: np.ndarray) -> np.ndarray:
    """Numerator over denominator; 0/0 is missing, never 0."""
    above = total(sums, indicator.numerator, indicator.less)
    below = total(sums, indicator.denominator, indicator.denominator_less)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below != 0.0, indicator.scale * above / below, np.nan)


def log_gap(indicator: "Indicator", sums: np.ndarray) -> np.ndarray:
    """Mean logarithm less the logarithm of a rate: how far belief is from truth."""
    logs, events, exposed = (sums[..., c] for c in (*indicator.numerator, *indicator.denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = logs / exposed - np.log(events / exposed)
    return np.where((events > 0.0) & (exposed > 0.0), gap, np.nan)


def total(sums: np.ndarray, plus: tuple[Count, ...], minus: tuple[Count, ...] = ()) -> np.ndarray:
    """Sum of counts along the last dimension."""
    found = np.zeros(sums.shape[:-1])
    for c in plus:
        found = found + sums[..., c]
    for c in minus:
        found = found - sums[..., c]
    return found


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator, declared once.

    Args:
        name: As it stands in results.
        title: English title.
        zh: Chinese title.
        unit: Unit of measure.
        numerator: Counts that are added above the line; `less` are subtracted.
        denominator: Counts that are added below it; `denominator_less` are subtracted.
        window: Months over which both are summed, ending with the month reported.
        scale: Factor on the ratio.
        headline: Whether it stands in the table at the end of a run.
        form: How numerator and denominator make the value.
    """

    name: str
    title: str
    zh: str
    unit: str
    numerator: tuple[Count, ...]
    denominator: tuple[Count, ...]
    less: tuple[Count, ...] = ()
    denominator_less: tuple[Count, ...] = ()
    window: int = 1
    scale: float = 1.0
    headline: bool = False
    form: Form = ratio

    def values(self, sums: np.ndarray) -> np.ndarray:
        """The indicator month by month.

        Args:
            sums: Counts by month and cell; shape (months, cells, counts).

        Returns:
            Shape (months, cells); missing where the denominator is zero or the window not full.
        """
        return self.form(self, rolled(sums, self.window))

    def over(self, sums: np.ndarray) -> np.ndarray:
        """The indicator over all months at once: sums of what the monthly values divide.

        Returns:
            Shape (cells,).
        """
        return self.form(self, sums.sum(axis=0))


def rolled(sums: np.ndarray, window: int) -> np.ndarray:
    """Sums over the last `window` months; missing until the window is full."""
    if window == 1:
        return sums
    running = np.cumsum(sums, axis=0)
    out = running.copy()
    out[window:] = running[window:] - running[:-window]
    out[: window - 1] = np.nan
    return out
