"""Rows of tables as Mesa agents. Views are made on demand; two with equal kind and id are equal."""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from enum import IntEnum
from typing import Any

import numpy as np
from mesa.agentset import AbstractAgentSet

from sim.engine.plain import Row
from sim.engine.table import Table
from sim.terms import Ability, Domain, EnforceableTitle, Kind, Lender, Option, Size, Stage, label

CODES: dict[str, dict[str, type[IntEnum]]] = {
    "Debtor": {"kind": Kind, "option": Option, "ability": Ability},
    "Creditor": {"kind": Lender},
    "Claim": {
        "domain": Domain,
        "kind": Kind,
        "band": Size,
        "stage": Stage,
        "title": EnforceableTitle,
    },
}
"""For each record, the fields that contain codes of an enumeration, and the enumeration."""


NUMERIC = "bcdeEfFgGnoxX%"
"""Final letters of the format specifications for numbers."""


class Code(int):
    """A code of an enumeration: an integer that is shown as a word."""

    word: str

    def __new__(cls, member: IntEnum) -> "Code":
        """Make a code from a member of an enumeration."""
        made = super().__new__(cls, member)
        made.word = label(member)
        return made

    def __repr__(self) -> str:
        """The word."""
        return self.word

    __str__ = __repr__

    def __format__(self, how: str) -> str:
        """The word, unless a numeric format is given."""
        return format(int(self) if how and how[-1] in NUMERIC else self.word, how)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as a plain integer."""
        return int, (int(self),)


class RowAgent:
    """One row of a table with the interface of a Mesa agent; attributes are the row's fields."""

    __slots__ = ("_kind", "_row", "row")

    def __init__(self, table: Table, row: int) -> None:
        """Make a view of a row, valid until the end of the month, when rows may move."""
        self._kind, self.row = table.kind.__name__, row
        self._row = Row(table.rows, row)

    def __getattr__(self, name: str) -> Any:
        """A field of the row; codes of enumerations are shown as words."""
        try:
            value = getattr(self._row, name)
        except AttributeError:
            if name.startswith("_"):  # while a view is being copied, it has no row yet
                raise
            raise AttributeError(_no_field(self._kind, name, dir(self._row))) from None
        words = CODES.get(self._kind, {}).get(name)
        return value if words is None else Code(words(value))

    @property
    def unique_id(self) -> int:
        """The id of the row."""
        return int(self._row.id)

    def __eq__(self, other: object) -> bool:
        """Equal if both are the same kind of record with the same id."""
        return isinstance(other, RowAgent) and (self._kind, self.unique_id) == (
            other._kind,
            other.unique_id,
        )

    def __hash__(self) -> int:
        """Hash of kind and id."""
        return hash((self._kind, self.unique_id))

    def __repr__(self) -> str:
        """Kind and id."""
        return f"{self._kind}({self.unique_id})"

    def __dir__(self) -> list[str]:
        """The fields of the row."""
        return ["unique_id", "row", *dir(self._row)]


def _no_field(kind: str, name: str, there: Iterable[str]) -> str:
    """Message for a field that does not exist."""
    known = list(there)
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(known)}"
    return f"a {kind.lower()} has no field '{name}'; {hint}"


class TableSet(AbstractAgentSet[Any]):
    """Rows of a table as a Mesa agent set: length, iteration, `select`, `get`, `agg`, `map`.

    Rows enter and leave only in the steps of the month. So nothing can be added or removed here.
    """

    def __init__(self, table: Table, rows: np.ndarray | None = None) -> None:
        """Make a set of all rows of a table, or of the row numbers given."""
        self._table, self._rows = table, rows

    @property
    def rows(self) -> np.ndarray:
        """Row numbers in the set."""
        return np.arange(len(self._table)) if self._rows is None else self._rows

    def __repr__(self) -> str:
        """Number and kind of rows, and the methods for inspecting them."""
        kind = self._table.kind.__name__.lower()
        return f"<{len(self):,} {kind}s: .select(…), .get(field), .agg(field, function)>"

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._table) if self._rows is None else len(self._rows)

    def __iter__(self) -> Iterator[RowAgent]:
        """A view of each row, one after another."""
        return (RowAgent(self._table, int(row)) for row in self.rows)

    def __contains__(self, agent: object) -> bool:
        """Whether a view's row is in the set."""
        return isinstance(agent, RowAgent) and any(a == agent for a in self)

    def select(
        self, filter_func: Any = None, at_most: float = float("inf"), **_: Any
    ) -> "TableSet":
        """The rows that pass a filter: the name of a field, a mask, or a function of a view.

        If a field is named, the rows in which it is not 0 pass. Only the first `at_most` rows are
        taken. A value up to 1 is a share of this set before filtering; a larger value is a number
        of rows.
        """
        if filter_func is None:
            chosen = self.rows
        elif isinstance(filter_func, str):
            chosen = self.rows[self.column(filter_func) != 0]
        elif isinstance(filter_func, np.ndarray):
            chosen = self.rows[filter_func]
        else:
            chosen = np.array([a.row for a in self if filter_func(a)], int)
        limit = (
            len(chosen)
            if at_most == float("inf")
            else int(at_most if at_most > 1 else at_most * len(self))
        )
        return TableSet(self._table, chosen[:limit])

    def column(self, name: str) -> np.ndarray:
        """A field of all rows as an array; enumerations are given as their codes in `sim.terms`.

        Raises:
            AttributeError: If there is no such field.
        """
        there = self._table.rows.dtype.names or ()
        if name not in there:
            raise AttributeError(_no_field(self._table.kind.__name__, name, there))
        found: np.ndarray = self._table.rows[name][self.rows]
        return found

    def get(self, attr_names: str | list[str], **_: Any) -> list[Any]:
        """A field of each row, or a list of fields of each row."""
        if isinstance(attr_names, str):
            return list(self.column(attr_names).tolist())
        return [
            list(values)
            for values in zip(*(self.column(n).tolist() for n in attr_names), strict=True)
        ]

    def agg(self, attribute: str, func: Any) -> Any:
        """Apply a function, or several, to a field's values."""
        values = self.column(attribute)
        return func(values) if callable(func) else [f(values) for f in func]

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Apply a function, or a method by name, to each view and return the results."""
        if isinstance(method, str):
            return [getattr(a, method)(*args, **kwargs) for a in self]
        return [method(a, *args, **kwargs) for a in self]

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> "TableSet":
        """Call a function, or a method by name, on each view."""
        self.map(method, *args, **kwargs)
        return self

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> "TableSet":
        """A new set, sorted by a field or by a function of the view."""
        values = self.column(key) if isinstance(key, str) else np.array([key(a) for a in self])
        order = np.argsort(values, kind="stable")
        return TableSet(self._table, self.rows[order if ascending else order[::-1]])

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError(
            "agents cannot be added, removed or shuffled: "
            "rows change only in the steps of the month"
        )

    add = remove = discard = shuffle = shuffle_do = _update = _refuse
