"""Finds the file of an experiment, from the name of a shipped experiment or a path."""

import re
from pathlib import Path

from sim.scenario.checking.fault import Fault, meant
from sim.scenario.reading.shipped import folder
from sim.scenario.reading.shipped import shipped as scenarios


def shipped() -> dict[str, Path]:
    """The files of shipped experiments by name, in alphabetical order."""
    return {path.stem: path for path in sorted(folder("experiments").glob("*.toml"))}


def locate(source: str | Path) -> Path | Fault:
    """The file of a shipped name or a path; a fault if there is no such experiment."""
    if isinstance(source, Path) or source.endswith(".toml") or re.search(r"[/\\]", source):
        return Path(source)
    known = shipped()
    if source in known:
        return known[source]
    if source in scenarios():
        what = f"'{source}' is a scenario, not an experiment"
        return Fault("", what, f"use `servanda run {source}`")
    hint = meant(source, known) or f"shipped: {', '.join(known)}; to name a file, end it in .toml"
    return Fault("", f"there is no experiment '{source}'", hint)
