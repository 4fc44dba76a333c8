"""Computes the identity of a world: a hash of everything that determines its results.

In: a scenario. Out: plain values for any file format, the canonical JSON text, and two hashes.

The identity of a world is in `World.identity`, in the manifest of a run and in the tables of a
sweep. It does not depend on what is stored of a run (breakdowns, indicators, tables, a panel),
because that does not change the results.

A record is all that a folder stores of one run. A folder may contain two records of the same world
in which different things are stored. The key of a record is therefore the identity of the world
plus a digest of what is stored.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any

from pydantic import BaseModel

from sim.extension import fingerprint
from sim.scenario.scenario import Scenario
from sim.terms import label

WORDS = ("title", "description", "author", "reference", "currency")
"""Keys that describe a scenario or policy; they change no result."""
KEPT_DIGITS = 16
"""Number of hexadecimal digits at the end of a record's key; they identify what is stored."""


def plain(value: Any) -> Any:
    """Convert a value to tables, lists, texts and numbers; enumeration members become words."""
    if isinstance(value, IntEnum):
        return label(value)
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [plain(below) for below in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    # Numbers of NumPy become those of Python. A date in TOML becomes text and is refused later.
    return value.item() if hasattr(value, "item") else str(value)


def canonical(value: Any) -> str:
    """JSON with sorted keys, without spaces, and with the shortest exact digits of every float."""
    return json.dumps(
        plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def identity(scenario: Scenario, months: int, seed: int, code: str) -> str:
    """The identity of a world. Worlds with the same identity give the same results.

    Args:
        scenario: Scenario with everything it extends. Its descriptions are ignored, and so are its
            own months and seed.
        months: Number of measured months of the run.
        seed: Seed of the run.
        code: Hash of the source code that determines results.

    Returns:
        64 hexadecimal digits; the first 16 are enough to show.
    """
    return Seedless(scenario, months, code).identity(seed)


def record_key(world: str, kept: Iterable[str]) -> str:
    """The key of a record in a folder.

    Args:
        world: Identity of the world.
        kept: Labels of everything that is stored of the run, in any order.

    Returns:
        The identity of the world, a dash and `KEPT_DIGITS` hexadecimal digits.
    """
    digest = hashlib.sha256(canonical(sorted(set(kept))).encode()).hexdigest()
    return f"{world}-{digest[:KEPT_DIGITS]}"


def world_of(key: str) -> str:
    """The identity of the world, from the key of a record."""
    return key.partition("-")[0]


class Seedless:
    """The hash of a world without its seed; it is computed once for runs with many seeds.

    Args:
        scenario: As for `identity`.
        months: Number of measured months of the run.
        code: Hash of the source code that determines results.
    """

    def __init__(self, scenario: Scenario, months: int, code: str) -> None:
        """Hash everything except the seed."""
        tree = plain(scenario)
        for table in (tree, *tree["policies"]):
            for word in WORDS:
                table.pop(word, None)
        del tree["run"]["months"], tree["run"]["seed"]
        # Extensions are identified by their contents, not by their paths.
        tree["extensions"] = [fingerprint(path) for path in scenario.extensions]
        parts = {
            "code": code,
            "months": months,
            "scenario": tree,
        }
        # Canonical text has sorted keys. "seed" is the last one and is added later.
        self._begun = hashlib.sha256(canonical(parts)[:-1].encode())

    def identity(self, seed: int) -> str:
        """The identity of the world with this seed."""
        whole = self._begun.copy()
        whole.update(f',"seed":{seed}}}'.encode())
        return whole.hexdigest()
