"""Timing in rounds: every contestant runs once in each round, so a busy hour hits all alike.

Times are processor seconds of this process. All contestants run on one thread.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any, NamedTuple

Run = Callable[[], "Ran"]


class Ran(NamedTuple):
    """What a run did.

    Args:
        steps: Agent-steps: the number of agents, added up over the steps.
        idle: Processor seconds that do not count.
        result: What must be the same for all contestants, or None.
    """

    steps: int
    idle: float = 0.0
    result: Any = None


class Pace(NamedTuple):
    """How fast a contestant was.

    Args:
        name: The contestant.
        agents: Number of its agents.
        steps: Agent-steps of one run.
        seconds: Processor seconds of each round.
        bytes_per_agent: Memory held per agent.
        idle: Processor seconds of each round that were deducted.
    """

    name: str
    agents: int
    steps: int
    seconds: list[float]
    bytes_per_agent: float
    idle: list[float]

    @property
    def per_second(self) -> float:
        """Agent-steps per second, median of the rounds."""
        return median(self.steps / one for one in self.seconds)

    def shown(self) -> dict[str, object]:
        """The figures for JSON."""
        return {**self._asdict(), "agent_steps_per_second": self.per_second}


class Contestant(NamedTuple):
    """Someone to be timed.

    Args:
        name: Its name.
        agents: Number of its agents.
        prepare: Builds what runs; not timed.
        memory: Bytes that it holds.
    """

    name: str
    agents: int
    prepare: Callable[[], Run]
    memory: Callable[[], int]


def in_rounds(
    contestants: list[Contestant], repeats: int, *, warm_up: bool = False
) -> tuple[list[Pace], list[list[Any]]]:
    """Time contestants in alternating rounds.

    Args:
        contestants: Who is timed, in this order.
        repeats: Number of rounds.
        warm_up: Whether each runs once before, so that it can compile what it needs.

    Returns:
        The paces, and the results of each round.
    """
    seconds: Mapping[str, list[float]] = {one.name: [] for one in contestants}
    idle: Mapping[str, list[float]] = {one.name: [] for one in contestants}
    steps: dict[str, int] = {}
    results: list[list[Any]] = []
    for one in contestants if warm_up else ():
        one.prepare()()
    for _ in range(repeats):
        results.append([])
        for one in contestants:
            run = one.prepare()
            gc.collect()
            begun = time.process_time()
            ran = run()
            spent = time.process_time() - begun
            seconds[one.name].append(spent - ran.idle)
            idle[one.name].append(ran.idle)
            steps[one.name] = ran.steps
            results[-1].append(ran.result)
    paces = [
        Pace(
            one.name,
            one.agents,
            steps[one.name],
            seconds[one.name],
            one.memory() / one.agents,
            idle[one.name],
        )
        for one in contestants
    ]
    return paces, results


def traced(build: Callable[[], object]) -> int:
    """Bytes that Python and NumPy hold after building something, beyond what they held before."""
    build()  # what is loaded or cached only once does not count
    gc.collect()
    tracemalloc.start()
    try:
        built = build()
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del built
    return held
