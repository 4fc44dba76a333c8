"""Finds the folders of evidence that are shipped with Servanda, by name."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from sim.evidence.table import NAME


@cache
def shipped() -> dict[str, Path]:
    """The shipped folders by name, in alphabetical order."""
    examples = Path(str(files("sim.evidence.examples")))
    return {path.parent.name: path.parent for path in sorted(examples.glob(f"*/{NAME}"))}


def locate(folder: str | Path) -> Path:
    """The folder of a path, or of the name of a shipped one."""
    path = Path(folder)
    if isinstance(folder, str) and not path.is_dir():
        return shipped().get(folder, path)
    return path
