"""``python -m benchmarks [--debtors N] [--months M] [--repeats R]``: time and memory of a run.

Machines are noisy: the figures are medians over repeats in one process, and ratios are more
reliable than times. Two worlds are run: the baseline, and one in which no claim ever arises, so
that nothing happens. Their difference, per open claim, is the cost of a claim.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from sim import World, load
from sim.books.counts import Count

WARM_UP = 12
"""Months run before the clock starts, in which kernels are loaded and tables grow."""


def timed(
    build: Callable[[], World], months: int, repeats: int
) -> tuple[World, list[float], dict[str, float]]:
    """Run a world several times; seconds of each run, and median seconds of each phase."""
    seconds, phases = [], []
    world = build()
    for _ in range(repeats):
        world = build()
        world.run_for(WARM_UP)
        world.phase_seconds.clear()
        begun = time.perf_counter()
        world.run_for(months)
        seconds.append(time.perf_counter() - begun)
        phases.append(dict(world.phase_seconds))
    return world, seconds, {name: statistics.median(p[name] for p in phases) for name in phases[0]}


def claim_months(world: World, months: int) -> float:
    """Claims open at the end of a month, summed over the last months."""
    open_claims = world.measured.sums(burn_in=True)[-months:, 0, Count.OPEN]
    return float(open_claims.sum())


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--debtors", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    size, months = given.debtors, given.months
    run = {"population.size": size, "run.months": months + WARM_UP, "run.burn_in": 0}
    base = load("china_2016", overrides=run)
    idle = load("china_2016", overrides=run | {"obligations.intensity": 0.0})
    out = sys.stdout.write

    full, seconds, phases = timed(lambda: World(base), months, given.repeats)
    _, quiet_seconds, quiet_phases = timed(lambda: World(idle), months, given.repeats)
    spent, quiet = statistics.median(seconds), statistics.median(quiet_seconds)
    debtor_months = size * months
    claims = claim_months(full, months)

    out(f"{size:,} debtors x {months} months, one thread, median of {given.repeats}\n\n")
    out(
        f"whole run                        {spent:8.2f} s   "
        f"(min {min(seconds):.2f}, max {max(seconds):.2f})\n"
    )
    out(f"per debtor-month, all            {spent / debtor_months * 1e9:8.0f} ns\n")
    out(f"per debtor-month, nothing owed   {quiet / debtor_months * 1e9:8.0f} ns\n")
    out(f"per claim in process and month   {(spent - quiet) / claims * 1e9:8.0f} ns   ")
    out(f"({claims / debtor_months:.3f} claims a debtor)\n\n")
    out(f"{'phase':14s} {'ns a debtor-month':>18s} {'of it idle':>12s}\n")
    for name, cost in phases.items():
        alone = quiet_phases[name]
        out(f"{name:14s} {cost / debtor_months * 1e9:18.1f} {alone / debtor_months * 1e9:12.1f}\n")
    out(f"\n{'table':20s} {'bytes a debtor':>15s}\n")
    held = full.simulation.bytes_held()
    for name, size_held in held.items():
        out(f"{name:20s} {size_held / size:15.1f}\n")
    out(f"{'all':20s} {sum(held.values()) / size:15.1f}\n")


if __name__ == "__main__":
    main()
