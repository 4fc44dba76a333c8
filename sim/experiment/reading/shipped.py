"""The experiments that come with Servanda, by name, and the file that a name or path means."""

import re
from pathlib import Path

from sim.scenario.checking.fault import Fault, meant
from sim.scenario.reading.shipped import folder
from sim.scenario.reading.shipped import shipped as scenarios


def shipped() -> dict[str, Path]:
    """Every shipped experiment's file by its name, in alphabetical order."""
    return {path.stem: path for path in sorted(folder("experiments").glob("*.toml"))}


def locate(source: str | Path) -> Path | Fault:
    """The file that a shipped name or a path means."""
    if isinstance(source, Path) or source.endswith(".toml") or re.search(r"[/\\]", source):
        return Path(source)
    known = shipped()
    if source in known:
        return known[source]
    if source in scenarios():
        what = f"'{source}' is a scenario, not an experiment"
        return Fault("", what, f"use `servanda run {source}`")
    hint = meant(source, known) or f"shipped are {', '.join(known)}; a file's name ends in .toml"
    return Fault("", f"there is no experiment '{source}'", hint)
