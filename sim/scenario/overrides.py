"""Values put over a draft: ``--set path=value`` on the command line, or a mapping in Python."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import Any

from sim.errors import ServandaError
from sim.extension import gathered
from sim.levers.catalogue import Levers
from sim.scenario.check import OVERRIDE, Place
from sim.scenario.draft import Draft
from sim.scenario.fault import Fault
from sim.scenario.identity import plain
from sim.scenario.sections import EVASIONS

LAST = 1_000_000
"""Rank of overrides: read after every file."""


class StrayError(Exception):
    """A path that leads nowhere."""


type Overrides = Mapping[str, object] | Sequence[str]


def override(draft: Draft, overrides: Overrides) -> None:
    """Put values over a draft, in the order given; note what cannot be put."""
    for number, (path, value) in enumerate(_pairs(draft, overrides)):
        place = Place(LAST, number, OVERRIDE)
        if path.startswith("evasions."):
            # To change one option is not to leave out the others.
            draft.tree.setdefault("evasions", plain(EVASIONS))
        try:
            full = _put(draft.tree, _full(path, draft), value)
        except StrayError as error:
            draft.found.append((place, Fault(path, str(error))))
            continue
        kept = {at: p for at, p in draft.places.items() if not f"{at}.".startswith(f"{full}.")}
        # A table that no file has was made by this override, which then answers for it.
        around = {full[: dot.start()]: place for dot in re.finditer(r"\.", full)}
        draft.places = around | kept | {full: place}


def _pairs(draft: Draft, overrides: Overrides) -> Iterator[tuple[str, Any]]:
    if isinstance(overrides, Mapping):
        yield from _leaves(overrides)
        return
    for number, item in enumerate([overrides] if isinstance(overrides, str) else overrides):
        path, equals, text = item.partition("=")
        if equals and path.strip():
            yield path.strip(), _parsed(text.strip())
        else:
            place = Place(LAST, number, OVERRIDE)
            draft.found.append((place, Fault(item, "should be path=value", "run.months=36, say")))


def _leaves(tree: Mapping[str, object], head: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a mapping with their paths; a table in it changes what it names only."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", plain(value)


def _parsed(text: str) -> Any:
    """A value as a file would write it; a word needs no quotes."""
    try:
        return plain(tomllib.loads(f"value = {text}")["value"])
    except tomllib.TOMLDecodeError:
        return text


def _full(path: str, draft: Draft) -> str:
    """A lever's path may leave out where levers stand."""
    groups = {group.name for group in fields(Levers)}
    with suppress(ServandaError, TypeError):  # what is wrong with an extension is told elsewhere
        added = gathered(draft.tree.get("extensions", []))
        groups |= {lever.partition(".")[0] for lever in added.levers}
    return f"levers.{path}" if path.partition(".")[0] in groups else path


def _put(node: Any, path: str, value: Any, head: str = "") -> str:
    """Put a value at a path, making tables on the way.

    Returns:
        The path with a policy's name replaced by its number.

    Raises:
        StrayError: If the path runs through something that has no parts.
    """
    key, _, rest = path.partition(".")
    if isinstance(node, list):
        names = [item.get("name") if isinstance(item, dict) else None for item in node]
        known = [n for n, name in enumerate(names) if key in {str(n), name}]
        if not known:
            raise StrayError(f"there is no '{key}' in {head}")
        place: Any = known[0]
        key = str(place)
    elif isinstance(node, dict):
        # In a file, a lever's whole path may be one quoted key.
        key, rest = (path, "") if path in node else (key, rest)
        place = key
    else:
        raise StrayError(f"{head} is no table")
    below = f"{head}.{key}" if head else key
    if not rest:
        node[place] = value
        return below
    if isinstance(node, dict):
        node.setdefault(place, {})
    return _put(node[place], rest, value, below)
