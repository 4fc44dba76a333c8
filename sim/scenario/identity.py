"""What makes two runs the same: a scenario as canonical JSON, and the hash of all that decides.

Out: plain values that any format can hold, the canonical text, and a run's identity.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any

from pydantic import BaseModel

from sim.extension import fingerprint
from sim.scenario.scenario import Scenario
from sim.terms import label

WORDS = ("title", "description", "author", "reference")
"""What is said about a scenario or policy; it moves no number."""


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
    # Numbers of NumPy turn into Python's; a date of TOML is told as text, and then refused.
    return value.item() if hasattr(value, "item") else str(value)


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, and every float with just the digits that restore it."""
    return json.dumps(
        plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def identity(
    scenario: Scenario, months: int, seed: int, measured: tuple[str, ...], code: str
) -> str:
    """The hash that two runs share exactly when they must give the same results.

    Args:
        scenario: Resolved scenario; its words and its own months and seed do not count.
        months: Measured months of the run.
        seed: Seed of the run.
        measured: What is measured, in any order.
        code: Hash of the sources that decide numbers.

    Returns:
        64 hexadecimal digits; the first 16 are enough to show.
    """
    return Seedless(scenario, months, measured, code).identity(seed)


class Seedless:
    """All that decides a run but its seed: replicates share what is dear to hash.

    Args:
        scenario: As for `identity`.
        months: As for `identity`.
        measured: As for `identity`.
        code: As for `identity`.
    """

    def __init__(
        self, scenario: Scenario, months: int, measured: tuple[str, ...], code: str
    ) -> None:
        """Hash everything that stands before the seed."""
        tree = plain(scenario)
        for told in (tree, *tree["policies"]):
            for word in WORDS:
                told.pop(word, None)
        del tree["run"]["months"], tree["run"]["seed"]
        # What an extension does counts, not where it lies.
        tree["extensions"] = [fingerprint(path) for path in scenario.extensions]
        parts = {
            "code": code,
            "measured": sorted(set(measured)),
            "months": months,
            "scenario": tree,
        }
        # Canonical text has its keys in order, and "seed" is the last of them.
        self._begun = hashlib.sha256(canonical(parts)[:-1].encode())

    def identity(self, seed: int) -> str:
        """The identity of the run with this seed."""
        whole = self._begun.copy()
        whole.update(f',"seed":{seed}}}'.encode())
        return whole.hexdigest()
