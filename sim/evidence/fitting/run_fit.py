"""A fit from evidence to findings: runs it, tests it, and stores what it has found.

In: a problem and a folder for the runs. Out: an `Outcome`, stored in that folder.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from sim.evidence.fitting.budget import DEFAULT_RUNS, QUICK_RUNS, budget, within
from sim.evidence.fitting.coverage import coverage
from sim.evidence.fitting.fit import FitProgress, first_places, fit, no_progress
from sim.evidence.fitting.fit_runs import FitRuns
from sim.evidence.fitting.held_out import held_out
from sim.evidence.fitting.identify import Identified, identify
from sim.evidence.fitting.problem import Problem
from sim.evidence.fitting.stored import Outcome, write
from sim.machine.processors import bounded
from sim.runs.results import results
from sim.runs.sweep import reused_workers
from sim.runs.sweep_lock import Lock
from sim.runs.workers import Workers


def run_fit(
    problem: Problem,
    folder: Path,
    *,
    quick: bool = False,
    minutes: float | None = None,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    progress: FitProgress = no_progress,
) -> Outcome:
    """Run or resume a fit, test it and store it.

    Args:
        problem: The problem.
        folder: Folder of the runs and findings.
        quick: Whether to make `QUICK_RUNS` runs, whatever the folder's budget.
        minutes: Time for the fit, instead of the folder's budget.
        workers: Makes workers for a number of runs; None for processes on this machine.
        jobs: Number of processes; one per processor if None.
        progress: Called whenever runs are finished.

    Raises:
        ServandaError: If a library is missing, the folder cannot be used, or every run failed.
        KeyboardInterrupt: If the user stops it; finished runs are kept.
    """
    with opened(problem, folder, "fit", workers, jobs) as runs:
        time = minutes if minutes is not None else problem.spec.minutes
        if quick:
            chosen = budget(QUICK_RUNS)
        elif time is not None:
            chosen = within(time, _seconds(problem, runs), bounded(jobs, "jobs"))
        else:
            chosen = budget(problem.spec.runs or DEFAULT_RUNS)
        found = fit(problem, runs, chosen, progress=progress)
    outcome = Outcome(found, coverage(found), held_out(found))
    write(outcome, folder)
    return outcome


def run_identify(
    problem: Problem,
    folder: Path,
    *,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    progress: FitProgress = no_progress,
) -> Identified:
    """Run the first stages of a fit, and find what the figures could tell.

    Args:
        problem: The problem.
        folder: Folder of the runs; a later fit in the same folder uses them.
        workers: As for `run_fit`.
        jobs: As for `run_fit`.
        progress: As for `run_fit`.

    Raises:
        ServandaError: As for `run_fit`.
    """
    with opened(problem, folder, "identify", workers, jobs) as runs:
        return identify(problem, runs, budget(), progress=progress)


@contextmanager
def opened(
    problem: Problem,
    folder: Path,
    command: str,
    workers: Callable[[int], Workers] | None,
    jobs: int | None,
) -> Iterator[FitRuns]:
    """The runs of a folder, locked for the length of a `with` block, with their workers."""
    with Lock(folder, command=command) as lock, reused_workers(workers, jobs) as here:
        yield FitRuns(
            problem.experiment,
            folder,
            problem.cells,
            problem.scenario,
            workers=here,
            lock=lock,
            command=command,
        )


def _seconds(problem: Problem, runs: FitRuns) -> float:
    """Time of a run, seconds, by the runs of the base with which every fit begins."""
    runs.counts(first_places(problem, budget(), 0), problem.columns)
    return float(np.mean(results(runs.folder).runs["seconds"].iloc[: budget().repeats]))
