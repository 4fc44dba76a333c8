"""Finds the scenarios that are shipped with Servanda, by name."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from sim.scenario.checking.fault import Fault, meant


@cache
def folder(what: str = "scenarios") -> Path:
    """The folder of shipped data: inside an installed package, or beside ``sim`` in a checkout."""
    installed = Path(str(files("sim") / "_data" / what))
    return installed if installed.is_dir() else installed.parents[2] / what


def shipped() -> dict[str, Path]:
    """The file of every shipped scenario by its name, in alphabetical order."""
    return dict(_within(folder()))


@cache
def _within(where: Path) -> dict[str, Path]:
    """The files of a folder by name; they are listed once, since every name is looked up here."""
    return {path.stem: path for path in sorted(where.glob("*.toml"))}


def no_such(name: str) -> Fault:
    """The fault to report for a scenario that does not exist."""
    known = shipped()
    if name in {path.stem for path in folder("experiments").glob("*.toml")}:
        what = f"'{name}' is an experiment, not a scenario"
        return Fault("", what, f"use `servanda sweep {name}`")
    hint = meant(name, known) or f"shipped: {', '.join(known)}; to name a file, end it in .toml"
    return Fault("", f"there is no scenario '{name}'", hint)
