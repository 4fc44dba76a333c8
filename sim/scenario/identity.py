"""What makes two runs the same: a scenario as canonical JSON, and a hash of all that decides it.

Out: plain values that any format can hold, the canonical text, and two hashes. The identity of a
world covers all that decides its numbers; `World.identity`, a run's manifest and the tables of a
sweep all give this one. What is kept of a run (breakdowns, indicators, tables, a panel) decides no
number and is no part of it. A folder that stores runs has to distinguish records of one world of
which different things were kept: its key is the identity of the world and a digest of what is kept.
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

WORDS = ("title", "description", "author", "reference")
"""Descriptions of a scenario or policy; they move no number."""
KEPT_DIGITS = 16
"""Hexadecimal digits of a record's key that stand for what is kept."""


def plain(value: Any) -> Any:
    """The same in tables, lists, texts and numbers; members of enumerations become words."""
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
    # Numbers of NumPy become Python's; a date of TOML becomes text, and is refused later.
    return value.item() if hasattr(value, "item") else str(value)


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, and every float with just the digits that restore it."""
    return json.dumps(
        plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def identity(scenario: Scenario, months: int, seed: int, code: str) -> str:
    """The identity of a world: two worlds share it exactly when they must give the same numbers.

    Args:
        scenario: Resolved scenario; its descriptions and its own months and seed do not count.
        months: Measured months of the run.
        seed: Seed of the run.
        code: Hash of the sources that decide numbers.

    Returns:
        64 hexadecimal digits; the first 16 are enough to show.
    """
    return Seedless(scenario, months, code).identity(seed)


def record_key(world: str, kept: Iterable[str]) -> str:
    """The key under which a folder stores what is kept of a world.

    Args:
        world: Identity of the world.
        kept: What is kept, in words, in any order.

    Returns:
        The identity, a dash and `KEPT_DIGITS` hexadecimal digits.
    """
    digest = hashlib.sha256(canonical(sorted(set(kept))).encode()).hexdigest()
    return f"{world}-{digest[:KEPT_DIGITS]}"


def world_of(key: str) -> str:
    """The identity of the world of which a record is."""
    return key.partition("-")[0]


class Seedless:
    """All that decides a world but its seed: replicates share what takes long to hash.

    Args:
        scenario: As for `identity`.
        months: As for `identity`.
        code: As for `identity`.
    """

    def __init__(self, scenario: Scenario, months: int, code: str) -> None:
        """Hash everything that stands before the seed."""
        tree = plain(scenario)
        for table in (tree, *tree["policies"]):
            for word in WORDS:
                table.pop(word, None)
        del tree["run"]["months"], tree["run"]["seed"]
        # What an extension does counts, not where it lies.
        tree["extensions"] = [fingerprint(path) for path in scenario.extensions]
        parts = {
            "code": code,
            "months": months,
            "scenario": tree,
        }
        # Canonical text has its keys in order, and "seed" is the last of them.
        self._begun = hashlib.sha256(canonical(parts)[:-1].encode())

    def identity(self, seed: int) -> str:
        """The identity of the world with this seed."""
        whole = self._begun.copy()
        whole.update(f',"seed":{seed}}}'.encode())
        return whole.hexdigest()
