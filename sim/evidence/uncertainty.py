"""How exact a figure is: sampling, reporting, and the direction of a known distortion.

In: a row and its measure. Out: standard deviations below and above the value, in the unit of the
value. The noise of the simulation and the discrepancy of the model belong to a fit.
"""

from math import hypot, sqrt
from typing import NamedTuple

from sim.evidence.measure import Measure
from sim.evidence.row import Row

REPORTING = {"A": 0.02, "B": 0.08, "C": 0.15, "D": 0.30}
"""Relative standard deviation of definition and reporting, by grade (assumed)."""
Z90 = 1.645
"""Half the width of a 90 % interval of a normal distribution, in standard deviations."""
VARIATION = {"duration": 1.0, "money": 3.0}
"""Standard deviation between cases relative to their mean, where only the number of cases is known:
durations are about exponential; of amounts that are lognormal with a standard deviation of the
logarithm of 1.5 it is 2.9 (assumed)."""


class Uncertainty(NamedTuple):
    """Standard deviations of the truth below and above a value."""

    below: float
    above: float

    @property
    def sd(self) -> float:
        """One number for both sides: their root mean square."""
        return sqrt((self.below**2 + self.above**2) / 2.0)


def uncertainty(row: Row, measure: Measure) -> Uncertainty:
    """The standard deviation of a figure.

    A standard deviation or limits that the court gives are taken as they are; limits are those of a
    90 % interval. Otherwise it is √(sampling² + reporting²). With a `bias` the error of reporting
    is on one side only: a figure that is too low (`under`) lies below the truth.

    Args:
        row: A row with a value.
        measure: Its measure.

    Returns:
        NaN on both sides if there is no value.
    """
    if not row.known:
        return Uncertainty(float("nan"), float("nan"))
    if row.status == "suppressed" and row.low is not None and row.high is not None:
        even = (row.high - row.low + 1.0) / sqrt(12.0)  # all whole numbers are equally likely
        return Uncertainty(even, even)
    if row.sd is not None:
        return Uncertainty(row.sd, row.sd)
    below, above = _from_grade(row, measure)
    if row.low is not None:
        below = (row.value - row.low) / Z90
    if row.high is not None:
        above = (row.high - row.value) / Z90
    return Uncertainty(below, above)


def _from_grade(row: Row, measure: Measure) -> Uncertainty:
    sampled = sampling(row, measure)
    reported = REPORTING[row.grade] * abs(row.value)
    both = hypot(sampled, reported)
    if row.bias == "under":
        return Uncertainty(sampled, both)
    # Pressure to meet a target makes what is to be high too high, and little of that is published
    # otherwise: backlogs and durations are the exceptions, which `over` and `under` can state.
    if row.bias in {"over", "target_pressure"}:
        return Uncertainty(both, sampled)
    return Uncertainty(both, both)


def sampling(row: Row, measure: Measure) -> float:
    """Standard deviation because cases are few, with the real number of cases.

    √(p·(1 − p)/n) for shares, with p moved half a case from 0 and 1; √count for counts. Money and
    durations vary between cases (`VARIATION`). Without `n` it is 0 for anything but counts of
    cases, entries and persons.
    """
    value, n = row.value, row.n
    if measure.unit in {"officers", "hours"}:
        return 0.0
    if measure.kind in {"flow", "stock"} and measure.unit != "money":
        return sqrt(max(value, 1.0))
    if n is None or n <= 0.0:
        return 0.0
    if measure.kind == "duration":
        return VARIATION["duration"] * abs(value) / sqrt(n)
    if measure.unit == "money" or measure.name == "recovery":
        return VARIATION["money"] * abs(value) / sqrt(n)
    if measure.high == 1.0:
        share = (value * n + 0.5) / (n + 1.0)
        return sqrt(max(share * (1.0 - share), 0.0) / n)
    return abs(value) / sqrt(n)
