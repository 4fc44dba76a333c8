"""Derives what a scenario can contain from the declared types: paths, units, ranges, words.

In: the type `Scenario`. Out: for a path, the values allowed there; for a mistyped key, a hint.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from enum import IntEnum
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel

from sim.engine.record import Quantity
from sim.scenario.checking.fault import meant
from sim.scenario.scenario import Scenario
from sim.terms import label

ANY = "*"
"""Matches any name or number in a path, as in ``evasions.*.cost`` and ``policies.*.start``."""


@dataclass
class Node:
    """What is allowed at a path: a table with its keys, or a value.

    Args:
        keys: The nodes of a table's keys, by key; empty for a value.
        quantity: Unit and range of a number.
        words: Words that are allowed; empty for other values.
    """

    keys: dict[str, "Node"] = field(default_factory=dict)
    quantity: Quantity | None = None
    words: tuple[str, ...] = ()

    def find(self, path: str) -> "Node | None":
        """The node at a dotted path below this one, or None."""
        head, _, rest = path.partition(".")
        below = self.keys.get(head) or self.keys.get(ANY)
        return below.find(rest) if below and rest else below

    def paths(self, head: str = "") -> Iterator[str]:
        """Every path of fixed names below this node; a table comes before its contents."""
        for key, node in self.keys.items():
            if key != ANY:
                yield f"{head}{key}"
                yield from node.paths(f"{head}{key}.")


@cache
def outline() -> Node:
    """The tree of `Scenario`."""
    return _node(Scenario)


def _node(hint: Any, quantity: Quantity | None = None) -> Node:
    """The node of one type; its quantity comes from Annotated."""
    if isinstance(hint, TypeAliasType):
        return _node(hint.__value__)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _node(parts[0], next((p for p in parts[1:] if isinstance(p, Quantity)), quantity))
    if origin in {Union, UnionType}:  # an optional value
        return _node(parts[0], quantity)
    if origin is Literal:
        return Node()
    if origin is tuple:
        return Node({ANY: _node(parts[0])})
    if origin is dict:
        return Node({ANY: _node(parts[1])})
    names: Iterable[str] = ()
    if is_dataclass(hint):
        names = (item.name for item in fields(hint))
    elif issubclass(hint, BaseModel):
        names = hint.model_fields
    elif issubclass(hint, IntEnum):
        return Node(words=tuple(label(word) for word in hint))
    hints = get_type_hints(hint, include_extras=True) if names else {}
    return Node({name: _node(hints[name]) for name in names}, quantity)


def unknown_key(path: str) -> str:
    """The hint for a key that does not exist: the same name elsewhere, or a similar one here."""
    if outline().find(path) is not None:
        return "write it without quotes: dots separate the names of tables"
    head, _, key = path.rpartition(".")
    elsewhere = [p for p in outline().paths() if p == key or p.endswith(f".{key}")]
    if elsewhere:
        first = sorted(elsewhere, key=lambda p: p.count("."))[:3]
        return f"did you mean {' or '.join(repr(p) for p in first)}?"
    here = outline().find(head) if head else outline()
    known = [name for name in here.keys if name != ANY] if here else []
    return meant(key, known) or (f"known here: {', '.join(known)}" if 0 < len(known) <= 12 else "")
