"""Reads the file of a field experiment, shipped or the user's own.

In: a name or a path. Out: a `Read` experiment, or `ScenarioErrors` with file, line and path of each
fault.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.analysis.field.spec import Arm, FieldExperiment, Outcome, Target
from sim.experiment.reading.error_messages import MESSAGES
from sim.reading import toml
from sim.reading.file import Missing, Unreadable
from sim.scenario.checking.check import FaultMaker, Found, Place, located_faults, refusal
from sim.scenario.checking.fault import Fault, meant, shown
from sim.scenario.identity import plain
from sim.scenario.reading.shipped import folder
from sim.scenario.reading.text import heading, read
from sim.terms import Domain, Kind, label

WHAT = "the file of a field experiment"
OWN = {"arms", "targets"}
"""Keys that only field experiments have."""


class Read(NamedTuple):
    """An experiment with its name, its file, and the place of each dotted path in the file."""

    name: str
    file: Path
    experiment: FieldExperiment
    places: Mapping[str, Place]


def shipped() -> dict[str, Path]:
    """The files of shipped field experiments by name, in alphabetical order."""
    return {path.stem: path for path in sorted((folder("experiments") / "field").glob("*.toml"))}


def load_field(source: str | Path) -> Read:
    """Read and check the file of a field experiment.

    Args:
        source: The name of a shipped one, or a path.

    Raises:
        ScenarioErrors: If there is no such file, or anything in it is wrong; it lists all faults in
            the order of lines.
    """
    path = _locate(source)
    found: list[Found] = []
    try:
        _, tree, places = read(path, Place(file=str(path)), found, WHAT)
    except Missing:
        raise refusal([(Place(file=str(path)), Fault("", "there is no such file"))]) from None
    heading(found, tree, places)
    for table in (tree, *_tables(tree.get("arms"))):
        for key in ("set", "world"):
            if isinstance(table.get(key), dict) and (table is tree or key == "world"):
                table[key] = _flat(table[key])
    try:
        text = json.dumps(plain(tree))
        experiment = FieldExperiment.model_validate_json(text, strict=True)
    except ValidationError as failure:
        errors = failure.errors(include_url=False)
        raise refusal([*found, *located_faults(errors, places, MAKERS)]) from None
    if found:
        raise refusal(found)
    return Read(path.stem, path, experiment, places)


def is_field(source: str) -> bool:
    """Whether a shipped name or a file is a field experiment."""
    if source in shipped():
        return True
    try:
        _, tree = toml.load(Path(source))
    except Unreadable:
        return False
    return tree.keys() >= OWN


def _locate(source: str | Path) -> Path:
    """The file of a shipped name or of a path.

    Raises:
        ScenarioErrors: If the name is unknown.
    """
    if isinstance(source, Path) or source.endswith(".toml") or "/" in source or "\\" in source:
        return Path(source)
    known = shipped()
    if source not in known:
        listed = f"shipped: {', '.join(known)}; to name a file, end it in .toml"
        fault = Fault(
            "", f"there is no field experiment '{source}'", meant(source, known) or listed
        )
        raise refusal([(Place(), fault)])
    return known[source]


def _tables(arms: Any) -> list[dict[str, Any]]:
    """The tables of arms, if they are tables."""
    return [arm for arm in arms.values() if isinstance(arm, dict)] if isinstance(arms, dict) else []


def _flat(table: Mapping[str, Any], head: str = "") -> dict[str, Any]:
    """The values of nested tables by their full paths: quotes around a path are optional."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        nested = isinstance(value, dict)
        flat |= _flat(value, f"{head}{key}.") if nested else {f"{head}{key}": value}
    return flat


def _unknown(path: str, _: ErrorDetails) -> Fault:
    """The fault for a key that does not exist."""
    head, _dot, key = path.rpartition(".")
    kinds: dict[str, type[BaseModel]] = {"arms": Arm, "outcomes": Outcome, "targets": Target}
    model = kinds.get(head.partition(".")[0], FieldExperiment)
    return Fault(path, "unknown key", meant(key, sorted(model.model_fields)))


def _no_name(path: str, _: ErrorDetails) -> Fault:
    """The fault for a name of an arm's policy: the table itself has the name."""
    return Fault(path, "an arm is named by its table", "remove 'name'")


def _no_member(path: str, error: ErrorDetails) -> Fault:
    """The fault for a word that names no kind of debtors, or no domain of claims."""
    words = [label(one) for one in (Kind if ".kinds" in path else Domain)]
    near = meant(str(error["input"]), words) or f"choose from {', '.join(words)}"
    return Fault(path, f"unknown word {shown(error['input'])}", near)


MAKERS: dict[str, FaultMaker] = MESSAGES | {
    "extra_forbidden": _unknown,
    "enum": _no_member,
    "string_pattern_mismatch": _no_name,
}
"""For each kind of validation error, the function that makes the message."""
