"""Processes that work for this one: started alike, and gone when this one is gone.

In: a function that lives on a pipe, or calls to be made. Out: a worker, or what the calls returned.

Workers do not hear the keyboard or the closing of a terminal: their parent does, and tells them. A
thread of each waits for the end of its parent, so that none is left over even if the parent was
killed. (Linux can send a signal at a parent's death, but does so as soon as the *thread* ends that
started the worker, which is too early in a program with several.)
"""

import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import connection, current_process, get_context, parent_process
from pathlib import Path
from typing import Any

from sim.errors import ServandaError

ONE_THREAD = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
"""There are as many workers as processors; threads within a worker are in the way."""
UNGUARDED = 78
"""Exit code of a worker that met, as it imported the main script, the call that had started it."""
GUARD = 'put the call under `if __name__ == "__main__":`'
HELD = [getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)]
"""Signals that wait while a worker starts, and reach it when it knows what to do with them."""

type Pipe = connection.Connection[Any, Any]


class Worker:
    """A process and the pipe to it.

    Args:
        live: A function of a module: called in the process with its end of the pipe.
        more: Its other arguments.

    Raises:
        ServandaError: If a worker could not import the main script, because there is no such file.
    """

    def __init__(self, live: Callable[..., None], *more: Any) -> None:
        """Start it."""
        leave_if_imported()
        _require_main()
        spawn = get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process = spawn.Process(target=_begin, args=(live, theirs, *more), daemon=True)
        with _quiet():
            self.process.start()
        theirs.close()
        self.ready = False

    def send(self, message: Any) -> None:
        """Send a message; a dead process is noticed in waiting."""
        with suppress(OSError):
            self.pipe.send(message)

    def received(self) -> Any:
        """Its next message; None if there is none."""
        try:
            return self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            return None

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def unguarded(self) -> ServandaError | None:
        """What to tell the user of a script that lacks the guard; None if that is not the fault."""
        if self.process.exitcode != UNGUARDED:
            return None
        script = str(getattr(sys.modules["__main__"], "__file__", "the script"))
        what = "every worker process imports this script, and would make this call again"
        return ServandaError(script, what, GUARD)


def waited[W: Worker](workers: Sequence[W]) -> list[W]:
    """Those that have sent something or died, as soon as there are any."""
    signs: dict[Any, W] = {one.pipe: one for one in workers}
    signs |= {one.process.sentinel: one for one in workers}
    return list(dict.fromkeys(signs[sign] for sign in connection.wait(list(signs))))


# ---------------------------------------------------------------- calls made by several workers


class Pool:
    """Workers that make calls.

    Args:
        jobs: How many at most.
        first: Called by each worker before all else, such as what imports heavy modules.
    """

    def __init__(self, jobs: int, first: Callable[[], object] | None = None) -> None:
        """Start none yet."""
        self.jobs, self.first = jobs, first
        self._workers: list[Worker] = []

    def start(self, wanted: int) -> None:
        """Start workers, as many as are wanted and allowed."""
        for _ in range(min(wanted, self.jobs) - len(self._workers)):
            self._workers.append(Worker(_answer, self.first))

    def each[T](
        self, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, T]]:
        """Call a function of a module with each of these arguments.

        Returns:
            Place of the arguments and what the call returned, in the order in which calls end.

        Raises:
            ServandaError: If a worker dies, or cannot start.
            Exception: What a call has raised; the other calls are given up.
        """
        left, at_work = deque(enumerate(calls)), dict[Worker, int]()
        self.start(len(calls))
        try:
            while True:
                for one in self._workers:
                    if left and one.ready and one not in at_work:
                        at_work[one], arguments = left.popleft()
                        one.send((function, arguments))
                if not left and not at_work:
                    return
                for one in waited(self._workers):
                    message = one.received()
                    if message is None:
                        if not one.process.is_alive():
                            raise _lost(one)
                    elif not one.ready:
                        one.ready = True
                    else:
                        went_well, value = message
                        if not went_well:
                            raise value
                        yield at_work.pop(one), value
        finally:
            if left or at_work:  # stopped in between
                self.close()

    def close(self) -> None:
        """End all workers at once."""
        for one in self._workers:
            one.process.kill()
        while self._workers:
            self._workers.pop().kill()


def _lost(one: Worker) -> ServandaError:
    """What is said of a worker that is dead."""
    one.process.join()
    code = one.process.exitcode
    if (fault := one.unguarded()) is not None:
        return fault
    if not one.ready and code is not None and code >= 0:
        return ServandaError("jobs", f"a worker process could not start (exit {code})")
    what = "a process was stopped, perhaps for want of memory"
    return ServandaError("jobs", what, "give fewer jobs or debtors")


def _answer(pipe: Pipe, first: Callable[[], object] | None) -> None:
    """The life of a worker of a pool."""
    if first is not None:
        first()
    pipe.send("ready")
    while True:
        function, arguments = pipe.recv()
        try:
            message = (True, function(*arguments))
        except Exception as error:  # noqa: BLE001 the parent raises it
            error.add_note(traceback.format_exc())
            message = (False, error)
        pipe.send(message)


# ---------------------------------------------------------------- how a worker starts and ends


def leave_if_imported() -> None:
    """End this process silently if it is a worker that is importing the main script.

    A script without the guard asks each of its workers to do again what started them. Nothing that
    holds a lock or starts a process may go on then; the parent sees the exit code and says why.
    """
    if getattr(current_process(), "_inheriting", False):
        os._exit(UNGUARDED)


def _require_main() -> None:
    """Refuse to start workers for a main script that they could not import.

    Raises:
        ServandaError: If it came from standard input.
    """
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if file is not None and getattr(main, "__spec__", None) is None and not Path(file).exists():
        what = "worker processes import the main script, and this one is no file"
        raise ServandaError(file, what, f"write it into a file, and {GUARD}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Start a process with one thread, which no signal reaches before it is ready for it."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ |= ONE_THREAD
    masks = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, HELD) if masks else None
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _begin(live: Callable[..., None], pipe: Pipe, *more: Any) -> None:
    """What a worker does first."""
    for one in HELD:
        if one != signal.SIGTERM:
            signal.signal(one, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        live(pipe, *more)
    except (EOFError, ConnectionError):
        # The parent is gone; what the worker was to say no longer matters to anyone.
        if not _orphaned():
            raise
        os._exit(1)


def _orphaned() -> bool:
    """Whether the parent of this worker is gone, or is going."""
    parent = parent_process()
    return parent is not None and bool(connection.wait([parent.sentinel], timeout=1.0))


def _end_with_parent() -> None:
    """End when the parent is gone, however it went: nobody would ever send more."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
