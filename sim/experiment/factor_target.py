"""Finds which value of the base scenario a factor changes, and what is allowed there.

In: a path as an experiment file writes it, and a base. Out: a `Target`, or a `Fault`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import isfinite
from typing import Any

from sim.engine.record import Quantity
from sim.experiment.spec import SHORT
from sim.extension import Extension
from sim.levers.lever import Lever
from sim.scenario.checking.fault import Fault, meant, shown
from sim.scenario.checking.outline import outline, unknown_key
from sim.scenario.identity import plain
from sim.scenario.policy import called_now, levers, out_of_range, range_hint, unknown
from sim.scenario.reading.file import load
from sim.scenario.scenario import SECTIONS, Scenario

type Value = float | int | bool | str | None
"""Value of a factor at a point; None leaves the base as it is."""

SCENARIO = "scenario"
"""Name of the factor whose values are base scenarios."""

MOVABLE = ("dose", "start", "end", "ramp", "decay", "routine")
"""Fields of a policy that a factor can change, apart from its changes of levers."""


@dataclass(frozen=True)
class Target:
    """The place in a scenario that a factor changes.

    Args:
        path: Path of the place as the experiment writes it.
        put: Path at which values are set in a base. If the factor switches a policy, it is the path
            of the dose (the share of the policy's changes that is made).
        value: Value of the place in the base.
        quantity: Declared unit and range of a number.
        whole: Whether only whole numbers are allowed.
        words: Words that are allowed instead of a number; empty for numbers and switches.
    """

    path: str
    put: str
    value: Value
    quantity: Quantity | None = None
    whole: bool = False
    words: tuple[str, ...] = ()

    @property
    def switch(self) -> bool:
        """Whether the value is on or off."""
        return isinstance(self.value, bool)

    @property
    def number(self) -> bool:
        """Whether the value is a number."""
        return not self.words and not self.switch

    def problem(self, value: object) -> tuple[str, str] | None:
        """What is wrong with a value, and a hint; None if it is allowed here."""
        if self.words:
            if isinstance(value, str) and value in self.words:
                return None
            known = ", ".join(f"'{word}'" for word in self.words)
            return f"unknown word {shown(value)}", meant(
                str(value), self.words
            ) or f"choose from {known}"
        if self.switch:
            right = isinstance(value, bool)
            return None if right else (f"should be true or false, not {shown(value)}", "")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"should be a number, not {shown(value)}", ""
        if not isfinite(value):
            return f"should be a finite number, not {value}", ""
        if self.whole and float(value) != int(value):
            return f"should be a whole number, not {shown(value)}", ""
        if self.quantity and not self.quantity.low <= value <= self.quantity.high:
            return out_of_range(value), range_hint(self.quantity)
        return None

    def puts(self, value: Value) -> Iterator[tuple[str, Any]]:
        """What a value of the factor sets in the base, as pairs of a path and its new value."""
        if value is None:
            return
        if not self.path.startswith("policies.") or not self.switch:
            yield self.put, value
        elif value is False:
            yield self.put, 0.0  # off is dose 0; on leaves the dose of the base


@dataclass(frozen=True)
class Base:
    """A scenario on which points are based.

    Args:
        name: Name of the scenario as the experiment writes it.
        source: Name of a shipped scenario, or absolute path of a file.
        scenario: The scenario with the values that are set for every run.
    """

    name: str
    source: str
    scenario: Scenario

    @cached_property
    def tree(self) -> dict[str, Any]:
        """The scenario as nested dictionaries of plain values."""
        tree: dict[str, Any] = plain(self.scenario)
        return tree

    @cached_property
    def policies(self) -> dict[str, dict[str, Any]]:
        """The scenario's policies by name, as dictionaries."""
        return {policy["name"]: policy for policy in self.tree["policies"]}

    @property
    def extension(self) -> Extension:
        """The declarations of the scenario's extensions."""
        return self.scenario.added

    @cached_property
    def levers(self) -> Mapping[str, Lever]:
        """Every lever by its path, including those of extensions."""
        return levers() | self.extension.levers

    def target(self, path: str) -> Target | Fault:
        """The place to which a path refers, or a fault (with an empty path)."""
        if path in SHORT:
            found = self.target(SHORT[path])
            return found if isinstance(found, Fault) else replace(found, path=path)
        if path == "run.seed":
            hint = "the seeds of the replicates follow from 'seed' at the top of the file"
            return Fault("", "the seed of a run cannot be a factor", hint)
        if path == "policies" or path.startswith("policies."):
            return self._policy(path)
        bare = path.removeprefix("levers.")
        if bare in self.levers:
            return Target(path, bare, self._lever(bare), self.levers[bare])
        node, found = outline().find(path), self._at(path)
        if path.partition(".")[0] not in (*SECTIONS, "evasions") or node is None or found is None:
            return self._stranger(bare)
        if node.keys or isinstance(found, dict):
            return Fault("", "this is a table, not a number", f"name one of {_some(found)}")
        whole = isinstance(found, int) and not isinstance(found, bool)
        return Target(path, path, found, node.quantity, whole, node.words)

    def _stranger(self, path: str) -> Fault:
        groups = {lever.partition(".")[0] for lever in self.levers}
        if path.partition(".")[0] in groups or called_now(path):
            return unknown(path, self.levers)._replace(path="")
        near = unknown_key(path)
        return Fault("", "unknown factor", near or meant(path, [*self.levers, *outline().paths()]))

    def _policy(self, path: str) -> Target | Fault:
        """The target in a policy: its switch, its dose or another of its numbers."""
        name, below = self._named(path.removeprefix("policies").removeprefix("."))
        if name not in self.policies:
            near = meant(name, self.policies)
            known = (
                f"policies are {', '.join(self.policies)}"
                if self.policies
                else "it has no policies"
            )
            return Fault("", f"'{self.name}' has no policy '{name}'", near or known)
        policy = self.policies[name]
        if not below:
            return Target(path, f"policies.{name}.dose", value=True)
        if below in MOVABLE:
            node = outline().find(f"policies.0.{below}")
            quantity = node.quantity if node else None
            return Target(
                path, path, policy[below], quantity, whole=below not in {"dose", "routine"}
            )
        verb, _, lever = below.partition(".")
        if verb in {"set", "scale", "add"}:
            if lever not in policy[verb]:
                near = meant(lever, policy[verb]) or f"it changes {_some(policy[verb])}"
                return Fault("", f"policy '{name}' has no '{verb}' for the lever '{lever}'", near)
            return Target(
                path, path, policy[verb][lever], self.levers[lever] if verb == "set" else None
            )
        known = f"known here: {', '.join(MOVABLE)}, set, scale, add"
        return Fault(
            "", f"'{below}' of a policy cannot be a factor", meant(below, MOVABLE) or known
        )

    def _named(self, rest: str) -> tuple[str, str]:
        """Split a path into the name of a policy, which may contain dots, and the path below it."""
        for name in sorted(self.policies, key=len, reverse=True):
            if f"{rest}.".startswith(f"{name}."):
                return name, rest[len(name) + 1 :]
        name, _, below = rest.partition(".")
        return name, below

    def _lever(self, path: str) -> float:
        if path in self.tree["added_levers"]:
            return float(self.tree["added_levers"][path])
        return float(self._at(f"levers.{path}"))

    def _at(self, path: str) -> Any:
        """The value at a path of the tree; None if there is none."""
        node: Any = self.tree
        for key in path.split("."):
            node = node.get(key) if isinstance(node, dict) else None
        return node


def in_any_base(path: str) -> Target | Fault | None:
    """The place to which a path refers in every base. This function serves if no base can be read.

    Returns:
        The place, or a fault of the path. None if the answer depends on the base. This is so for
        policies, for tables whose names users choose, and for groups of levers that an extension
        may declare.
    """
    if path == "run.seed" or path in SHORT:
        return _bare().target(path)
    bare = path.removeprefix("levers.")
    group = bare.partition(".")[0]
    if group in {lever.partition(".")[0] for lever in levers()}:
        return _bare().target(path)
    if group not in SECTIONS or group == "policies":
        return None
    found = _bare().target(path)
    return None if isinstance(found, Fault) and outline().find(path) is not None else found


@cache
def _bare() -> Base:
    """The smallest shipped scenario, for checking paths that exist in all scenarios."""
    return Base("", "", load("village"))


def _some(names: Mapping[str, Any]) -> str:
    """The first six names as text."""
    first = ", ".join(list(names)[:6])
    return f"{first}, …" if len(names) > 6 else first
