"""What a measure is: definitions as numerators and denominators of the model's own counts.

In: the counts of a run and a period of months. Out: the value by the formula of the court.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np

from sim.books.counts import Span
from sim.errors import ServandaError
from sim.evidence.counted import ALL, Counted, Counter, Source, column

Kind = Literal["flow", "stock", "ratio", "duration"]
When = Literal["during", "end", "before"]


@dataclass(frozen=True)
class Part:
    """A term of a numerator or denominator.

    Args:
        of: The count, flow of money or span; of a span, all ages together.
        when: Summed *during* the period; a stock at its *end*, or at the end of the month *before*.
        sign: 1 if it is added, −1 if it is subtracted.
        everyone: Whether it is taken over all debtors, although the row is about one cell.
    """

    of: Counter
    when: When = "during"
    sign: int = 1
    everyone: bool = False

    def value(self, counted: Counted, first: int, last: int, cell: tuple[str, str]) -> float:
        """The term for the months `first` to `last`; NaN if the month before is not there."""
        cell = ALL if self.everyone else cell
        months = counted.months(cell)
        if self.when == "before":
            first, last = first - 1, first - 1
            if first < months[0]:
                return float("nan")
        elif self.when == "end":
            first = last
        values = counted.values(self.of, cell)[inside(months, first, last)]
        return float(self.sign * values.sum())

    def __str__(self) -> str:
        """The term as a formula writes it."""
        text = column(self.of)
        if self.when != "during":
            text += " at the end" if self.when == "end" else " before"
        return f"{text} of all" if self.everyone else text


def inside(months: np.ndarray, first: int, last: int) -> slice:
    """The places of the months `first` to `last`.

    Raises:
        ServandaError: If the run does not have all of them.
    """
    if first > last or first < months[0] or last > months[-1]:
        what = f"the run has the months {months[0]} to {months[-1]}, not {first} to {last}"
        raise ServandaError("months", what, "run more months, or use an earlier period")
    start = int(first - months[0])
    return slice(start, start + last - first + 1)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One way in which courts define a measure.

    Args:
        code: Its name in the column `definition`.
        title: What it means.
        zh: The same in Chinese.
        above: Terms of the numerator.
        below: Terms of the denominator; empty for a count.
        scale: Factor on the ratio.
        by_months: Whether the ratio is also multiplied by the months of the period, as the time in
            which a stock would be worked off is.
        share: For a percentile of a span: the percentile, in (0, 1); the numerator is the span.
        factor: Limits of an unknown factor on the value, where the court counts what the model
            does not distinguish, such as judges among officers.
    """

    code: str
    title: str
    zh: str
    above: tuple[Part, ...]
    below: tuple[Part, ...] = ()
    scale: float = 1.0
    by_months: bool = False
    share: float = 0.0
    factor: tuple[float, float] = (1.0, 1.0)

    @property
    def at_end(self) -> bool:
        """Whether all of it is counted at the end of a period, so that a row needs only `to`."""
        return all(part.when == "end" for part in (*self.above, *self.below))

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of a run from which it is computed."""
        return tuple(dict.fromkeys(column(p.of) for p in chain(self.above, self.below)))

    def formula(self) -> str:
        """Numerator and denominator, written with the names of the columns."""
        if self.share:
            return f"P{100 * self.share:.0f} of {self.above[0]}"
        above = _spelt(self.above)
        if not self.below:
            return above
        text = f"{_bracketed(self.above)} / {_bracketed(self.below)}"
        text = f"months × {text}" if self.by_months else text
        return text if self.scale == 1.0 else f"{self.scale:,.6g} × {text}"

    def value(self, counted: Counted, first: int, last: int, cell: tuple[str, str]) -> float:
        """The value for the months `first` to `last`; NaN if the denominator is 0."""
        if self.share:
            return self._percentile(counted, first, last, cell)
        above = sum(part.value(counted, first, last, cell) for part in self.above)
        if not self.below:
            return above
        below = sum(part.value(counted, first, last, cell) for part in self.below)
        factor = self.scale * (last - first + 1 if self.by_months else 1)
        return factor * above / below if below else float("nan")

    def _percentile(self, counted: Counted, first: int, last: int, cell: tuple[str, str]) -> float:
        (part,) = self.above
        if not isinstance(part.of, Span):
            raise TypeError(f"{self.code}: a percentile needs a span")
        begin = last if part.when == "end" else first
        months = inside(counted.months(cell), begin, last)
        running = np.cumsum(counted.ages(part.of, cell)[months].sum(axis=0))
        if running[-1] <= 0.0:
            return float("nan")
        return float((running < self.share * running[-1]).sum())


def _bracketed(parts: tuple[Part, ...]) -> str:
    return f"({_spelt(parts)})" if len(parts) > 1 else _spelt(parts)


def _spelt(parts: tuple[Part, ...]) -> str:
    text = str(parts[0])
    for part in parts[1:]:
        text += f" {'+' if part.sign > 0 else '−'} {part}"
    return text


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure that courts publish.

    Args:
        name: Its name in the column `measure`.
        title: English title.
        zh: Chinese title.
        unit: Base unit of its values (see `units.py`).
        kind: Flow or stock (counts and money), ratio, or duration.
        group: Subject, under which the catalogue lists it.
        definitions: The ways in which it is defined; the first one holds if none is named.
        high: Largest value that is possible, or plausible for ratios that may exceed one.
        by: Breakdowns by which the model counts it; empty for all of them.
    """

    name: str
    title: str
    zh: str
    unit: str
    kind: Kind
    group: str
    definitions: tuple[Definition, ...]
    high: float = float("inf")
    by: tuple[str, ...] = ()

    def definition(self, code: str = "") -> Definition:
        """The definition with this code; the first one if it is empty.

        Raises:
            ServandaError: If there is no such definition.
        """
        for one in self.definitions:
            if code in {"", one.code}:
                return one
        hint = f"there are {', '.join(one.code for one in self.definitions)}"
        raise ServandaError("definition", f"'{self.name}' has no definition '{code}'", hint)

    @property
    def extensive(self) -> bool:
        """Whether its values grow with the number of debtors, as counts and sums of money do."""
        return self.kind in {"flow", "stock"}

    def computed(
        self,
        series: Source,
        first: int,
        last: int,
        definition: str = "",
        *,
        cell: tuple[str, str] = ALL,
        scale: float = 1.0,
    ) -> float:
        """The measure in a run, by the formula of the court.

        Args:
            series: A `Series`, a `Counted`, or columns by month (see `counted.Source`).
            first: First month of the period, as the run numbers them.
            last: Last month of the period; stocks are taken at its end.
            definition: Code of the definition; the first one if empty.
            cell: Breakdown and name of the cell, such as ``("kind", "firm")``.
            scale: Cases of the court per case of the run; applies to counts and money only.

        Returns:
            The value in the base unit; NaN if a denominator is 0, or a stock before the first month
            of the run is needed.

        Raises:
            ServandaError: If there is no such definition or cell, or the run lacks these months.
        """
        counted = series if isinstance(series, Counted) else Counted(series)
        value = self.definition(definition).value(counted, first, last, cell)
        return scale * value if self.extensive else value

    def columns(self) -> tuple[str, ...]:
        """Columns of a run from which any of its definitions is computed."""
        return tuple(dict.fromkeys(chain.from_iterable(d.columns for d in self.definitions)))
