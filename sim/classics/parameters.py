"""Parameters of a model: each with title, Chinese title and allowed values.

In: texts like ``capacity=43``. Out: a frozen dataclass with checked values, or an error that names
the parameter, the value and what is allowed.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from numbers import Integral, Real
from typing import Any, Self

from sim.errors import ServandaError

type Value = int | float | str


@dataclass(frozen=True)
class Allowed:
    """What a parameter means, and the values that it may have.

    Args:
        title: Meaning, with the symbol of the publication and the unit.
        zh: Chinese title.
        low: Smallest number.
        high: Largest number.
        words: The words, if it is a word and not a number.
        effort: Whether it only decides how precisely the model is computed.
    """

    title: str
    zh: str
    low: float = 0.0
    high: float = 0.0
    words: tuple[str, ...] = ()
    effort: bool = False

    def __str__(self) -> str:
        """The allowed values in words."""
        if self.words:
            return " or ".join(self.words)
        return f"{shown(self.low)} to {shown(self.high)}"


def number[T: (int, float)](
    default: T, title: str, zh: str, low: float, high: float, *, effort: bool = False
) -> T:
    """Declare a number with its range; whole if the default is."""
    allowed = Allowed(title, zh, low, high, effort=effort)
    return field(default=default, metadata={"allowed": allowed})


def word(default: str, words: tuple[str, ...], title: str, zh: str) -> str:
    """Declare a parameter that is one of a few words."""
    return field(default=default, metadata={"allowed": Allowed(title, zh, words=words)})


def shown(value: Value) -> str:
    """A value for people: thousands separated, no trailing zeros."""
    return value if isinstance(value, str) else f"{value:,.10g}"


@dataclass(frozen=True)
class ParameterSet:
    """Base of the parameters of a model; checks every value.

    Raises:
        ServandaError: If a value is not allowed.
    """

    def __post_init__(self) -> None:
        """Check each value, then what concerns several of them."""
        for name, allowed in self.allowed().items():
            whole = isinstance(self.defaults()[name], int)
            _refuse(name, getattr(self, name), allowed, whole=whole)
        self.check()

    def check(self) -> None:
        """Check what concerns several parameters; by default nothing.

        Raises:
            ServandaError: If the values do not fit together.
        """

    @classmethod
    def allowed(cls) -> dict[str, Allowed]:
        """Allowed values by name of the parameter."""
        return {one.name: one.metadata["allowed"] for one in fields(cls)}

    @classmethod
    def defaults(cls) -> dict[str, Value]:
        """Default values by name of the parameter."""
        found: dict[str, Any] = {one.name: one.default for one in fields(cls)}
        return found

    @classmethod
    def read(cls, settings: Iterable[str]) -> Self:
        """Parameters with these ``key=value`` texts instead of the defaults.

        Raises:
            ServandaError: If a text cannot be read, or a value is not allowed.
        """
        given: dict[str, Any] = {}
        for text in settings:
            name, sign, value = (part.strip() for part in text.partition("="))
            if not sign:
                raise ServandaError("--set", f"'{text}' has no '='", "write KEY=VALUE")
            if name not in cls.allowed():
                what = f"there is no parameter '{name}'"
                raise ServandaError("--set", what, nearest(name, list(cls.allowed())))
            if name in given:
                raise ServandaError(name, "is set twice", "drop one of the two")
            given[name] = _value(name, value, cls)
        return cls(**given)

    def model_values(self) -> dict[str, Value]:
        """The values that belong to the model, without those that only decide its precision."""
        return {name: getattr(self, name) for name, one in self.allowed().items() if not one.effort}


def nearest(name: str, known: Sequence[str]) -> str:
    """A hint with the most similar of the known names, or with all of them."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"give one of {', '.join(known)}"


def _value(name: str, text: str, of: type[ParameterSet]) -> Value:
    """The value that a text stands for.

    Raises:
        ServandaError: If the text is not a number where one is needed.
    """
    default, allowed = of.defaults()[name], of.allowed()[name]
    if isinstance(default, str):
        return text
    whole = isinstance(default, int)
    try:
        return int(text) if whole else float(text)
    except ValueError:
        what = f"'{text}' is not a {'whole ' if whole else ''}number"
        raise ServandaError(name, what, f"give {allowed}") from None


def _is_number(value: object, *, whole: bool) -> bool:
    """Whether a value is a number, NumPy's included; True and False are none."""
    return not isinstance(value, bool) and isinstance(value, Integral if whole else Real)


def _refuse(name: str, value: Any, allowed: Allowed, *, whole: bool) -> None:
    """Refuse a value that is not allowed.

    Raises:
        ServandaError: With the allowed values as hint.
    """
    if allowed.words:
        if value not in allowed.words:
            raise ServandaError(name, f"'{value}' is not known", f"give {allowed}")
        return
    if not _is_number(value, whole=whole):
        what = f"{value!r} is not a {'whole ' if whole else ''}number"
        raise ServandaError(name, what, f"give {allowed}")
    if not (math.isfinite(value) and allowed.low <= value <= allowed.high):
        raise ServandaError(name, f"{shown(value)} is out of range", f"give {allowed}")
