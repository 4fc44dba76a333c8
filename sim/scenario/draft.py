"""A scenario before it is checked: the merged tree of its files, and where each value stands.

In: a file, a shipped name or a mapping. Out: a `Draft`, with parents merged below children.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sim.scenario.check import Found, Place, refusal, shown
from sim.scenario.fault import Fault
from sim.scenario.identity import plain
from sim.scenario.setting import FORMAT
from sim.scenario.shipped import no_such, shipped
from sim.scenario.text import heading, read

type Source = str | Path | Mapping[str, object]


@dataclass
class Draft:
    """What files say, not yet checked.

    Args:
        tree: Tables, lists and values.
        places: Where each dotted path was written.
        texts: The text of each file read.
        found: What is wrong already.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)


class Layer(NamedTuple):
    """What one file says, or a mapping given in its place.

    Args:
        name: The file as a whole path; empty for a mapping.
        tree: Its tables, lists and values, without what it extends.
        places: Where each dotted path was written.
    """

    name: str
    tree: dict[str, Any]
    places: dict[str, Place]


def draft(source: Source) -> Draft:
    """Read a scenario and all that it extends.

    Raises:
        ScenarioErrors: If a file cannot be read at all.
    """
    made = Draft()
    if isinstance(source, Mapping):
        tree = {"format": FORMAT, "title": "untitled"} | plain(source)
        _find_extensions(tree, Path())
        own = Layer("", tree, {"": Place()})
        return _joined(made, _with_parents(made, own, Path(), ()))
    path = locate(source, Path())
    if isinstance(path, Fault):
        raise refusal([(Place(), path)])
    try:
        return _joined(made, _read(made, path, ()))
    except FileNotFoundError:
        raise refusal([(Place(file=str(path)), Fault("", "there is no such file"))]) from None


def _joined(made: Draft, layers: list[Layer]) -> Draft:
    """Lay each layer below those before it.

    What is extended over several ways stands below all that extend it: of its places in the list
    the last one counts.
    """
    for number, layer in enumerate(layers):
        if layer.name not in [later.name for later in layers[number + 1 :]]:
            _under(made, layer.tree, layer.places)
    return made


def locate(source: str | Path, beside: Path) -> Path | Fault:
    """The file that a name or a path relative to a folder means."""
    if isinstance(source, Path) or source.endswith(".toml") or re.search(r"[/\\]", source):
        return beside / source
    if source in shipped():
        return shipped()[source]
    return beside / source if (beside / source).is_dir() else no_such(source)


def _read(made: Draft, path: Path, chain: tuple[Path, ...]) -> list[Layer]:
    """Read one file, and after it all that it extends."""
    place = Place(len(chain), 0, str(path))
    text, tree, places = read(path, place, made.found)
    if str(path) not in made.texts:  # what is extended over two ways is wrong only once
        heading(made.found, tree, places)
    made.texts[str(path)] = text
    _find_extensions(tree, path.parent)
    layer = Layer(str(path.resolve()), plain(tree), places)
    return _with_parents(made, layer, path.parent, (*chain, path))


def _with_parents(made: Draft, layer: Layer, beside: Path, chain: tuple[Path, ...]) -> list[Layer]:
    """A layer, then what it extends, the last named first: each stands above what follows it."""
    named = layer.tree.pop("extends", [])
    place = layer.places.get("extends", layer.places[""])
    several = named if isinstance(named, list) else [named]
    return [layer] + [
        below for parent in several[::-1] for below in _parent(made, parent, place, beside, chain)
    ]


def _parent(
    made: Draft, named: Any, place: Place, beside: Path, chain: tuple[Path, ...]
) -> list[Layer]:
    """What one name in `extends` stands for."""
    path = locate(named, beside) if isinstance(named, str) else None
    if path is None:
        path = Fault("", f"should be a name or a path in quotes, not {shown(named)}")
    elif not isinstance(path, Fault) and path.resolve() in [file.resolve() for file in chain]:
        circle = " → ".join(file.name for file in (*chain, path))
        path = Fault("", f"the files extend each other in a circle: {circle}")
    try:
        if not isinstance(path, Fault):
            return _read(made, path, chain)
    except FileNotFoundError:
        path = Fault("", f"there is no file {path}")
    raise refusal([*made.found, (place, path._replace(path="extends"))])


def _find_extensions(tree: dict[str, Any], beside: Path) -> None:
    """Turn the names of extensions into whole paths: they lie beside the file that names them."""
    named = tree.get("extensions")
    if isinstance(named, list):
        tree["extensions"] = [
            str((beside / path).resolve()) if isinstance(path, str) else path for path in named
        ]


def _under(made: Draft, tree: dict[str, Any], places: dict[str, Place]) -> None:
    """Merge a parent below its children; policies follow the parent's own."""
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
