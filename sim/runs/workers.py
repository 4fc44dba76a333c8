"""Workers that run chunks (groups of runs done as a unit): other processes, or this one.

In: one chunk at a time for each worker. Out: the outcome of each chunk: written, or lost with the
process that ran it.
"""

import signal
import sys
import threading
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from sim.engine.compile import KERNELS, compile_kernels
from sim.errors import ServandaError
from sim.machine.workers import Pipe, Worker, waited
from sim.runs.storage.writing import ChunkReport
from sim.runs.worker import Chunk, run_chunk
from sim.world import World

MAX_START_FAILURES, MAX_KILLED_STARTS = 3, 12
"""The sweep is given up after this many processes in a row that end before they are ready.

The first number applies if the latest process ended by itself, the second if it was killed.
"""


class ChunkOutcome(NamedTuple):
    """A chunk, and the report on its files; no report if the process that ran the chunk died."""

    chunk: Chunk
    report: ChunkReport | None


class Workers(Protocol):
    """Anything that runs chunks, on this machine or on others."""

    @property
    def jobs(self) -> int:
        """Number of chunks that can run at once."""

    def free(self) -> bool:
        """Whether a chunk can be submitted now."""

    def submit(self, chunk: Chunk) -> None:
        """Submit a chunk; allowed only if `free` is true."""

    def wait(self) -> list[ChunkOutcome]:
        """Wait for the outcomes of chunks; the list may be empty.

        Raises:
            ServandaError: If a chunk could not be written, or a scenario is no longer as planned.
        """

    def finish(self) -> list[ChunkOutcome]:
        """Stop early: let every worker write its finished runs and exit."""

    def close(self) -> None:
        """End all workers at once."""


class ChunkWorker(Worker):
    """A worker process and the chunk that it is running."""

    def __init__(self) -> None:
        """Start the process."""
        super().__init__(serve)
        self.leaving = False
        self.chunk: Chunk | None = None


