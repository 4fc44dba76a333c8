"""Reads constraints between factors: comparisons of sums. Their text is never executed as code.

In: a text such as ``policies.a.start < policies.a.end`` or ``a + b + 0.5 * c <= 1``, and the names
of the factors. Out: a `Constraint`, or an error. A constraint is checked at each point, where every
factor has one value.

    constraint = sum (sign sum)+          sign = < <= > >= == !=
    sum        = [-] term ((+ | -) term)*
    term       = part ((* | /) part)*     at most one part has factors; a divisor has none
    part       = number | name | ( sum )

A name is the path of a factor. The end of the path is enough if no other factor has it. A name that
has other characters than letters, digits, dots, dashes and underscores needs backticks or quotes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.errors import ServandaError
from sim.scenario.checking.fault import meant

LONGEST = 1_000
"""Largest number of characters of a constraint."""
DEEPEST = 20
"""Largest depth of nested parentheses."""
SLACK = 1e-9
"""Relative difference up to which two sums count as equal, because of rounding."""
SIGNS = ("<=", ">=", "==", "!=", "<", ">")
EXAMPLE = 'write "policies.a.start < policies.a.end", for example'

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))
      | (?P<name>[^\W\d][\w.\-]*)
      | `(?P<ticked>[^`]*)` | "(?P<double>[^"]*)" | '(?P<single>[^']*)'
      | (?P<sign><=|>=|==|!=|[<>+\-−*/()])
    )""",
    re.VERBOSE,
)


class _Token(NamedTuple):
    """A token of a constraint: its kind (``number``, ``name``, ``sign`` or ``end``) and text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Sum:
    """A weighted sum of factors plus a constant.

    Args:
        parts: Coefficient of each factor, by its name.
        rest: The constant.
    """

    parts: Mapping[str, float]
    rest: float = 0.0

    def plus(self, other: "Sum", times: float = 1.0) -> "Sum":
        """This sum plus another one multiplied by `times`."""
        parts = dict(self.parts)
        for name, much in other.parts.items():
            parts[name] = parts.get(name, 0.0) + times * much
        return Sum(parts, self.rest + times * other.rest)

    def times(self, much: float) -> "Sum":
        """This sum multiplied by a number."""
        return Sum({name: much * one for name, one in self.parts.items()}, much * self.rest)


@dataclass(frozen=True)
class Constraint:
    """Comparisons that every point has to satisfy.

    Args:
        text: The constraint as the user wrote it.
        parts: For each comparison, the left side minus the right side, and the sign.
    """

    text: str
    parts: tuple[tuple[Sum, str], ...]

    @property
    def names(self) -> list[str]:
        """Names of the factors in the constraint."""
        return list(dict.fromkeys(name for one, _ in self.parts for name in one.parts))

    def kept(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Whether each point satisfies the constraint.

        Args:
            values: Values of each factor, by its name; an array with an entry per point.
        """
        found: np.ndarray | None = None
        for one, sign in self.parts:
            terms = [much * values[name] for name, much in one.parts.items()]
            gap = np.sum([*terms, np.full_like(terms[0], one.rest)], axis=0)
            slack = SLACK * (np.sum(np.abs(terms), axis=0) + abs(one.rest))
            kept = _holds(gap, sign, slack)
            found = kept if found is None else found & kept
        assert found is not None  # a constraint has at least one comparison
        return found


def _holds(gap: np.ndarray, sign: str, slack: np.ndarray) -> np.ndarray:
    """Whether differences (left minus right) satisfy a sign; up to `slack` they count as 0."""
    equal = np.abs(gap) <= slack
    match sign:
        case "<":
            return np.asarray((gap < 0.0) & ~equal)
        case "<=":
            return np.asarray((gap < 0.0) | equal)
        case ">":
            return np.asarray((gap > 0.0) & ~equal)
        case ">=":
            return np.asarray((gap > 0.0) | equal)
        case "==":
            return np.asarray(equal)
    return np.asarray(~equal)


