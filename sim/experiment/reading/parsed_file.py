"""Checks each part of the file of an experiment by itself, before names are looked up.

In: a tree of plain values with their places. Out: a `Spec` of the valid parts, and the faults.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.experiment.reading.error_messages import MESSAGES
from sim.experiment.spec import KINDS, Spec
from sim.scenario.checking.check import Found, Place, located_faults, refusal
from sim.scenario.reading.draft import Here


@dataclass
class ParsedFile:
    """The contents of the file of an experiment, not yet checked.

    Args:
        name: Short name of the experiment.
        here: The folder from which paths in the file are resolved.
        text: The text of the file.
        tree: The tables and values of the file.
        places: Where each dotted path was written.
        found: Faults found so far, with their places.
    """

    name: str
    here: Here
    text: str
    tree: dict[str, Any]
    places: dict[str, Place]
    found: list[Found] = field(default_factory=list)


def checked_parts(raw: ParsedFile, found: list[Found]) -> Spec:
    """The contents of a file as a `Spec`, without invalid parts.

    Args:
        raw: The file.
        found: Faults are added to this list.

    Raises:
        ScenarioErrors: If an invalid part cannot be left out, so that nothing else can be checked.
    """
    tree = raw.tree
    for key in ("set", "factors"):
        if isinstance(tree.get(key), dict):
            flat = _factors if key == "factors" else _flat
            tree[key] = dict(flat(tree[key]))
    parts = (tree, tree["design"]) if isinstance(tree.get("design"), dict) else (tree,)
    for part in parts:
        for key in ("indicators", "by", "policies", "maximise", "minimise", "constraints"):
            if isinstance(part.get(key), str):  # a single word needs no brackets
                part[key] = [part[key]]
    while True:
        before = json.dumps(tree)
        try:
            return Spec.model_validate_json(json.dumps(tree), strict=True)
        except ValidationError as failure:
            errors = [_placed(error) for error in failure.errors(include_url=False)]
            found += located_faults(errors, raw.places, MESSAGES)
            for error in errors:
                _drop(tree, error["loc"])
            if json.dumps(tree) == before:  # no part can be left out to check the rest
                raise refusal(found) from None


def _placed(error: ErrorDetails) -> ErrorDetails:
    """A validation error with its path in the file: the kind of design is left out of the path."""
    place = tuple(error["loc"])
    if place[:1] == ("design",) and len(place) > 1 and place[1] in KINDS:
        error["loc"] = ("design", *place[2:])
    return error


def _flat(table: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested tables, each with its full path."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value


def _factors(table: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    """The factors, each with its full path. A bare list gives the values of a factor."""
    for key, value in table.items():
        nested = isinstance(value, dict) and value and all(map(_table, value.items()))
        if nested:
            yield from _factors(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", {"values": value} if isinstance(value, list) else value


def _table(item: tuple[str, Any]) -> bool:
    """Whether a key continues the path of a factor; otherwise it is an option of the factor."""
    key, value = item
    return isinstance(value, dict) or (isinstance(value, list) and key != "values")


def _drop(tree: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Remove an invalid part, so that the rest can be checked."""
    key = str(place[0]) if place else ""
    if key == "factors" and len(place) > 1 and isinstance(tree.get(key), dict):
        tree[key].pop(place[1], None)
    elif key in {"format", "title"}:
        tree[key] = {"format": 1, "title": "untitled"}[key]
    else:
        tree.pop(key, None)
