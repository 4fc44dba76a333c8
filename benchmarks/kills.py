"""``python -m benchmarks.kills [--runs N] [--kills K] [--jobs J]``: sweeps killed all the time.

A sweep of tiny worlds is done once undisturbed, in a process of its own. Then it is done again, and
its workers and the process that watches over them are killed (SIGKILL) at random moments, from
their start on; each time it is called again, until so many are dead. A sweep that is whole before
that is begun anew in another folder. In the end every folder must hold each run once, none damaged,
with the same bits as undisturbed. Moments come from the clock, and differ from call to call.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.sweep import Replicates
from sim.experiment.crew import Processes
from sim.experiment.results import Results, results
from sim.experiment.sweep import retry, sweep

SPAWN = get_context("spawn")
DEBTORS, MONTHS = 100, 2
CHUNK = 0.2
"""Seconds of work in a chunk: short, so that many are written while somebody dies."""
TELLS = ["seconds", "finished", "cpu"]
"""Columns of runs that say when and where, and nothing of the model."""
TABLES = ("runs", "series", "survival", "ledgers")
LATEST = 1.5
"""Seconds after which somebody is killed at the latest, once there is work."""
EARLY = 0.25
"""Share of sweeps that are killed while they start."""


class Killed(NamedTuple):
    """How many were killed."""

    sweeps: int
    workers: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.sweeps + self.workers


# ---------------------------------------------------------------- the one that dies


def _sweep(experiment: Replicates, folder: Path, jobs: int, seed: int | None, log: Path) -> None:
    """Do what is missing; with a seed, a thread kills the workers while they are at it."""

    def crew(runs: int) -> Processes:
        made = Processes(min(jobs, runs))
        if seed is not None:
            threading.Thread(target=_shoot, args=(made, seed, log), daemon=True).start()
        return made

    sweep(experiment, folder, crew=crew, seconds=CHUNK)


def _shoot(crew: Processes, seed: int, log: Path) -> None:
    """Kill one worker after another, and note each."""
    chance = random.Random(seed)
    while True:
        time.sleep(chance.uniform(0.0, 2.0 * LATEST))
        if there := crew.processes:
            os.kill(chance.choice(there), signal.SIGKILL)
            with log.open("a", encoding="utf-8") as file:
                file.write("x")


# ---------------------------------------------------------------- the one that kills it


def killed(
    experiment: Replicates, room: Path, wanted: int, jobs: int, chance: random.Random
) -> tuple[list[Path], Killed]:
    """Begin sweeps and kill them until so many are dead; their folders, and who was killed."""
    log, folders, sweeps = room / "shots", [room / "1"], 0
    log.touch()
    while (dead := Killed(sweeps, log.stat().st_size)).all < wanted:
        given = (experiment, folders[-1], jobs, chance.randrange(1 << 32), log)
        child = SPAWN.Process(target=_sweep, args=given)
        begun = _chunks(folders[-1])
        child.start()
        if chance.random() > EARLY:
            while child.exitcode is None and _chunks(folders[-1]) == begun:
                time.sleep(0.005)
        child.join(chance.uniform(0.0, LATEST))
        if child.exitcode is None:
            child.kill()
            sweeps += 1
        child.join()
        if child.exitcode == 0:
            folders.append(room / str(len(folders) + 1))
    return [folder for folder in folders if folder.exists()], dead


def _chunks(folder: Path) -> int:
    return len(list(folder.glob("chunks/*.runs.parquet")))


# ---------------------------------------------------------------- what is left


def faults(found: Results, whole: Results, runs: int) -> list[str]:
    """What is wrong with a sweep that was killed, beside one that was not."""
    told = []
    there, ids = len(found.runs), found.runs["identity"].nunique()
    if (there, ids) != (runs, runs):
        told.append(f"{there} runs, {ids} different ones, instead of {runs}")
    if bad := int((found.runs["status"] != "ok").sum()):
        told.append(f"{bad} runs failed")
    for name in TABLES:
        tables = [getattr(one, name) for one in (found, whole)]
        left, right = (table.drop(columns=TELLS, errors="ignore") for table in tables)
        try:
            pd.testing.assert_frame_equal(left, right, check_exact=True)
        except AssertionError as error:
            told.append(f"{name} differ: {error}")
    return told


def _written(folder: Path) -> int:
    """Rows of runs in all chunks, each of which is read whole."""
    tables = [pd.read_parquet(file) for file in sorted(folder.glob("chunks/*.parquet"))]
    return sum(len(table) for table in tables if "status" in table)


def main() -> None:
    """Kill, finish, check, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    seed, say = time.time_ns(), sys.stdout.write
    say(f"seed {seed}\n")
    experiment = Replicates(given.runs, DEBTORS, MONTHS)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        quiet = (experiment, room / "whole", given.jobs, None, room / "none")
        alone = SPAWN.Process(target=_sweep, args=quiet)
        alone.start()
        alone.join()
        chance = random.Random(seed)
        folders, dead = killed(experiment, room, given.kills, given.jobs, chance)
        say(f"killed {dead.sweeps} sweeps and {dead.workers} workers, ")
        say(f"in {len(folders)} folder{'s' * (len(folders) != 1)}\n")
        wrong = False
        for folder in folders:
            left = sweep(experiment, folder, jobs=given.jobs)
            bad = int((results(folder).runs["status"] != "ok").sum())
            if bad:  # a worker was shot twice over one and the same run
                retry(folder, jobs=given.jobs)
            told = faults(results(folder), results(room / "whole"), given.runs)
            wrong |= bool(told)
            twice = _written(folder) - given.runs - bad
            say(f"{left.before} of {left.planned} runs outlived it; {bad} were tried again; ")
            say(f"{twice} stood in two chunks; ")
            say(f"{'; '.join(told) if told else 'in the end all there, once, the same bits'}\n")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
