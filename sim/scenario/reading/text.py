"""Reads a TOML file: its text, its values, and the line of each value.

In: a path. Out: the contents of the file, or an error with the line at which reading failed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.reading import toml
from sim.reading.file import Missing, Unreadable
from sim.scenario.checking.check import Found, Place, refusal
from sim.scenario.checking.fault import Fault, shown
from sim.scenario.identity import plain
from sim.scenario.reading.line_numbers import positions
from sim.scenario.scenario import FORMAT


def read(
    path: Path, place: Place, found: Iterable[Found], what: str = "a scenario file"
) -> tuple[str, dict[str, Any], dict[str, Place]]:
    """Read a file.

    Args:
        path: The file.
        place: The place of the file in reading order.
        found: Faults found so far. If this file cannot be read, the error includes them.
        what: What the file should be, for messages.

    Returns:
        The file's text, its tables and values, and the place of each dotted path.

    Raises:
        ScenarioErrors: If the file is not text, or not TOML.
        Missing: If there is no such file.
    """
    try:
        text, tree = toml.load(path, what)
    except Missing:
        raise
    except Unreadable as error:
        at = place._replace(line=error.line)
        raise refusal([*found, (at, Fault("", error.what, error.hint))]) from None
    lines = {"": 1, **positions(text)}
    return text, tree, {at: place._replace(line=line) for at, line in lines.items()}


def heading(found: list[Found], tree: dict[str, Any], places: dict[str, Place]) -> None:
    """Check `format` and `title`, the keys at the head of every file, and set missing ones.

    This has to happen before the keys of a parent fill the gaps.
    """
    given = tree.get("format")
    place = places.get("format", places[""])
    if isinstance(given, int) and given > FORMAT:
        what = f"format {given} is too new: this version of Servanda reads format {FORMAT}"
        raise refusal([*found, (place, Fault("format", what, "install a newer Servanda"))])
    if given is None:
        found.append((place, Fault("format", "missing", f"write format = {FORMAT} at the top")))
    elif given is True or given != FORMAT:
        what = f"should be {FORMAT}, not {shown(plain(given))}"
        found.append((place, Fault("format", what)))
    tree["format"] = FORMAT
    if "title" not in tree:
        found.append((places[""], Fault("title", "missing", 'write title = "…" at the top')))
        tree["title"] = "untitled"
