"""A TOML file as it is read: its text, its tree, and the line on which each value stands.

In: a path. Out: what the file says, or the error that names the line where reading ends.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from sim.scenario.check import Found, Place, refusal, shown
from sim.scenario.fault import Fault
from sim.scenario.identity import plain
from sim.scenario.positions import positions
from sim.scenario.setting import FORMAT


def read(
    path: Path, place: Place, found: Iterable[Found], what: str = "a scenario"
) -> tuple[str, dict[str, Any], dict[str, Place]]:
    """Read a file.

    Args:
        path: The file.
        place: Its place in the order of reading.
        found: What was found wrong before; it is told along when this file cannot be read.
        what: What the file should hold.

    Returns:
        Its text, its tables and values, and the place of each dotted path.

    Raises:
        ScenarioErrors: If it is no text, or no TOML.
        FileNotFoundError: If there is no such file.
    """
    text = _text(path, place, found, what)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, position = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", position)
        number = int(line[1]) if line else text.rstrip().count("\n") + 1
        fault = Fault("", f"not valid TOML: {said[:1].lower()}{said[1:]}")
        raise refusal([*found, (place._replace(line=number), fault)]) from None
    lines = {"": 1} | positions(text)
    return text, tree, {at: place._replace(line=line) for at, line in lines.items()}


def _text(path: Path, place: Place, found: Iterable[Found], kind: str) -> str:
    def stop(what: str, hint: str = "", line: int = 0) -> NoReturn:
        raise refusal([*found, (place._replace(line=line), Fault("", what, hint))]) from None

    if path.is_dir():
        stop(f"this is a folder, not {kind} file")
    try:
        data = path.read_bytes()
    except PermissionError:
        stop("permission to read it is denied")
    text = ""
    try:
        # Editors on Windows put a mark at the start, which TOML does not know.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        stop("not UTF-8 text", "save it with the encoding UTF-8", line)
    if not text.strip():
        stop("the file is empty")
    return text


def heading(found: list[Found], tree: dict[str, Any], places: dict[str, Place]) -> None:
    """Check what every file has to say for itself, because a parent's words would hide it."""
    given = tree.get("format")
    place = places.get("format", places[""])
    if isinstance(given, int) and given > FORMAT:
        what = f"format {given} is newer than this version of Servanda reads, which is {FORMAT}"
        raise refusal([*found, (place, Fault("format", what, "install a newer Servanda"))])
    if given is None:
        found.append((place, Fault("format", "missing", f"write format = {FORMAT} on top")))
    elif given is True or given != FORMAT:
        what = f"should be {FORMAT}, not {shown(plain(given))}"
        found.append((place, Fault("format", what)))
    tree["format"] = FORMAT
    if "title" not in tree:
        found.append((places[""], Fault("title", "missing", 'write title = "…" on top')))
        tree["title"] = "untitled"
