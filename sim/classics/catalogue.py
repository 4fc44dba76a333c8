"""All models, and the comparison of everything published with what is computed.

In: a seed and a number of processes. Out: a `Row` for each published number.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from sim.classics import (
    allingham_sandmo,
    bekar_carlaw_eaton,
    crokidakis,
    glaeser_sacerdote_scheinkman,
    granovetter,
    mmc,
    zaklan_westerhoff_stauffer,
)
from sim.classics.classic import Classic, Outcomes, Row
from sim.classics.parameters import ParameterSet, nearest
from sim.errors import ServandaError
from sim.machine.processors import bounded
from sim.machine.workers import Pool

CLASSICS: tuple[Classic, ...] = (
    bekar_carlaw_eaton.MODEL,
    zaklan_westerhoff_stauffer.MODEL,
    crokidakis.MODEL,
    allingham_sandmo.MODEL,
    glaeser_sacerdote_scheinkman.MODEL,
    granovetter.MODEL,
    mmc.MODEL,
)
SEED = 1
"""Seed by default."""

type Call = tuple[str, ParameterSet, int]
"""Name of a model, parameters and seed."""


def classic(name: str) -> Classic:
    """The model with this name.

    Raises:
        ServandaError: If there is none; the hint is the most similar name.
    """
    known = {one.name: one for one in CLASSICS}
    if name not in known:
        raise ServandaError("", f"there is no classic '{name}'", nearest(name, list(known)))
    return known[name]


def outcomes_at(name: str, parameters: ParameterSet, seed: int) -> Outcomes:
    """Outcomes of a model, found by its name so that worker processes can be asked for them."""
    return classic(name).run(parameters, seed)


def targets(
    seed: int = SEED,
    jobs: int = 1,
    models: Sequence[Classic] = CLASSICS,
    progress: Callable[[int], object] = lambda done: None,
) -> list[Row]:
    """Every published number with what is computed, and the verdict.

    Args:
        seed: Seed of all runs, 0 to 2^63 − 1.
        jobs: Number of processes; the numbers are the same for any.
        models: The models; by default all.
        progress: Called after each run with the number of runs done.

    Returns:
        Rows in the order of the models and of their targets.
    """
    points = [(one, one.at(target)) for one in models for target in one.targets]
    calls = [(name, at, seed) for name, at in dict.fromkeys((one.name, at) for one, at in points)]
    found: dict[tuple[str, ParameterSet], Outcomes] = {}
    for name, at, outcomes in _computed(calls, min(bounded(jobs, "jobs"), len(calls))):
        found[name, at] = outcomes
        progress(len(found))
    return [
        one.row(target, found[one.name, one.at(target)]) for one in models for target in one.targets
    ]


def number_of_runs(models: Sequence[Classic] = CLASSICS) -> int:
    """Number of runs that `targets` makes."""
    return sum(len({one.at(target) for target in one.targets}) for one in models)


def _computed(calls: Sequence[Call], jobs: int) -> Iterator[tuple[str, ParameterSet, Outcomes]]:
    """The outcomes of these calls, in this process or in several."""
    if jobs == 1:
        for name, at, seed in calls:
            yield name, at, outcomes_at(name, at, seed)
        return
    with closing(Pool(jobs)) as pool:
        for place, outcomes in pool.each(outcomes_at, calls):
            name, at, _ = calls[place]
            yield name, at, outcomes
