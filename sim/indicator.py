"""Types of indicators: ratios of counts, percentiles, inequality, cohorts, throughput."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from sim.books.counts import Count, Span
from sim.engine.named import Named

Sum = Count | Named
"""A monthly sum. The core of the model, its optional parts and extensions all declare some."""
Sums = Callable[[Sum], np.ndarray]
"""A function that gives the sums of one count over a window of months."""
Form = Callable[["Ratio", Sums], np.ndarray]


class Bounds(NamedTuple):
    """The range of an indicator's possible values."""

    low: float
    high: float

    def clip(self, values: np.ndarray) -> np.ndarray:
        """Clip values to the range; NaN stays NaN."""
        found: np.ndarray = np.clip(values, self.low, self.high)
        return found


UNBOUNDED = Bounds(-math.inf, math.inf)
NOT_NEGATIVE = Bounds(0.0, math.inf)
SHARE = Bounds(0.0, 1.0)

BY_DEBTOR = ("all", "kind", "district")
"""Breakdowns (divisions of the results) that have sums about debtors, not only about claims."""


@dataclass(frozen=True, kw_only=True)
class Indicator(ABC):
    """A declared indicator; the base class of all types.

    Args:
        name: Name in results.
        title: English title.
        zh: Chinese title.
        unit: Unit of measure; it begins with *share* if values lie in [0, 1] by definition.
        bounds: Range of its possible values.
        better: Whether a higher or a lower value is better; empty if that is a matter of opinion.
        people: For a share of people harmed: the name of the indicator that counts these people.
        number: Its number in the definitions of docs/indicators.md.
        counted: Counts of the cases behind the value. If empty, the denominator gives their number.
        headline: Whether the table at the end of a run lists it below the main indicators.
        by: Breakdowns for which it is available; empty for all of them.
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
        """Compute the indicator for each month.

        Args:
            sums: Counts by month and cell; shape (months, cells, counts). A cell is one group of
                debtors or claims, such as a district.
            spans: Counts that are split by elapsed months; shape (months, cells, spans, ages).

        Returns:
            Shape (months, cells); NaN where the denominator is 0.
        """

    @abstractmethod
    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Compute the indicator over all months together.

        Returns:
            Shape (cells,).
        """

    @abstractmethod
    def formula(self) -> tuple[str, str]:
        """Numerator and denominator, written with the names of the counts."""

    def cases(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Number of cases behind the value over all months.

        A case that stays in a stock is counted again in each month.

        Returns:
            Shape (cells,).
        """
        if self.counted:
            return total(summed(sums), self.counted)
        return self._divides_by(sums, spans)

    @property
    def fewest_months(self) -> int:
        """Minimum number of measured months that the indicator needs to have a value."""
        return 1

    @property
    def steps(self) -> bool:
        """Whether two values can be equal by chance, as shares can. Amounts in yuan cannot."""
        return not self.unit.startswith("yuan")

    @abstractmethod
    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The denominator over all months; shape (cells,)."""


def divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Divide; a denominator of 0 gives NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below != 0.0, above / below, np.nan)


def ratio(indicator: "Ratio", sums: Sums) -> np.ndarray:
    """Numerator over denominator."""
    above = total(sums, indicator.numerator, indicator.less)
    below = total(sums, indicator.denominator, indicator.denominator_less)
    return divided(indicator.scale * above, below)


