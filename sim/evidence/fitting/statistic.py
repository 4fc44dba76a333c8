"""What a fit compares: statistics of the figures of a court, and the same of a run.

In: the rows of the evidence. Out: a `Statistic` for each single figure, and two for each series of
at least `SERIES` periods: its level and its trend. Months of a series are not independent figures:
they share their definition, and most of what makes them differ is chance.

Shares of a tenth and more are compared as they are, everything else by logarithms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot, log, sqrt
from typing import Literal

import numpy as np

from sim.evidence.catalogue import measure as known
from sim.evidence.counted import Counted
from sim.evidence.court import Court
from sim.evidence.fit_file import FitSpec
from sim.evidence.measure import Measure
from sim.evidence.row import Row
from sim.evidence.uncertainty import sampling, uncertainty

SERIES = 6
"""Fewest periods of a series for which level and trend are compared instead of single figures."""
SMALL = 0.1
"""Shares below are compared by their logarithms: their errors are more even in ratios."""
NOTHING = 0.05
"""Share of a figure that stands for 0 where logarithms are compared: far, but not endlessly so."""
SHARED = 0.5
"""Correlation between the errors of definition and reporting of periods of a series (assumed)."""

type What = Literal["value", "level", "trend"]


@dataclass(frozen=True)
class Statistic:
    """One statistic of the figures.

    Args:
        measure: The measure.
        rows: The rows from which it is formed, in the order of time.
        what: The *value* of one row, or the *level* or *trend* of a series: the change over its
            whole length as a share of its mean.
        months: First and last month of each row, as runs number them.
        recorded: Smallest and largest share of the model's count that the court records, or other
            unknown factor of the definition.
        observed: Its observed value, on the scale of comparison.
        below: Standard deviation of its error if the truth is below, on that scale.
        above: The same if the truth is above.
    """

    measure: Measure
    rows: tuple[Row, ...] = field(repr=False)
    what: What
    months: tuple[tuple[int, int], ...] = field(repr=False)
    recorded: tuple[float, float] = (1.0, 1.0)
    observed: float = float("nan")
    below: float = float("nan")
    above: float = float("nan")

    @property
    def name(self) -> str:
        """Name for tables: measure, cell, definition, and what of the series it is."""
        row = self.rows[0]
        parts = [self.measure.name]
        if row.cell[0] != "all":
            parts.append(f"{row.cell[0]} {row.cell[1]}")
        if row.definition and row.definition != self.measure.definition().code:
            parts.append(row.definition)
        if self.what != "value":
            parts.append(self.what)
        return ", ".join(parts)

    @property
    def logarithmic(self) -> bool:
        """Whether it is compared by its logarithm."""
        small = float(np.mean([row.value for row in self.rows])) < SMALL
        return self.what != "trend" and (self.measure.high != 1.0 or small)

    @property
    def scaled(self) -> bool:
        """Whether it is a level of counts, of which only the ratio to others informs."""
        return self.what != "trend" and self.measure.extensive

    def of(self, counted: Counted) -> float:
        """The statistic of a run on the scale of comparison; NaN if the run has none."""
        row = self.rows[0]
        values = np.array(
            [
                self.measure.computed(counted, *months, row.definition, cell=row.cell)
                for months in self.months
            ]
        )
        return self.compared(values * 0.5 * sum(self.recorded))

    def compared(self, values: np.ndarray) -> float:
        """The statistic of values by period, on the scale of comparison."""
        values = values[np.isfinite(values)]
        if len(values) < (SERIES if self.what != "value" else 1):
            return float("nan")
        if self.what == "trend":
            return _change(values)
        mean = float(values.mean())
        if not self.logarithmic:
            return mean
        return log(max(mean, self._least(len(values))))

    def _least(self, periods: int) -> float:
        """What stands for 0, which has no logarithm: half a case, or a little of the figure."""
        if self.measure.extensive:
            return 0.5 / periods
        return NOTHING * abs(float(np.mean([row.value for row in self.rows]))) or 1.0

    def shown(self, value: float) -> float:
        """A value on the scale of comparison as the court would publish it."""
        return float(np.exp(value)) if self.logarithmic else value


def statistics(rows: Iterable[Row], court: Court, spec: FitSpec) -> tuple[Statistic, ...]:
    """The statistics of rows with numbers."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        if row.known:
            found.setdefault(row.key, []).append(row)
    made: list[Statistic] = []
    for same in found.values():
        for series in unbroken(sorted(same, key=lambda row: row.last), court):
            made += _of_series(series, court, spec)
    return tuple(one for one in made if np.isfinite(one.observed))


