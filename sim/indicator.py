"""What an indicator is: counts over counts, a percentile, or what became of a cohort."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from sim.books.counts import Count, Span
from sim.engine.named import Named

Sum = Count | Named
"""A sum of the month, of the core, of a mechanism or of an extension."""
Form = Callable[["Ratio", np.ndarray], np.ndarray]


class Bounds(NamedTuple):
    """Between which values an indicator lies, whatever happens."""

    low: float
    high: float

    def clip(self, values: np.ndarray) -> np.ndarray:
        """Values brought within the bounds; what is missing stays missing."""
        found: np.ndarray = np.clip(values, self.low, self.high)
        return found


UNBOUNDED = Bounds(-math.inf, math.inf)
NOT_NEGATIVE = Bounds(0.0, math.inf)
SHARE = Bounds(0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Indicator(ABC):
    """One indicator, declared once: what its kinds have in common.

    Args:
        name: As it stands in results.
        title: English title.
        zh: Chinese title.
        unit: Unit of measure; it begins with *share* where values lie in [0, 1] by definition.
        bounds: Between which values it lies.
        better: Whether more or less of it is better; empty where that is a matter of opinion.
        people: Of a share of harm, the indicator that counts those who are harmed.
        number: Its number in the definitions of docs/indicators.md.
        counted: Counts of the cases that its value rests on, where that is not what it divides by.
        headline: Whether it stands in the table at the end of a run.
        by: Breakdowns in which it is known; all of them unless named.
    """

    name: str
    title: str
    zh: str
    unit: str
    bounds: Bounds = UNBOUNDED
    better: Literal["more", "less", ""] = ""
    people: str = ""
    number: str = ""
    counted: tuple[Sum, ...] = ()
    headline: bool = False
    by: tuple[str, ...] = ()

    @abstractmethod
    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The indicator month by month.

        Args:
            sums: Counts by month and cell; shape (months, cells, counts).
            spans: Counts by months passed; shape (months, cells, spans, ages).

        Returns:
            Shape (months, cells); missing where there is nothing to divide by.
        """

    @abstractmethod
    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The indicator over all months at once: sums of what the monthly values divide.

        Returns:
            Shape (cells,).
        """

    @abstractmethod
    def formula(self) -> tuple[str, str]:
        """What is divided by what, in the names of the counts."""

    def cases(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """How many cases the value of all months together rests on; those of stocks by month.

        Returns:
            Shape (cells,).
        """
        if self.counted:
            return total(sums.sum(axis=0), self.counted)
        return self._divides_by(sums, spans)

    @property
    def steps(self) -> bool:
        """Whether values come in steps, those of cases: chance can make two of them equal."""
        return not self.unit.startswith("yuan")

    @abstractmethod
    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """What stands below the line over all months; shape (cells,)."""


def divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """A quotient; 0/0 is missing, never 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below != 0.0, above / below, np.nan)


def ratio(indicator: "Ratio", sums: np.ndarray) -> np.ndarray:
    """Numerator over denominator."""
    above = total(sums, indicator.numerator, indicator.less)
    below = total(sums, indicator.denominator, indicator.denominator_less)
    return divided(indicator.scale * above, below)


