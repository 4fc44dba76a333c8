"""Computes the values of a factor: the value at each quantile, and the levels for grids.

In: a factor as the file specifies it, and its target: the place in the scenario that the factor
changes. Out: a `Spread`, or a list of faults.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp, log
from typing import Any

import numpy as np
from scipy import stats

from sim.experiment.factor_target import Target, Value
from sim.experiment.spec import Factor
from sim.scenario.checking.fault import Fault

MIDDLE = 0.9
"""Designs with levels cover only this middle share of a distribution: its tails may be long."""

DIGITS = 10
"""Significant digits of a value: precise enough, and free of binary rounding errors."""


@dataclass(frozen=True)
class Spread:
    """A factor with its target and its possible values, as designs use it.

    Args:
        target: The place in the scenario that the factor changes.
        factor: The factor as the file specifies it.
        values: The possible values; empty if all values between two limits are possible.
        _law: The distribution of the values, of `scipy.stats`; None if there is none.
        _cut: Probability that the distribution gives to values below the lower limit, and to
            values below the upper limit.
    """

    target: Target
    factor: Factor
    values: tuple[Value, ...] = ()
    _law: Any = field(default=None, repr=False, compare=False)
    _cut: tuple[float, float] = (0.0, 1.0)

    @property
    def name(self) -> str:
        """The path, which is the name of the factor in results."""
        return self.target.path

    def at(self, share: float) -> Value:
        """The value at a quantile; `share` is the probability of that quantile, 0 to 1.

        The values of a list are equally likely, and so are the whole numbers between two limits.
        """
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if not self.target.whole:
            return self._number(share)
        low, high = self.limits()
        if self._law is not None:
            return round(min(max(self._quantile(share), low), high))
        return int(min(max(self._between(low, high + 1.0, share), low), high))

    def on_level(self, share: float) -> Value:
        """The value on a level; `share` is the position of the level in the range, 0 to 1.

        The levels of a distribution cover only its middle part (`MIDDLE`). If only whole numbers
        are allowed, the value is rounded.
        """
        if self.values:
            return self.at(share)
        if self._law is not None:
            return self.at(0.5 + MIDDLE * (share - 0.5))
        number = self._number(share)
        return round(number) if self.target.whole else number

    def levels(self) -> tuple[Value, ...]:
        """The values in designs that run each of them, such as grids."""
        if self.values:
            return self.values
        count = self.factor.steps or 2
        return tuple(dict.fromkeys(self.on_level(n / (count - 1)) for n in range(count)))

    @property
    def most(self) -> int:
        """Largest possible number of `levels`, without computing them."""
        return len(self.values) or self.factor.steps or 2

    def ends(self) -> tuple[Value, Value]:
        """The first and the last of `levels`: the two levels of a factorial design."""
        levels = self.levels()
        return levels[0], levels[-1]

    def limits(self) -> tuple[float, float]:
        """The smallest and the largest value of a numeric factor."""
        return limits(self.factor, self.target)

    def _number(self, share: float) -> float:
        """The quantile at a share from 0 to 1, rounded to `DIGITS` significant digits."""
        low, high = self.limits()
        number = self._between(low, high, share) if self._law is None else self._quantile(share)
        return min(max(float(f"{number:.{DIGITS}g}"), low), high)

    def _between(self, low: float, high: float, share: float) -> float:
        """The number at a share of the way from `low` to `high`, on the scale of the factor."""
        if self.factor.scale == "log":
            return exp(log(low) + share * (log(high) - log(low)))
        return low + share * (high - low)

    def _quantile(self, share: float) -> float:
        """The quantile of the distribution truncated at its limits."""
        first, last = self._cut
        return float(self._law.ppf(first + share * (last - first)))


def limits(factor: Factor, target: Target) -> tuple[float, float]:
    """Smallest and largest value of a factor: from the file, else the range of its target."""
    declared = target.quantity
    low = declared.low if declared else -np.inf
    high = declared.high if declared else np.inf
    return (
        low if factor.low is None else factor.low,
        high if factor.high is None else factor.high,
    )


def spread(factor: Factor, target: Target) -> Spread | list[Fault]:
    """A factor with its possible values, or its faults (with paths relative to the factor).

    Args:
        factor: The factor as the file specifies it.
        target: The place in the scenario that the factor changes.
    """
    if target.number and not factor.values:
        faults = list(_limit_faults(factor, target))
        return faults or _numbers(factor, target)
    values = factor.values
    if not values and target.switch and factor.low is None and factor.distribution is None:
        values = (False, True)
    elif not values:
        hint = f"write values = {'[false, true]' if target.switch else '[…]'}"
        return [Fault("", "this factor needs a list of values", hint)]
    faults = []
    for place, value in enumerate(values):
        if (wrong := target.problem(value)) is not None:
            faults.append(Fault(f"values.{place}", *wrong))
        elif value in values[:place]:
            faults.append(Fault(f"values.{place}", f"{value} is listed twice"))
    if faults:
        return faults
    if target.number:
        values = tuple(int(value) if target.whole else float(value) for value in values)
    return Spread(target, factor, values)


def _limit_faults(factor: Factor, target: Target) -> Iterator[Fault]:
    if factor.distribution is None:
        for name in ("low", "high"):
            if getattr(factor, name) is None:
                hint = "give 'low' and 'high', 'values' or a 'distribution'"
                yield Fault("", f"'{name}' is missing", hint)
    for name in ("low", "high"):
        given = getattr(factor, name)
        if given is not None and (wrong := target.problem(given)) is not None:
            yield Fault(name, *wrong)


def _numbers(factor: Factor, target: Target) -> Spread | list[Fault]:
    """A numeric factor with its possible values between two limits, or its faults."""
    ends = low, high = limits(factor, target)
    if factor.distribution is None:
        return Spread(target, factor)
    if target.whole:  # a whole number has the probability of all numbers that round to it
        low, high = low - 0.5, high + 0.5
    if factor.distribution == "beta" and not (np.isfinite(low) and np.isfinite(high)):
        return [Fault("distribution", "a beta distribution needs 'low' and 'high'")]
    law = _law(factor, low, high)
    cut = (float(law.cdf(low)), float(law.cdf(high)))
    if cut[1] - cut[0] < 1e-6:
        what = f"this distribution has no values between {ends[0]:g} and {ends[1]:g}"
        return [Fault("distribution", what)]
    return Spread(target, factor, (), law, cut)


def _law(factor: Factor, low: float, high: float) -> Any:
    """The `scipy.stats` distribution that a factor specifies."""
    match factor.distribution:
        case "normal":
            return stats.norm(factor.mean, factor.sd)
        case "lognormal":
            return stats.lognorm(factor.sd, scale=factor.median)
        case "triangular":
            return stats.triang(((factor.mode or 0.0) - low) / (high - low), low, high - low)
        case "beta":
            return stats.beta(factor.a, factor.b, low, high - low)
    return stats.uniform(low, high - low)
