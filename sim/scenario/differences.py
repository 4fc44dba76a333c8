"""Finds differences between worlds other than their policies: size, burn-in, parameters.

In: scenarios by name. Out: their differences from the first one, by path. Some values only make a
policy possible, for example that a risk can be insured at all. They are marked.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sim.errors import ServandaError
from sim.scenario.identity import WORDS, plain
from sim.scenario.scenario import Scenario

OPENING = ("insurable",)
"""Endings of paths. A value at such a path only makes a policy possible; nothing else changes."""
SHOWN = 5
"""How many differences are listed; the others are only counted."""


class Unlike(NamedTuple):
    """A value in which a world differs from the first one.

    Args:
        scenario: Name of the scenario.
        path: Path of the value.
        mine: The value in this scenario; None if it has none.
        base: The value in the first scenario; None if it has none.
    """

    scenario: str
    path: str
    mine: Any
    base: Any

    def __str__(self) -> str:
        """The path with both values."""
        return f"{self.path} {_written(self.mine)} against {_written(self.base)}"

    @property
    def opening(self) -> bool:
        """Whether the value only makes a policy possible."""
        return self.path.rpartition(".")[2] in OPENING


def unlike(worlds: Mapping[str, Scenario]) -> list[Unlike]:
    """Differences of worlds from the first one, except in policies, descriptions and seeds.

    Args:
        worlds: Scenarios by name, of which the first is the reference.
    """
    (_, base), *others = ((name, _values(world)) for name, world in worlds.items())
    return [
        Unlike(name, path, mine.get(path), base.get(path))
        for name, mine in others
        for path in dict.fromkeys([*base, *mine])
        if mine.get(path) != base.get(path)
    ]


def refuse_unlike(found: Collection[Unlike]) -> None:
    """Refuse differences other than in policies and in values that only make these possible.

    Raises:
        ServandaError: If there are any. The error names the first of these worlds and how it
            differs.
    """
    wrong = [one for one in found if not one.opening]
    if not wrong:
        return
    first = [one for one in wrong if one.scenario == wrong[0].scenario]
    what = f"differs from the baseline in more than its policies: {summary(first)}"
    raise ServandaError(first[0].scenario, what, "add --across-worlds to compare them anyway")


def summary(found: Collection[Unlike]) -> str:
    """Differences in one line: sizes and burn-in first, at most `SHOWN` in full."""
    heads = ("population.", "run.")
    ordered = sorted(found, key=lambda one: not one.path.startswith(heads))
    more = len(ordered) - SHOWN
    named = ", ".join(map(str, ordered[:SHOWN]))
    return f"{named}, and {more:,} more" if more > 0 else named


def _values(world: Scenario) -> dict[str, Any]:
    """All values that determine a world without its policies, by path."""
    tree = plain(world)
    for word in (*WORDS, "policies", "format"):
        tree.pop(word, None)
    tree["run"].pop("seed", None)
    return dict(_flat(tree))


def _flat(tree: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{head}{key}.")
        else:
            yield f"{head}{key}", value


def _written(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
