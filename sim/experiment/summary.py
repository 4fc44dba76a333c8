"""Describes the design and factors of an experiment in plain values, for the manifest of a sweep.

In: a design, its factors, and its points. Out: dictionaries, lists, texts and numbers. They are
enough for an analysis without the file of the experiment.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from sim.experiment.designs.design import Points
from sim.experiment.distribution import Spread, limits
from sim.experiment.factor_target import SCENARIO, Base, Target
from sim.experiment.spec import SHAPES, Factor, Part
from sim.levers.lever import Lever
from sim.scenario.identity import plain


def described(
    design: Part,
    spreads: Sequence[Spread],
    design_points: Points,
    targets: Mapping[str, Mapping[str, Target]],
) -> dict[str, Any]:
    """A design and its factors in plain values.

    Args:
        design: The design.
        spreads: The factors whose values the design chose; empty if points are listed.
        design_points: The points.
        targets: The target (place in the scenario) of each factor, by base and by path.

    Returns:
        ``design``: its kind and options. ``factors``: for each factor, in the order of columns,
        ``path``, ``title``, ``group`` (empty for none), ``kind`` ("number", "whole", "switch" or
        "word"), ``unit``, ``values`` (empty if not listed), ``low`` and ``high`` (None without
        limits), ``scale``, ``distribution`` and its ``parameters``, and ``steps``.
    """
    factors = [_factor(one.target, one.factor, one) for one in spreads]
    return {
        "design": plain(design),
        "factors": factors or list(_listed(design_points, targets)),
    }


def titles(bases: Mapping[str, Base]) -> dict[str, dict[str, str]]:
    """Titles of the scenarios and policies of an experiment, by their short names.

    Args:
        bases: The base scenarios by name.

    Returns:
        ``scenarios`` and ``policies``. If bases give a policy different titles, the first is taken.
    """
    policies: dict[str, str] = {}
    for base in bases.values():
        for policy in base.scenario.policies:
            policies.setdefault(policy.name, policy.title)
    return {
        "scenarios": {name: base.scenario.title for name, base in bases.items()},
        "policies": {name: title for name, title in policies.items() if title},
    }


def _factor(target: Target, factor: Factor, spread: Spread | None = None) -> dict[str, Any]:
    """A factor in plain values."""
    values = spread.values if spread else ()
    low, high = limits(factor, target) if spread and not values else (None, None)
    lever = target.quantity if isinstance(target.quantity, Lever) else None
    shape = {name: getattr(factor, name) for name in SHAPES}
    return {
        "path": target.path,
        "title": factor.title or (lever.title if lever else target.path),
        "group": factor.group,
        "kind": _kind(target),
        "unit": target.quantity.unit if target.quantity else "",
        "values": plain(values),
        "low": _end(low),
        "high": _end(high),
        "scale": factor.scale,
        "distribution": factor.distribution,
        "parameters": {name: value for name, value in shape.items() if value is not None},
        "steps": factor.steps,
    }


def _kind(target: Target) -> str:
    if target.words or target.path == SCENARIO:
        return "word"
    if target.switch:
        return "switch"
    return "whole" if target.whole else "number"


def _end(limit: float | None) -> float | None:
    """A limit; None if it is infinite, because JSON has no number for infinity."""
    return limit if limit is not None and isfinite(limit) else None


def _listed(
    design_points: Points, targets: Mapping[str, Mapping[str, Target]]
) -> Iterator[dict[str, Any]]:
    """The factors of points from a file or a list of scenarios. Only their targets are known."""
    for name in design_points.names:
        found = (those[name] for those in targets.values() if name in those)
        yield _factor(next(found, Target(name, "", "")), Factor())
