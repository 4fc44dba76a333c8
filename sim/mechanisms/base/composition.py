"""Composition: records of the core with the fields that mechanisms add.

A record is a row of a table, the levers of one mode of governance, or one section of parameters.
"""

from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

from sim.mechanisms.base.mechanism import MECHANISMS

COMPOSED: set[str] = set()
"""Names of all records to which `composed` has been applied."""


def composed[T](name: str) -> Callable[[type[T]], type[T]]:
    """Add to the class of a record the fields that mechanisms declare for it.

    A field is placed after the last field of the same type. This adds no gaps between the fields of
    a row.

    Args:
        name: Name that mechanisms use for the record: the name of a table, of a mode of
            governance, or of a section of parameters.

    Returns:
        A decorator for a class that is not a dataclass yet.
    """

    def with_fields(cls: type[T]) -> type[T]:
        COMPOSED.add(name)
        hints = dict(cls.__annotations__)
        for mechanism in MECHANISMS:
            for record, added in mechanism.fields:
                if record != name:
                    continue
                for field, hint in added.__annotations__.items():
                    if field in hints:
                        raise TypeError(f"{mechanism.title}: {name} has a field '{field}' already")
                    hints = _with(hints, field, hint)
                    if hasattr(added, field):
                        setattr(cls, field, getattr(added, field))
        cls.__annotations__ = hints
        return cls

    return with_fields


def _with(hints: dict[str, Any], field: str, hint: Any) -> dict[str, Any]:
    """Annotations with one more field, placed after the last field of the same type."""
    names = list(hints)
    alike = [place for place, name in enumerate(names) if _cell(hints[name]) == _cell(hint)]
    names.insert(alike[-1] + 1 if alike else len(names), field)
    known = hints | {field: hint}
    return {name: known[name] for name in names}


def _cell(hint: Any) -> Any:
    """The parts of an annotation that determine how a field is stored."""
    if get_origin(hint) is not Annotated:
        return hint
    base, *extras = get_args(hint)
    stored = [extra for extra in extras if isinstance(extra, str | tuple)]
    return (base, *stored) if stored else base
