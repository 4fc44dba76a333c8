"""``python -m benchmarks.scaling [--sizes N …] [--threads T …] [--json FILE]``: cost by size.

The baseline is run with more and more debtors, each time in a process of its own, and a few months
are timed after a few others. The table gives nanoseconds of wall time and of processor time per
debtor and month, and the peak memory per debtor, beyond that of a process which has loaded all code
but holds no world. The exponent b, where time grows like size to the power b, is fitted by least
squares to the logarithms; b = 1 means that a debtor costs the same in a world of any size. Small
worlds are left out of it (``--from``), because the fixed costs of a month count there.

Then the size is held and the rate at which claims arise is varied. A straight line through the
results gives the cost of a debtor without claims, and that of each claim in process.

Sizes and threads alternate for each repeat, and figures are medians. Wall times are too long on a
machine that is in use, processor times less so. Seconds of the first processes, in which code may
be compiled, do not count.

Ten million debtors are a matter of minutes: ``--sizes 10_000_000 --warm-up 2 --repeats 1
--threads 1 --densities``.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.apart import Asked, Spent, apart, machine, spent
from sim.machine.processors import bounded
from sim.runs.workers import warm_up

SIZES = (1_000, 10_000, 100_000, 1_000_000)
DENSITIES = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Multiples of the baseline's rate of claims."""
NANO = 1e9

type Say = Callable[[str], object]
type Rounds = dict[Asked, list[Spent]]


# ---------------------------------------------------------------- measuring


def measured(worlds: Sequence[Asked], repeats: int) -> Rounds:
    """Time all worlds in turn, several times over."""
    found: Rounds = {one: [] for one in worlds}
    for _ in range(repeats):
        for one, rounds in found.items():
            rounds.append(apart(spent, one))
    return found


def summary(asked: Asked, rounds: Sequence[Spent]) -> dict[str, Any]:
    """Medians of the rounds of one world, per debtor and month, and all wall times."""
    debtor_months = asked.size * asked.months
    clocks = [one.clock / debtor_months * NANO for one in rounds]
    return {
        "debtors": asked.size,
        "threads": asked.threads,
        "density": asked.density,
        "months": asked.months,
        "clock_ns": median(clocks),
        "clock_ns_of_each": clocks,
        "processor_ns": median(one.processor for one in rounds) / debtor_months * NANO,
        "peak_bytes": median(one.peak for one in rounds) / asked.size,
        "claims": median(one.claims for one in rounds) / debtor_months,
        "phases_ns": {
            name: median(one.phases[name] for one in rounds) / debtor_months * NANO
            for name in rounds[0].phases
        },
    }


def exponent(rows: Sequence[dict[str, Any]], what: str, least: int) -> float | None:
    """Exponent of time against size, or None if fewer than two sizes are large enough.

    Args:
        rows: Summaries of worlds of different sizes.
        what: Name of the time per debtor and month, such as ``clock_ns``.
        least: The smallest size that counts.
    """
    sizes = np.array([row["debtors"] for row in rows], float)
    times = sizes * np.array([row[what] for row in rows])
    large = sizes >= least
    if len(set(sizes[large])) < 2:
        return None
    return float(np.polyfit(np.log(sizes[large]), np.log(times[large]), 1)[0])


def line(rows: Sequence[dict[str, Any]], what: str) -> dict[str, float] | None:
    """Cost of a debtor without claims and of a claim, ns per month; None if claims do not vary.

    Args:
        rows: Summaries of worlds with different rates of claims.
        what: Name of the time per debtor and month, such as ``clock_ns``.
    """
    claims = np.array([row["claims"] for row in rows])
    times = np.array([row[what] for row in rows])
    if len(set(claims)) < 2:
        return None
    slope, idle = np.polyfit(claims, times, 1)
    off = times - (idle + slope * claims)
    return {
        "idle_debtor_ns": float(idle),
        "claim_ns": float(slope),
        "largest_deviation_ns": float(np.abs(off).max()),
    }


def gains(found: Rounds) -> list[dict[str, float]]:
    """Ratio of the wall times with one thread and with more, in the same repeat; medians."""
    return [
        {
            "debtors": many.size,
            "threads": many.threads,
            "ratio": median(
                one.clock / more.clock for one, more in zip(rounds, found[many], strict=True)
            ),
        }
        for single, rounds in found.items()
        for many in found
        if single.threads == 1 < many.threads and single.size == many.size
    ]


