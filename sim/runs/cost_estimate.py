"""Estimates the runs, time, disk space and memory of an experiment before it is started.

In: an experiment. Out: an `Estimate`, from one or two of its runs measured in this process.
"""

import io
import sys
import time
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from sim.engine.compile import KERNELS, compile_kernels
from sim.errors import ServandaError
from sim.experiment.experiment import Experiment
from sim.experiment.task import Task
from sim.machine.memory import disk_free, memory_free
from sim.runs.run_accounts import accounts, reach
from sim.scenario.reading.file import load
from sim.world import BYTES_A_DEBTOR, World, beginning

PATIENCE = 15.0
"""Seconds after which a measured run is stopped; the months left are extrapolated."""

SAFE = 0.8
"""Share of the free memory that all workers together may use."""

FEWEST = 4
"""Smallest number of months measured; an extrapolation needs at least these."""

PAIRS = 5
"""Number of pairs of points from which it is judged whether runs share their burn-in."""

A_RUN, A_VALUE = 400.0, 90.0
"""Bytes that a sweep needs to keep track of a run, and for each factor value of the run."""

WORKER = 500e6
"""Memory assumed for a worker, without its debtors, if the system does not report it; bytes.

If the system reports less than half of this, half of this is assumed.
"""


@dataclass(frozen=True)
class Measured:
    """One run, measured.

    Args:
        point: Number of the point (combination of factor values) that was run.
        seconds: Time that the whole run takes, including building the world.
        size: Disk space of the stored run, bytes.
    """

    point: int
    seconds: float
    size: float


@dataclass(frozen=True)
class Estimate:
    """Estimated size and cost of an experiment.

    Args:
        points: Number of points (combinations of factor values).
        replicates: Number of runs per point.
        debtors: Smallest and largest number of debtors at a point.
        months: Smallest and largest number of months at a point, burn-in included.
        jobs: Number of runs that are done at the same time.
        kept: Memory that the sweep needs to keep track of its runs, bytes.
        disk_free: Free space in the file system of the folder, bytes; None if unknown.
        memory_free: Memory available on this machine, bytes; None if unknown.
        measured: The runs that were measured. If there are none, the fields below are unknown.
        work: Debtors times months, summed over all runs, and over the measured runs.
        memory_a_job: Memory of one worker, bytes.
        shared: Share of the runs that go on from the burn-in of the run before.
    """

    points: int
    replicates: int
    debtors: tuple[int, int]
    months: tuple[int, int]
    jobs: int
    kept: float = 0.0
    disk_free: float | None = None
    memory_free: float | None = None
    measured: tuple[Measured, ...] = ()
    work: tuple[float, float] = (0.0, 1.0)
    memory_a_job: float = 0.0
    shared: float = 0.0

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.points * self.replicates

    @cached_property
    def seconds_a_run(self) -> float:
        """Mean time of a run, seconds."""
        return sum(one.seconds for one in self.measured) * self._ratio / max(self.runs, 1)

    @property
    def seconds(self) -> float:
        """Time of the whole experiment with the given number of jobs, seconds."""
        rounds = max(self.runs / self.jobs, 1.0)
        return self.seconds_a_run * rounds

    @cached_property
    def bytes_a_run(self) -> float:
        """Mean disk space of a stored run, bytes."""
        return sum(one.size for one in self.measured) / max(len(self.measured), 1)

    @property
    def disk(self) -> float:
        """Disk space of the whole experiment, bytes."""
        return self.bytes_a_run * self.runs

    @property
    def memory(self) -> float:
        """Memory of all workers and of the sweep itself, bytes."""
        return self.memory_a_job * min(self.jobs, self.runs) + self.kept

    @property
    def fitting(self) -> int | None:
        """Number of jobs for which there is enough memory; None if unknown."""
        if not self.measured or self.memory_free is None:
            return None
        return max(int((SAFE * self.memory_free - self.kept) / self.memory_a_job), 0)

    @property
    def overflows(self) -> bool:
        """Whether the results are expected to need more disk space than is free."""
        return self.disk_free is not None and self.disk > self.disk_free

    @property
    def _ratio(self) -> float:
        """Ratio of the work of all runs to that of the measured ones."""
        return self.work[0] / self.work[1]


