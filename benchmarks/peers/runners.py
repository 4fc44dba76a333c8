"""What runners of many runs cost beside the runs: Servanda's sweep, Mesa's and EMA Workbench's.

All do the same small runs of the baseline, with the same seeds, in as many processes. A bare run
builds a world, runs it and computes its headline; these are done by hand in as many processes at
once (see `benchmarks.sweep`). Mesa and EMA Workbench return the headline, in memory. Servanda's
sweep also makes tables of every run and stores them; what making them costs by hand is shown too.
All processes are started in the same way, from a process that does nothing else.
"""

import logging
import multiprocessing
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from typing import Any, NamedTuple

import mesa

from benchmarks.sweep import FEW, SPAWN, Replicates, as_a_sweep, by_hand, processor_seconds
from sim import World
from sim.errors import ServandaError

BEYOND = 10**6
"""More steps than any run has; a world ends by itself."""

Cost = tuple[float, float]
"""Seconds of the clock, and of all processors together."""


def _told(experiment: Replicates) -> dict[str, int]:
    """Values that all runs share, by path."""
    return dict(experiment.values)


def run_in_mesa(experiment: Replicates, jobs: int) -> int:
    """Do the runs with Mesa's runner; return the number of runs that gave results."""
    rows = mesa.batch_run(
        World,
        {"scenario": "china_2016", **_told(experiment)},
        number_processes=jobs,
        max_steps=BEYOND,
        display_progress=False,
        rng=[task.seed for task in experiment.tasks()],
    )
    return len(rows)


def headline(seed: int, **told: Any) -> dict[str, float]:
    """One run, as a function for EMA Workbench, which does not pass on names with a dot."""
    values = {name.replace("__", "."): value for name, value in told.items()}
    return World("china_2016", rng=int(seed), **values).run().headline()


def run_in_ema(experiment: Replicates, jobs: int) -> int:
    """Do the runs with EMA Workbench's evaluator; return the number of runs that gave results."""
    import ema_workbench as ema  # noqa: PLC0415

    tasks = experiment.tasks()
    model = ema.Model("servanda", function=headline)
    model.uncertainties = [ema.IntegerParameter("seed", 0, 2**53)]
    told = {name.replace(".", "__"): value for name, value in _told(experiment).items()}
    model.constants = [ema.Constant(name, value) for name, value in told.items()]
    model.outcomes = [ema.ScalarOutcome(name) for name in OUTCOMES]
    samples = [ema.Sample(name=str(n), seed=task.seed) for n, task in enumerate(tasks)]
    with ema.MultiprocessingEvaluator(model, n_processes=jobs) as evaluator:
        _, found = ema.perform_experiments(model, samples, evaluator=evaluator, log_progress=True)
    return len(found[OUTCOMES[0]])


OUTCOMES = ("backlog", "recovery")
"""Indicators that EMA Workbench is asked for."""

RUNNERS: dict[str, Callable[[Replicates, int], int]] = {
    "Mesa batch_run": run_in_mesa,
    "EMA Workbench": run_in_ema,
}


def installed() -> list[str]:
    """Runners that can be timed here."""
    missing = [] if find_spec("ema_workbench") else ["EMA Workbench"]
    return [name for name in RUNNERS if name not in missing]


def timed(name: str, experiment: Replicates, jobs: int) -> Cost:
    """Do the runs in one of the peers' runners, in a process that does nothing else.

    Raises:
        ServandaError: If it did not do all runs.
    """
    said = SPAWN.SimpleQueue()
    boss = SPAWN.Process(target=_time, args=(name, experiment, jobs, said))
    boss.start()
    boss.join()
    if boss.exitcode or said.empty():
        raise ServandaError("benchmark", f"{name} failed")
    done, clock, processor = said.get()
    if done != experiment.runs:
        raise ServandaError("benchmark", f"{name} did {done} runs, not {experiment.runs}")
    return clock, processor


def _time(name: str, experiment: Replicates, jobs: int, said: Any) -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    multiprocessing.set_start_method("spawn", force=True)
    begun, used = time.perf_counter(), processor_seconds()
    done = RUNNERS[name](experiment, jobs)
    said.put((done, time.perf_counter() - begun, processor_seconds() - used))


# ---------------------------------------------------------------- side by side


TABLES, SWEEP = "tables by hand", "servanda sweep"
"""Names of the runs by hand that make the tables of a sweep, and of the sweep itself."""


class Overhead(NamedTuple):
    """What a runner costs in addition to the bare runs, milliseconds a run; medians of the rounds.

    Args:
        name: The runner.
        clock: Of the clock, the start of its processes included.
        processor: Of all processors, likewise.
        further_clock, further_processor: The same for each further run, when all have started.
        rounds: For each round, seconds of the clock and processors: bare runs, few runs, all runs.
    """

    name: str
    clock: float
    processor: float
    further_clock: float
    further_processor: float
    rounds: list[tuple[Cost, Cost, Cost]]


def _by_sweep(experiment: Replicates, jobs: int) -> Cost:
    cost = as_a_sweep(experiment, jobs)
    return cost.clock, cost.processor


def _by_hand(experiment: Replicates, jobs: int, *, tables: bool) -> Cost:
    cost = by_hand(experiment, jobs, tables=tables)
    return cost.clock, cost.processor


def overheads(runs: int, debtors: int, months: int, jobs: int, repeats: int) -> list[Overhead]:
    """Time the runners in alternating rounds.

    Args:
        runs: Number of runs; more than `benchmarks.sweep.FEW`.
        debtors: Debtors in a run.
        months: Months of a run.
        jobs: Number of processes.
        repeats: Number of rounds.

    Raises:
        ServandaError: If a runner did not do all runs, or there are too few of them.
    """
    if runs <= FEW:
        raise ServandaError("runs", f"{runs} runs are too few", f"give more than {FEW}")
    experiment = Replicates(runs, debtors, months)
    few = experiment.only(FEW)
    names = [TABLES, SWEEP, *installed()]
    rounds: dict[str, list[tuple[Cost, Cost, Cost]]] = {name: [] for name in names}
    for _ in range(repeats):
        bare = _by_hand(experiment, jobs, tables=False)
        for name in names:
            if name == TABLES:
                few_cost, all_cost = (_by_hand(e, jobs, tables=True) for e in (few, experiment))
                costs = few_cost, all_cost
            elif name in RUNNERS:
                costs = timed(name, few, jobs), timed(name, experiment, jobs)
            else:
                costs = _by_sweep(few, jobs), _by_sweep(experiment, jobs)
            rounds[name].append((bare, *costs))
    return [_overhead(name, rounds[name], runs) for name in names]


def _overhead(name: str, rounds: list[tuple[Cost, Cost, Cost]], runs: int) -> Overhead:
    """Medians of the differences within each round."""

    def whole(which: int) -> float:
        return 1e3 * median((all_[which] - bare[which]) / runs for bare, _, all_ in rounds)

    def further(which: int) -> float:
        each = ((all_[which] - few[which]) / (runs - FEW) for _, few, all_ in rounds)
        bare = (bare[which] / runs for bare, _, _ in rounds)
        return 1e3 * median(one - other for one, other in zip(each, bare, strict=True))

    return Overhead(name, whole(0), whole(1), further(0), further(1), rounds)