class Processes:
    """Worker processes on this machine.

    Args:
        jobs: Number of processes.
        together: Whether all start at once. Otherwise the first compiles the code for the others.
    """

    def __init__(self, jobs: int, *, together: bool = True) -> None:
        """Start the processes."""
        self.jobs = jobs
        self._start_failures = 0
        self._workers = [ChunkWorker() for _ in range(jobs if together else 1)]

    @property
    def processes(self) -> list[int]:
        """Process ids of the workers."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def free(self) -> bool:
        """Whether a worker is ready and has no chunk."""
        return any(worker.ready and worker.chunk is None for worker in self._workers)

    def submit(self, chunk: Chunk) -> None:
        """Send a chunk to a worker that has none."""
        worker = next(worker for worker in self._workers if worker.ready and worker.chunk is None)
        worker.chunk = chunk
        worker.send(chunk)

    def wait(self) -> list[ChunkOutcome]:
        """Wait until a worker reports or dies; dead workers are replaced."""
        outcomes = self._received()
        self._workers += [
            ChunkWorker() for _ in range(self.jobs - len(self._workers)) if self._may_grow()
        ]
        return outcomes

    def _may_grow(self) -> bool:
        return any(worker.ready for worker in self._workers) or not self._workers

    def _received(self) -> list[ChunkOutcome]:
        outcomes = []
        for worker in waited(self._workers):
            # The pipe of a dead worker may still contain a message that it sent before.
            alive = worker.process.is_alive()
            message = worker.received()
            if isinstance(message, ServandaError):
                raise message
            if isinstance(message, ChunkReport) and worker.chunk is not None:
                outcomes.append(ChunkOutcome(worker.chunk, message))
                worker.chunk = None
            elif message is not None:
                worker.ready, self._start_failures = True, 0
            if message is None and not alive:
                outcomes += self._remove_dead(worker)
        return outcomes

    def _remove_dead(self, worker: ChunkWorker) -> list[ChunkOutcome]:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if not worker.ready and not worker.leaving:
            if (fault := worker.unguarded()) is not None:
                raise fault
            self._start_failures += 1
            killed = (worker.process.exitcode or 0) < 0
            if self._start_failures >= (MAX_KILLED_STARTS if killed else MAX_START_FAILURES):
                what = f"worker processes die as they start (exit {worker.process.exitcode})"
                raise ServandaError("sweep", what, "try `servanda run` to see why")
        return [] if worker.chunk is None else [ChunkOutcome(worker.chunk, None)]

    def finish(self) -> list[ChunkOutcome]:
        """Let every worker write its finished runs, and wait until all have exited."""
        outcomes = []
        for worker in self._workers:
            worker.leaving = True
            worker.send(None)
        for worker in [worker for worker in self._workers if worker.chunk is None]:
            worker.process.kill()
        while self._workers:
            with suppress(
                ServandaError
            ):  # several workers may fail to write; the first error was raised already
                outcomes += self._received()
        return outcomes

    def close(self) -> None:
        """Kill all workers."""
        for worker in self._workers:
            worker.process.kill()
        while self._workers:
            self._workers.pop().kill()


class InProcess:
    """Runs chunks in this process, one at a time.

    What would kill a worker ends the whole program here, so no chunk is ever reported as lost.
    """

    jobs = 1

    def __init__(self) -> None:
        """Start without a chunk."""
        self._chunk: Chunk | None = None

    def free(self) -> bool:
        """Whether a chunk can be submitted now."""
        return self._chunk is None

    def submit(self, chunk: Chunk) -> None:
        """Keep a chunk; `wait` runs it."""
        self._chunk = chunk

    def wait(self) -> list[ChunkOutcome]:
        """Run the chunk."""
        chunk, self._chunk = self._chunk, None
        return [] if chunk is None else [ChunkOutcome(chunk, run_chunk(chunk))]

    def finish(self) -> list[ChunkOutcome]:
        """Discard the chunk that was submitted."""
        self._chunk = None
        return []

    def close(self) -> None:
        """Do nothing: no process was started."""


class ReusedWorkers:
    """Workers that several sweeps reuse: they are not stopped at the end of a sweep.

    Args:
        workers: The workers.
    """

    def __init__(self, workers: Workers) -> None:
        """Use all methods of the workers except `close`."""
        self._workers = workers
        self.free, self.submit = workers.free, workers.submit
        self.wait, self.finish = workers.wait, workers.finish

    @property
    def jobs(self) -> int:
        """Number of chunks that can run at once."""
        return self._workers.jobs

    def close(self) -> None:
        """Do nothing, since the next sweep uses the same workers."""

    def close_at_last(self) -> None:
        """End all workers at once."""
        self._workers.close()


def serve(pipe: Pipe) -> None:
    """The main loop of a worker: run chunks from the pipe until None is received.

    A batch queue may send SIGTERM to a whole job. The worker then ends, after writing its
    finished runs.
    """
    at_work, ended = False, threading.Event()

    def end(*_: Any) -> None:
        ended.set()
        if not at_work:
            sys.exit()

    signal.signal(signal.SIGTERM, end)
    warm_up()
    pipe.send("ready")
    while not ended.is_set() and (chunk := pipe.recv()) is not None:
        at_work = True
        try:
            # Any message received during a chunk is a request to stop.
            pipe.send(run_chunk(chunk, lambda: ended.is_set() or pipe.poll()))
        except ServandaError as error:
            pipe.send(error)
        at_work = False


def warm_up() -> None:
    """Load everything that a run needs, so that the first run is as fast as the others."""
    world = World({"extends": "village", "population": {"size": 20}, "run": {"burn_in": 0}})
    # Compiled code depends on types only, and these are the same in worlds of any size.
    compile_kernels([one for one in KERNELS if one.__name__[0] != "_"], world.simulation.state())
    world.run_to(1)
    world.headline()
    world.series()
