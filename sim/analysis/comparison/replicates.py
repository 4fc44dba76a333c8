"""Scenarios run over seeds, on as many processes as are given, and what came out of each run."""

import pickle
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Self

from sim.errors import ServandaError, ServandaWarning
from sim.machine.processors import bounded
from sim.machine.workers import Pool
from sim.scenario.scenario import Scenario
from sim.world import World, beginning


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
    return run_apart([setup], seed, outcome)[0]


def outcome(world: World) -> Outcome:
    """What a world came to that has been run."""
    found = world.headline()
    return Outcome(**{part: found[name] for part, name in INDICATOR.items()})


def run_apart[T](
    setups: Sequence[Scenario], seed: int, look: Callable[[World], T]
) -> list[T | Failure]:
    """Run scenarios of one beginning with a seed: one burn-in, of which copies go on apart.

    Args:
        setups: Scenarios of the same `sim.world.beginning`.
        seed: The seed of all of them; the results depend on nothing else.
        look: What is kept of a world that has been run.
    """
    seeded = [s.model_copy(update={"run": replace(s.run, seed=seed)}) for s in setups]
    with warnings.catch_warnings():
        # The same for every seed; where it is odd, `servanda run` says so.
        warnings.simplefilter("ignore", ServandaWarning)
        try:
            world = World(seeded[0]).run_to(0)
        except ServandaError as error:
            return [Failure(str(error))] * len(setups)
        if len(seeded) == 1:
            return [_ended(world, seeded[0], look)]
        begun = pickle.dumps(world)
        return [_ended(pickle.loads(begun), setup, look) for setup in seeded]


def _ended[T](world: World, setup: Scenario, look: Callable[[World], T]) -> T | Failure:
    """What is seen of a world that goes on under a scenario's policies to its end."""
    try:
        return look(world.under(setup).run())
    except ServandaError as error:
        return Failure(str(error))


class Replicates:
    """Scenarios run over the same seeds, in processes that stay from one call to the next.

    Args:
        seeds: The same for all scenarios, so that differences are of pairs.
        jobs: Processes; with one, runs stay in this process. They change no number.
    """

    def __init__(self, seeds: Sequence[int], jobs: int = 1) -> None:
        """Start no process yet."""
        self.seeds = tuple(seeds)
        self._pool = Pool(jobs) if bounded(jobs, "jobs") > 1 else None

    def __enter__(self) -> Self:
        """Nothing is started before it is needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes at once; what is at work is given up."""
        if self._pool is not None:
            self._pool.close()

    def run[T](
        self,
        setups: Sequence[Scenario],
        look: Callable[[World], T],
        done: Callable[[int], None] | None = None,
    ) -> list[list[T | Failure]]:
        """Run every scenario with every seed.

        Args:
            setups: The scenarios.
            look: What is kept of a world that has been run; a function of a module.
            done: Told now and then how many runs are over.

        Returns:
            For each scenario what was seen, in the order of the seeds.

        Raises:
            ServandaError: If a process was stopped from outside.
        """
        found: dict[tuple[int, int], T | Failure] = {}
        for part, nth, seen in self._over(setups, look):
            found |= {(at, nth): one for at, one in zip(part, seen, strict=True)}
            if done is not None:
                done(len(found))
        return [[found[at, nth] for nth in range(len(self.seeds))] for at in range(len(setups))]

    def _over[T](
        self, setups: Sequence[Scenario], look: Callable[[World], T]
    ) -> Iterator[tuple[tuple[int, ...], int, list[T | Failure]]]:
        """Places of scenarios, of a seed, and what was seen, as they come."""
        grid = [
            (part, nth, [setups[at] for at in part])
            for part in _parts(setups)
            for nth in range(len(self.seeds))
        ]
        if self._pool is None:
            for part, nth, these in grid:
                yield part, nth, run_apart(these, self.seeds[nth], look)
            return
        calls = [(these, self.seeds[nth], look) for _, nth, these in grid]
        for place, seen in self._pool.each(run_apart, calls):
            part, nth, _ = grid[place]
            yield part, nth, seen


def _parts(setups: Sequence[Scenario]) -> Iterator[tuple[int, ...]]:
    """Places of scenarios that can share a burn-in, `TOGETHER` at most."""
    alike: dict[str, list[int]] = {}
    for at, setup in enumerate(setups):
        alike.setdefault(beginning(setup), []).append(at)
    for places in alike.values():
        yield from batched(places, TOGETHER)


def replicate(
    setups: Sequence[Scenario],
    seeds: Sequence[int],
    jobs: int = 1,
    done: Callable[[int], None] | None = None,
) -> list[list[Outcome | Failure]]:
    """The outcomes of every scenario with every seed, by scenario; see `Replicates`."""
    with Replicates(seeds, jobs) as runs:
        return runs.run(setups, outcome, done)
