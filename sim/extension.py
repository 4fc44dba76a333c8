"""Extensions: what a user's own Python file adds to a world.

In: a Python file that a scenario names, with ``def extend(model)``. Out: an `Extension`, which
lists what the function declared: levers (numbers that policies can change), columns of tables,
counts, movements of money, phases of the month, and indicators.

The file affects only worlds of that scenario. It runs only if the user has allowed it
(`sim.permission`).
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from sim.books.accounts import Account, flow_names
from sim.engine.named import Named
from sim.errors import ServandaError
from sim.levers.catalogue import Levers
from sim.levers.lever import Lever
from sim.permission import OPTION, SHOWN, digest, grant, granted, may_run
from sim.reading.file import contents
from sim.reading.limits import CODE_BYTES

GROUPS = frozenset(group.name for group in fields(Levers))
"""Groups of the model's own levers; extensions cannot add to them."""
TABLES = ("debtors", "claims", "creditors", "courts")
"""Tables to which a column can be added."""


class Column(NamedTuple):
    """An additional number for each row of a table; `kind` is a NumPy type, such as ``"f8"``."""

    table: str
    name: str
    kind: str


class Extension:
    """Everything that extension files declare; ``extend`` receives it as `model`.

    Attributes:
        levers: Levers by path, such as ``bounty.share``.
        defaults: Values of these levers where the scenario sets none.
        columns: Additional numbers for the rows of tables.
        counts: Additional monthly sums. They are numbered backwards: the first declared is the last
            in the array of sums.
        flows: Additional movements of money, each with its two accounts. They are also numbered
            backwards.
        phases: Phases, each with the name of the phase that it follows.
        indicators: Indicators computed from counts, including the additional ones.
    """

    def __init__(self, paths: Sequence[str] = ()) -> None:
        """Start with no declarations.

        Args:
            paths: Paths of the extension files.
        """
        self.paths = tuple(paths)
        self.levers: dict[str, Lever] = {}
        self.defaults: dict[str, float] = {}
        self.columns: list[Column] = []
        self.counts: list[Named] = []
        self.flows: list[tuple[Named, int, int]] = []
        self.phases: list[tuple[Callable[[Any], None], str]] = []
        self.indicators: list[Any] = []

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the paths and the permissions.

        A copy runs the files again, because functions in these files cannot be imported.
        """
        return _copied, (self.paths, granted())

    def lever(self, path: str, lever: Lever, default: float | None = None) -> None:
        """Add a lever, which scenarios and policies can then set like any other.

        Args:
            path: Group and name, such as ``bounty.share``.
            lever: Title, unit, range, value when off, and for whom the value is read: the claim,
                the debtor or the court.
            default: Value where the scenario sets none. If not given, it is `lever.off`.

        Raises:
            ServandaError: If the path is taken, or is not of the form ``group.name``.
        """
        group, dot, name = path.partition(".")
        if not dot or not group.isidentifier() or not name.isidentifier():
            raise ServandaError(
                path, "a lever's path is a group and a name", "for example bounty.share"
            )
        if path in self.levers:
            raise ServandaError(path, "this lever already exists: name it differently")
        if group in GROUPS:
            what = f"'{group}' is a group of the model's own levers"
            raise ServandaError(path, what, "give the group another name")
        self.levers[path] = lever
        self.defaults[path] = lever.off if default is None else default

    def column(self, table: str, name: str, kind: str = "f8") -> None:
        """Add a number to each row of a table, initially 0.

        Phases read it with ``simulation.column(table, name)``.

        Raises:
            ServandaError: If there is no such table.
        """
        if table not in TABLES:
            raise ServandaError(
                table, "there is no such table", f"the tables are {', '.join(TABLES)}"
            )
        self.columns.append(Column(table, name, kind))

    def count(self, name: str) -> Named:
        """Add a monthly sum; return its index, which indicators and ``simulation.tally`` take."""
        self.counts.append(Named(-1 - len(self.counts), name))
        return self.counts[-1]

    def flow(self, name: str, source: Account, target: Account) -> Named:
        """Add a movement of money between two accounts; return the name for ``simulation.book``.

        Raises:
            ServandaError: If the name is taken.
        """
        if name in (*flow_names(), *(flow.name for flow, *_ in self.flows)):
            raise ServandaError(name, "there is already a movement of that name", "choose another")
        self.flows.append((Named(-1 - len(self.flows), name), source, target))
        return self.flows[-1][0]

    def phase(self, phase: Callable[[Any], None], after: str) -> None:
        """Add a function that is called with the simulation each month, after the phase `after`."""
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
    """An extension was not run, because the user has not allowed it."""


def refusal(path: str, text: bytes) -> CodeRefused:
    """The error that names a file and its hash, and says how to allow it."""
    what = f"is code and was not run (sha256 {digest(text)[:SHOWN]})"
    return CodeRefused(path, what, f"read it, then give {OPTION}")


def fingerprint(path: str) -> str:
    """Hash of the text of an extension file; it does not depend on the path.

    Raises:
        ServandaError: If the file cannot be read.
    """
    return digest(_text(path))


def refused(paths: Sequence[str]) -> Iterator[CodeRefused]:
    """Yield an error for each of these files that may not run.

    Raises:
        ServandaError: If a file cannot be read.
    """
    for path in paths:
        text = _text(path)
        if not may_run(text):
            yield refusal(path, text)


def gathered(paths: Sequence[str]) -> Extension:
    """Run these extension files in order and collect everything that they declare.

    Raises:
        CodeRefused: If a file has not been allowed.
        ServandaError: If a file cannot be run, has no ``extend``, or declares something invalid.
    """
    extension = Extension(paths)
    for path in paths:
        extend = _extend(path)
        with _answerable(path, "cannot be run"):
            extend(extension)
    return extension


def _copied(paths: Sequence[str], digests: Sequence[str]) -> Extension:
    """Rebuild a pickled extension in a worker process."""
    grant(digests)
    return gathered(paths)


def _text(path: str) -> bytes:
    return contents(Path(path), CODE_BYTES, "a Python file")


_LOADED: dict[tuple[str, str], Callable[[Extension], None]] = {}
"""The function ``extend`` of each file that was run, by path and hash of the text."""


def _extend(path: str) -> Callable[[Extension], None]:
    """The function ``extend`` of a file; each version of the text runs only once."""
    if not path.endswith(".py"):
        raise ServandaError(path, "not a Python file", "an extension's name ends in .py")
    text = _text(path)
    if not may_run(text):
        raise refusal(path, text)
    key = (path, digest(text))
    if key not in _LOADED:
        _LOADED[key] = _run(path, text)
    return _LOADED[key]


def _run(path: str, text: bytes) -> Callable[[Extension], None]:
    """Run the text that was allowed. The file is not read again, and no cached bytecode is used."""
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
    """Turn whatever a file raises, even SystemExit, into an error that names the file.

    Only KeyboardInterrupt passes through.

    Raises:
        ServandaError: With the path of the file.
    """
    try:
        yield
    except (ServandaError, KeyboardInterrupt):
        raise
    except BaseException as error:
        message = f"{what}: {type(error).__name__}: {error}".rstrip(": ")
        raise ServandaError(path, message) from error
