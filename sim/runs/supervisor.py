"""The supervisor: hands out chunks, repeats lost ones, isolates runs that kill their workers.

In: tasks to do, and workers. Out: every task in a chunk that is whole, or in a failed row.

If a worker dies, nothing of its chunk was written, and the chunk is handed out again. If a run in
it is suspected for the second time, each run of the chunk goes alone. A run whose worker dies twice
while it runs alone becomes a failed row.
"""

import math
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.permission import granted
from sim.runs.run_plan import PlannedRun
from sim.runs.storage.writing import ChunkReport, failure, write
from sim.runs.worker import Chunk
from sim.runs.workers import ChunkOutcome, Workers

SECONDS = 10.0
"""Seconds of work in a chunk: a longer chunk loses more with its worker, a shorter one makes more
files."""
LARGEST = 500
"""Most runs in a chunk, however fast they are: they are held in memory until it is written."""
KILLED = "its worker died twice while it ran this alone: killed, or out of memory"


class Pace:
    """Size of the next chunk, by how long runs have taken.

    Args:
        seconds: Work wanted in a chunk.
        jobs: Number of chunks that run at once.
    """

    def __init__(self, seconds: float, jobs: int) -> None:
        """Know nothing yet."""
        self._wanted, self._jobs = seconds, jobs
        self._a_run = math.nan

    def record(self, report: ChunkReport) -> None:
        """Record how long runs took; the latest count most."""
        if report.identities:
            known = not math.isnan(self._a_run)
            self._a_run = 0.5 * (self._a_run + report.seconds) if known else report.seconds

    def size(self, left: int) -> int:
        """Runs in the next chunk: one at first; few in the end, so that all end together."""
        if math.isnan(self._a_run):
            return 1
        fitting = int(self._wanted / max(self._a_run, 1e-6))
        even = math.ceil(left / (2 * self._jobs))
        return max(1, min(left, fitting, LARGEST, max(even, fitting // 10)))


class Supervisor:
    """Has every planned run done, once.

    Args:
        workers: What runs chunks.
        folder: Where chunks are kept.
        todo: Runs to do, in order.
        progress: Called with the number of runs done and of those that failed.
        seconds: Work wanted in a chunk.
    """

    def __init__(
        self,
        workers: Workers,
        folder: Path,
        todo: Sequence[PlannedRun],
        progress: Callable[[int, int], object],
        seconds: float = SECONDS,
    ) -> None:
        """Hand out nothing yet."""
        self._workers, self._folder, self._todo, self._progress = workers, folder, todo, progress
        self._pace = Pace(seconds, workers.jobs)
        self._next = 0
        self._retries: deque[tuple[PlannedRun, ...]] = deque()
        self._suspected: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()
        self._out = 0
        self.done = self.failed = 0

    def run(self) -> None:
        """Have everything done.

        Raises:
            ServandaError: If a chunk cannot be written, or a scenario has changed since it was
                planned; finished runs are written first.
            KeyboardInterrupt: If it is stopped; finished runs are written first.
        """
        try:
            while self._out or self._retries or self._next < len(self._todo):
                while self._workers.free() and (tasks := self._next_tasks()):
                    self._workers.submit(Chunk(str(self._folder.resolve()), tasks, granted()))
                    self._out += 1
                for outcome in self._workers.wait():
                    self._receive(outcome)
        except BaseException:
            for outcome in self._workers.finish():
                if outcome.report is not None:
                    self._count(outcome.report)
            raise

    def _next_tasks(self) -> tuple[PlannedRun, ...]:
        """The next tasks to hand out; none when all are out."""
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
        self._progress(self.done, self.failed)
