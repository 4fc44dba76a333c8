"""Reads a scenario and the files that it extends, and merges them before they are checked.

In: a file, a shipped name or a mapping. Out: a `Draft` with the merged values and the place of
each. A file is the child of the files that it extends, and its values replace theirs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sim.reading.file import Missing, Unreadable
from sim.reading.limits import FILES, LEVELS
from sim.reading.within import inside
from sim.scenario.checking.check import Found, Place, refusal
from sim.scenario.checking.fault import Fault, shown
from sim.scenario.identity import plain
from sim.scenario.reading.shipped import no_such, shipped
from sim.scenario.reading.text import heading, read
from sim.scenario.scenario import FORMAT, INTERNAL, SECTIONS

type Source = str | Path | Mapping[str, object]

EXPERIMENTS = frozenset({"base", "design", "factors", "replicates"})
"""Keys that only experiments have."""
SCENARIOS = frozenset({*SECTIONS, "evasions", "policies", "extends", "extensions"})
"""Keys that only scenarios have."""


@dataclass
class Draft:
    """Contents of scenario files, merged but not yet checked.

    Args:
        tree: Tables, lists and values.
        places: Where each dotted path was written.
        texts: The text of each file read.
        found: Faults found so far.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)


@dataclass
class Layer:
    """Contents of one file, or of a mapping given instead of a file.

    Args:
        tree: Tables, lists and values, without those of the parents.
        places: Where each dotted path was written.
        parents: The layers that this one extends; the last named comes first.
    """

    tree: dict[str, Any]
    places: dict[str, Place]
    parents: list["Layer"] = field(default_factory=list)


class Here(NamedTuple):
    """Where a name was written.

    Args:
        beside: The folder of the file in which the name was written.
        confined: Whether only files in that folder or below it may be named. It is true in a file,
            because the source of the file may be unknown. It is false in Python and on the command
            line.
    """

    beside: Path = Path()
    confined: bool = False


def tables_of(source: Mapping[str, object]) -> dict[str, Any]:
    """Convert a mapping given in Python into plain tables, lists and values.

    Raises:
        ScenarioErrors: If tables contain themselves, or are nested too deeply for Python.
    """
    try:
        tables: dict[str, Any] = plain(source)
    except RecursionError:
        fault = Fault("", "its tables are nested too deeply", "no table may contain itself")
        raise refusal([(Place(), fault)]) from None
    return tables


def draft(source: Source) -> Draft:
    """Read a scenario and everything that it extends.

    Raises:
        ScenarioErrors: If a file cannot be read at all.
    """
    made = Draft()
    reader = _Reader(made)
    if isinstance(source, Mapping):
        tree = {"format": FORMAT, "title": "untitled"} | tables_of(source)
        first = Layer(tree, {"": Place()})
        reader.find_extensions(first, Here())
        reader.find_parents(first, Here(), ())
    elif not isinstance(source, str | Path):
        what = f"should be a name, a file or a mapping, not of the type {type(source).__name__}"
        raise refusal([(Place(), Fault("scenario", what))])
    else:
        path = locate(source, Here())
        if isinstance(path, Fault):
            raise refusal([(Place(), path)])
        try:
            first = reader.read(path, ())
        except Missing:
            raise refusal([(Place(file=str(path)), Fault("", "there is no such file"))]) from None
    for layer in _ordered(first):
        _under(made, layer.tree, layer.places)
    return made


def locate(source: str | Path, here: Here) -> Path | Fault:
    """Find the file that a name or a path refers to."""
    if isinstance(source, str) and not re.search(r"[/\\]|\.toml$", source):
        if source in shipped():
            return shipped()[source]
        if not _is_folder(here.beside / source):
            return no_such(source)
    if not here.confined:
        return here.beside / source
    try:
        return inside(here.beside, str(source))
    except Unreadable as error:
        return Fault("", f"{shown(str(source))}: {error.what}", error.hint)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no file can have such a name
        return False