def report(given: argparse.Namespace) -> dict[str, Any]:
    """Measure everything that the options ask for."""
    apart(warm_up)  # compiles what is not yet in the cache
    times = {"warm_up": given.warm_up, "months": given.months}
    by_size = [Asked(n, t, **times) for n in given.sizes for t in given.threads]
    sized = measured(by_size, given.repeats)
    rows = [summary(*one) for one in sized.items()]
    fits = []
    for threads in given.threads:
        mine = [row for row in rows if row["threads"] == threads]
        fit = {what: exponent(mine, what, given.least) for what in ("clock_ns", "processor_ns")}
        fits.append({"threads": threads, "from": given.least, **fit})
    by_claims = [Asked(given.held, 1, **times, density=one) for one in given.densities]
    dense = [summary(*one) for one in measured(by_claims, given.repeats).items()]
    return {
        "machine": machine(),
        "warm_up": given.warm_up,
        "repeats": given.repeats,
        "sizes": rows,
        "threads": gains(sized),
        "exponents": fits,
        "densities": dense,
        "claims": {what: line(dense, what) for what in ("clock_ns", "processor_ns")},
    }


# ---------------------------------------------------------------- output


def show(found: dict[str, Any], say: Say) -> None:
    """Print the tables."""
    say(f"median of {found['repeats']}, after {found['warm_up']} months\n\n")
    say(f"{'debtors':>12s} {'threads':>8s} {'clock, ns':>10s} {'(from':>8s} {'to)':>8s}")
    say(f" {'processor, ns':>14s} {'claims':>7s} {'peak, bytes':>12s}\n")
    for row in found["sizes"]:
        each = row["clock_ns_of_each"]
        say(f"{row['debtors']:12,d} {row['threads']:8d} {row['clock_ns']:10.0f} ")
        say(f"{min(each):8.0f} {max(each):8.0f} {row['processor_ns']:14.0f} ")
        say(f"{row['claims']:7.3f} {row['peak_bytes']:12.0f}\n")
    say("\n")
    for fit in found["exponents"]:
        clock, processor = (_number(fit[what]) for what in ("clock_ns", "processor_ns"))
        say(f"exponent from {fit['from']:,} debtors on, {_threads(fit['threads'])}: ")
        say(f"{clock} by the clock, {processor} by the processor\n")
    for gain in found["threads"]:
        say(f"{gain['debtors']:,} debtors, {_threads(gain['threads'])}: ")
        say(f"{gain['ratio']:.2f} times as fast as one\n")
    if found["densities"]:
        _show_claims(found, say)


def _show_claims(found: dict[str, Any], say: Say) -> None:
    """Print the cost against the claims in process."""
    say(f"\n{found['densities'][0]['debtors']:,} debtors, one thread\n")
    say(f"{'rate of claims':>15s} {'claims a debtor':>16s} {'clock, ns':>10s} ")
    say(f"{'processor, ns':>14s}\n")
    for row in found["densities"]:
        say(f"{row['density']:15.2f} {row['claims']:16.3f} {row['clock_ns']:10.0f} ")
        say(f"{row['processor_ns']:14.0f}\n")
    for what, name in (("clock_ns", "clock"), ("processor_ns", "processor")):
        fit = found["claims"][what]
        if fit is not None:
            say(f"by the {name}: {fit['idle_debtor_ns']:.0f} ns for a debtor without claims, ")
            say(f"{fit['claim_ns']:.0f} ns for a claim; no point is further from this line ")
            say(f"than {fit['largest_deviation_ns']:.0f} ns\n")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _threads(number: int) -> str:
    return "one thread" if number == 1 else f"{number} threads"


def whole(text: str) -> int:
    """A number of at least 1, for an option.

    Raises:
        argparse.ArgumentTypeError: If it is not one.
    """
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return number


def options() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--sizes", type=whole, nargs="+", default=SIZES, help="numbers of debtors")
    add("--threads", type=whole, nargs="+", default=[1, 2], help="numbers of threads")
    add("--warm-up", type=whole, default=12, help="months before the clock starts")
    add("--months", type=whole, default=12, help="months that are timed")
    add("--repeats", type=whole, default=3, help="times that everything is measured")
    add("--from", type=whole, default=10_000, dest="least", help="smallest size for the exponent")
    add("--held", type=whole, default=100_000, help="debtors where the rate of claims varies")
    add(
        "--densities",
        type=float,
        nargs="*",
        default=DENSITIES,
        help="multiples of the rate of claims; none, to leave this out",
    )
    add("--json", type=Path, help="file for the figures")
    return parser


def main() -> None:
    """Measure, print the tables, and store the figures."""
    given = options().parse_args()
    for threads in given.threads:
        bounded(threads, "--threads")
    found = report(given)
    show(found, sys.stdout.write)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
