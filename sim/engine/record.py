"""Record types from annotated classes: one declaration defines dtype, static types and limits.

In: a class decorated with `record` (rows that change) or `declared` (numbers that a user sets).
Out: its NumPy dtype (`dtype`), a table of rows (`table`), and the `Quantity` of each number, with
unit, range, source and standing (measured, to be fitted or assumed).
"""

from collections.abc import Iterator, Mapping, MutableSequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import IntEnum
from typing import (
    Annotated,
    Any,
    Literal,
    Protocol,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

import numpy as np
from annotated_types import GroupedMetadata, Interval

Byte = Annotated[int, "i1"]
Short = Annotated[int, "i2"]
Word = Annotated[int, "i4"]
Single = Annotated[float, "f4"]
"""Four bytes; only for numbers that no rule computes with."""

Standing = Literal["measured", "to be fitted", "assumed"]
WIDTHS = {"i1", "i2", "i4", "i8", "f4"}
SIZES: dict[type, str] = {float: "f8", int: "i8", bool: "?"}


@dataclass_transform()
def record[T](cls: type[T]) -> type[T]:
    """Declare a row of a table: a dataclass whose instances are always views of rows."""
    return dataclass(cls)


LINE = 64
"""Bytes of a cache line."""


def padded[T](cls: type[T]) -> type[T]:
    """Make a row a whole number of cache lines. In a `Table`, each row begins with a line."""
    cls.__padded__ = True  # type: ignore[attr-defined]
    return cls


@dataclass_transform(frozen_default=True)
def declared[T](cls: type[T]) -> type[T]:
    """Declare numbers that a scenario sets: immutable and finite; unknown names are refused."""
    made = dataclass(frozen=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid", "allow_inf_nan": False}  # type: ignore[attr-defined]
    return made


@dataclass(frozen=True, kw_only=True)
class Quantity(GroupedMetadata):
    """Description of a number: unit, admissible range, origin and how well it is known.

    Args:
        unit: Unit of measure, such as ``1/month`` or ``yuan``.
        low: Smallest admissible value (inclusive).
        high: Largest admissible value (inclusive).
        source: A reference, or the reason for an assumption.
        standing: ``measured``, ``to be fitted`` or ``assumed``.
        bites: Settings, by path, of a world in which the number affects results; empty if the
            number affects results in the baseline.
    """

    unit: str
    low: float
    high: float
    source: str = ""
    standing: Standing = "assumed"
    bites: Mapping[str, float | bool | str] = field(default_factory=dict, hash=False)

    def __iter__(self) -> Iterator[object]:
        """The limits, as constraints for Pydantic."""
        yield Interval(ge=self.low, le=self.high)


def quantity(cls: type, name: str) -> Quantity | None:
    """The `Quantity` (or subclass) declared for one field, or None."""
    hint = get_type_hints(cls, include_extras=True)[name]
    return next((m for m in get_args(hint)[1:] if isinstance(m, Quantity)), None)


def dtype(cls: type) -> np.dtype[Any]:
    """The aligned NumPy dtype of a record class; nested classes become nested records.

    Raises:
        TypeError: If a field has a type that a row cannot store.
    """
    hints = get_type_hints(cls, include_extras=True)
    cells = [(f.name, *_cell(cls, f.name, hints[f.name])) for f in fields(cls)]
    made = np.dtype(cells, align=True)
    if not getattr(cls, "__padded__", False):
        return made
    whole: Any = {
        "names": [name for name, *_ in cells],
        "formats": [made[name] for name, *_ in cells],
        "offsets": [(made.fields or {})[name][1] for name, *_ in cells],
        "itemsize": -(-made.itemsize // LINE) * LINE,
    }
    lines: np.dtype[Any] = np.dtype(whole, align=True)
    return lines


def _cell(cls: type, name: str, hint: Any) -> tuple[Any, ...]:
    base, extras = (
        (get_args(hint)[0], get_args(hint)[1:]) if get_origin(hint) is Annotated else (hint, ())
    )
    for extra in extras:
        if isinstance(extra, str) and extra in WIDTHS:
            return (extra,)
        if isinstance(extra, tuple):
            return extra
    if is_dataclass(base):
        return (dtype(base),)  # type: ignore[arg-type]
    if isinstance(base, type) and issubclass(base, IntEnum):
        return ("i1",)
    if base in SIZES:
        return (SIZES[base],)
    raise TypeError(f"{cls.__name__}.{name}: a row cannot hold {hint!r}")


def values(plain: Any) -> tuple[Any, ...]:
    """The numbers of an instance as a nested tuple, with which NumPy fills a row."""
    found = (getattr(plain, f.name) for f in fields(plain))
    return tuple(values(v) if is_dataclass(v) else v for v in found)


def table(cls: type, rows: list[Any]) -> np.ndarray:
    """An array of records, one for each of the instances `rows`.

    Returns:
        Shape ``(len(rows),)``, dtype ``dtype(cls)``.
    """
    return np.array([values(r) for r in rows], dtype(cls))


Cells = MutableSequence[float]
"""A fixed number of floats inside a row, declared as ``Annotated[Cells, ("f8", (6,))]``."""


class Records[T](Protocol):
    """A table as seen by rules, compiled or in plain Python: rows by number."""

    def __getitem__(self, row: int, /) -> T:
        """One row; writing to its fields changes the table."""

    def __len__(self) -> int:
        """Number of rows."""
