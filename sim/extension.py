"""What a user's own file adds to a world: levers, columns, counts, phases, indicators.

In: a Python file that a scenario names, with ``def extend(model)``. Out: an `Extension`, the list
of what that function declared. It belongs to the worlds of that scenario and to no other. No file
runs that the user has not allowed (`sim.permission`).
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from sim.engine.named import Named
from sim.errors import ServandaError
from sim.levers.catalogue import Levers
from sim.levers.lever import Lever
from sim.permission import OPTION, SHOWN, digest, grant, granted, may_run
from sim.reading.file import contents
from sim.reading.limits import CODE_BYTES

GROUPS = frozenset(group.name for group in fields(Levers))
"""Groups of the model's own levers, to which none can be added."""
TABLES = ("debtors", "claims", "creditors", "courts")
"""Tables to which a column can be added."""


class Column(NamedTuple):
    """A number more for each row of a table; `kind` as NumPy writes it, such as ``"f8"``."""

    table: str
    name: str
    kind: str


class Extension:
    """What extensions declare; the `model` that ``extend`` is given.

    Attributes:
        levers: Levers by path, such as ``bounty.share``.
        defaults: Their values where a scenario says nothing.
        columns: Numbers more for rows of tables.
        counts: Further sums; the first declared is the last of all.
        phases: Phases, and the name of the one that each follows.
        indicators: Indicators made of counts, the further ones among them.
    """

    def __init__(self, paths: Sequence[str] = ()) -> None:
        """Nothing yet.

        Args:
            paths: The files that will declare.
        """
        self.paths = tuple(paths)
        self.levers: dict[str, Lever] = {}
        self.defaults: dict[str, float] = {}
        self.columns: list[Column] = []
        self.counts: list[Named] = []
        self.phases: list[tuple[Callable[[Any], None], str]] = []
        self.indicators: list[Any] = []

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy is made from the files again, because their functions have no other home."""
        return _copied, (self.paths, granted())

    def lever(self, path: str, lever: Lever, default: float | None = None) -> None:
        """Add a lever, which scenarios and policies then set as any other.

        Args:
            path: Group and name, such as ``bounty.share``.
            lever: Title, unit, range, `off` value, and whose treatment decides it.
            default: Its value where nothing is said; `off` unless given.

        Raises:
            ServandaError: If the path is taken, or is no group and name.
        """
        group, dot, name = path.partition(".")
        if not dot or not group.isidentifier() or not name.isidentifier():
            raise ServandaError(path, "a lever's path is a group and a name", "bounty.share, say")
        if path in self.levers:
            raise ServandaError(path, "this lever is there already")
        if group in GROUPS:
            what = f"'{group}' is a group of the model's own levers"
            raise ServandaError(path, what, "give the group another name")
        self.levers[path] = lever
        self.defaults[path] = lever.off if default is None else default

    def column(self, table: str, name: str, kind: str = "f8") -> None:
        """Add a number to each row of a table, 0 at first: ``simulation.column(table, name)``.

        Raises:
            ServandaError: If there is no such table.
        """
        if table not in TABLES:
            raise ServandaError(table, "no table of that name", f"known are {', '.join(TABLES)}")
        self.columns.append(Column(table, name, kind))

    def count(self, name: str) -> Named:
        """Add a sum over the month; indicators and ``simulation.tally`` take what is returned."""
        self.counts.append(Named(-1 - len(self.counts), name))
        return self.counts[-1]

    def phase(self, phase: Callable[[Any], None], after: str) -> None:
        """Put a phase into the month: a function of the simulation that says what happens in it."""
        where = phase.__code__.co_filename if hasattr(phase, "__code__") else ""

        @wraps(phase)
        def guarded(simulation: Any) -> None:
            with _answerable(where or getattr(phase, "__name__", "phase"), "stopped"):
                phase(simulation)

        self.phases.append((guarded, after))

    def indicator(self, indicator: Any) -> None:
        """Add an indicator (`sim.indicator`)."""
        self.indicators.append(indicator)


class CodeRefused(ServandaError):
    """An extension that was not run, because the user has not allowed it."""


def refusal(path: str, text: bytes) -> CodeRefused:
    """The error that names a file and its hash, and says how to allow it."""
    what = f"is code and was not run (sha256 {digest(text)[:SHOWN]})"
    return CodeRefused(path, what, f"read it, then give {OPTION}")


def fingerprint(path: str) -> str:
    """Hash of an extension's text: what makes two extensions the same, wherever they lie.

    Raises:
        ServandaError: If the file cannot be read.
    """
    return digest(_text(path))


def refused(paths: Sequence[str]) -> Iterator[CodeRefused]:
    """The files among these that may not run.

    Raises:
        ServandaError: If a file cannot be read.
    """
    for path in paths:
        text = _text(path)
        if not may_run(text):
            yield refusal(path, text)


def gathered(paths: Sequence[str]) -> Extension:
    """Everything that the extensions in these files declare, in their order.

    Raises:
        CodeRefused: If a file has not been allowed.
        ServandaError: If a file cannot be run, has no ``extend``, or declares what cannot be.
    """
    extension = Extension(paths)
    for path in paths:
        extend = _extend(path)
        with _answerable(path, "cannot be run"):
            extend(extension)
    return extension


def _copied(paths: Sequence[str], digests: Sequence[str]) -> Extension:
    """What a pickled extension is made from, in a process that works for the one that made it."""
    grant(digests)
    return gathered(paths)


def _text(path: str) -> bytes:
    return contents(Path(path), CODE_BYTES, "a Python file")


_LOADED: dict[tuple[str, str], Callable[[Extension], None]] = {}
"""The function ``extend`` of each text of a file that was run."""


def _extend(path: str) -> Callable[[Extension], None]:
    """The function ``extend`` of a file, run once for each text of it."""
    if not path.endswith(".py"):
        raise ServandaError(path, "no Python file", "an extension's name ends in .py")
    text = _text(path)
    if not may_run(text):
        raise refusal(path, text)
    key = (path, digest(text))
    if key not in _LOADED:
        _LOADED[key] = _run(path, text)
    return _LOADED[key]


def _run(path: str, text: bytes) -> Callable[[Extension], None]:
    """Run the very text that was allowed: neither the file again, nor what lies compiled beside."""
    name = f"servanda_extension_{digest(text)[:SHOWN]}"
    module = ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    try:
        with _answerable(path, "cannot be run"):
            exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)
    except BaseException:
        del sys.modules[name]
        raise
    found: Callable[[Extension], None] | None = getattr(module, "extend", None)
    if found is None:
        raise ServandaError(path, "has no function 'extend'", "write def extend(model): …")
    return found


@contextmanager
def _answerable(path: str, what: str) -> Iterator[None]:
    """Turn whatever a file raises into an error of that file, an exit too; only Ctrl-C is obeyed.

    Raises:
        ServandaError: With the file.
    """
    try:
        yield
    except (ServandaError, KeyboardInterrupt):
        raise
    except BaseException as error:
        told = str(error)
        raise ServandaError(path, f"{what}: {type(error).__name__}: {told}".rstrip(": ")) from error