class _Reader:
    """Reads a file and its parents, each only once even if several files extend it."""

    def __init__(self, made: Draft) -> None:
        self.made = made
        self.layers: dict[Path, Layer] = {}

    def read(self, path: Path, chain: tuple[Path, ...]) -> Layer:
        """Read a file, with everything that it extends.

        Args:
            path: The file.
            chain: The files whose `extends` led to this one, with links resolved.

        Raises:
            Missing: If there is no such file.
        """
        place = Place(len(chain), 0, str(path))
        text, tree, places = read(path, place, self.made.found)
        if EXPERIMENTS & tree.keys() and not SCENARIOS & tree.keys():
            what, hint = "this is an experiment, not a scenario", f"use `servanda sweep {path}`"
            raise refusal([*self.made.found, (place, Fault("", what, hint))])
        heading(self.made.found, tree, places)
        self.made.texts[str(path)] = text
        layer = self.layers[path.resolve()] = Layer(plain(tree), places)
        if INTERNAL in tree:
            fault = Fault(INTERNAL, "unknown key", "levers of extensions belong under [levers]")
            self.made.found.append((places.get(INTERNAL, places[""]), fault))
            del layer.tree[INTERNAL]
        here = Here(path.parent, confined=True)
        self.find_extensions(layer, here)
        self.find_parents(layer, here, (*chain, path.resolve()))
        return layer

    def find_parents(self, layer: Layer, here: Here, chain: tuple[Path, ...]) -> None:
        """Read the parents of a layer. The last named comes first: its values win."""
        named = layer.tree.pop("extends", [])
        place = layer.places.get("extends", layer.places[""])
        several = named if isinstance(named, list) else [named]
        if len(several) > FILES:
            what, hint = f"{len(several):,} parents", f"name at most {FILES}"
            raise refusal([*self.made.found, (place, Fault("extends", what, hint))])
        layer.parents = [self._parent(parent, place, here, chain) for parent in several[::-1]]

    def _parent(self, named: Any, place: Place, here: Here, chain: tuple[Path, ...]) -> Layer:
        """Read one parent named in `extends`."""
        path = locate(named, here) if isinstance(named, str) else None
        if path is None:
            path = Fault("", f"should be a name or a path in quotes, not {shown(named)}")
        if not isinstance(path, Fault):
            try:
                real = path.resolve()
                if real in chain:
                    circle = " → ".join(file.name for file in (*chain, path))
                    path = Fault("", f"the files extend each other in a circle: {circle}")
                elif real in self.layers:
                    return self.layers[real]
                elif len(chain) >= LEVELS or len(self.layers) >= FILES:
                    what = "too many files extend each other"
                    hint = f"at most {LEVELS} in a row and {FILES} in total are allowed"
                    path = Fault("", what, hint)
                else:
                    return self.read(path, chain)
            except Missing:
                path = Fault("", f"there is no file {path}")
            except (OSError, ValueError, RuntimeError):
                path = Fault("", f"no file can have the name {shown(named)}")
        raise refusal([*self.made.found, (place, path._replace(path="extends"))])

    def find_extensions(self, layer: Layer, here: Here) -> None:
        """Turn names of extensions, relative to the file's folder, into absolute paths."""
        named = layer.tree.get("extensions")
        if not isinstance(named, list):
            return
        found: list[Any] = []
        for number, name in enumerate(named):
            if not isinstance(name, str):
                found.append(name)
                continue
            try:
                path = inside(here.beside, name) if here.confined else here.beside / name
                found.append(str(path.resolve()))
            except (Unreadable, OSError, ValueError, RuntimeError) as error:
                wrong = error if isinstance(error, Unreadable) else None
                what = wrong.what if wrong else "no file can have this name"
                fault = Fault("extensions", f"{shown(name)}: {what}", wrong.hint if wrong else "")
                places = layer.places
                at = places.get(f"extensions.{number}", places.get("extensions", places[""]))
                self.made.found.append((at, fault))
        layer.tree["extensions"] = found


def _ordered(first: Layer) -> list[Layer]:
    """A layer and all its ancestors; each comes before the layers whose values it replaces.

    An ancestor that several files extend comes after all of them.
    """
    done: dict[int, Layer] = {}

    def visit(layer: Layer) -> None:
        for parent in layer.parents[::-1]:
            if id(parent) not in done:
                visit(parent)
        done[id(layer)] = layer

    visit(first)
    return list(done.values())[::-1]


def _under(made: Draft, tree: dict[str, Any], places: dict[str, Place]) -> None:
    """Merge a parent into the draft. The draft's values stay; the parent's policies go first."""
    own, inherited = made.tree.get("policies"), tree.get("policies")
    merged = _merged(tree, made.tree)
    if isinstance(own, list) and isinstance(inherited, list):
        merged["policies"] = inherited + own
        made.places = {_shifted(at, len(inherited)): p for at, p in made.places.items()}
    mine, theirs = made.tree.get("extensions"), tree.get("extensions")
    if isinstance(mine, list) and isinstance(theirs, list):
        merged["extensions"] = [*theirs, *(path for path in mine if path not in theirs)]
    made.tree, made.places = merged, places | made.places


def _merged(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {k: _merged(below.get(k), v) for k, v in above.items()}
    return above


def _shifted(path: str, count: int) -> str:
    head, _, rest = path.partition("policies.")
    if head or not rest:
        return path
    number, dot, below = rest.partition(".")
    return f"policies.{int(number) + count}{dot}{below}"
