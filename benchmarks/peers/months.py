"""The month of a compiled world beside the same month of plain Mesa agents.

Both go on from the same state, at the end of the burn-in, with the same seed. All counts of all
measured months must be the same, or else there is an error instead of a figure.
"""

import contextlib
import random
import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

import sim.engine.draw as draws
from benchmarks.peers.agents import TABLES, Clock, OfAgents, as_agents
from benchmarks.peers.rounds import Contestant, Pace, Ran, Run, in_rounds
from sim import World, load
from sim.engine.compile import Kernel
from sim.errors import ServandaError
from sim.month.simulation import Simulation

COMPILED, AGENTS, CHEAP = "compiled", "Mesa agents", "Mesa agents, cheap draws"


class Counts(NamedTuple):
    """What the worlds have counted in the measured months.

    Args:
        sums: Counts; shape (months, cells, counts).
        spans: Counts by months passed; shape (months, cells, spans, passed).
    """

    sums: np.ndarray
    spans: np.ndarray

    def same(self, other: "Counts") -> bool:
        """Whether both are equal to the last bit."""
        return all(np.array_equal(one, two) for one, two in zip(self, other, strict=True))


def counts_of(world: World) -> Counts:
    """All counts of the measured months."""
    return Counts(world.measured.sums(), world.measured.spans())


class Rules:
    """Processor seconds that a simulation spends in its rules, without copying.

    Args:
        simulation: The simulation; its kernels are timed from now on.
    """

    def __init__(self, simulation: Simulation) -> None:
        self.seconds = 0.0
        self._run = simulation.run_kernel
        self._clock = simulation.clock if isinstance(simulation, OfAgents) else Clock()
        simulation.run_kernel = self._timed  # type: ignore[method-assign]

    def _timed(self, kernel: Kernel, rows: int) -> None:
        begun, copied = time.process_time(), self._clock.seconds
        self._run(kernel, rows)
        self.seconds += time.process_time() - begun - (self._clock.seconds - copied)


@contextlib.contextmanager
def cheap_draws(seed: int) -> Iterator[None]:
    """Let uncompiled rules draw from Python's generator, as most models for Mesa do."""
    keyed, generator = draws.fraction, random.Random(seed)
    draws.fraction = lambda *_: generator.random() or 0.5
    try:
        yield
    finally:
        draws.fraction = keyed


def compared(debtors: int, months: int, burn_in: int, repeats: int, seed: int = 1) -> list[Pace]:
    """Time the compiled world, the same as Mesa agents, and these with cheaper draws.

    The last one draws other numbers, so its counts are others too. It is here because keyed draws
    are slow in plain Python, and a model for Mesa would not have them.

    Raises:
        ServandaError: If the agents' counts differ from those of the compiled world.
    """
    run = {
        "population.size": debtors,
        "run.months": months,
        "run.burn_in": burn_in,
        "run.seed": seed,
    }
    scenario = load("china_2016", overrides=run)

    def begun() -> World:
        return World(scenario).run_to(0)

    def compiled() -> Run:
        world = begun()
        rules = Rules(world.simulation)

        def go() -> Ran:
            world.run()
            return Ran(debtors * months, 0.0, rules.seconds, counts_of(world))

        return go

    def agents(cheap: bool) -> Run:
        world = begun()
        simulation = as_agents(world)
        rules = Rules(simulation)

        def go() -> Ran:
            with cheap_draws(seed) if cheap else contextlib.nullcontext():
                world.run()
            return Ran(debtors * months, simulation.clock.seconds, rules.seconds, counts_of(world))

        return go

    def held() -> int:
        return sum(begun().simulation.bytes_held().values())

    def held_by_agents() -> int:
        simulation = as_agents(begun())
        return sum(getattr(simulation, name).bytes_of() for name in TABLES)

    contestants = [
        Contestant(COMPILED, debtors, compiled, held),
        Contestant(AGENTS, debtors, lambda: agents(cheap=False), held_by_agents),
        Contestant(CHEAP, debtors, lambda: agents(cheap=True), held_by_agents),
    ]
    paces, results = in_rounds(contestants, repeats)
    for one, two, _ in results:
        if not one.same(two):
            raise ServandaError("benchmark", "Mesa agents count other things than compiled rules")
    return paces
