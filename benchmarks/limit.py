"""``python -m benchmarks.limit [--sizes N …] [--json FILE]``: how near a month is to the machine.

A month cannot be faster than the memory it touches can be moved. Three things are measured:

- the bandwidth of the memory, with NumPy's copy of an array and with a compiled loop
  ``a[i] = b[i] + s·c[i]``, on one thread and on all; as in STREAM, each array counts once;
- the bytes that the kernels of a month touch (see `benchmarks.touched`), if nothing is left in the
  caches between two kernels, and if every byte were moved only once a month;
- the time of a month.

The share of the limit is the time in which those bytes could be moved, divided by the time of the
month. Below 1, something else than the bandwidth takes the time: instructions, or waiting for
single records. Bandwidth and months are measured in turn, in pairs; figures are medians, and the
shares are medians of the shares of the pairs. With one thread, times are processor times, so that
other programs count less; with more they are wall times.

Where ``perf`` can count them, the instructions of a month are given too.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numba
import numpy as np

from benchmarks.apart import Asked, apart, machine, spent
from benchmarks.scaling import whole
from benchmarks.touched import Month, month
from sim.machine.processors import processors
from sim.runs.workers import warm_up

ROOT = Path(__file__).resolve().parents[1]
TIMES = 5
"""Times that an array is copied for one figure, of which the fastest counts."""
NANO = 1e9

type Say = Callable[[str], object]
type Clock = Callable[[], float]


# ---------------------------------------------------------------- bandwidth


class Bandwidth(NamedTuple):
    """Bytes per nanosecond (GB/s) that memory can be read and written with, by kind of loop."""

    copy: float
    triad: float


def _add_scaled(a: np.ndarray, b: np.ndarray, c: np.ndarray, scale: float) -> None:
    for i in range(len(a)):
        a[i] = b[i] + scale * c[i]


add_scaled: Callable[..., None] = numba.njit(nogil=True)(_add_scaled)
"""The triad of STREAM."""


def bandwidth(megabytes: int, threads: int) -> Bandwidth:
    """Measure the bandwidth, in a process that does nothing else.

    Args:
        megabytes: Size of each array; many times that of the caches.
        threads: Number of threads, each with a part of the arrays.
    """
    a, b, c = (np.full(megabytes * 1_000_000 // 8, value) for value in (0.0, 1.0, 2.0))
    cuts = np.linspace(0, len(a), threads + 1).astype(int)
    parts = [slice(*pair) for pair in zip(cuts, cuts[1:], strict=False)]
    copies = [(a[part], b[part]) for part in parts]
    triads = [(a[part], b[part], c[part], 3.0) for part in parts]
    add_scaled(a[:8], b[:8], c[:8], 3.0)  # compiles it
    return Bandwidth(
        copy=2 * a.nbytes / fastest(np.copyto, copies) / NANO,
        triad=3 * a.nbytes / fastest(add_scaled, triads) / NANO,
    )


def fastest(function: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> float:
    """Seconds in which calls are made at the same time, each by a thread; the least of several."""
    clock = clock_of(len(calls))
    with ThreadPoolExecutor(len(calls)) as pool:
        spans = []
        for _ in range(TIMES):
            begun = clock()
            for done in [pool.submit(function, *call) for call in calls]:
                done.result()
            spans.append(clock() - begun)
    return min(spans)


def clock_of(threads: int) -> Clock:
    """The clock for this number of threads: processor time for one, else wall time."""
    return time.process_time if threads == 1 else time.perf_counter


# ---------------------------------------------------------------- instructions


def instructions(sizes: Sequence[int], asked: Asked) -> dict[str, Any]:
    """Instructions per debtor and month, as ``perf stat`` counts them.

    For each size two processes are counted that differ only by the months that are timed.

    Args:
        sizes: Numbers of debtors.
        asked: The months.

    Returns:
        ``per_debtor_month``, by size, and ``unknown_because``: the reason why it is empty.
    """
    if shutil.which("perf") is None:
        return {"per_debtor_month": {}, "unknown_because": "perf is missing"}
    count, reason = perf("pass")  # whether it can count at all is quickly seen
    found: dict[int, float] = {}
    for size in sizes if count is not None else ():
        counts = []
        for months in (1, 1 + asked.months):
            one = asked._replace(size=size, months=months)
            count, reason = perf(f"from benchmarks.apart import Asked, spent; spent({one!r})")
            counts.append(count)
        few, many = counts
        if few is not None and many is not None:
            found[size] = (many - few) / (size * asked.months)
    return {"per_debtor_month": found, "unknown_because": reason}


def perf(code: str) -> tuple[float | None, str]:
    """Instructions of a process that runs this Python code, or None and the reason."""
    command = ["perf", "stat", "-x", ",", "-e", "instructions:u", sys.executable, "-c", code]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    environment = os.environ | {"PYTHONPATH": path}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if ran.returncode != 0:
        return None, f"perf ended with exit code {ran.returncode}"
    return counted(ran.stderr)


def counted(text: str) -> tuple[float | None, str]:
    """The count in the output of ``perf stat -x ,``, or None and the reason."""
    for row in text.splitlines():
        value, *rest = row.split(",")
        if any(cell.startswith("instructions") for cell in rest):
            if value.isdecimal():
                return float(value), ""
            return None, f"perf cannot count them on this machine: {value}"
    return None, "perf gave no count"


# ---------------------------------------------------------------- all of it


def report(given: argparse.Namespace) -> dict[str, Any]:
    """Measure everything that the options ask for."""
    apart(warm_up)  # compiles what is not yet in the cache
    touched: Month = apart(month, given.watched, given.warm_up)
    threads = sorted({1, processors()})
    asked = Asked(1, warm_up=given.warm_up, months=given.months)
    rates: dict[int, list[Bandwidth]] = {number: [] for number in threads}
    times: dict[tuple[int, int], list[float]] = {
        (size, number): [] for size in given.sizes for number in threads
    }
    for _ in range(given.repeats):
        for number in threads:
            rates[number].append(apart(bandwidth, given.megabytes, number))
        for (size, number), found in times.items():
            took = apart(spent, asked._replace(size=size, threads=number))
            seconds = took.processor if number == 1 else took.clock
            found.append(seconds / (size * given.months) * NANO)
    return {
        "machine": machine(),
        "warm_up": given.warm_up,
        "months": given.months,
        "repeats": given.repeats,
        "array_megabytes": given.megabytes,
        "bandwidth": [
            {
                "threads": number,
                **{name: median(getattr(one, name) for one in found) for name in Bandwidth._fields},
            }
            for number, found in rates.items()
        ],
        "touched": touched._asdict() | {"debtors": given.watched},
        "months_by_size": [
            share(size, number, found, rates[number], touched)
            for (size, number), found in times.items()
        ],
        "instructions": instructions(given.sizes, asked),
    }


def share(
    size: int, threads: int, times: list[float], rates: list[Bandwidth], touched: Month
) -> dict[str, float]:
    """Time of a month and its share of the limit.

    Args:
        size: Number of debtors.
        threads: Number of threads.
        times: Nanoseconds per debtor and month, one of each repeat.
        rates: Bandwidths of the same repeats. The higher of copy and triad is the limit.
        touched: What a month touches.
    """
    pairs = list(zip(times, rates, strict=True))
    return {
        "debtors": size,
        "threads": threads,
        "ns": median(times),
        "limit_ns": median(touched.lines / max(rate) for rate in rates),
        "share": median(touched.lines / max(rate) / spent_ns for spent_ns, rate in pairs),
        "share_once": median(touched.once / max(rate) / spent_ns for spent_ns, rate in pairs),
    }


# ---------------------------------------------------------------- output


def show(found: dict[str, Any], say: Say) -> None:
    """Print the tables."""
    say(f"arrays of {found['array_megabytes']:,} MB, median of {found['repeats']}\n\n")
    say(f"{'bandwidth, GB/s':20s} {'copy':>8s} {'triad':>8s}\n")
    for row in found["bandwidth"]:
        say(f"{_threads(row['threads']):20s} {row['copy']:8.1f} {row['triad']:8.1f}\n")
    touched = found["touched"]
    say(f"\n{'bytes that a month touches, per debtor':50s} ")
    say(f"({touched['debtors']:,} debtors, {touched['claims']:.3f} claims each)\n")
    for name, what in (
        ("records", "whole records, by each kernel"),
        ("lines", "lines of the caches, by each kernel"),
        ("once", "lines of the caches, once a month"),
    ):
        say(f"{what:50s} {touched[name]:8.0f}\n")
    say(f"\n{'kernel':30s} {'bytes':>8s}  most of them in\n")
    for kernel, tables in sorted(touched["passes"], key=lambda one: -sum(one[1].values()))[:8]:
        most = max(tables, key=lambda name: tables[name])
        say(f"{kernel:30s} {sum(tables.values()):8.0f}  {most}\n")
    say(f"\n{'debtors':>12s} {'threads':>8s} {'ns a debtor-month':>18s} {'limit, ns':>10s} ")
    say(f"{'share':>8s} {'if moved once':>14s}\n")
    for row in found["months_by_size"]:
        say(f"{row['debtors']:12,d} {row['threads']:8d} {row['ns']:18.0f} ")
        say(f"{row['limit_ns']:10.0f} {row['share']:8.3f} {row['share_once']:14.3f}\n")
    say("\n")
    counts = found["instructions"]["per_debtor_month"]
    for size, count in counts.items():
        say(f"{size:,} debtors: {count:,.0f} instructions per debtor and month\n")
    if not counts:
        say(f"instructions are not known: {found['instructions']['unknown_because']}\n")


def _threads(number: int) -> str:
    return "one thread" if number == 1 else f"{number} threads"


def options() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--sizes", type=whole, nargs="+", default=[100_000, 1_000_000], help="numbers of debtors")
    add("--warm-up", type=whole, default=12, help="months before the clock starts")
    add("--months", type=whole, default=12, help="months that are timed")
    add("--repeats", type=whole, default=3, help="times that everything is measured")
    add("--watched", type=whole, default=2_000, help="debtors of the world that is watched")
    add("--megabytes", type=whole, default=512, help="size of each array that is copied")
    add("--json", type=Path, help="file for the figures")
    return parser


def main() -> None:
    """Measure, print the tables, and store the figures."""
    given = options().parse_args()
    found = report(given)
    show(found, sys.stdout.write)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
