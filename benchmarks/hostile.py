"""``python -m benchmarks.hostile [--inputs N] [--first K] [--jobs J] [--kinds a,b]``: bad inputs.

Every input, a folder of files and a command line, is generated from a number and tried in a
supervised process: the result must be exit code 0, or exit code 2 with a few printable lines and no
file written, within `SECONDS` of processor time and `BYTES` of additional memory. Processes that
hang or die are counted too, and replaced. The summary lists the numbers of the inputs that were
mishandled; ``--first K --inputs 1`` repeats one of them.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.hostile.attempt import Outcome, attempt
from tests.hostile.inputs import Input, made

SECONDS, BYTES = 5.0, 500_000_000
"""Limits of processor time and additional memory for an input."""
PATIENCE = 60.0
"""Seconds of wall time after which a process counts as hung."""
FORK = get_context("fork")
SWEEP = {
    "title": "T",
    "base": "village",
    "debtors": 20,
    "months": 1,
    "replicates": 2,
    "set": {"run.burn_in": 0},
    "design": {"kind": "grid"},
    "factors": {"comprehensive.officers": [0.1, 0.2]},
}


@dataclass
class Summary:
    """Outcomes of all inputs."""

    done: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    wrong: list[tuple[int, str, str]] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    largest: tuple[int, int] = (0, -1)

    def add(self, number: int, kind: str, outcome: Outcome) -> None:
        """Count one outcome."""
        self.done[kind] += 1
        self.refused += outcome.refused
        self.slowest = max(self.slowest, (outcome.seconds, number))
        self.largest = max(self.largest, (outcome.grown, number))
        wrong = outcome.wrong
        if not wrong and outcome.seconds > SECONDS:
            wrong = f"{outcome.seconds:.1f} seconds"
        if not wrong and outcome.grown > BYTES:
            wrong = f"{outcome.grown / 1e6:.0f} MB"
        if wrong:
            self.wrong.append((number, kind, wrong))

    def show(self, spent: float) -> None:
        """Print the summary."""
        total = self.done.total()
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.done.items()))
        print(f"{total:,} inputs in {spent:.0f} s: {kinds}")
        print(f"refused {self.refused:,}, sound {total - self.refused - len(self.wrong):,}")
        print(f"slowest {self.slowest[0]:.2f} s (input {self.slowest[1]})")
        print(f"most additional memory {self.largest[0] / 1e6:.0f} MB (input {self.largest[1]})")
        print(f"mishandled {len(self.wrong):,}")
        for number, kind, wrong in sorted(self.wrong)[:40]:
            print(f"  {number} {kind} {' '.join(words_of(number, kind))[:80]!r}: {wrong}")


def words_of(number: int, kind: str) -> tuple[str, ...]:
    """The command line of an input."""
    del kind
    return _input(number).words


_KINDS: tuple[str, ...] = ()


def _input(number: int) -> Input:
    return made(number, _KINDS)


def _work(pipe: Connection, place: Path, swept: Path) -> None:
    """Try every number that comes through the pipe."""
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 for good
    while (number := pipe.recv()) is not None:
        pipe.send(attempt(_input(number), place / str(number), swept))


class Worker:
    """A process that tries one input after another."""

    def __init__(self, place: Path, swept: Path) -> None:
        """Start it."""
        self.pipe, theirs = FORK.Pipe()
        self.process = FORK.Process(target=_work, args=(theirs, place, swept), daemon=True)
        self.process.start()
        theirs.close()
        self.number, self.begun = -1, 0.0

    def give(self, number: int) -> None:
        """Hand over an input."""
        self.number, self.begun = number, time.monotonic()
        self.pipe.send(number)

    def answer(self) -> Outcome | None:
        """The outcome of the input; None while the process is working on it."""
        try:
            if self.pipe.poll():
                found: Outcome = self.pipe.recv()
                return found
        except (EOFError, OSError):
            self.process.join()
            return Outcome(f"the process died ({self.process.exitcode})", False, 0.0, 0)
        if time.monotonic() - self.begun > PATIENCE:
            self.process.kill()
            self.process.join()
            return Outcome(f"no answer in {PATIENCE:.0f} s", False, PATIENCE, 0)
        return None

    def close(self) -> None:
        """End the process and wait for it."""
        if self.process.is_alive():
            self.pipe.send(None)
            self.process.join()


def tried(numbers: range, jobs: int, swept: Path, place: Path) -> Iterator[tuple[int, Outcome]]:
    """Yield the number of every input with its outcome, in order of completion."""
    waiting = iter(numbers)
    workers = [Worker(place, swept) for _ in range(jobs)]
    for worker in workers:
        if (number := next(waiting, None)) is not None:
            worker.give(number)
    busy = [worker for worker in workers if worker.number >= 0]
    while busy:
        wait([worker.pipe for worker in busy], timeout=1.0)
        for worker in list(busy):
            outcome = worker.answer()
            if outcome is None:
                continue
            yield worker.number, outcome
            busy.remove(worker)
            if not worker.process.is_alive():
                worker = Worker(place, swept)  # noqa: PLW2901 takes its place
            if (number := next(waiting, None)) is not None:
                worker.give(number)
                busy.append(worker)
            else:
                worker.close()


def main() -> None:
    """Try inputs and print the outcomes; exit with 1 if any was mishandled."""
    global _KINDS  # noqa: PLW0603 forked processes inherit it
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--kinds", default="")
    given = options.parse_args()
    _KINDS = tuple(filter(None, given.kinds.split(",")))
    summary, begun = Summary(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="servanda-hostile-") as folder:
        swept = Path(folder, "swept")
        if not _KINDS or "folder" in _KINDS:
            sweep(load_experiment(SWEEP), swept, jobs=1)
        numbers = range(given.first, given.first + given.inputs)
        for number, outcome in tried(numbers, given.jobs, swept, Path(folder, "tries")):
            summary.add(number, _input(number).kind, outcome)
    summary.show(time.monotonic() - begun)
    raise SystemExit(1 if summary.wrong else 0)


if __name__ == "__main__":
    main()
