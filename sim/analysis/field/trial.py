"""The worlds of a field experiment: one for each arm, and one for each target without the policy.

In: an experiment. Out: scenarios by name. In the world of an arm the policy reaches the treated. In
the world without it nobody is reached, but the same debtors are drawn. So chance differences
between the two halves are known, and are subtracted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.analysis.field.reading import Read
from sim.analysis.field.spec import Arm
from sim.scenario.checking.check import OVERRIDE, Place, ScenarioErrors, place_of, refusal
from sim.scenario.checking.fault import Fault
from sim.scenario.identity import plain
from sim.scenario.policy import levers
from sim.scenario.reading.file import load
from sim.scenario.scenario import Scenario

REACH = ("districts", "domains", "kinds", "amount", "assign")
"""Fields of a policy that say whom it reaches."""
NOTHING = {"set": {"at_source.reminder": 1.0}, "dose": 0.0}
"""A policy without any dose, the same for all arms with the same target: they share its runs."""


@dataclass(frozen=True)
class Trial:
    """The worlds of an experiment.

    Args:
        worlds: Scenarios by name.
        treated: Name of the world of each arm.
        untreated: Name of the world without the policy of each arm; arms for the same debtors in
            the same world share it.
    """

    worlds: Mapping[str, Scenario]
    treated: Mapping[str, str]
    untreated: Mapping[str, str]


def trial(read: Read, debtors: int | None = None) -> Trial:
    """The worlds of an experiment.

    Args:
        read: The experiment.
        debtors: Number of debtors, instead of the base's.

    Raises:
        ScenarioErrors: If the base or a value that is set does not exist or does not fit.
    """
    worlds: dict[str, Scenario] = {}
    treated: dict[str, str] = {}
    untreated: dict[str, str] = {}
    alike: dict[str, str] = {}
    for name, arm in read.experiment.arms.items():
        key = repr((arm.model_dump(include=set(REACH)), sorted(arm.world.items(), key=str)))
        if key not in alike:
            alike[key] = f"{read.name}: without {name}"
            worlds[alike[key]] = _world(read, name, _without(arm), debtors)
        untreated[name] = alike[key]
        treated[name] = f"{read.name}: {name}"
        policy = arm.model_dump(exclude={"world"}, exclude_none=True)
        worlds[treated[name]] = _world(read, name, policy, debtors)
    return Trial(worlds, treated, untreated)


def _without(arm: Arm) -> dict[str, Any]:
    """The policy of an arm without effect, for the same debtors or claims.

    If it goes by case, it keeps its levers: with them, debtors have the treatment of their oldest
    case, and the burn-in can be shared.
    """
    if arm.goes_by_case(levers()):
        return arm.model_dump(exclude={"world"}, exclude_none=True) | {"dose": 0.0}
    reach = arm.model_dump(include={"name", *REACH}, exclude_none=True)
    return reach | NOTHING


def _world(read: Read, name: str, policy: dict[str, Any], debtors: int | None) -> Scenario:
    """The world of an arm with this policy."""
    it = read.experiment
    values = it.set | it.arms[name].world | {"run.months": it.months}
    if debtors is not None:
        values["population.size"] = debtors
    try:
        return load({"extends": it.base, "policies": [plain(policy)]}, overrides=values)
    except ScenarioErrors as wrong:
        own = [(_place(read, name, error.where), error) for error in wrong.errors]
        raise refusal(
            [(at, Fault(path, error.what, error.hint)) for (at, path), error in own]
        ) from None


def _place(read: Read, arm: str, where: str) -> tuple[Place, str]:
    """Where in the file something was written that a scenario refused, and its path there."""
    path = where.removeprefix(f"{OVERRIDE} ")
    for head in (f"arms.{arm}.world", "set"):
        table: Mapping[str, Any] = (
            read.experiment.arms[arm].world if head != "set" else read.experiment.set
        )
        if path in table:
            return place_of(f"{head}.{path}", read.places), f"{head}.{path}"
    if path.startswith("policies.0"):
        own = f"arms.{arm}{path.removeprefix('policies.0')}"
        return place_of(own, read.places), own
    return place_of("base", read.places), "base"
