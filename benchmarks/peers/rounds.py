"""Timing in rounds: every contestant runs once in each round, so a busy hour hits all alike.

Times are processor seconds of this process. All contestants run on one thread.
"""

import gc
import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from typing import Any, NamedTuple

Run = Callable[[], "Ran"]


class Ran(NamedTuple):
    """What a run did.

    Args:
        steps: Agent-steps: the number of agents, added up over the steps.
        idle: Processor seconds that do not count.
        rules: Processor seconds in rules alone, where these are told apart.
        result: What must be the same for all contestants, or None.
    """

    steps: int
    idle: float = 0.0
    rules: float = 0.0
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
        rules: Processor seconds of each round in rules alone, or 0.
    """

    name: str
    agents: int
    steps: int
    seconds: list[float]
    bytes_per_agent: float
    idle: list[float]
    rules: list[float]

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
    spent: list[list[tuple[float, Ran]]] = [[] for _ in contestants]
    for one in contestants if warm_up else ():
        one.prepare()()
    for _ in range(repeats):
        for one, rounds in zip(contestants, spent, strict=True):
            run = one.prepare()
            gc.collect()
            begun = time.process_time()
            ran = run()
            rounds.append((time.process_time() - begun, ran))
    paces = [
        Pace(
            one.name,
            one.agents,
            rounds[0][1].steps,
            [seconds - ran.idle for seconds, ran in rounds],
            one.memory() / one.agents,
            [ran.idle for _, ran in rounds],
            [ran.rules for _, ran in rounds],
        )
        for one, rounds in zip(contestants, spent, strict=True)
    ]
    return paces, [[rounds[n][1].result for rounds in spent] for n in range(repeats)]


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