def unbroken(rows: Sequence[Row], court: Court) -> list[list[Row]]:
    """The parts of a series between declared breaks."""
    parts = [[rows[0]]]
    for before, row in zip(rows, rows[1:], strict=False):
        if court.broken(row.measure, before.last, row.last):
            parts.append([])
        parts[-1].append(row)
    return parts


def _of_series(rows: Sequence[Row], court: Court, spec: FitSpec) -> list[Statistic]:
    if len(rows) < SERIES:
        return [_statistic([row], "value", court, spec) for row in rows]
    return [_statistic(rows, "level", court, spec), _statistic(rows, "trend", court, spec)]


def _statistic(rows: Sequence[Row], what: What, court: Court, spec: FitSpec) -> Statistic:
    measure = known(rows[0].measure)
    months = tuple((spec.month(row.first or row.last), spec.month(row.last)) for row in rows)
    seen = court.observe.get(measure.name)
    low, high = measure.definition(rows[0].definition).factor
    recorded = (low, high) if seen is None else (low * seen.recorded[0], high * seen.recorded[1])
    plain = Statistic(measure, tuple(rows), what, months, recorded)
    observed = plain.compared(np.array([row.value for row in rows]))
    below, above = _errors(plain, observed)
    return Statistic(measure, tuple(rows), what, months, recorded, observed, below, above)


def _errors(one: Statistic, observed: float) -> tuple[float, float]:
    """Standard deviations of an observed statistic below and above it, on its scale.

    With n periods, sampling s and reporting r, the variance of a level is
    s²/n + r² (c + (1 − c)/n), where c is `SHARED`. What periods share moves no trend: the variance
    of a fitted slope is 12 (s² + (1 − c) r²) / (n (n² − 1)).
    """
    n = len(one.rows)
    mean = abs(float(np.mean([row.value for row in one.rows]))) or 1.0
    sampled = sum(sampling(row, one.measure) ** 2 for row in one.rows) / n
    below, above = (
        sum(uncertainty(row, one.measure)[side] ** 2 for row in one.rows) / n for side in (0, 1)
    )

    def spread(whole: float) -> float:
        reported = max(whole - sampled, 0.0)
        if one.what == "trend":
            own = min(sampled, whole) + (1.0 - SHARED) * reported
            return (n - 1) * sqrt(12.0 * own / (n * (n * n - 1.0))) / mean
        own = min(sampled, whole) / n + reported * (SHARED + (1.0 - SHARED) / n)
        relative = 1.0 / mean if one.logarithmic else 1.0
        unseen = _spread_of(one.recorded) * (1.0 if one.logarithmic else abs(observed))
        return hypot(relative * sqrt(own), unseen)

    return spread(below), spread(above)


def _spread_of(recorded: tuple[float, float]) -> float:
    """Relative standard deviation of a share that is known to lie within limits."""
    low, high = recorded
    return (high - low) / sqrt(12.0) / (0.5 * (low + high))


def _change(values: np.ndarray) -> float:
    """Change over the whole series by a fitted line, as a share of the mean."""
    mean = float(values.mean())
    if mean == 0.0:
        return float("nan")
    slope = float(np.polyfit(np.arange(len(values)), values, 1)[0])
    return slope * (len(values) - 1) / mean
