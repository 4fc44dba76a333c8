"""Builds a `Scenario` from a tree of plain values, or reports every error in it.

In: tables, lists and values as read from files, and the place where each was written.
Out: a `Scenario`, or `ScenarioErrors` with one line per error, in the order of the files.
"""

import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.errors import ServandaError, ServandaWarning
from sim.extension import CodeRefused, Extension, gathered, refused
from sim.levers.lever import Lever
from sim.scenario.checking.fault import FAULTS, Fault, meant, shown
from sim.scenario.checking.outline import Node, outline, unknown_key
from sim.scenario.policy import AnyLevers, called_now, out_of_range, range_hint, unknown
from sim.scenario.scenario import INTERNAL, Scenario

OVERRIDE = "--set"


class Place(NamedTuple):
    """Where a value was written; places sort in reading order.

    Args:
        rank: Number of the file in reading order; overrides come last.
        line: Line in the file, from 1; 0 if there are no lines.
        file: Path of the file, `OVERRIDE`, or empty for values given in Python.
    """

    rank: int = 0
    line: int = 0
    file: str = ""

    def error(self, fault: Fault) -> ServandaError:
        """Convert a fault at this place into an error."""
        if self.file == OVERRIDE:
            where = f"{OVERRIDE} {fault.path}"
        else:
            parts = (self.file, str(self.line or ""))
            where = ": ".join(part for part in (":".join(filter(None, parts)), fault.path) if part)
        kind = CodeRefused if fault.unrun else ServandaError
        return kind(where, fault.what, fault.hint)


Found = tuple[Place, Fault]


SHOWN = 20
"""Largest number of errors shown; the others are only counted."""


class ScenarioErrors(ServandaError):
    """All errors of a scenario, one line each.

    Args:
        errors: The errors, in the order in which they are shown.
    """

    def __init__(self, errors: Sequence[ServandaError]) -> None:
        """Join the first errors into lines."""
        lines = [str(error) for error in errors[:SHOWN]]
        if (more := len(errors) - SHOWN) > 0:
            lines.append(f"and {more:,} more; fix these first")
        super().__init__("", "\n".join(lines))
        # From these arguments pickle rebuilds the error in another process.
        self.args = (tuple(errors),)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return self.what  # the lines are already printable

    @property
    def refused(self) -> tuple[CodeRefused, ...]:
        """The extensions that did not run because the user has not allowed them."""
        return tuple(error for error in self.errors if isinstance(error, CodeRefused))


def refusal(found: Iterable[Found]) -> ScenarioErrors:
    """One error with all faults, in the order of lines."""
    ordered = sorted(found, key=lambda pair: pair[0][:2])
    return ScenarioErrors([place.error(fault) for place, fault in ordered])


def build(
    tree: Mapping[str, Any], places: Mapping[str, Place], found: Iterable[Found] = ()
) -> Scenario:
    """Build the scenario that a tree of plain values describes.

    Args:
        tree: Tables, lists, texts, numbers.
        places: Where each path was written.
        found: Faults found earlier.

    Raises:
        ScenarioErrors: With all faults, in the order of lines.
    """
    found = list(found)
    scenario = attempt(tree, places, found)
    if scenario is None or found:
        raise refusal(found)
    return scenario


def attempt(
    tree: Mapping[str, Any], places: Mapping[str, Place], found: list[Found]
) -> Scenario | None:
    """Build the scenario of a tree, or return None and add its faults to `found`.

    Everything that does not depend on extensions is checked first. Extensions run only if that part
    is valid.
    """
    named = tree.get("extensions")
    if not named or not isinstance(named, list) or not all(isinstance(p, str) for p in named):
        return _validated(tree, places, found, {})
    before = len(found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ServandaWarning)  # the second validation repeats them
        _validated(_without_foreign(tree), places, found, AnyLevers())
    try:
        for error in refused(named):
            fault = Fault("extensions", f"{error.where} {error.what}", error.hint, unrun=True)
            found.append((place_of("extensions", places), fault))
        if len(found) > before:
            return None
        extension = gathered(named)
    except ServandaError as error:
        fault = Fault("extensions", f"{error.where}: {error.what}", error.hint)
        found.append((place_of("extensions", places), fault))
        return None
    return _validated(_apart(tree, places, found, extension), places, found, extension.levers)


def _validated(
    tree: Mapping[str, Any],
    places: Mapping[str, Place],
    found: list[Found],
    added: Mapping[str, Lever],
) -> Scenario | None:
    """Build the scenario of a tree, or None if it is invalid; `added` are levers of extensions."""
    try:
        # Strict JSON accepts a list as a tuple and a table as a record, but not text as a number.
        return Scenario.model_validate_json(json.dumps(tree), strict=True, context=added)
    except ValidationError as failure:
        found += located_faults(failure.errors(include_url=False), places)
        return None


def located_faults(
    errors: Sequence[ErrorDetails],
    places: Mapping[str, Place],
    makers: "Mapping[str, FaultMaker] | None" = None,
) -> Iterator[Found]:
    """Convert validation errors into faults with their places, in the order of lines.

    Hints take time to make, so only the first errors get one: about twice as many as are shown.

    Args:
        errors: The errors from Pydantic.
        places: Where each path was written.
        makers: For each type of error, the function that makes the fault; by default those for
            scenarios.
    """
    paths = [".".join(map(str, error["loc"])) for error in errors]
    ordered = sorted(zip(paths, errors, strict=True), key=lambda one: place_of(one[0], places))
    for number, (path, error) in enumerate(ordered):
        if number > 2 * SHOWN and error["type"] != FAULTS:
            yield place_of(path, places), Fault(path, error["msg"].lower())
            continue
        for fault in faults(error, makers):
            yield place_of(fault.path, places), fault


