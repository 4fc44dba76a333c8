"""What an experiment's file says, part by part: what is sound in itself, and what is not.

In: a tree of plain values with their places. Out: a `Spec`, and the faults found.
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
    """What a file says, not yet checked.

    Args:
        name: Short name of the experiment.
        here: The folder in which what it names lies.
        text: The text of its file.
        tree: Its tables and values.
        places: Where each dotted path was written.
        found: What is wrong already.
    """

    name: str
    here: Here
    text: str
    tree: dict[str, Any]
    places: dict[str, Place]
    found: list[Found] = field(default_factory=list)


def checked_parts(raw: ParsedFile, found: list[Found]) -> Spec:
    """What a file says, without the parts that are wrong in themselves.

    Args:
        raw: The file.
        found: Where faults go.

    Raises:
        ScenarioErrors: If it cannot be looked at part by part.
    """
    tree = raw.tree
    for key in ("set", "factors"):
        if isinstance(tree.get(key), dict):
            flat = _factors if key == "factors" else _flat
            tree[key] = dict(flat(tree[key]))
    parts = (tree, tree["design"]) if isinstance(tree.get("design"), dict) else (tree,)
    for part in parts:
        for key in ("indicators", "by", "policies", "maximise", "minimise", "constraints"):
            if isinstance(part.get(key), str):  # a single word may stand without brackets
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
            if json.dumps(tree) == before:  # nothing can be left out to look at the rest
                raise refusal(found) from None


def _placed(error: ErrorDetails) -> ErrorDetails:
    """A validation error at its path: the word of a design is no part of it."""
    place = tuple(error["loc"])
    if place[:1] == ("design",) and len(place) > 1 and place[1] in KINDS:
        error["loc"] = ("design", *place[2:])
    return error


def _flat(table: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    """Values of nested tables with their whole paths."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value


def _factors(table: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    """Factors with their whole paths; a list stands for its values."""
    for key, value in table.items():
        nested = isinstance(value, dict) and value and all(map(_table, value.items()))
        if nested:
            yield from _factors(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", {"values": value} if isinstance(value, list) else value


def _table(item: tuple[str, Any]) -> bool:
    """Whether what stands below a path is another part of it, not what is said of a factor."""
    key, value = item
    return isinstance(value, dict) or (isinstance(value, list) and key != "values")


def _drop(tree: dict[str, Any], place: tuple[int | str, ...]) -> None:
    """Take out what was found wrong, so that the rest can be looked at."""
    key = str(place[0]) if place else ""
    if key == "factors" and len(place) > 1 and isinstance(tree.get(key), dict):
        tree[key].pop(place[1], None)
    elif key in {"format", "title"}:
        tree[key] = {"format": 1, "title": "untitled"}[key]
    else:
        tree.pop(key, None)
