"""``python -m benchmarks.sweep [--runs N] [--debtors D] [--months M] [--jobs J]``: a sweep's cost.

The same runs are done in this process, built, run and measured one after the other, and as a sweep.
Times of the processor stand beside those of the clock: they say more on a machine that others use.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

import sim
from sim.experiment.crew import warm_up
from sim.experiment.sweep import sweep
from sim.experiment.task import Task, replicate_seed


class Replicates:
    """Runs of the baseline that differ by seed."""

    title = "benchmark"
    text = ""

    def __init__(self, runs: int, debtors: int, months: int) -> None:
        self.values = {"population.size": debtors, "run.burn_in": 0, "run.months": months}
        self.runs = runs

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


def processor() -> float:
    """Seconds of the processor, of this process and of those that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--debtors", type=int, default=10_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    experiment = Replicates(given.runs, given.debtors, given.months)

    warm_up()
    begun, used = time.perf_counter(), processor()
    for task in experiment.tasks():
        world = sim.World(task.scenario()).run()
        world.headline()
        world.series()
    plain = time.perf_counter() - begun, processor() - used

    first: list[float] = []

    def tell(done: int, failed: int, total: int) -> None:
        if done and not first:
            first.append(time.perf_counter() - begun)

    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), processor()
        sweep(experiment, folder, jobs=given.jobs, tell=tell)
        swept = time.perf_counter() - begun, processor() - used
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.parquet"))
        alone = float(sim.results(folder).runs["seconds"].sum())

    out = sys.stdout.write
    out(f"{given.runs} runs of {given.debtors:,} debtors x {given.months} months\n\n")
    out(f"{'':28s} {'clock, s':>10s} {'processor, s':>13s}\n")
    out(f"{'one after the other':28s} {plain[0]:10.1f} {plain[1]:13.1f}\n")
    out(f"{f'sweep, {given.jobs} jobs':28s} {swept[0]:10.1f} {swept[1]:13.1f}\n\n")
    out(f"until the first run was kept  {first[0]:8.1f} s\n")
    out(f"runs themselves, in workers   {alone:8.1f} s\n")
    out(f"kept on disk                  {size / given.runs / 1e3:8.1f} KB a run\n")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out(f"memory of this process        {held:8.0f} MB at most\n")


if __name__ == "__main__":
    main()