def _without_foreign(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree without values for levers that only an extension can declare."""
    own = tree.get("levers", {})
    if not isinstance(own, dict):
        return dict(tree)
    any_lever = AnyLevers()
    kept = {group: table for group, table in own.items() if not any_lever.foreign(f"{group}.any")}
    return dict(tree) | {"levers": kept}


def _apart(
    tree: Mapping[str, Any],
    places: Mapping[str, Place],
    found: list[Found],
    extension: Extension,
) -> dict[str, Any]:
    """Separate the levers of extensions from those of the model, and check their values.

    Returns:
        The tree, with the values for extensions under `added_levers`.
    """
    own = tree.get("levers", {})
    if not isinstance(own, dict):
        return dict(tree)
    groups = {path.partition(".")[0] for path in extension.levers}
    there = tree.get(INTERNAL, {})
    values = extension.defaults | {path: there[path] for path in extension.levers.keys() & there}
    for group in groups & own.keys():
        for name, number in own[group].items() if isinstance(own[group], dict) else ():
            path = f"{group}.{name}"
            fault = _lever_fault(path, number, extension.levers)
            if fault is not None:
                found.append((place_of(f"levers.{path}", places), fault))
            elif path in extension.levers:
                values[path] = float(number)
    kept = {group: table for group, table in own.items() if group not in groups}
    return dict(tree) | {"levers": kept, INTERNAL: values}


def _lever_fault(path: str, number: object, levers: Mapping[str, Lever]) -> Fault | None:
    """The fault in a value for a lever of an extension; None if it is valid."""
    if path not in levers:
        return unknown(path, levers)._replace(path=f"levers.{path}")
    if isinstance(number, bool) or not isinstance(number, int | float):
        return Fault(f"levers.{path}", f"should be a number, not {shown(number)}")
    if not levers[path].low <= number <= levers[path].high:
        return Fault(f"levers.{path}", out_of_range(number), range_hint(levers[path]))
    return None


def place_of(path: str, places: Mapping[str, Place]) -> Place:
    """Where a path was written, or else where the nearest table around it was written."""
    while path and path not in places:
        path = path.rpartition(".")[0]
    return places.get(path, Place())


def faults(
    error: ErrorDetails, makers: "Mapping[str, FaultMaker] | None" = None
) -> Iterator[Fault]:
    """Convert one validation error into faults.

    Args:
        error: The error from Pydantic.
        makers: For each type of error, the function that makes the fault; by default those for
            scenarios.
    """
    path = ".".join(str(part) for part in error["loc"])
    if error["type"] == FAULTS:
        for fault in error["ctx"][FAULTS]:
            yield fault._replace(path=f"{path}.{fault.path}".strip("."))
        return
    maker = (FAULT_MAKERS if makers is None else makers).get(error["type"])
    yield maker(path, error) if maker else Fault(path, error["msg"])


def _unknown(path: str, _: ErrorDetails) -> Fault:
    if renamed := called_now(path.removeprefix("levers.")):
        return Fault(path, "unknown lever", renamed)
    return Fault(path, "unknown key", unknown_key(path))


def _missing(path: str, _: ErrorDetails) -> Fault:
    return Fault(path, "missing")


def _range(path: str, error: ErrorDetails) -> Fault:
    node = outline().find(path) or Node()
    hint = range_hint(node.quantity) if node.quantity else ""
    return Fault(path, out_of_range(error["input"]), hint)


def _word(path: str, error: ErrorDetails) -> Fault:
    words = (outline().find(path) or Node()).words
    known = ", ".join(f"'{word}'" for word in words)
    near = meant(str(error["input"]), words)
    return Fault(path, f"unknown word {shown(error['input'])}", near or f"choose from {known}")


def _too_long(path: str, error: ErrorDetails) -> Fault:
    most = error["ctx"]["max_length"]
    given = error["ctx"].get("actual_length") or f"more than {most}"
    return Fault(path, f"{given} items", f"give at most {most}")


type FaultMaker = Callable[[str, ErrorDetails], Fault]


def _must_be(wanted: str) -> FaultMaker:
    def make(path: str, error: ErrorDetails) -> Fault:
        return Fault(path, f"should be {wanted}, not {shown(error['input'])}")

    return make


def _literal(path: str, error: ErrorDetails) -> Fault:
    """The fault for a value that is not one of a few, such as the format or a currency."""
    expected = str(error.get("ctx", {}).get("expected", ""))
    words = re.findall(r"'(\w+)'", expected)
    given = error["input"]
    if not words:
        return Fault(path, f"should be {expected}, not {shown(given)}")
    near = meant(given, words) if isinstance(given, str) else ""
    return Fault(path, f"unknown word {shown(given)}", near or f"choose from {', '.join(words)}")


FAULT_MAKERS: dict[str, FaultMaker] = {
    "extra_forbidden": _unknown,
    "unexpected_keyword_argument": _unknown,
    "missing": _missing,
    "greater_than_equal": _range,
    "less_than_equal": _range,
    "enum": _word,
    "float_type": _must_be("a number"),
    "int_type": _must_be("a whole number"),
    "int_from_float": _must_be("a whole number"),
    "int_parsing_size": _must_be("a smaller whole number"),
    "finite_number": _must_be("a finite number"),
    "bool_type": _must_be("true or false"),
    "string_type": _must_be("text in quotes"),
    "string_too_short": _must_be("some text"),
    "literal_error": _literal,
    "dict_type": _must_be("a table"),
    "model_type": _must_be("a table"),
    "dataclass_type": _must_be("a table"),
    "tuple_type": _must_be("a list"),
    "too_long": _too_long,
}
"""For each type of validation error, the function that makes the fault shown to the user."""
