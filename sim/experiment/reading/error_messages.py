"""Turns validation errors of the file of an experiment into messages in plain words."""

import re

from pydantic_core import ErrorDetails

from sim.experiment.spec import KINDS, Factor, Spec
from sim.scenario.checking.check import FAULT_MAKERS, FaultMaker
from sim.scenario.checking.fault import Fault, meant, shown
from sim.scenario.checking.outline import outline
from sim.scenario.policy import levers, out_of_range
from sim.scenario.scenario import SECTIONS


def _unknown(path: str, _error: ErrorDetails) -> Fault:
    """The fault for a key that does not exist."""
    head, _, key = path.rpartition(".")
    if not head and (key in SECTIONS or outline().find(key)):
        return Fault(path, "unknown key", "values for every run go under [set]")
    known: set[str] = set(Spec.model_fields)
    if head == "design":
        known = {name for kind in KINDS.values() for name in kind.model_fields}
    elif head.startswith("factors."):
        place = path.removeprefix("factors.")
        if place in levers() or outline().find(place):
            return Fault(path, "should be a table or a list", "list its values in brackets")
        known = set(Factor.model_fields)
    return Fault(path, "unknown key", meant(key, sorted(known)))


def _range(path: str, error: ErrorDetails) -> Fault:
    """The fault for a number that is too small or too large."""
    phrases = {"ge": "{} or more", "gt": "more than {}", "le": "{} or less", "lt": "less than {}"}
    context = error.get("ctx", {})
    (text,) = [
        words.format(f"{context[key]:,.12g}") for key, words in phrases.items() if key in context
    ]
    return Fault(path, out_of_range(error["input"]), f"give {text}")


def _word(path: str, error: ErrorDetails) -> Fault:
    """The fault for a word that is not one of those expected."""
    words = re.findall(r"'(\w+)'", str(error.get("ctx", {}).get("expected", "")))
    given = error["input"]
    if error["type"].startswith("union_tag"):
        path, words = f"{path}.kind", list(KINDS)
        given = given.get("kind") if isinstance(given, dict) else given
        if error["type"] == "union_tag_not_found":
            return Fault(path, "missing", f"choose from {', '.join(words)}")
    near = meant(given, words) if isinstance(given, str) else ""
    return Fault(path, f"unknown word {shown(given)}", near or f"choose from {', '.join(words)}")


MESSAGES: dict[str, FaultMaker] = FAULT_MAKERS | {
    "extra_forbidden": _unknown,
    "greater_than_equal": _range,
    "greater_than": _range,
    "less_than_equal": _range,
    "less_than": _range,
    "literal_error": _word,
    "union_tag_invalid": _word,
    "union_tag_not_found": _word,
}
"""For each kind of validation error, the function that makes the message."""
