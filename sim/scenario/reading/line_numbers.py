"""Finds the line numbers of keys and values in a TOML text, which `tomllib` does not report.

In: a text that `tomllib` has accepted. Out: the line of every dotted path.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from sim.reading.toml import RECENT

TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a multi-line text
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}=,.\n]"
    r"|[^\s\[\]{}=,.#\"']+",  # a bare key, or a piece of a number or date
    re.DOTALL,
)
ENDS = {"\n", ",", "]", "}", ""}


@lru_cache(maxsize=RECENT)
def positions(text: str) -> Mapping[str, int]:
    """The line, from 1, of every path, such as ``policies.0.start`` or ``levers.sanctions``.

    A quoted key with dots and a dotted key give the same path.
    """
    return MappingProxyType(_Reader(text).read())


class _Reader:
    """Steps through the tokens of a text and records the line of each path."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, int]] = []
        line = 1
        for found in TOKEN.finditer(text):
            if not found.group().startswith("#"):
                self.tokens.append((found.group(), line))
            line += found.group().count("\n")
        self.at = 0
        self.lines: dict[str, int] = {}
        self.arrays: dict[str, int] = {}

    @property
    def token(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, int]:
        """Take the current token. After the end it is empty, so that every loop ends."""
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ("", 0)

    def read(self) -> dict[str, int]:
        table = ""
        while self.token:
            if self.token == "\n":
                self.take()
            elif self.token == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def header(self) -> str:
        """Read ``[table]`` or ``[[array]]``. The name of an array means its last item."""
        self.take()
        many = self.token == "["
        if many:
            self.take()
        keys, line = self.keys()
        while self.token == "]":
            self.take()
        path = ""
        for place, key in enumerate(keys):
            path = self.note(path, key, line)
            if path in self.arrays and not (many and place == len(keys) - 1):
                path = f"{path}.{self.arrays[path]}"
        if many:
            self.arrays[path] = self.arrays.get(path, -1) + 1
            path = self.note(path, str(self.arrays[path]), line)
        return path

    def pair(self, table: str) -> None:
        """Read ``key = value``."""
        keys, line = self.keys()
        for key in keys:
            table = self.note(table, key, line)
        self.take()
        self.value(table)

    def keys(self) -> tuple[list[str], int]:
        """The parts of a dotted key, and its line."""
        line = self.here()
        keys = []
        while self.token not in {"=", "]", ""}:
            word = self.take()[0]
            if word != ".":
                keys.append(word.strip("\"'"))
        return keys, line

    def value(self, path: str) -> None:
        """Read a value, and record the lines of its items."""
        if self.token == "[":
            self.items("]", lambda count: self.value(self.note(path, str(count), self.here())))
        elif self.token == "{":
            self.items("}", lambda _: self.pair(path))
        else:
            while self.token not in ENDS:
                self.take()

    def items(self, end: str, one: Callable[[int], None]) -> None:
        self.take()
        count = 0
        while self.token not in {end, ""}:
            if self.token in {",", "\n"}:
                self.take()
            else:
                one(count)
                count += 1
        self.take()

    def here(self) -> int:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else 0

    def note(self, head: str, key: str, line: int) -> str:
        """Record a path at its first appearance, and return it."""
        path = f"{head}.{key}" if head else key
        self.lines.setdefault(path, line)
        return path