def estimate(
    experiment: Experiment, *, jobs: int, measure: bool = True, folder: Path = Path()
) -> Estimate:
    """Estimate the size and cost of an experiment.

    Args:
        experiment: The experiment.
        jobs: Number of runs that are done at the same time.
        measure: Whether to measure runs; otherwise they are only counted.
        folder: Folder for the results; it need not exist yet.
    """
    sizes = experiment.sizes
    debtors = sorted(size for size, _, _ in sizes)
    months = sorted(measured + burn_in for _, measured, burn_in in sizes)
    counted = Estimate(
        points=len(experiment.design_points),
        replicates=experiment.spec.replicates,
        debtors=(debtors[0], debtors[-1]),
        months=(months[0], months[-1]),
        jobs=jobs,
        kept=experiment.runs * (A_RUN + A_VALUE * len(experiment.design_points.names)),
        disk_free=disk_free(folder),
        memory_free=memory_free(),
    )
    if not measure:
        return counted
    work = {size: size[0] * (size[1] + size[2]) for size in sizes}
    largest = max(sizes, key=lambda size: (work[size], sizes[size][1]))
    chosen = sorted({0, sizes[largest][1]})
    _warm(experiment)
    measured = tuple(_measured(experiment, point) for point in chosen)
    shared = _shared(experiment, jobs)
    whole = counted.replicates * sum(
        count * size[0] * (size[1] + (1.0 - shared) * size[2]) for size, (count, _) in sizes.items()
    )
    needed = max(_resident(), WORKER / 2) if _resident() else WORKER + debtors[-1] * BYTES_A_DEBTOR
    return replace(
        counted,
        measured=measured,
        work=(float(whole), float(sum(work[experiment.size(point)] for point in chosen))),
        memory_a_job=needed,
        shared=shared,
    )


def _shared(experiment: Experiment, jobs: int) -> float:
    """Share of the runs that go on from the burn-in of the run before.

    It is judged from some pairs of points that follow each other. In each replicate, every worker
    runs at least one burn-in.
    """
    points = len(experiment.design_points)
    if points <= jobs:
        return 0.0
    pairs = {round(k * (points - 2) / (PAIRS - 1)) for k in range(PAIRS)}
    alike = sum(1 for point in pairs if _begin_alike(experiment, point))
    return alike / len(pairs) * (points - jobs) / points


def _begin_alike(experiment: Experiment, point: int) -> bool:
    """Whether a point and the next one can share a burn-in."""
    try:
        one, other = (experiment.task(p, 0).scenario() for p in (point, point + 1))
    except ServandaError:
        return False  # an invalid point fails at once
    return one.run.burn_in > 0 and beginning(one) == beginning(other)


def _warm(experiment: Experiment) -> None:
    """Load all compiled code first: a worker does this only once, so it is not to be measured."""
    task = experiment.task(0, 0)
    # The number of months stays: policies that start after the last month cause warnings.
    small = {"population.size": 50, "run.burn_in": 1}
    world = World(load(task.source, overrides=dict(task.values) | small))
    compile_kernels(
        [one for one in KERNELS if not one.__name__.startswith("_")], world.simulation.state()
    )
    world.run_to(1)


def _measured(experiment: Experiment, point: int) -> Measured:
    """Measure a run at a point, or only its first months if it takes long."""
    task = experiment.task(point, 0)
    begun = time.perf_counter()
    scenario = task.scenario()
    world = World(scenario, panel=task.panel)
    built = time.perf_counter()
    first, last = world.month, scenario.run.months
    while world.month < last:
        world.run_to(world.month + 1)
        if world.month - first >= FEWEST and time.perf_counter() - built > PATIENCE:
            break
    times = (last - first) / (world.month - first)
    size = _stored(world, task, last)
    ended = time.perf_counter()
    return Measured(point, (built - begun) + (ended - built) * times, size)


def _stored(world: World, task: Task, last: int) -> float:
    """Bytes of a run's tables as Parquet; extrapolated to month `last` if the run was stopped."""
    columns = ["month", "breakdown", "cell", *task.indicators]
    frames = [world.measured.frame(by, burn_in=True) for by in task.breakdowns]
    monthly = [frame[columns] if task.indicators else frame for frame in frames]
    monthly += [] if world.panel is None else [world.panel.frame()]
    beside = sum(
        _packed(getattr(world, name)(by)) for name in task.tables for by in task.breakdowns
    )
    beside += _packed(accounts(world)) + _packed(reach(world))
    if world.month >= last:
        return float(beside + sum(_packed(frame[frame["month"] >= 1]) for frame in monthly))
    months = len(world.measured.months)
    half = world.measured.months[months // 2]
    whole = sum(map(_packed, monthly))
    part = sum(_packed(frame[frame["month"] < half]) for frame in monthly)
    slope = (whole - part) / (months - months // 2)
    return beside + max(whole + slope * (last - months), 0.0)


def _packed(frame: pd.DataFrame) -> int:
    """Bytes of a table in Parquet, without the footer, which all runs in a file share."""
    buffer = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.tell() - _footer(buffer)


def _footer(buffer: io.BytesIO) -> int:
    """Length of the footer at the end of a Parquet file, bytes."""
    tail = buffer.getvalue()[-8:-4]
    return int.from_bytes(tail, "little") + 8


def _resident() -> float:
    """Peak memory of this process, bytes; 0 if the system does not report it."""
    try:
        import resource  # noqa: PLC0415 there is none on Windows
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(most if sys.platform == "darwin" else most * 1024)
