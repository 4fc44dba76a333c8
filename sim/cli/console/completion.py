"""Shell completion: names of scenarios, levers, indicators, experiments, files and folders.

In: the beginning of a word. Out: candidates, of which typer offers those that begin with it.

Files are found by name and never read, so their contents can neither run nor cause errors. Nothing
heavy is imported.
"""

from collections.abc import Callable, Iterator
from inspect import get_annotations
from itertools import islice
from pathlib import Path
from typing import Any

from typer.models import ParameterInfo

from sim.cli.console.streams import escaped

MOST = 500
"""Maximum number of entries of a folder that are examined."""

Found = Iterator[tuple[str, str]]
"""Completions, each with a short description."""


def _files(begun: str, ending: str = "") -> Found:
    """How an unfinished path can go on: folders, and files with the ending if one is given."""
    head, _, _ = begun.rpartition("/")
    folder = Path(f"{head}/") if "/" in begun else Path()
    try:
        entries = sorted(islice(folder.iterdir(), MOST))
        for entry in entries:
            name = f"{head}/{entry.name}" if "/" in begun else entry.name
            if entry.name.startswith(".") or escaped(name) != name or "\n" in name:
                continue
            if entry.is_dir():
                yield f"{name}/", "folder"
            elif ending and entry.name.endswith(ending):
                yield name, "file"
    except OSError:
        return


def folders(incomplete: str) -> Found:
    """Folders of runs and sweeps."""
    yield from _files(incomplete)


def scenarios(incomplete: str) -> Found:
    """Shipped scenarios, then files."""
    from sim.scenario.reading.shipped import shipped

    yield from ((name, "scenario") for name in shipped())
    yield from _files(incomplete, ".toml")


def experiments(incomplete: str) -> Found:
    """Shipped experiments, then files."""
    from sim.experiment.reading.shipped import shipped

    yield from ((name, "experiment") for name in shipped())
    yield from _files(incomplete, ".toml")


def both(incomplete: str) -> Found:
    """Shipped scenarios and experiments, then files."""
    from sim.experiment.reading.shipped import shipped

    yield from ((name, "experiment") for name in shipped())
    yield from scenarios(incomplete)


def levers(incomplete: str) -> Found:
    """Levers by their paths."""
    from sim.levers.catalogue import catalogue

    yield from ((entry.path, entry.lever.title) for entry in catalogue())


def settings(incomplete: str) -> Found:
    """Levers and the other numbers of a scenario, as ``path=``."""
    from sim.scenario.checking.outline import outline

    yield from ((f"{path}=", title) for path, title in levers(incomplete))
    tree = outline()
    for path in tree.paths():
        node = tree.find(path)
        if node and not node.keys and not path.startswith("levers."):
            yield f"{path}=", node.quantity.unit if node.quantity else ""


def indicators(incomplete: str) -> Found:
    """Indicators by their names."""
    from sim.measure.indicators import INDICATORS

    yield from ((one.name, one.title) for one in INDICATORS)


def classics(incomplete: str) -> Found:
    """Published models by their names."""
    from sim.classics import NAMES

    yield from ((name, "published model") for name in NAMES)


def field(incomplete: str) -> Found:
    """Shipped field experiments, then files."""
    from sim.analysis.field.reading import shipped

    yield from ((name, "field experiment") for name in (*shipped(), "all"))
    yield from _files(incomplete, ".toml")


def words(*known: str) -> Callable[[str], Found]:
    """A completer that offers these words."""

    def found(incomplete: str) -> Found:
        yield from ((word, "") for word in known)

    return found


def actors(incomplete: str) -> Found:
    """Actors whose decisions can be explained: those of the core, then those of optional parts."""
    from sim.mechanisms import MECHANISMS

    core = ("debtor", "officer", "bank", "government", "creditor")
    yield from ((name, "") for name in (*core, "supervisor", "public_body", "controller"))
    yield from ((one.actor, one.table) for mechanism in MECHANISMS for one in mechanism.deciders)


COMPLETERS: dict[str, Callable[[str], Found]] = {
    "scenario": scenarios,
    "scenarios": scenarios,
    "pack": scenarios,
    "experiment": experiments,
    "files": both,
    "folder": folders,
    "settings": settings,
    "measure": indicators,
    "maximise": indicators,
    "minimise": indicators,
    "where": indicators,
    "actor": actors,
    "lang": words("en", "zh"),
}
"""Completer by name of the parameter. A name means the same in all commands."""

OF_COMMANDS: dict[tuple[str, str], Callable[[str], Found]] = {
    ("view", "source"): scenarios,
    ("levers", "text"): levers,
    ("lever", "name"): levers,
    ("effects", "names"): levers,
    ("indicators", "text"): indicators,
    ("indicator", "name"): indicators,
    ("scenarios", "text"): scenarios,
    ("experiments", "text"): experiments,
    ("classics", "name"): classics,
    ("field", "names"): field,
    ("plan", "measure"): words(),
    ("sensitivity", "method"): words("morris", "sobol", "pawn"),
    ("discover", "method"): words("prim", "cart"),
    ("discover", "by"): words("run", "point"),
}
"""Completer by command and parameter, where the name of the parameter does not suffice."""


def add_completion(callback: Callable[..., Any], command: str) -> None:
    """Attach completers to the parameters of a command.

    Args:
        callback: The command's function, with parameters annotated for typer.
        command: Name of the command.
    """
    for parameter, hint in get_annotations(callback, eval_str=False).items():
        found = OF_COMMANDS.get((command, parameter), COMPLETERS.get(parameter))
        for info in getattr(hint, "__metadata__", ()):
            if found and isinstance(info, ParameterInfo):
                info.autocompletion = found