def log_gap(indicator: "Ratio", sums: Sums) -> np.ndarray:
    """Mean log of the perceived rate minus log of the actual rate; 0 if beliefs are correct."""
    logs, events, exposed = (sums(c) for c in (*indicator.numerator, *indicator.denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = logs / exposed - np.log(events / exposed)
    return np.where((events > 0.0) & (exposed > 0.0), gap, np.nan)


def total(sums: Sums, plus: tuple[Sum, ...], minus: tuple[Sum, ...] = ()) -> np.ndarray:
    """The first counts, less the last ones."""
    found: np.ndarray = np.zeros(())
    for c in plus:
        found = found + sums(c)
    for c in minus:
        found = found - sums(c)
    return found


def monthly(sums: np.ndarray, window: int = 1) -> Sums:
    """The counts of each month, or over the `window` months that end with it.

    Only the counts that are asked for are summed: an indicator needs a few of a hundred.
    """
    return lambda c: rolled(sums[..., c], window)


def summed(sums: np.ndarray) -> Sums:
    """The counts over all months together."""
    whole = sums.sum(axis=0)
    return lambda c: whole[..., c]


@dataclass(frozen=True, kw_only=True)
class Ratio(Indicator):
    """A ratio of sums of counts over a window of months.

    Args:
        numerator: Counts added in the numerator; those in `less` are subtracted.
        denominator: Counts added in the denominator; those in `denominator_less` are subtracted.
        window: Months over which both are summed, ending with the month reported.
        scale: Factor on the ratio.
        form: Function that computes the value: `ratio` or `log_gap`.
    """

    numerator: tuple[Sum, ...]
    denominator: tuple[Sum, ...]
    less: tuple[Sum, ...] = ()
    denominator_less: tuple[Sum, ...] = ()
    window: int = 1
    scale: float = 1.0
    form: Form = ratio

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The value for each month; NaN until the window is full."""
        return self.form(self, monthly(sums, self.window))

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """Sum over all months, then divide."""
        return self.form(self, summed(sums))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        return total(summed(sums), self.denominator, self.denominator_less)

    def formula(self) -> tuple[str, str]:
        """Sums of counts in numerator and denominator."""
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
    """Declare an indicator of a flow of money, in yuan per debtor and year.

    Args:
        name: Name of the indicator.
        title: English title.
        zh: Chinese title.
        counted: Counts that are added, yuan.
        less: Counts that are subtracted, yuan.
        bounds: Range of its possible values.
        better: Whether a higher or a lower value is better; empty if that is a matter of opinion.
        by: Breakdowns for which it is available; empty for all of them.
    """
    return Ratio(
        name=name,
        title=title,
        zh=zh,
        unit="yuan per debtor and year",
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
    """A percentile of elapsed months, from a span (a count that is split by elapsed months).

    Args:
        span: The span.
        share: The percentile as a share of everything counted, in (0, 1).
    """

    span: Span
    share: float

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The percentile for each month, in months; at most `sim.books.counts.LONGEST`."""
        running = np.cumsum(spans[..., self.span, :], axis=-1)
        all_of_it = running[..., -1]
        months = (running < self.share * all_of_it[..., None]).sum(axis=-1).astype(float)
        return np.where(all_of_it > 0.0, months, np.nan)

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The value for the counts of all months together."""
        return self.values(sums, spans.sum(axis=0))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = spans[..., self.span, :].sum(axis=(0, -1))
        return found

    def formula(self) -> tuple[str, str]:
        """The percentile and its span."""
        return f"P{100 * self.share:.0f} of months in {self.span.name.lower()}", "–"


@dataclass(frozen=True, kw_only=True)
class Gini(Indicator):
    """Gini coefficient from a span (a count that is split by a value); 0 if all values are equal.

    Args:
        span: The span.
    """

    span: Span

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The coefficient for each month: G = 1 − Σ_k p_k·(L_k + L_{k−1}).

        p_k is the share of the count that has the value k. L_k is the Lorenz curve at k.
        """
        weights = spans[..., self.span, :]
        everyone = weights.sum(axis=-1, keepdims=True)
        held = np.cumsum(weights * np.arange(weights.shape[-1]), axis=-1)
        lorenz = divided(held, held[..., -1:])
        below = np.concatenate([np.zeros_like(lorenz[..., :1]), lorenz[..., :-1]], axis=-1)
        found: np.ndarray = 1.0 - (divided(weights, everyone) * (lorenz + below)).sum(axis=-1)
        return found

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The value for the counts of all months together."""
        return self.values(sums, spans.sum(axis=0))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = spans[..., self.span, :].sum(axis=(0, -1))
        return found

    def formula(self) -> tuple[str, str]:
        """The span whose inequality is measured."""
        return f"Gini of {self.span.name.lower()}", "–"


@dataclass(frozen=True, kw_only=True)
class Cohort(Indicator):
    """The share of a cohort to which an event happened within a number of months.

    A cohort is what `base` counts in one month. The value is reported for that month of origin. It
    is NaN until `within` more months have passed.

    Args:
        span: Counts of the event, by months since the origin.
        within: Last month in which the event counts; the month of origin is 0.
        base: The count that gives the size of the cohort.
        scale: Factor on the share.
    """

    span: Span
    within: int
    base: Sum
    scale: float = 1.0

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The share for each month of origin."""
        complete = max(0, len(sums) - self.within)
        found = np.full(sums.shape[:-1], np.nan)
        above = self._above(sums, spans, complete)
        found[:complete] = divided(above, sums[:complete, :, self.base])
        return found

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The share in all complete cohorts together."""
        complete = max(0, len(sums) - self.within)
        above = self._above(sums, spans, complete).sum(axis=0)
        return divided(above, self._divides_by(sums, spans))

    @property
    def fewest_months(self) -> int:
        """The month of origin and the `within` months after it: one complete cohort."""
        return self.within + 1

    def _above(self, sums: np.ndarray, spans: np.ndarray, complete: int) -> np.ndarray:
        """Numerators of the first `complete` cohorts; shape (complete, cells)."""
        return self.scale * self._happened(spans, complete)

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = sums[: max(0, len(sums) - self.within), :, self.base].sum(axis=0)
        return found

    def _happened(self, spans: np.ndarray, complete: int) -> np.ndarray:
        """Events of each cohort, in its month of origin and the `within` months after it."""
        found = np.zeros((complete, spans.shape[1]))
        for age in range(self.within + 1):
            found += spans[age : age + complete, :, self.span, age]
        return found

    def formula(self) -> tuple[str, str]:
        """Events within the time limit, and the size of the cohort."""
        happened = f"{self.span.name.lower()} within {self.within} months"
        scaled = happened if self.scale == 1.0 else f"{self.scale:,.6g} × ({happened})"
        return scaled, self.base.name.lower()


@dataclass(frozen=True, kw_only=True)
class MonthsUntil(Cohort):
    """Mean number of months until an event, for the cohort of each month.

    A member without the event counts as `within` months, the maximum.
    """

    def _above(self, sums: np.ndarray, spans: np.ndarray, complete: int) -> np.ndarray:
        """Months waited: `within` for each member, minus the months left after each event."""
        months = self.within * sums[:complete, :, self.base]
        for age in range(self.within):
            months = months - (self.within - age) * spans[age : age + complete, :, self.span, age]
        return months

    def formula(self) -> tuple[str, str]:
        """Months passed, and the size of the cohort."""
        return f"months until {self.span.name.lower()}, at most {self.within}", (
            self.base.name.lower()
        )


@dataclass(frozen=True, kw_only=True)
class Throughput(Indicator):
    """Departures in a window of months, as a share of those who could depart.

    The stock before the window and the arrivals during it could depart. The value is NaN until the
    stock before the window is known.

    Args:
        left: Counts of departures.
        came: Counts of arrivals.
        stock: Counts of the stock at the end of a month. At the end of the next month it is
            stock + came − left.
        window: Months over which departures and arrivals are summed, ending with the month
            reported.
    """

    left: tuple[Sum, ...]
    came: tuple[Sum, ...]
    stock: tuple[Sum, ...]
    window: int

    def values(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The share for each month."""
        return divided(*self._parts(sums))

    def evaluate(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        """The share over all months together, leaving out months before the window is full."""
        return divided(np.nansum(self._parts(sums)[0], axis=0), self._divides_by(sums, spans))

    def _divides_by(self, sums: np.ndarray, spans: np.ndarray) -> np.ndarray:
        found: np.ndarray = np.nansum(self._parts(sums)[1], axis=0)
        return found

    @property
    def fewest_months(self) -> int:
        """The months of a window, and the month before it that gives the stock."""
        return self.window + 1

    def _parts(self, sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Numerator and denominator; NaN until the window is full."""
        before = np.full(sums.shape[:-1], np.nan)
        month = monthly(sums)
        before[self.window :] = total(month, self.stock)[: max(0, len(sums) - self.window)]
        above = rolled(total(month, self.left), self.window)
        return (
            np.where(np.isnan(before), np.nan, above),
            rolled(total(month, self.came), self.window) + before,
        )

    def formula(self) -> tuple[str, str]:
        """Departures; arrivals plus the stock before the window."""
        stock = " + ".join(f"{c.name.lower()} {self.window} months before" for c in self.stock)
        return spelt(self.left, ()), f"{spelt(self.came, ())} + {stock}"


def spelt(plus: tuple[Sum, ...], minus: tuple[Sum, ...]) -> str:
    """Write counts added and subtracted as a formula."""
    added = " + ".join(c.name.lower() for c in plus)
    return added + "".join(f" − {c.name.lower()}" for c in minus)


def rolled(sums: np.ndarray, window: int) -> np.ndarray:
    """Sums over the last `window` months; NaN until the window is full."""
    if window == 1:
        return sums
    running = np.cumsum(sums, axis=0)
    out = running.copy()
    out[window:] = running[window:] - running[:-window]
    out[: window - 1] = np.nan
    return out