def log_gap(indicator: "Ratio", sums: np.ndarray) -> np.ndarray:
    """Mean logarithm less the logarithm of a rate: how far belief is from truth."""
    logs, events, exposed = (sums[..., c] for c in (*indicator.numerator, *indicator.denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = logs / exposed - np.log(events / exposed)
    return np.where((events > 0.0) & (exposed > 0.0), gap, np.nan)


def total(sums: np.ndarray, plus: tuple[Sum, ...], minus: tuple[Sum, ...] = ()) -> np.ndarray:
    """Sum of counts along the last dimension."""
    found = np.zeros(sums.shape[:-1])
    for c in plus:
        found = found + sums[..., c]
    for c in minus:
        found = found - sums[..., c]
    return found


@dataclass(frozen=True, kw_only=True)
class Ratio(Indicator):
    """A numerator and a denominator made of counts, over a window of months.

    Args:
        numerator: Counts that are added above the line; `less` are subtracted.
        denominator: Counts that are added below it; `denominator_less` are subtracted.
        window: Months over which both are summed, ending with the month reported.
        scale: Factor on the ratio.
        form: How numerator and denominator make the value.
    """

    numerator: tuple[Sum, ...]
    denominator: tuple[Sum, ...]
    less: tuple[Sum, ...] = ()
    denominator_less: tuple[Sum, ...] = ()
    window: int = 1
    scale: float = 1.0
    form: Form = ratio

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Month by month; missing until the window is full."""
        return self.form(self, rolled(sums, self.window))

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Sums over all months, divided once."""
        return self.form(self, sums.sum(axis=0))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        return total(sums.sum(axis=0), self.denominator, self.denominator_less)

    def formula(self) -> tuple[str, str]:
        """Sums of counts above and below the line."""
        above = spelt(self.numerator, self.less)
        if self.form is not ratio:
            above = f"{self.form.__name__} of {above}"
        elif self.scale != 1.0:
            above = f"{self.scale:,.6g} × ({above})"
        return above, spelt(self.denominator, self.denominator_less)


def a_year(
    name: str,
    title: str,
    zh: str,
    *counted: Sum,
    less: tuple[Sum, ...] = (),
    bounds: Bounds = NOT_NEGATIVE,
    better: Literal["more", "less", ""] = "",
    by: tuple[str, ...] = (),
) -> Ratio:
    """A flow of money, in yuan for each debtor and year.

    Args:
        name: Of the indicator.
        title: English title.
        zh: Chinese title.
        counted: What is added up, yuan.
        less: What is taken off, yuan.
        bounds: Between which values it lies.
        better: Whether more or less of it is better.
        by: Breakdowns in which it is known.
    """
    return Ratio(
        name=name,
        title=title,
        zh=zh,
        unit="yuan a debtor and year",
        bounds=bounds,
        better=better,
        numerator=counted,
        less=less,
        denominator=(Count.DEBTORS,),
        scale=12.0,
        by=by,
    )


@dataclass(frozen=True, kw_only=True)
class Percentile(Indicator):
    """Months at or below which a share of what a span counts has passed.

    Args:
        span: What is counted.
        share: Of all that is counted, in (0, 1).
    """

    span: Span
    share: float

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Month by month; at most `sim.books.counts.LONGEST`."""
        running = np.cumsum(spans[..., self.span, :], axis=-1)
        all_of_it = running[..., -1]
        months = (running < self.share * all_of_it[..., None]).sum(axis=-1).astype(float)
        return np.where(all_of_it > 0.0, months, np.nan)

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Of all months' counts together."""
        return self.values(sums, spans.sum(axis=0))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = spans[..., self.span, :].sum(axis=(0, -1))
        return found

    def formula(self) -> tuple[str, str]:
        """The percentile and its span."""
        return f"P{100 * self.share:.0f} of months in {self.span.name.lower()}", "–"


@dataclass(frozen=True, kw_only=True)
class Gini(Indicator):
    """Inequality of what a span is counted by, among what it counts: 0 when all have the same.

    Args:
        span: What is counted, by the value whose inequality is meant.
    """

    span: Span

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Month by month: G = 1 − Σ_k p_k·(L_k + L_{k−1}), L the Lorenz curve, p the weights."""
        weights = spans[..., self.span, :]
        everyone = weights.sum(axis=-1, keepdims=True)
        held = np.cumsum(weights * np.arange(weights.shape[-1]), axis=-1)
        lorenz = divided(held, held[..., -1:])
        below = np.concatenate([np.zeros_like(lorenz[..., :1]), lorenz[..., :-1]], axis=-1)
        found: np.ndarray = 1.0 - (divided(weights, everyone) * (lorenz + below)).sum(axis=-1)
        return found

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Of all months' counts together."""
        return self.values(sums, spans.sum(axis=0))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = spans[..., self.span, :].sum(axis=(0, -1))
        return found

    def formula(self) -> tuple[str, str]:
        """The span whose inequality is measured."""
        return f"Gini of {self.span.name.lower()}", "–"


@dataclass(frozen=True, kw_only=True)
class Cohort(Indicator):
    """Of what began in a month, the share to which something happened within so many months.

    The value stands at the month of origin, and is missing until the time is over.

    Args:
        span: What happened, by months since the origin.
        within: Months that count, the month of origin being 0.
        base: What began.
        scale: Factor on the share.
    """

    span: Span
    within: int
    base: Sum
    scale: float = 1.0

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """By month of origin."""
        complete = max(0, len(sums) - self.within)
        found = np.full(sums.shape[:-1], np.nan)
        happened = self.scale * self._happened(spans, complete)
        found[:complete] = divided(happened, sums[:complete, :, self.base])
        return found

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """All cohorts whose time is over, together."""
        complete = max(0, len(sums) - self.within)
        happened = self.scale * self._happened(spans, complete).sum(axis=0)
        return divided(happened, self._divides_by(sums, spans))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = sums[: max(0, len(sums) - self.within), :, self.base].sum(axis=0)
        return found

    def _happened(self, spans: np.ndarray, complete: int) -> np.ndarray:
        """Sum along the diagonal: `a` months after the origin, what had taken `a` months."""
        found = np.zeros((complete, spans.shape[1]))
        for age in range(self.within + 1):
            found += spans[age : age + complete, :, self.span, age]
        return found

    def formula(self) -> tuple[str, str]:
        """What happened in time, and what began."""
        happened = f"{self.span.name.lower()} within {self.within} months"
        scaled = happened if self.scale == 1.0 else f"{self.scale:,.6g} × ({happened})"
        return scaled, self.base.name.lower()


@dataclass(frozen=True, kw_only=True)
class Throughput(Indicator):
    """Of what stood open before a window of months and what came in it, the share that left in it.

    The value is missing until the stock of so many months before is known.

    Args:
        left: Counts of what left.
        came: Counts of what came in.
        stock: Counts at closing of what stands open, so that stock + came − left is the new stock.
        window: Months over which both are summed, ending with the month reported.
    """

    left: tuple[Sum, ...]
    came: tuple[Sum, ...]
    stock: tuple[Sum, ...]
    window: int

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Month by month."""
        return divided(*self._parts(sums))

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """All months whose window is full, together."""
        return divided(np.nansum(self._parts(sums)[0], axis=0), self._divides_by(sums, spans))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = np.nansum(self._parts(sums)[1], axis=0)
        return found

    def _parts(self, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Above and below the line; missing until the window is full."""
        before = np.full(sums.shape[:-1], np.nan)
        before[self.window :] = total(sums, self.stock)[: max(0, len(sums) - self.window)]
        above = rolled(total(sums, self.left), self.window)
        return (
            np.where(np.isnan(before), np.nan, above),
            rolled(total(sums, self.came), self.window) + before,
        )

    def formula(self) -> tuple[str, str]:
        """What left, and what could have."""
        stock = " + ".join(f"{c.name.lower()} {self.window} months before" for c in self.stock)
        return spelt(self.left, ()), f"{spelt(self.came, ())} + {stock}"


def spelt(plus: tuple[Sum, ...], minus: tuple[Sum, ...]) -> str:
    """Counts added and subtracted, as a formula."""
    added = " + ".join(c.name.lower() for c in plus)
    return added + "".join(f" − {c.name.lower()}" for c in minus)


def rolled(sums: np.ndarray, window: int) -> np.ndarray:
    """Sums over the last `window` months; missing until the window is full."""
    if window == 1:
        return sums
    running = np.cumsum(sums, axis=0)
    out = running.copy()
    out[window:] = running[window:] - running[:-window]
    out[: window - 1] = np.nan
    return out
