"""Applies overrides to a draft, which holds merged but unchecked values.

Overrides are ``--set path=value`` on the command line, or a Python mapping.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sim.levers.catalogue import Levers
from sim.reading.file import Unreadable
from sim.reading.limits import PARTS, SET_CHARACTERS
from sim.reading.toml import parse
from sim.scenario.checking.check import OVERRIDE, Place
from sim.scenario.checking.fault import Fault
from sim.scenario.checking.sections import EVASIONS
from sim.scenario.identity import plain
from sim.scenario.reading.draft import Draft
from sim.scenario.scenario import INTERNAL, Scenario

LAST = 1_000_000
"""Rank of overrides: after every file."""

SHORT = {
    "debtors": "population.size",
    "months": "run.months",
    "burn_in": "run.burn_in",
    "seed": "run.seed",
}
"""Short names of paths, as in options of the command line and keys of an experiment."""

GROUPS = frozenset(group.name for group in fields(Levers))
"""The first part of every lever's path."""
MINUS = "−"
"""The typographic minus sign, which Servanda's tables print."""
NUMERIC = rf"\[?[-+{MINUS}\d][-+{MINUS}\d.,eE_\s]*\]?"
"""Pattern of a number or a list of numbers. Only there is a typographic minus sign replaced."""


class OverrideError(Exception):
    """A path that does not exist, or a value that cannot be read."""


type Overrides = Mapping[str, object] | Sequence[str]


def override(draft: Draft, overrides: Overrides) -> None:
    """Apply overrides to a draft in the order given; record those that cannot be applied."""
    for number, (path, value) in enumerate(_pairs(draft, overrides)):
        place = Place(LAST, number, OVERRIDE)
        if path.partition(".")[0] == INTERNAL or path.count(".") >= PARTS:
            draft.found.append((place, Fault(path, "unknown key")))
            continue
        if path.startswith("evasions."):
            # Changing one option must not drop the others.
            draft.tree.setdefault("evasions", plain(EVASIONS))
        try:
            full = _put(draft.tree, _full(path, draft), value)
        except OverrideError as error:
            draft.found.append((place, Fault(path, str(error))))
            continue
        kept = {at: p for at, p in draft.places.items() if not f"{at}.".startswith(f"{full}.")}
        # A table that is in no file was made by this override; its errors name the override.
        around = {full[: dot.start()]: place for dot in re.finditer(r"\.", full)}
        draft.places = around | kept | {full: place}


def _pairs(draft: Draft, overrides: Overrides) -> Iterator[tuple[str, Any]]:
    if isinstance(overrides, Mapping):
        yield from _leaves(overrides)
        return
    for number, item in enumerate([overrides] if isinstance(overrides, str) else overrides):
        path, equals, text = str(item).partition("=")
        place = Place(LAST, number, OVERRIDE)
        if equals and path.strip():
            try:
                yield path.strip(), _parsed(text.strip())
            except OverrideError as error:
                draft.found.append((place, Fault(path.strip(), str(error))))
        else:
            draft.found.append(
                (place, Fault(str(item), "should be path=value", "for example run.months=36"))
            )


def _leaves(tree: Mapping[str, object], head: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a mapping with their paths. A nested table changes only the keys in it."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", plain(value)


def _parsed(text: str) -> Any:
    """Parse a value as in a file, except that words need no quotes.

    Raises:
        OverrideError: If it is too long, or exceeds a limit of `sim.reading.toml`.
    """
    if len(text) > SET_CHARACTERS or "\n" in text or "\0" in text:
        raise OverrideError(f"should be one line of at most {SET_CHARACTERS:,} characters")
    # A minus sign copied from a printed table.
    numeric = text.replace(MINUS, "-") if re.fullmatch(NUMERIC, text) else text
    try:
        tree = parse(f"value = {numeric}", OVERRIDE)
    except Unreadable as error:
        if error.what.startswith("not valid TOML"):
            return text
        raise OverrideError(f"{error.what}; {error.hint}") from None
    return plain(tree["value"])


def _full(path: str, draft: Draft) -> str:
    """The full path: short names are replaced, and levers get ``levers.`` in front.

    If there are extensions, a path whose first part is no key of scenarios is one of their levers.
    """
    if path in SHORT:
        return SHORT[path]
    head, dot, _ = path.partition(".")
    added = bool(draft.tree.get("extensions")) and head not in Scenario.model_fields
    return f"levers.{path}" if dot and (head in GROUPS or added) else path


def _put(node: Any, path: str, value: Any, head: str = "") -> str:
    """Put a value at a path, creating tables as needed.

    Returns:
        The path with a policy's name replaced by its number.

    Raises:
        OverrideError: If the path leads through a value that is not a table or list.
    """
    key, _, rest = path.partition(".")
    if isinstance(node, list):
        names = [item.get("name") if isinstance(item, dict) else None for item in node]
        known = [n for n, name in enumerate(names) if key in {str(n), name}]
        if not known:
            raise OverrideError(f"there is no '{key}' in {head}")
        place: Any = known[0]
        key = str(place)
    elif isinstance(node, dict):
        # In a file, a lever's full path may be one quoted key.
        key, rest = (path, "") if path in node else (key, rest)
        place = key
    else:
        raise OverrideError(f"{head} is not a table")
    below = f"{head}.{key}" if head else key
    if not rest:
        node[place] = value
        return below
    if isinstance(node, dict):
        node.setdefault(place, {})
    return _put(node[place], rest, value, below)
