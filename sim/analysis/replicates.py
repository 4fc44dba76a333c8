"""Scenarios run over seeds, on as many processes as are given, and what came out of each run."""

import pickle
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import batched
from multiprocessing import get_context

from sim.errors import ServandaError, ServandaWarning
from sim.model import World, beginning
from sim.scenario.setting import Scenario


@dataclass(frozen=True)
class Outcome:
    """What a run came to, over all its measured months; missing where nothing was divided by.

    Args:
        performance: Voluntary performance of claims leaving grace (2), share.
        recovery: Money recovered on cases closed (9), share.
        backlog: Cases open per 1,000 debtors (12).
        harm: Felt harm, yuan a debtor and year.
        cost: Public cost of levers, officers and custody, yuan a debtor and year.
    """

    performance: float
    recovery: float
    backlog: float
    harm: float
    cost: float


INDICATOR = {
    "performance": "grace_performance",
    "recovery": "recovery",
    "backlog": "backlog",
    "harm": "harm",
    "cost": "public_outlay",
}
"""The indicator behind each part of an outcome.

Voluntary performance is of all claims, not of those able: a lever that makes more debtors able
changes who is counted among the able, and would seem to act on their will.
"""


TOGETHER = 16
"""Scenarios that share a burn-in in one process: more would leave others without work."""


@dataclass(frozen=True)
class Failure:
    """A run that stopped, in the words of its error."""

    error: str


def run_once(setup: Scenario, seed: int) -> Outcome | Failure:
    """Run a scenario with a seed; the result depends on nothing else."""
    return run_apart([setup], seed)[0]


def run_apart(setups: Sequence[Scenario], seed: int) -> list[Outcome | Failure]:
    """Run scenarios of one beginning with a seed: one burn-in, of which copies go on apart.

    Args:
        setups: Scenarios of the same `sim.model.beginning`.
        seed: The seed of all of them; the results depend on nothing else.
    """
    seeded = [s.model_copy(update={"run": replace(s.run, seed=seed)}) for s in setups]
    with warnings.catch_warnings():
        # The same for every seed; where it is odd, `servanda run` says so.
        warnings.simplefilter("ignore", ServandaWarning)
        try:
            begun = pickle.dumps(World(seeded[0]).run_to(0))
        except ServandaError as error:
            return [Failure(str(error))] * len(setups)
        return [_ended(pickle.loads(begun), setup) for setup in seeded]


def _ended(world: World, setup: Scenario) -> Outcome | Failure:
    """What a world comes to that goes on under a scenario's policies."""
    try:
        found = world.under(setup).run().headline()
    except ServandaError as error:
        return Failure(str(error))
    return Outcome(**{part: found[name] for part, name in INDICATOR.items()})


def replicate(
    setups: Sequence[Scenario],
    seeds: Sequence[int],
    jobs: int = 1,
    done: Callable[[int], None] | None = None,
) -> list[list[Outcome | Failure]]:
    """Run every scenario with every seed.

    Args:
        setups: The scenarios.
        seeds: The same for all of them, so that differences are of pairs.
        jobs: Processes; with one, runs stay in this process.
        done: Told now and then how many runs are over.

    Returns:
        For each scenario its outcomes, in the order of the seeds; the same for any `jobs`.

    Raises:
        ServandaError: If a process was stopped from outside.
    """
    found: dict[tuple[int, int], Outcome | Failure] = {}
    for part, nth, outcomes in _over(setups, seeds, jobs):
        found |= {(at, nth): one for at, one in zip(part, outcomes, strict=True)}
        if done is not None:
            done(len(found))
    return [[found[at, nth] for nth in range(len(seeds))] for at in range(len(setups))]


def _parts(setups: Sequence[Scenario]) -> Iterator[tuple[int, ...]]:
    """Places of scenarios that can share a burn-in, `TOGETHER` at most."""
    alike: dict[str, list[int]] = {}
    for at, setup in enumerate(setups):
        alike.setdefault(beginning(setup), []).append(at)
    for places in alike.values():
        yield from batched(places, TOGETHER)


def _over(
    setups: Sequence[Scenario], seeds: Sequence[int], jobs: int
) -> Iterator[tuple[tuple[int, ...], int, list[Outcome | Failure]]]:
    """Places of scenarios, of a seed, and the outcomes, as they come."""
    grid = [
        (part, nth, [setups[at] for at in part])
        for part in _parts(setups)
        for nth in range(len(seeds))
    ]
    if jobs == 1:
        for part, nth, these in grid:
            yield part, nth, run_apart(these, seeds[nth])
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = {
            pool.submit(run_apart, these, seeds[nth]): (part, nth) for part, nth, these in grid
        }
        try:
            for ready in as_completed(waiting):
                yield *waiting[ready], ready.result()
        except BrokenProcessPool:
            what = "a process was stopped, perhaps for want of memory"
            raise ServandaError("jobs", what, "give fewer jobs or debtors") from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
