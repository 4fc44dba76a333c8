"""Loads an experiment from a file, the name of a shipped experiment, or a mapping."""

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sim.experiment.experiment import Experiment
from sim.experiment.reading.parsed_file import ParsedFile
from sim.experiment.reading.resolve import resolved
from sim.experiment.reading.shipped import locate, shipped
from sim.permission import everything_allowed
from sim.reading import toml
from sim.reading.file import Missing, Unreadable
from sim.scenario.checking.check import OVERRIDE, Place, refusal
from sim.scenario.checking.fault import Fault
from sim.scenario.identity import plain
from sim.scenario.reading.draft import EXPERIMENTS, SCENARIOS, Here, Source, tables_of
from sim.scenario.reading.overrides import LAST
from sim.scenario.reading.text import heading, read
from sim.scenario.scenario import FORMAT


def load_experiment(
    source: Source,
    *,
    overrides: Mapping[str, object] | None = None,
    allow_code: bool = False,
) -> Experiment:
    """Read and check an experiment, and make the points of its design.

    Args:
        source: A file, the name of a shipped experiment, or a mapping with the same keys.
        overrides: Values that replace those of the file. Each is named by a top-level key, such as
            ``debtors``, or by a dotted path, such as ``design.trials``.
        allow_code: Whether the Python files that scenarios name under `extensions` may be run.

    Raises:
        ScenarioErrors: If anything is wrong; it lists all errors in the order of lines.
    """
    raw = _raw(source)
    for number, (key, value) in enumerate((overrides or {}).items()):
        _put(raw.tree, key.split("."), plain(value))
        kept = {at: p for at, p in raw.places.items() if not at.startswith(f"{key}.")}
        raw.places = kept | {key: Place(LAST, number, OVERRIDE)}
    with everything_allowed() if allow_code else nullcontext():
        return resolved(raw)


def _put(tree: dict[str, Any], path: list[str], value: Any) -> None:
    """Set a value in nested tables; if a key is not a table, the later check reports it."""
    for key in path[:-1]:
        tree = tree.setdefault(key, {})
        if not isinstance(tree, dict):
            return
    tree[path[-1]] = value


def design_of(source: Source) -> dict[str, Any]:
    """The table ``design`` of an experiment, unchecked; empty if there is none.

    Raises:
        ScenarioErrors: If there is no such experiment.
    """
    design = _raw(source).tree.get("design")
    return design if isinstance(design, dict) else {}


def _raw(source: Source) -> ParsedFile:
    """The contents of a source, parsed but not yet checked."""
    if isinstance(source, Mapping):
        tree = {"format": FORMAT, "title": "untitled"} | tables_of(source)
        if name := _not_utf8(tree):
            fault = Fault("", "this name is not UTF-8", "rename the file")
            raise refusal([(Place(file=name), fault)])
        return ParsedFile("experiment", Here(), "", tree, {"": Place()})
    path = locate(source)
    if isinstance(path, Fault):
        raise refusal([(Place(), path)])
    found: list[tuple[Place, Fault]] = []
    try:
        text, tree, places = read(path, Place(file=str(path)), found, "an experiment file")
    except Missing:
        raise refusal([(Place(file=str(path)), Fault("", "there is no such file"))]) from None
    if SCENARIOS & tree.keys() and not EXPERIMENTS & tree.keys():
        what, hint = "this is a scenario, not an experiment", f"use `servanda run {path}`"
        raise refusal([(Place(file=str(path)), Fault("", what, hint))])
    heading(found, tree, places)
    return ParsedFile(path.stem, Here(path.parent, confined=True), text, plain(tree), places, found)


def _not_utf8(value: Any) -> str:
    """The first text in plain values that cannot be encoded in UTF-8; empty if there is none.

    Names of files may contain bytes that are not valid characters.
    """
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return next(filter(None, map(_not_utf8, value)), "")
    return value if isinstance(value, str) and not _is_utf8(value) else ""


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_experiment(source: str) -> bool:
    """Whether a shipped name or a file is an experiment and not a scenario."""
    if source in shipped():
        return True
    try:
        _, tree = toml.load(Path(source))
    except Unreadable:
        return False
    return not EXPERIMENTS.isdisjoint(tree)
