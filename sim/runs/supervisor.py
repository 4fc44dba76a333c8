"""The supervisor: hands out chunks, suspects what kills, and gives up on nothing too early.

In: tasks to do, and a crew. Out: every task in a chunk that is whole, or in a failed row.
"""

import math
from collections import Counter, deque
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.permission import granted
from sim.runs.run_plan import PlannedRun
from sim.runs.storage.writing import Sealed, failure, write
from sim.runs.worker import Chunk
from sim.runs.workers import Crew, Outcome

SECONDS = 10.0
"""Work in a chunk: what is lost with a worker, against a file each."""
LARGEST = 500
"""Runs in a chunk, however quick they are: they are held in memory until it is written."""
KILLED = "its worker died twice while it ran this alone: killed, or out of memory"


class Pace:
    """How many runs make a chunk, by how long runs have taken.

    Args:
        seconds: Work wanted in a chunk.
        jobs: Chunks that are worked on at once.
    """

    def __init__(self, seconds: float, jobs: int) -> None:
        """Nothing is known yet."""
        self._wanted, self._jobs = seconds, jobs
        self._a_run = math.nan

    def learn(self, sealed: Sealed) -> None:
        """Remember how long runs took, the last more than the earlier."""
        if sealed.identities:
            known = not math.isnan(self._a_run)
            self._a_run = 0.5 * (self._a_run + sealed.seconds) if known else sealed.seconds

    def size(self, left: int) -> int:
        """Runs in the next chunk: one at first; few in the end, so that all end together."""
        if math.isnan(self._a_run):
            return 1
        fitting = int(self._wanted / max(self._a_run, 1e-6))
        even = math.ceil(left / (2 * self._jobs))
        return max(1, min(left, fitting, LARGEST, max(even, fitting // 10)))


class Supervisor:
    """Sees to it that everything is done.

    Args:
        crew: Who works.
        folder: Where chunks are kept.
        todo: What to do, in order.
        tell: Told how many are done, and how many of them failed.
        seconds: Work wanted in a chunk.
    """

    def __init__(
        self,
        crew: Crew,
        folder: Path,
        todo: Sequence[PlannedRun],
        tell: Callable[[int, int], object],
        seconds: float = SECONDS,
    ) -> None:
        """Nothing is handed out yet."""
        self._crew, self._folder, self._todo, self._tell = crew, folder, todo, tell
        self._pace = Pace(seconds, crew.jobs)
        self._next = 0
        self._again: deque[tuple[PlannedRun, ...]] = deque()
        self._suspected: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()
        self._out = 0
        self.done = self.failed = 0

    def run(self) -> None:
        """Have everything done.

        Raises:
            ServandaError: If a chunk cannot be written; what is finished is sealed first.
            KeyboardInterrupt: If it is stopped; what is finished is sealed first.
        """
        try:
            while self._out or self._again or self._next < len(self._todo):
                while self._crew.free() and (tasks := self._choose()):
                    self._crew.hand(Chunk(str(self._folder.resolve()), tasks, granted()))
                    self._out += 1
                for outcome in self._crew.wait():
                    self._settle(outcome)
        except BaseException:
            for outcome in self._crew.finish():
                if outcome.sealed is not None:
                    self._count(outcome.sealed)
            raise

    def _choose(self) -> tuple[PlannedRun, ...]:
        """The next tasks to hand out; none when all are out."""
        if self._again:
            return self._again.popleft()
        left = len(self._todo) - self._next
        first, self._next = self._next, self._next + min(left, self._pace.size(left))
        return tuple(self._todo[first : self._next])

    def _settle(self, outcome: Outcome) -> None:
        self._out -= 1
        tasks = outcome.chunk.tasks
        if outcome.sealed is not None:
            self._pace.learn(outcome.sealed)
            self._count(outcome.sealed)
            done = set(outcome.sealed.identities)
            if rest := tuple(one for one in tasks if one.identity not in done):
                self._again.append(rest)
        elif len(tasks) == 1:
            self._suspect_alone(tasks[0])
        else:
            self._suspected.update(one.identity for one in tasks)
            twice = any(self._suspected[one.identity] > 1 for one in tasks)
            self._again += [(one,) for one in tasks] if twice else [tasks]

    def _suspect_alone(self, one: PlannedRun) -> None:
        self._alone[one.identity] += 1
        if self._alone[one.identity] < 2:
            self._again.append((one,))
        else:
            self._count(write(self._folder, [failure(one, KILLED, None, None)]))

    def _count(self, sealed: Sealed) -> None:
        self.done += len(sealed.identities)
        self.failed += sealed.failed
        self._tell(self.done, self.failed)