def parsed(text: str, names: Sequence[str]) -> Constraint:
    """The constraint that a text states.

    Args:
        text: The text.
        names: The factors.

    Raises:
        ServandaError: If the text is not a valid constraint, or names an unknown factor. The
            error's `where` is empty.
    """
    if len(text) > LONGEST:
        what = f"{len(text):,} characters are too many for a constraint"
        raise ServandaError("", what, f"at most {LONGEST:,} are allowed; split it into several")
    return _Reader(text, names).constraint()


class _Reader:
    """Parses one constraint from left to right."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        self.text, self.names = text, names
        self.tokens = self._split()
        self.place = 0
        self.depth = 0

    def _split(self) -> list[_Token]:
        found: list[_Token] = []
        at, end = 0, len(self.text.rstrip())
        while at < end:
            match = _TOKEN.match(self.text, at)
            if match is None:
                raise self._wrong(f"'{self.text[at:].strip()[:20]}' cannot be read")
            at, kind = match.end(), str(match.lastgroup)
            word = match[kind]
            if kind in {"ticked", "double", "single"}:
                kind = "name"
            found.append(_Token(kind, "-" if word == "−" else word))
        return [*found, _Token("end", "")]

    def _wrong(self, what: str, hint: str = EXAMPLE) -> ServandaError:
        return ServandaError("", what, hint)

    @property
    def token(self) -> _Token:
        """The next token."""
        return self.tokens[self.place]

    def _take(self, *signs: str) -> str:
        """Read the next sign if it is one of these; otherwise return an empty string."""
        kind, text = self.token
        if kind == "sign" and text in signs:
            self.place += 1
            return text
        return ""

    def constraint(self) -> Constraint:
        """Parse the whole constraint."""
        sides, signs = [self._sum()], []
        while sign := self._take(*SIGNS):
            signs.append(sign)
            sides.append(self._sum())
        if self.token.kind != "end":
            raise self._wrong(f"'{self.token.text}' was not expected here")
        if not signs:
            raise self._wrong("nothing is compared")
        parts = []
        for left, right, sign in zip(sides, sides[1:], signs, strict=False):
            gap = left.plus(right, -1.0)
            if not any(gap.parts.values()):
                raise self._wrong("one comparison contains no factor, so its result never changes")
            parts.append((gap, sign))
        return Constraint(self.text.strip(), tuple(parts))

    def _sum(self) -> Sum:
        times = -1.0 if self._take("-") else 1.0
        found = self._term().times(times)
        while sign := self._take("+", "-"):
            found = found.plus(self._term(), 1.0 if sign == "+" else -1.0)
        return found

    def _term(self) -> Sum:
        found = self._part()
        while sign := self._take("*", "/"):
            other = self._part()
            if sign == "/":
                if other.parts or other.rest == 0.0:
                    what = "nothing can be divided by a factor or by 0"
                    raise self._wrong(what, "multiply both sides instead")
                found = found.times(1.0 / other.rest)
            elif not other.parts:
                found = found.times(other.rest)
            elif not found.parts:
                found = other.times(found.rest)
            else:
                what = "a factor is multiplied by a factor"
                raise self._wrong(what, "a constraint compares sums of numbers times factors")
        return found

    def _part(self) -> Sum:
        kind, text = self.token
        if kind == "number":
            self.place += 1
            value = float(text)
            if not np.isfinite(value):
                raise self._wrong("a number in the constraint is too large", "")
            return Sum({}, value)
        if kind == "name":
            self.place += 1
            return Sum({self._factor(text): 1.0})
        if self._take("("):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self._wrong(f"parentheses are nested more than {DEEPEST} deep")
            found = self._sum()
            if not self._take(")"):
                raise self._wrong("a parenthesis is not closed")
            self.depth -= 1
            return found
        shown = f"'{text}' was found where" if text else "the constraint ends where"
        raise self._wrong(f"{shown} a factor or a number was expected")

    def _factor(self, word: str) -> str:
        """The full path of the factor that a word names."""
        if word in self.names:
            return word
        found = [name for name in self.names if name.endswith(f".{word}")]
        if len(found) == 1:
            return found[0]
        if found:
            what = f"'{word}' names {len(found)} factors"
            raise self._wrong(what, f"write '{found[0]}' or '{found[1]}', for example")
        known = f"factors are {', '.join(self.names)}" if self.names else "there are no factors"
        raise self._wrong(f"'{word}' is not a factor", meant(word, self.names) or known)
