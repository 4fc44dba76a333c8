"""What a check finds wrong: faults with their paths, gathered before anything is raised.

In: a value that a validator looks at. Out: one validation error that carries all its faults.
"""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from enum import IntEnum
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from sim.terms import label

FAULTS = "faults"
"""Type of the validation error that carries `Fault` rows."""


class Fault(NamedTuple):
    """One thing to mend.

    Args:
        path: Dotted path below the value that was looked at; empty for that value itself.
        what: What is wrong there, without a final stop.
        hint: What to do about it.
        unrun: Whether it is an extension that the user has not allowed to run.
    """

    path: str
    what: str
    hint: str = ""
    unrun: bool = False


def refuse(faults: Iterable[Fault]) -> None:
    """Refuse a value for all its faults at once; do nothing when there is none.

    Raises:
        PydanticCustomError: Carrying every fault; a validator may raise only once.
    """
    if found := list(faults):
        text = "; ".join(f"{fault.path}: {fault.what}".removeprefix(": ") for fault in found)
        raise PydanticCustomError(FAULTS, "{text}", {"text": text, "faults": found})


def meant(word: str, known: Iterable[str]) -> str:
    """A hint with the known word nearest to a mistyped one; empty when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def shown(value: object) -> str:
    """A value as a file would write it, cut short; a table or list by its name only."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, float):
        return repr(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."


def member(words: type[IntEnum], value: object) -> object:
    """The member that a lower-case word names; anything else as text, which no field accepts.

    A number is no word: codes stand in results, and a file should be readable without them.
    """
    if isinstance(value, words):
        return value
    return next((word for word in words if label(word) == value), str(value))
