"""Makes the JSON Schema of scenario files; with it, editors complete names and show units."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any, get_args, get_type_hints

from sim.engine.record import Quantity, quantity
from sim.levers.catalogue import catalogue
from sim.levers.lever import Lever
from sim.parameters import EvasionTraits
from sim.scenario.checking.sections import EVASION_CODES, EVASIONS
from sim.scenario.identity import plain
from sim.scenario.scenario import INTERNAL, SECTIONS, Scenario
from sim.terms import Behaviour, Domain, Kind, PersonalRisk, Updating, label

WORDS: tuple[type[IntEnum], ...] = (Behaviour, Updating, PersonalRisk, Domain, Kind)
"""Enumerations whose members are written as words in files."""


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, with titles, units, ranges and sources."""
    made = Scenario.model_json_schema()
    parts = made["$defs"]
    for record in _records(Scenario):
        for item in fields(record):
            shown = parts[record.__name__]["properties"][item.name]
            shown |= {"title": item.name} | _annotations(quantity(record, item.name))
            if "default" in shown:
                shown["default"] = plain(item.default)
    for words in WORDS:
        parts[words.__name__] = {"title": words.__name__, "enum": [label(word) for word in words]}
    option = parts[EvasionTraits.__name__]["properties"]["option"]
    option |= {"anyOf": [{"enum": list(EVASION_CODES)}, {"type": option.pop("type")}]}
    for verb in ("set", "scale", "add"):
        policy = parts["Policy"]["properties"]
        policy[verb] = {"title": verb, "description": policy[verb].get("description", "")}
        policy[verb] |= _moves(bounded=verb == "set")
    parts.pop("Moves", None)
    made["properties"]["evasions"]["default"] = plain(EVASIONS)
    for section in SECTIONS:
        # Each property of a record already has its own default.
        made["properties"][section].pop("default", None)
    made["properties"].pop(INTERNAL)
    made["properties"]["extends"] = {
        "title": "extends",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        "description": "Name of a shipped scenario, path of a file relative to this one, or a list "
        "of them; where two give different values, the later one applies.",
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


def _records(cls: Any) -> Iterator[Any]:
    """Every declared class inside another, once for each place where it occurs."""
    for hint in get_type_hints(cls).values():
        for part in (hint, *get_args(hint)):
            if is_dataclass(part):
                yield part
                yield from _records(part)


def _annotations(declared: Quantity | None) -> dict[str, str]:
    """Title and description of a number, as annotations of the schema."""
    if declared is None:
        return {}
    source = f". {declared.source} ({declared.standing})" if declared.source else ""
    annotations = {"description": declared.unit + source}
    if isinstance(declared, Lever):
        annotations["title"] = f"{declared.title} {declared.zh}"
    return annotations


def _moves(*, bounded: bool) -> dict[str, Any]:
    """Schema of a table of levers, each under its quoted path or in the table of its mode.

    The lever ``sanctions.late_interest`` may also be ``late_interest`` in the table ``sanctions``.
    """
    levers: dict[str, Any] = {}
    modes: dict[str, Any] = {}
    for path, mode, name, lever, _ in catalogue():
        number: dict[str, Any] = {"type": "number"} | _annotations(lever)
        if bounded:
            number |= {"minimum": lever.low, "maximum": lever.high}
        levers[path] = number
        group = modes.setdefault(
            mode, {"type": "object", "properties": {}, "additionalProperties": False}
        )
        group["properties"][name] = number
    return {"type": "object", "properties": modes | levers, "additionalProperties": False}
