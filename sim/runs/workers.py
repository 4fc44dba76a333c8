"""Processes that work: started, watched, replaced.

In: chunks, one at a time for each process. Out: what became of them: sealed, or lost with the
process that held it.
"""

import signal
import sys
import threading
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from sim.engine.compile import KERNELS, compile_kernels
from sim.errors import ServandaError
from sim.machine.workers import Pipe, Worker, waited
from sim.runs.storage.writing import Sealed
from sim.runs.worker import Chunk, run_chunk
from sim.world import World

STILLBORN, SHOT = 3, 12
"""Processes in a row that may die before they are ready: by themselves, or killed."""


class Outcome(NamedTuple):
    """What became of a chunk: sealed, or None if the process died that held it."""

    chunk: Chunk
    sealed: Sealed | None


class Crew(Protocol):
    """Who does the work, here or elsewhere."""

    @property
    def jobs(self) -> int:
        """How many work at once."""

    def free(self) -> bool:
        """Whether a chunk can be handed over now."""

    def hand(self, chunk: Chunk) -> None:
        """Hand over a chunk."""

    def wait(self) -> list[Outcome]:
        """What became of chunks, as soon as something did; perhaps nothing yet.

        Raises:
            ServandaError: If a chunk could not be written.
        """

    def finish(self) -> list[Outcome]:
        """Have everyone write what is finished and leave."""

    def close(self) -> None:
        """End at once."""


class Hand(Worker):
    """A worker and the chunk that it holds."""

    def __init__(self) -> None:
        """Start it."""
        super().__init__(serve)
        self.leaving = False
        self.chunk: Chunk | None = None


class Processes:
    """A crew of processes on this machine.

    Args:
        jobs: How many.
        together: Whether all start at once; else the first compiles what the others then load.
    """

    def __init__(self, jobs: int, *, together: bool = True) -> None:
        """Start them."""
        self.jobs = jobs
        self._stillborn = 0
        self._hands = [Hand() for _ in range(jobs if together else 1)]

    @property
    def processes(self) -> list[int]:
        """Numbers of the processes."""
        return [hand.process.pid for hand in self._hands if hand.process.pid is not None]

    def free(self) -> bool:
        """Whether one is ready and holds nothing."""
        return any(hand.ready and hand.chunk is None for hand in self._hands)

    def hand(self, chunk: Chunk) -> None:
        """Hand over a chunk to one that holds none."""
        hand = next(hand for hand in self._hands if hand.ready and hand.chunk is None)
        hand.chunk = chunk
        hand.send(chunk)

    def wait(self) -> list[Outcome]:
        """Wait for a word or a death; the dead are replaced."""
        outcomes = self._listen()
        self._hands += [Hand() for _ in range(self.jobs - len(self._hands)) if self._may_grow()]
        return outcomes

    def _may_grow(self) -> bool:
        return any(hand.ready for hand in self._hands) or not self._hands

    def _listen(self) -> list[Outcome]:
        outcomes = []
        for hand in waited(self._hands):
            # A message may still lie in the pipe of one that died after it.
            alive = hand.process.is_alive()
            message = hand.received()
            if isinstance(message, ServandaError):
                raise message
            if isinstance(message, Sealed) and hand.chunk is not None:
                outcomes.append(Outcome(hand.chunk, message))
                hand.chunk = None
            elif message is not None:
                hand.ready, self._stillborn = True, 0
            if message is None and not alive:
                outcomes += self._bury(hand)
        return outcomes

    def _bury(self, hand: Hand) -> list[Outcome]:
        self._hands.remove(hand)
        hand.pipe.close()
        hand.process.join()
        if not hand.ready and not hand.leaving:
            if (fault := hand.unguarded()) is not None:
                raise fault
            self._stillborn += 1
            killed = (hand.process.exitcode or 0) < 0
            if self._stillborn >= (SHOT if killed else STILLBORN):
                what = f"worker processes die as they start (exit {hand.process.exitcode})"
                raise ServandaError("sweep", what, "try `servanda run` to see why")
        return [] if hand.chunk is None else [Outcome(hand.chunk, None)]

    def finish(self) -> list[Outcome]:
        """Have everyone seal what is finished, and wait until they are gone."""
        outcomes = []
        for hand in self._hands:
            hand.leaving = True
            hand.send(None)
        for hand in [hand for hand in self._hands if hand.chunk is None]:
            hand.process.kill()
        while self._hands:
            with suppress(ServandaError):  # of several that cannot write, the first has been told
                outcomes += self._listen()
        return outcomes

    def close(self) -> None:
        """Kill them all."""
        for hand in self._hands:
            hand.process.kill()
        while self._hands:
            self._hands.pop().kill()


class InProcess:
    """Workers that are none: chunks are done in this process, one at a time.

    What would kill a worker ends the whole program here, so no chunk is ever lost.
    """

    jobs = 1

    def __init__(self) -> None:
        """Nothing is handed over yet."""
        self._chunk: Chunk | None = None

    def free(self) -> bool:
        """Whether a chunk can be handed over now."""
        return self._chunk is None

    def hand(self, chunk: Chunk) -> None:
        """Hand over a chunk; it is done in `wait`."""
        self._chunk = chunk

    def wait(self) -> list[Outcome]:
        """Do the chunk."""
        chunk, self._chunk = self._chunk, None
        return [] if chunk is None else [Outcome(chunk, run_chunk(chunk))]

    def finish(self) -> list[Outcome]:
        """Give up the chunk that was handed over."""
        self._chunk = None
        return []

    def close(self) -> None:
        """Do nothing: no process was started."""


class Staying:
    """A crew that stays from one sweep to the next: a sweep that is over does not send it home.

    Args:
        crew: Who stays.
    """

    def __init__(self, crew: Crew) -> None:
        """It works already."""
        self._crew = crew
        self.free, self.hand, self.wait, self.finish = crew.free, crew.hand, crew.wait, crew.finish

    @property
    def jobs(self) -> int:
        """How many work at once."""
        return self._crew.jobs

    def close(self) -> None:
        """Stay."""

    def leave(self) -> None:
        """End at once."""
        self._crew.close()


def serve(pipe: Pipe) -> None:
    """Do what comes through the pipe until None comes; the life of a process.

    Ended politely, by a queue that ends a whole job at once, it seals what is finished.
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
            # Whatever comes through the pipe while it works is the word to stop.
            pipe.send(run_chunk(chunk, lambda: ended.is_set() or pipe.poll()))
        except ServandaError as error:
            pipe.send(error)
        at_work = False


def warm_up() -> None:
    """Load everything that a run needs, so that the first is as quick as the others."""
    world = World({"extends": "village", "population": {"size": 20}, "run": {"burn_in": 0}})
    # Of any size, a world has the types of all.
    compile_kernels([one for one in KERNELS if one.__name__[0] != "_"], world.simulation.state())
    world.run_to(1)
    world.headline()
    world.series()
