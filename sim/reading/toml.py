"""Read TOML, checked against limits before it is parsed: depth, keys, values in lists, digits.

In: a text. Out: its tables, lists and values, or a one-line error with its position. The time grows
in proportion to the length of the text.
"""

import re
import tomllib
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.reading import limits
from sim.reading.file import Unreadable, contents
from sim.reading.text import decoded

TOKEN = re.compile(
    r'(?P<text>"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?!"")(?:[^"\\\n]|\\[^\n])*+"'
    r"|'(?!'')[^'\n]*+')"
    r"|(?P<space>(?:[ \t\r\n]|#[^\n]*+)++)"
    r"|(?P<sign>[\[\]{}=,.])"
    r"|(?P<bare>[^\s\[\]{}=,.#\"']++)",
    re.DOTALL,
)
"""The tokens of TOML; if none of these matches, the parser reports the error."""

WHOLE = re.compile(r"[+-]?(?:0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*)")


RECENT = 64
"""Number of texts whose values are remembered: the runs of a sweep read the same files."""


def load(path: Path, what: str = "a scenario file") -> tuple[str, dict[str, Any]]:
    """Read a TOML file.

    Args:
        path: The file.
        what: What the file should contain.

    Returns:
        The text of the file, and its tables and values.

    Raises:
        Missing: If there is no such file.
        Unreadable: If it cannot be read, is not text or not TOML, or exceeds a limit.
    """
    text = decoded(contents(path, limits.TEXT_BYTES, what), str(path))
    if not text.strip():
        raise Unreadable(str(path), f"the file is empty; {what} begins with 'format = 1'")
    return text, parse(text, str(path))


def parse(text: str, where: str) -> dict[str, Any]:
    """Parse a TOML text into tables, lists and values.

    Args:
        text: The text.
        where: Name of the file or option, for errors.

    Raises:
        Unreadable: If it is not TOML, or exceeds a limit.
    """
    return deepcopy(_parsed(text, where))


@lru_cache(maxsize=RECENT)
def _parsed(text: str, where: str) -> dict[str, Any]:
    _measure(text, where)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, position = str(error).partition(" (at ")
        found = re.search(r"line (\d+)", position)
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        what = f"not valid TOML: {said[:1].lower()}{said[1:]}"
        raise Unreadable(where, what, line=line) from None
    except (ValueError, RecursionError, OverflowError) as error:
        # A rare error of the parser itself: the user needs no traceback.
        raise Unreadable(where, f"not valid TOML: {str(error).lower()}") from None


def _measure(text: str, where: str) -> None:
    """Refuse a text that exceeds a limit. The parser reports syntax errors later.

    Raises:
        Unreadable: If a limit is exceeded; the error names the line.
    """
    counts = dict.fromkeys(LIMITS, 0)
    at, line, before, is_value = 0, 1, "\n", False

    def count(name: str, number: int) -> None:
        counts[name] = number
        most, message = LIMITS[name]
        if number > most:
            raise Unreadable(where, message, f"the limit is {most:,}", line)

    while counts["depth"] >= 0 and (found := TOKEN.match(text, at)) is not None:
        token, kind, at = found.group(), found.lastgroup, found.end()
        if kind == "space":
            if "\n" not in token:
                continue
            if counts["depth"] == 0:
                is_value = False
                if before == "]":
                    count("keys", counts["keys"] + 1)
            token, line = "\n", line + token.count("\n")
        elif kind == "sign":
            if token in "[{":
                count("depth", counts["depth"] + 1)
            elif token in "]}":
                counts["depth"] -= 1
            elif token == "=":
                is_value = True
                count("keys", counts["keys"] + 1)
            if token in ",[" and is_value:
                count("items", counts["items"] + 1)
        else:
            count("parts", counts["parts"] + 1 if before == "." else 1)
            if is_value and kind == "bare":
                _number(token, where, line)
            line += token.count("\n")
        before = token


def _number(token: str, where: str, line: int) -> None:
    """Refuse a number that is too long."""
    digits = sum(letter.isalnum() for letter in token)
    if WHOLE.fullmatch(token) and digits > limits.DIGITS:
        what = f"this number has {digits:,} digits"
        raise Unreadable(where, what, f"give at most {limits.DIGITS} digits", line)
    if token[:1] in "+-0123456789" and len(token) > limits.NUMBER:
        what = f"this number has {len(token):,} characters"
        raise Unreadable(where, what, f"give at most {limits.NUMBER} characters", line)


LIMITS = {
    "depth": (limits.DEPTH, "tables and lists are nested too deeply"),
    "parts": (limits.PARTS, "a key has too many parts"),
    "keys": (limits.KEYS, "too many keys"),
    "items": (limits.ITEMS, "too many values in lists"),
}
"""The limit of each count, and the message when it is exceeded."""
