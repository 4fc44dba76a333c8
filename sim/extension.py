"""What a user's own file adds to a world: levers, columns, counts, phases, indicators.

In: a Python file that a scenario names, with ``def extend(house)``. Out: an `Extension`, the list
of what that function declared. It belongs to the worlds of that scenario and to no other.
"""

import hashlib
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import ServandaError
from sim.levers.lever import Lever

TABLES = ("debtors", "claims", "creditors", "courts")
"""Tables to which a column can be added."""


class Column(NamedTuple):
    """A number more for each row of a table; `kind` as NumPy writes it, such as ``"f8"``."""

    table: str
    name: str
    kind: str


class Added(int):
    """Number of a sum that an extension adds: counted from the end, so that it needs no other."""

    name: str

    def __new__(cls, number: int, name: str) -> "Added":
        """A number that knows its name."""
        made = super().__new__(cls, number)
        made.name = name
        return made


class Extension:
    """What extensions declare; the `house` that ``extend`` is given.

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
        self.counts: list[Added] = []
        self.phases: list[tuple[Callable[[Any], None], str]] = []
        self.indicators: list[Any] = []

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy is made from the files again, because their functions have no other home."""
        return gathered, (self.paths,)

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
        self.levers[path] = lever
        self.defaults[path] = lever.off if default is None else default

    def column(self, table: str, name: str, kind: str = "f8") -> None:
        """Add a number to each row of a table, 0 at first: ``house.column(table, name)``.

        Raises:
            ServandaError: If there is no such table.
        """
        if table not in TABLES:
            raise ServandaError(table, "no table of that name", f"known are {', '.join(TABLES)}")
        self.columns.append(Column(table, name, kind))

    def count(self, name: str) -> Added:
        """Add a sum over the month; indicators and ``house.tally`` take what is returned."""
        self.counts.append(Added(-1 - len(self.counts), name))
        return self.counts[-1]

    def phase(self, phase: Callable[[Any], None], after: str) -> None:
        """Put a phase into the month: a function of the house that says what happens in it."""
        self.phases.append((phase, after))

    def indicator(self, indicator: Any) -> None:
        """Add an indicator (`sim.measure.indicator`)."""
        self.indicators.append(indicator)


def fingerprint(path: str) -> str:
    """Hash of an extension's text: what makes two extensions the same, wherever they lie."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def gathered(paths: Sequence[str]) -> Extension:
    """Everything that the extensions in these files declare, in their order.

    Raises:
        ServandaError: If a file cannot be run, has no ``extend``, or declares what cannot be.
    """
    extension = Extension(paths)
    for path in paths:
        try:
            extend = _extend(path, fingerprint(path))
            extend(extension)
        except ServandaError:
            raise
        except Exception as error:
            what = f"cannot be run: {type(error).__name__}: {error}"
            raise ServandaError(path, what) from error
    return extension


@cache
def _extend(path: str, text: str) -> Callable[[Extension], None]:
    """The function ``extend`` of a file, run once for each text of it."""
    name = f"servanda_extension_{text[:16]}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ServandaError(path, "no Python file", "an extension's name ends in .py")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    found: Callable[[Extension], None] | None = getattr(module, "extend", None)
    if found is None:
        raise ServandaError(path, "has no function 'extend'", "write def extend(house): …")
    return found
