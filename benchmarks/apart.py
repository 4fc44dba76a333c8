"""Months of the baseline, timed in a process of their own.

In: the size of a world, threads, and months. Out: seconds, claims, and peak memory. A process of
its own is needed for the memory: the peak of a process never falls, so that of a second world
could not be told from that of the first.
"""

import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from benchmarks.__main__ import claim_months
from sim.engine.blocks import Execution
from sim.machine.workers import Pool
from sim.runs.workers import warm_up
from sim.scenario.reading.file import load
from sim.world import World

UNIT = 1 if sys.platform == "darwin" else 1024
"""Unit in which the system reports peak memory, bytes."""


class Asked(NamedTuple):
    """The months to be timed.

    Args:
        size: Number of debtors.
        threads: Number of threads.
        warm_up: Months that are run before the clock starts.
        months: Months that are timed.
        density: Multiple of the rate at which claims arise in the baseline.
    """

    size: int
    threads: int = 1
    warm_up: int = 12
    months: int = 12
    density: float = 1.0


class Spent(NamedTuple):
    """The cost of the months.

    Args:
        clock: Seconds of wall time.
        processor: Seconds of all threads together.
        claims: Claims open at the end of a month, summed over the months.
        peak: Peak memory of the process, bytes, beyond its peak when all code was loaded.
        phases: Seconds of wall time of each phase.
    """

    clock: float
    processor: float
    claims: float
    peak: int
    phases: dict[str, float]


def apart[T](function: Callable[..., T], *arguments: object) -> T:
    """Call a module-level function in a new process that ends afterwards.

    Raises:
        ServandaError: If the process dies.
        Exception: The exception that the call raised.
    """
    pool = Pool(1)
    try:
        return next(result for _, result in pool.each(function, [arguments]))
    finally:
        pool.close()


def spent(asked: Asked) -> Spent:
    """Build a world, run it, and measure the last months; for a new process."""
    warm_up()
    before = peak()
    world = aged(asked)
    world.phase_seconds.clear()
    begun, used = time.perf_counter(), time.process_time()
    world.run_for(asked.months)
    clock, processor = time.perf_counter() - begun, time.process_time() - used
    claims = claim_months(world, asked.months)
    return Spent(clock, processor, claims, peak() - before, dict(world.phase_seconds))


def aged(asked: Asked, execution: Execution | None = None) -> World:
    """A world of the baseline after the months of its warm-up."""
    intensity = load("china_2016").parameters.obligations.intensity
    settings: dict[str, Any] = {
        "population.size": asked.size,
        "run.months": asked.warm_up + asked.months,
        "run.burn_in": 0,
        "obligations.intensity": intensity * asked.density,
    }
    world = World("china_2016", execution=execution or Execution(asked.threads), **settings)
    world.run_for(asked.warm_up)
    return world


def peak() -> int:
    """Largest resident memory of this process so far, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT


def machine() -> dict[str, str | int | None]:
    """What the figures depend on: kind and number of processors, versions."""
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
