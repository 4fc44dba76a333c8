"""Combines the levers of all modes of governance in one class, whose values scenarios set."""

from collections.abc import Iterator
from dataclasses import field, fields, replace
from typing import Any, NamedTuple

from sim.engine.record import declared, quantity
from sim.levers.at_source import AtSource
from sim.levers.collaborative import Collaborative
from sim.levers.comprehensive import Comprehensive
from sim.levers.lever import Lever
from sim.levers.rule_of_law import RuleOfLaw
from sim.levers.sanctions import Sanctions
from sim.levers.special import Special
from sim.levers.systemic import Systemic


@declared
class Levers:
    """A row of the table of levers: all values in one month for one treatment (set of policies)."""

    rule_of_law: RuleOfLaw = field(default_factory=RuleOfLaw)
    comprehensive: Comprehensive = field(default_factory=Comprehensive)
    systemic: Systemic = field(default_factory=Systemic)
    at_source: AtSource = field(default_factory=AtSource)
    collaborative: Collaborative = field(default_factory=Collaborative)
    special: Special = field(default_factory=Special)
    sanctions: Sanctions = field(default_factory=Sanctions)


class Entry(NamedTuple):
    """A lever with its path, such as ``sanctions.late_interest``, and its default value."""

    path: str
    mode: str
    name: str
    lever: Lever
    default: float


def catalogue() -> Iterator[Entry]:
    """List every lever, in the order of the modes of governance."""
    for mode in fields(Levers):
        group: Any = mode.type
        for item in fields(group):
            lever = quantity(group, item.name)
            if not isinstance(lever, Lever):
                raise TypeError(f"{mode.name}.{item.name} is declared without a Lever")
            yield Entry(
                f"{mode.name}.{item.name}",
                mode.name,
                item.name,
                lever,
                float(getattr(group, item.name)),
            )


def value(levers: Levers, path: str) -> float:
    """The value of the lever with this path."""
    mode, name = path.split(".")
    return float(getattr(getattr(levers, mode), name))


def with_value(levers: Levers, path: str, number: float) -> Levers:
    """A copy of the levers with the lever at this path set to another value."""
    mode, name = path.split(".")
    group = replace(getattr(levers, mode), **{name: number})
    return replace(levers, **{mode: group})
