"""A condition on indicators, such as ``recovery < 0.3 and harm > 500``; parsed, never executed.

In: a text. Out: comparisons of an indicator with a number. All of them must hold.
"""

import operator
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.measures import unkept
from sim.errors import ServandaError

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
WHERE = "--where"
EXAMPLE = 'write "recovery < 0.3", or several comparisons joined by "and"'
_SIGN = r"<=|>=|==|!=|<|>"
_ONE = re.compile(rf"\s*([^\s<>=!]+)\s*({_SIGN})\s*([^\s<>=!]+)\s*")


@dataclass(frozen=True)
class Comparison:
    """A comparison of an indicator with a number.

    Args:
        name: Name of the indicator.
        sign: One of `SIGNS`.
        number: The number.
    """

    name: str
    sign: str
    number: float

    def holds(self, values: np.ndarray) -> np.ndarray:
        """For each value, whether the comparison holds."""
        found: np.ndarray = SIGNS[self.sign](values, self.number)
        return found

    def __str__(self) -> str:
        """The comparison as a text that `parsed` accepts."""
        return f"{self.name} {self.sign} {self.number:g}"


@dataclass(frozen=True)
class Condition:
    """Comparisons that must all hold.

    Args:
        parts: The comparisons.
    """

    parts: tuple[Comparison, ...]

    @property
    def names(self) -> list[str]:
        """Names of the indicators in the comparisons, each once."""
        return list(dict.fromkeys(part.name for part in self.parts))

    def holds(self, frame: pd.DataFrame) -> np.ndarray:
        """For each row of a table with a column per indicator, whether all comparisons hold."""
        found = [part.holds(frame[part.name].to_numpy(float)) for part in self.parts]
        whole: np.ndarray = np.logical_and.reduce(found)
        return whole

    def __str__(self) -> str:
        """The condition as a text that `parsed` accepts."""
        return " and ".join(map(str, self.parts))


def parsed(text: str, known: Sequence[str], factors: Collection[str] = ()) -> Condition:
    """Parse a condition.

    Args:
        text: Comparisons joined by ``and``.
        known: Names of the available indicators.
        factors: Names of factors. If one is named instead of an indicator, the error says so.

    Raises:
        ServandaError: If the text is not a condition, or an indicator is unknown.
    """
    if not text.strip():
        raise ServandaError(WHERE, "no condition is given", EXAMPLE)
    if re.search(r"\bor\b|\|", text):
        hint = 'run the command once for each side; only "and" is supported'
        raise ServandaError(WHERE, "'or' is not supported", hint)
    pieces = re.split(r"\band\b|&+", text)
    return Condition(tuple(_comparison(piece, known, factors) for piece in pieces))


def _comparison(text: str, known: Sequence[str], factors: Collection[str]) -> Comparison:
    shown = text.strip()
    if not shown:
        raise ServandaError(WHERE, "one side of 'and' is empty", EXAMPLE)
    found = _ONE.fullmatch(text)
    if found is None:
        if len(re.findall(_SIGN, text)) > 1:
            hint = 'split it, as in "recovery > 0.1 and recovery < 0.3"'
            raise ServandaError(WHERE, f"'{shown}' compares twice", hint)
        raise ServandaError(WHERE, f"'{shown}' is not a comparison", EXAMPLE)
    name, sign, number = found.groups()
    if _number(name) is not None and _number(number) is None:
        raise ServandaError(WHERE, f"'{shown}' begins with a number", "put the indicator first")
    if name not in known:
        raise unkept(name, known, factors)
    value = _number(number)
    if value is None:
        what = f"'{number}' is not a number"
        raise ServandaError(WHERE, what, "compare the indicator with a number")
    return Comparison(name, sign, value)


def _number(text: str) -> float | None:
    """A finite number; None if the text is not one."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None
