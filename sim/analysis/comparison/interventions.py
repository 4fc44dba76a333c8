"""Interventions compared with a baseline: levers moved to an end of their range, or policy packs.

A lever is a number that policies change. In: a scenario, and levers or packs by name. Out: points,
each a scenario with its baseline. A policy fixes the lever from the first measured month on. The
burn-in is therefore the same as in the baseline, and the effect does not come from a different
history.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sim.analysis.comparison.cost import doses_within_budget
from sim.analysis.comparison.dose import dosed
from sim.errors import ServandaError
from sim.levers.catalogue import value
from sim.levers.lever import Lever
from sim.scenario.checking.fault import meant
from sim.scenario.policy import called_now, levers
from sim.scenario.reading.file import load
from sim.scenario.reading.overrides import Overrides
from sim.scenario.scenario import Scenario

End = Literal["low", "high"]
ENDS: tuple[End, ...] = ("low", "high")
EVERY = "all"
"""The word by which a user names all levers."""
PACKS = (
    *("rule_of_law", "comprehensive", "systemic", "at_source", "collaborative", "special"),
    "all_six",
)
"""The six modes of governance, and all of them together."""


@dataclass(frozen=True)
class Reference:
    """A world in which points are compared.

    Args:
        baseline: The scenario with which points are compared.
        bites: Values, by path, that replace those of the requested scenario in this world, also in
            the burn-in. With these values a lever is expected to have an effect (see
            `Lever.bites`).
    """

    baseline: Scenario
    bites: tuple[tuple[str, float | bool | str], ...] = ()


@dataclass(frozen=True)
class Intervention:
    """One scenario to be compared with its baseline.

    Args:
        name: Path of the lever, or name of the pack with its dose.
        reference: The world in which it is compared.
        setup: The scenario to be run.
        lever: The lever that is moved; None for a pack.
        end: End of the range to which the lever is moved; None for a pack.
        start: Value of the lever in the baseline; None for a pack, or if policies of the baseline
            move the lever.
    """

    name: str
    reference: Reference
    setup: Scenario
    lever: Lever | None = None
    end: End | None = None
    start: float | None = None

    @property
    def number(self) -> float | None:
        """The value to which the lever is moved; None for a pack."""
        return None if self.lever is None or self.end is None else getattr(self.lever, self.end)


def held(scenario: Scenario, values: Mapping[str, float]) -> dict[str, Any]:
    """A scenario, as a mapping, with some levers fixed from the first measured month on.

    Args:
        scenario: The scenario. Its own policies no longer move these levers.
        values: The value of each lever, by path.
    """
    tables = scenario.model_dump()
    kept = []
    for policy in tables["policies"]:
        for verb in ("set", "scale", "add"):
            policy[verb] = {path: v for path, v in policy[verb].items() if path not in values}
        if any(policy[verb] for verb in ("set", "scale", "add")):
            kept.append(policy)
    tables["policies"] = [*kept, {"name": f"{', '.join(values)} held", "set": dict(values)}]
    return tables


def named(words: Iterable[str], scenario: Scenario) -> list[str]:
    """List the paths of the levers that words refer to, each once.

    Args:
        words: Paths of levers, modes of governance, or `EVERY`.
        scenario: The scenario. Its extensions may declare levers too.

    Raises:
        ServandaError: If a word is none of these.
    """
    there = _known(scenario)
    modes = {path.partition(".")[0] for path in there}
    found: dict[str, None] = {}
    for word in words:
        if word not in {EVERY, *modes, *there}:
            names = [path for path in there if path.endswith(f".{word.rpartition('.')[2]}")]
            hint = called_now(word) or meant(word, names or [*modes, *there])
            raise ServandaError(word, "no such lever or mode of governance", hint)
        found |= {p: None for p in there if word in {EVERY, p, p.partition(".")[0]}}
    return list(found)


def moved(reference: Reference, path: str) -> Iterator[Intervention]:
    """Move a lever to each end of its range, except an end at which the baseline has it."""
    baseline = reference.baseline
    lever = _known(baseline)[path]
    steered = any(move.lever == path for policy in baseline.policies for move in policy.moves())
    start = None if steered else _value(baseline, path)
    for end in ENDS:
        number = float(getattr(lever, end))
        if number != start:
            yield Intervention(
                path, reference, load(held(baseline, {path: number})), lever, end, start
            )


def biting(reference: Reference, paths: Iterable[str]) -> Iterator[Intervention]:
    """Move each lever in a world with the values at which it is declared to have an effect.

    Levers that declare no such values are left out.
    """
    there = _known(reference.baseline)
    worlds: dict[tuple[tuple[str, float | bool | str], ...], Reference] = {}
    for path in paths:
        bites = tuple(there[path].bites.items())
        if not bites:
            continue
        if bites not in worlds:
            tables = reference.baseline.model_dump()
            worlds[bites] = Reference(load(tables, overrides=dict(bites)), bites)
        yield from moved(worlds[bites], path)


def pack(
    reference: Reference, source: str | Path, overlay: str, overrides: Overrides = ()
) -> Intervention:
    """Add a scenario's policies to those of the reference.

    Args:
        reference: The world in which the result is compared.
        source: The scenario from which `reference` was loaded, a name or a file.
        overlay: Name or file of the scenario to add. ``NAME@DOSE`` multiplies the doses of the
            policies (the shares of their changes that are made) by DOSE.
        overrides: The overrides with which `source` was loaded.

    Raises:
        ServandaError: If the scenario is invalid, or the dose is not between 0 and 1.
    """
    name, at, text = overlay.rpartition("@")
    if not at:
        name, text = overlay, "1"
    try:
        dose = float(text)
    except ValueError:
        dose = -1.0
    if not 0.0 <= dose <= 1.0:
        raise ServandaError(
            overlay, f"'{text}' is not a dose", "give 0 to 1, for example rule_of_law@0.4"
        )
    setup = load({"extends": [str(source), name]}, overrides=overrides)
    tables = setup.model_dump()
    theirs = {policy.name for policy in reference.baseline.policies}
    for policy in tables["policies"]:
        if policy["name"] not in theirs:
            policy["dose"] *= dose
    return Intervention(overlay, reference, load(tables))


def packs_within_budget(
    points: Sequence[Intervention],
    budget: float | Callable[[float], float],
    seeds: Sequence[int],
    jobs: int = 1,
    progress: Callable[[int], object] = lambda _: None,
    burn_ins: Path | None = None,
) -> list[Intervention]:
    """Packs at the doses at which they cost a budget.

    A pack is left out if its full dose costs no more than the budget.

    Args:
        points: The packs, in worlds without policies.
        budget: Yuan a year per 1,000 debtors, or a function that computes it; see
            `sim.analysis.comparison.cost.doses_within_budget`.
        seeds: Seeds of the runs; the mean cost over them equals the budget.
        jobs: Number of processes; it does not change results.
        progress: Called with the number of packs whose dose has been found.
        burn_ins: Folder of worlds at the end of their burn-in, as for `sim.runs.sweep.sweep`.

    Raises:
        ServandaError: If the baseline has policies, because the cost can then not be attributed.
    """
    if any(point.reference.baseline.policies for point in points):
        hint = "take a baseline without policies, or give doses: NAME@DOSE"
        raise ServandaError("budget", "the baseline has policies of its own", hint)
    packages = {point.name: point.setup for point in points}
    found_costs = doses_within_budget(packages, budget, seeds, jobs, progress, burn_ins=burn_ins)
    doses = {name: cost.dose for name, cost in found_costs.items()}
    found = []
    for point in points:
        dose = doses[point.name]
        name, _, own = point.name.partition("@")
        if dose < 1.0:
            called = f"{name}@{float(own or 1) * dose:.10g}"
            found.append(Intervention(called, point.reference, dosed(point.setup, dose)))
    return found


def _known(scenario: Scenario) -> dict[str, Lever]:
    """Every lever by its path, with those of extensions."""
    return levers() | scenario.added.levers


def _value(scenario: Scenario, path: str) -> float:
    """Value of a lever before any policy."""
    if path in scenario.added_levers:
        return scenario.added_levers[path]
    return value(scenario.levers, path)
