"""Scenarios run over seeds, on as many processes as are given, and what came out of each run."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context

from sim.errors import ServandaError, ServandaWarning
from sim.model import World
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


@dataclass(frozen=True)
class Failure:
    """A run that stopped, in the words of its error."""

    error: str


def run_once(setup: Scenario, seed: int) -> Outcome | Failure:
    """Run a scenario with a seed; the result depends on nothing else."""
    run = replace(setup.run, seed=seed)
    with warnings.catch_warnings():
        # The same for every seed; where it is odd, `servanda run` says so.
        warnings.simplefilter("ignore", ServandaWarning)
        try:
            found = World(setup.model_copy(update={"run": run})).run().headline()
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
        done: Told after each run how many are over.

    Returns:
        For each scenario its outcomes, in the order of the seeds; the same for any `jobs`.

    Raises:
        ServandaError: If a process was stopped from outside.
    """
    found: dict[tuple[int, int], Outcome | Failure] = {}
    for place, outcome in _over(setups, seeds, jobs):
        found[place] = outcome
        if done is not None:
            done(len(found))
    return [[found[at, nth] for nth in range(len(seeds))] for at in range(len(setups))]


def _over(
    setups: Sequence[Scenario], seeds: Sequence[int], jobs: int
) -> Iterator[tuple[tuple[int, int], Outcome | Failure]]:
    """Places and outcomes, as they come."""
    grid = [(at, nth) for at in range(len(setups)) for nth in range(len(seeds))]
    if jobs == 1:
        for at, nth in grid:
            yield (at, nth), run_once(setups[at], seeds[nth])
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(run_once, setups[at], seeds[nth]): (at, nth) for at, nth in grid}
        try:
            for ready in as_completed(waiting):
                yield waiting[ready], ready.result()
        except BrokenProcessPool:
            what = "a process was stopped, perhaps for want of memory"
            raise ServandaError("jobs", what, "give fewer jobs or debtors") from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
