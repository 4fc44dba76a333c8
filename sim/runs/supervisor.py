"""Gives chunks to workers, repeats lost chunks, and isolates runs that kill their workers.

A chunk is a group of runs that one worker does as a unit. In: tasks to do, and workers. Out: every
task in a complete chunk, as a successful or a failed run.

If a worker dies, nothing of its chunk was written. The chunk is submitted again, and all its runs
are suspects. Once a run is a suspect for the second time, every run of its chunk is done alone. If
a run is alone and its worker dies twice, the run is recorded as failed.
"""

import math
import warnings
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.errors import ServandaWarning
from sim.permission import granted
from sim.runs.run_plan import PlannedRun
from sim.runs.storage.writing import ChunkReport, failure, write
from sim.runs.worker import Chunk
from sim.runs.workers import ChunkOutcome, Workers

SECONDS = 10.0
"""Seconds of work per chunk.

If a worker dies, a long chunk loses more; short chunks make more files.
"""
LARGEST = 500
"""Largest number of runs in a chunk. They all stay in memory until the chunk is written."""
KILLED = "its worker died twice while running only this run: it was killed, or ran out of memory"


class Pace:
    """Chooses the size of the next chunk from the times of earlier runs.

    Args:
        seconds: Seconds of work wanted per chunk.
        jobs: Number of chunks that run at once.
    """

    def __init__(self, seconds: float, jobs: int) -> None:
        """Start without any times of runs."""
        self._wanted, self._jobs = seconds, jobs
        self._a_run = math.nan

    def record(self, report: ChunkReport) -> None:
        """Record the mean time of a run in a chunk; later chunks have more weight."""
        if report.identities:
            known = not math.isnan(self._a_run)
            self._a_run = 0.5 * (self._a_run + report.seconds) if known else report.seconds

    def size(self, left: int) -> int:
        """Number of runs in the next chunk.

        It is one at first. It is small at the end, so that workers finish at about the same time.

        Args:
            left: Number of runs that are still to be submitted.
        """
        if math.isnan(self._a_run):
            return 1
        fitting = int(self._wanted / max(self._a_run, 1e-6))
        even = math.ceil(left / (2 * self._jobs))
        return max(1, min(left, fitting, LARGEST, max(even, fitting // 10)))


class Supervisor:
    """Makes sure that every planned run is done once.

    Args:
        workers: The workers that run chunks.
        folder: Folder of the chunks.
        todo: Runs to do, in order.
        progress: Called with the number of runs done, and the number of those that failed.
        seconds: Seconds of work wanted per chunk.
        burn_ins: Folder of worlds at the end of their burn-in (`sim.runs.storage.burn_ins`); None
            for none.
    """

    def __init__(
        self,
        workers: Workers,
        folder: Path,
        todo: Sequence[PlannedRun],
        progress: Callable[[int, int], object],
        seconds: float = SECONDS,
        burn_ins: Path | None = None,
    ) -> None:
        """Prepare the supervisor without submitting a chunk."""
        self._burn_ins = "" if burn_ins is None else str(burn_ins)
        self._remarks: set[str] = set()
        self._workers, self._folder, self._todo, self._progress = workers, folder, todo, progress
        self._pace = Pace(seconds, workers.jobs)
        self._next = 0
        self._retries: deque[tuple[PlannedRun, ...]] = deque()
        self._suspected: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()
        self._out = 0
        self.done = self.failed = 0

    def run(self) -> None:
        """Do all runs.

        Raises:
            ServandaError: If a chunk cannot be written, or a scenario is no longer as planned.
                Finished runs are written first.
            KeyboardInterrupt: If it is stopped; finished runs are written first.
        """
        try:
            while self._out or self._retries or self._next < len(self._todo):
                while self._workers.free() and (tasks := self._next_tasks()):
                    where = str(self._folder.resolve())
                    self._workers.submit(Chunk(where, tasks, granted(), self._burn_ins))
                    self._out += 1
                for outcome in self._workers.wait():
                    self._receive(outcome)
        except BaseException:
            for outcome in self._workers.finish():
                if outcome.report is not None:
                    self._count(outcome.report)
            raise

    def _next_tasks(self) -> tuple[PlannedRun, ...]:
        """The next tasks to submit; empty if all have been submitted."""
        if self._retries:
            return self._retries.popleft()
        left = len(self._todo) - self._next
        first, self._next = self._next, self._next + min(left, self._pace.size(left))
        return tuple(self._todo[first : self._next])

    def _receive(self, outcome: ChunkOutcome) -> None:
        self._out -= 1
        tasks = outcome.chunk.tasks
        if outcome.report is not None:
            self._pace.record(outcome.report)
            self._count(outcome.report)
            done = set(outcome.report.identities)
            if rest := tuple(one for one in tasks if one.identity not in done):
                self._retries.append(rest)
        elif len(tasks) == 1:
            self._suspect_alone(tasks[0])
        else:
            self._suspected.update(one.identity for one in tasks)
            twice = any(self._suspected[one.identity] > 1 for one in tasks)
            self._retries += [(one,) for one in tasks] if twice else [tasks]

    def _suspect_alone(self, one: PlannedRun) -> None:
        self._alone[one.identity] += 1
        if self._alone[one.identity] < 2:
            self._retries.append((one,))
        else:
            self._count(write(self._folder, [failure(one, KILLED, None, None)]))

    def _count(self, report: ChunkReport) -> None:
        self.done += len(report.identities)
        self.failed += report.failed
        for remark in report.remarks:
            if remark not in self._remarks:
                self._remarks.add(remark)
                warnings.warn(remark, ServandaWarning, stacklevel=2)
        self._progress(self.done, self.failed)
