"""``python -m benchmarks.sweep [--runs N] [--jobs J …] [--repeats R]``: overhead of a sweep.

The same runs are done twice: by hand, in processes that build, run and measure one world after the
other and store nothing; and as a sweep, which also plans, distributes, writes and supervises. There
are as many processes by hand as jobs, at the same time, so that their competition for the machine
does not count as overhead. The two alternate for each repeat; figures are medians, and ratios are
more reliable than times on a shared machine. To time a thousand runs:
``python -m benchmarks.sweep --runs 1000 --jobs 2 --repeats 1``.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pandas as pd

import sim
from sim.experiment.task import Task, replicate_seed
from sim.machine.workers import ONE_THREAD
from sim.runs.run_tables import kept
from sim.runs.sweep import sweep
from sim.runs.workers import warm_up

SPAWN = get_context("spawn")
FEW = 10
"""Number of runs of the small sweep, whose memory is compared with that of the full one."""


class Replicates:
    """Runs of the baseline that differ by seed."""

    title, question = "benchmark", ""
    text = ""

    def __init__(self, runs: int, debtors: int, months: int) -> None:
        self.values = {"population.size": debtors, "run.burn_in": 0, "run.months": months}
        self.runs = runs

    def only(self, runs: int) -> "Replicates":
        """The first runs."""
        size, months = self.values["population.size"], self.values["run.months"]
        return Replicates(min(runs, self.runs), size, months)

    def points(self) -> pd.DataFrame:
        return pd.DataFrame({"point": [0]})

    def shares(self) -> None:
        return None

    def described(self) -> dict[str, object]:
        return {}

    def tasks(self) -> list[Task]:
        values = tuple(self.values.items())
        return [
            Task(0, number, replicate_seed(1, number), "china_2016", values)
            for number in range(self.runs)
        ]


class Hand(NamedTuple):
    """Cost of runs by hand: seconds of wall time, and of all processors together."""

    clock: float
    processor: float


class Swept(NamedTuple):
    """Cost of a sweep.

    Args:
        clock: Seconds of wall time, including the start of its workers.
        processor: Seconds of all processors together, likewise.
        first: Seconds until the first run was stored.
        memory: Peak memory of the supervising process, MB.
        disk: KB stored for each run.
    """

    clock: float
    processor: float
    first: float
    memory: float
    disk: float


# ---------------------------------------------------------------- by hand


def by_hand(experiment: Replicates, jobs: int, *, tables: bool = True) -> Hand:
    """Do the runs in several processes at the same time, each with its share.

    Args:
        experiment: The runs.
        jobs: Number of processes.
        tables: Whether the tables that a sweep stores of each run are made too.
    """
    tasks, together, said = experiment.tasks(), SPAWN.Barrier(jobs), SPAWN.SimpleQueue()
    hands = [
        SPAWN.Process(target=_do, args=(tasks[n::jobs], together, said, tables))
        for n in range(jobs)
    ]
    for hand in hands:
        hand.start()
    times = [said.get() for _ in hands]
    for hand in hands:
        hand.join()
    begun, ended, processor = zip(*times, strict=True)
    return Hand(max(ended) - min(begun), sum(processor))


def _do(tasks: Sequence[Task], together: Any, said: Any, tables: bool) -> None:
    """Build, run and measure worlds, after all other processes are ready."""
    warm_up()
    together.wait()
    begun, used = time.perf_counter(), time.process_time()
    for task in tasks:
        world = sim.World(task.scenario()).run()
        world.headline()
        if tables:
            kept(world, task)
    said.put((begun, time.perf_counter(), time.process_time() - used))


# ---------------------------------------------------------------- as a sweep


def as_a_sweep(experiment: Replicates, jobs: int) -> Swept:
    """Do the runs as a sweep, in a process that does nothing else."""
    said = SPAWN.SimpleQueue()
    with tempfile.TemporaryDirectory() as folder:
        boss = SPAWN.Process(target=_sweep, args=(experiment, jobs, folder, said))
        boss.start()
        clock, processor, first, memory = said.get()
        boss.join()
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
    return Swept(clock, processor, first, memory, size / experiment.runs / 1e3)


def _sweep(experiment: Replicates, jobs: int, folder: str, said: Any) -> None:
    begun, used = time.perf_counter(), processor_seconds()
    first: list[float] = []

    def note(done: int, failed: int, total: int) -> None:
        if done and not first:
            first.append(time.perf_counter() - begun)

    sweep(experiment, folder, jobs=jobs, progress=note)
    clock, memory = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said.put((clock, processor_seconds() - used, first[0], memory / 1024))


def processor_seconds() -> float:
    """Processor seconds of this process and of the child processes that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


# ---------------------------------------------------------------- output


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--debtors", type=int, default=10_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    os.environ |= ONE_THREAD  # as the workers of a sweep have it
    experiment = Replicates(given.runs, given.debtors, given.months)
    say = sys.stdout.write
    say(f"{given.runs:,} runs of {given.debtors:,} debtors x {given.months} months; ")
    say(f"median of {given.repeats}\n")
    for jobs in given.jobs:
        _measure(experiment, jobs, given.repeats, say)


def _measure(experiment: Replicates, jobs: int, repeats: int, say: Callable[[str], object]) -> None:
    """Time the runs both ways with this number of jobs, and print the results."""
    few, many = experiment.only(FEW), experiment.runs
    rounds = [
        (by_hand(experiment, jobs), as_a_sweep(few, jobs), as_a_sweep(experiment, jobs))
        for _ in range(repeats)
    ]
    say(f"\n{f'{jobs} at once, seconds':40s} {'by hand':>9s} {'sweep':>9s} {'ratio':>7s}\n")
    for what in ("clock", "processor"):
        costs = [[getattr(side, what) for side in one] for one in rounds]
        _line(
            f"{what}, the start of workers included", [(hand, all_) for hand, _, all_ in costs], say
        )
        if many > few.runs:
            # No worker starts after the first few runs, so the difference is the cost of the runs.
            more = [(hand / many, (all_ - f) / (many - few.runs)) for hand, f, all_ in costs]
            _line(f"{what}, each further run", more, say)
    ran = [one[2] for one in rounds]
    pace = 60.0 * many / median(one.clock for one in ran)
    first, disk = median(one.first for one in ran), median(one.disk for one in ran)
    say(f"{many:,} runs took {60.0 * many / pace:.0f} s, {pace:.0f} a minute; ")
    say(f"the first was kept after {first:.1f} s; each takes {disk:.0f} KB on disk\n")
    small, large = median(one[1].memory for one in rounds), median(one.memory for one in ran)
    say(f"memory of the process that watches: {small:.0f} MB with {few.runs} runs, ")
    say(f"{large:.0f} MB with {many:,}\n")


def _line(what: str, pairs: list[tuple[float, float]], say: Callable[[str], object]) -> None:
    """Print a line of medians."""
    hand, swept = (median(side) for side in zip(*pairs, strict=True))
    ratio = median(other / one for one, other in pairs)
    say(f"{what:40s} {hand:9.3g} {swept:9.3g} {ratio:7.3f}\n")


if __name__ == "__main__":
    main()
