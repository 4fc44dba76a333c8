"""Collects the faults that checks find, with their paths, and raises them together.

In: the faults of a value. Out: one validation error with all of them.
"""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from enum import IntEnum
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from sim.terms import label

FAULTS = "faults"
"""Type of the validation error that contains a list of `Fault`."""


class Fault(NamedTuple):
    """One thing to fix.

    Args:
        path: Dotted path below the value that was validated; empty for that value itself.
        what: What is wrong, without a full stop.
        hint: How to correct it; may be empty.
        unrun: Whether the fault is an extension that the user has not allowed to run.
    """

    path: str
    what: str
    hint: str = ""
    unrun: bool = False


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one error for all faults of a value; do nothing if there are none.

    Raises:
        PydanticCustomError: With every fault, because a validator can raise only once.
    """
    if found := list(faults):
        text = "; ".join(f"{fault.path}: {fault.what}".removeprefix(": ") for fault in found)
        raise PydanticCustomError(FAULTS, "{text}", {"text": text, "faults": found})


def meant(word: str, known: Iterable[str]) -> str:
    """A hint with the known word most similar to a mistyped one; empty if none is similar."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def shown(value: object) -> str:
    """A value as a file would write it, shortened; tables and lists are only named."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, float):
        return repr(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."


def member(words: type[IntEnum], value: object) -> object:
    """The enumeration member that a lower-case word names; any other value as (invalid) text.

    Numeric codes are not accepted, because a file should be readable without them.
    """
    if isinstance(value, words):
        return value
    return next((word for word in words if label(word) == value), str(value))
