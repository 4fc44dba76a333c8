"""Reads a TOML file of evidence into a declared part, with the line of every fault.

In: a path and the type of its contents. Out: the contents, and the faults found on the way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from sim.errors import ServandaError
from sim.experiment.reading.error_messages import MESSAGES as OF_EXPERIMENTS
from sim.reading import toml
from sim.reading.file import Missing, Unreadable
from sim.scenario.checking.check import FaultMaker, Found, Place, located_faults, place_of
from sim.scenario.checking.fault import Fault, meant
from sim.scenario.identity import plain
from sim.scenario.reading.line_numbers import positions


class Part(BaseModel):
    """Base class of everything in these files: frozen, and without unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


@dataclass
class File:
    """A TOML file as read, not yet checked.

    Args:
        path: The file.
        rank: Its number in reading order.
        tree: Its tables and values.
        places: Where each dotted path was written.
        found: Faults found so far.
    """

    path: Path
    rank: int
    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    def fault(self, path: str, what: str, hint: str = "") -> None:
        """Note a fault at a dotted path of the file."""
        self.found.append((place_of(path, self.places), Fault(path, what, hint)))

    def error(self, path: str, error: ServandaError) -> None:
        """Note an error of another part of the program at a dotted path of the file."""
        self.fault(path, f"{error.where}: {error.what}".removeprefix(": "), error.hint)


MISSING = "write it; the least it needs is the line format = 1"


def read(path: Path, rank: int, what: str) -> File:
    """Read a TOML file; what prevents it is a fault of the result.

    Args:
        path: The file.
        rank: Its number in reading order, for the order of faults.
        what: What it should contain, as in "this is a folder, not a court file".
    """
    file = File(path, rank)
    whole = Place(rank, 0, str(path))
    file.places[""] = whole
    try:
        text, tree = toml.load(path, what)
    except Unreadable as wrong:
        _, reason, hint, line, _ = wrong.args
        hint = MISSING if isinstance(wrong, Missing) else hint
        file.found.append((whole._replace(line=line), Fault("", reason, hint)))
        return file
    file.tree = plain(tree)
    file.places |= {at: Place(rank, line, str(path)) for at, line in positions(text).items()}
    return file


def checked[T: Part](file: File, kind: type[T], tables: Mapping[str, type[Part]]) -> T | None:
    """The contents of a file as the declared part; None if something is wrong with them.

    Args:
        file: The file; faults are added to it.
        kind: The declared part.
        tables: Parts inside, by the key that holds them, for the keys that hints may propose.
    """
    if file.found:
        return None

    def unknown(path: str, _error: ErrorDetails) -> Fault:
        head, _, key = path.rpartition(".")
        at = tables.get(head.split(".")[0], kind) if head else kind
        known = sorted(one.alias or name for name, one in at.model_fields.items())
        return Fault(path, "unknown key", meant(key, known) or f"known here: {', '.join(known)}")

    makers: dict[str, FaultMaker] = OF_EXPERIMENTS | {"extra_forbidden": unknown}
    try:
        return kind.model_validate_json(json.dumps(file.tree), strict=True)
    except ValidationError as failure:
        file.found += located_faults(failure.errors(include_url=False), file.places, makers)
        return None
