"""Worker processes: all started in the same way, and ended when their parent ends.

In: a function that answers messages from a pipe, or calls to be made. Out: a worker, or the results
of the calls.

Workers ignore SIGINT and SIGHUP: their parent receives these signals and ends its workers. In each
worker a thread waits for the end of the parent. So no worker is left over, even if the parent is
killed. (Linux can also send a signal. But it does so when the *thread* that started the worker
ends, which is too early in a program with several threads.)
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
"""Environment of a worker: one thread, because there are as many workers as processors."""
UNGUARDED = 78
"""Exit code of a worker whose main script, when imported, would start workers again."""
GUARD = 'put the call under `if __name__ == "__main__":`'
BLOCKED = [
    getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)
]
"""Signals that are blocked until a new worker has set how to handle them."""

type Pipe = connection.Connection[Any, Any]


class Worker:
    """A worker process and the pipe to it.

    Args:
        live: A module-level function, called in the process with the worker's end of the pipe.
        more: Further arguments of that function.

    Raises:
        ServandaError: If the main script is not a file, so that workers cannot import it.
    """

    def __init__(self, live: Callable[..., None], *more: Any) -> None:
        """Start the process."""
        leave_if_imported()
        _require_main()
        spawn = get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process = spawn.Process(target=_begin, args=(live, theirs, *more), daemon=True)
        with _signals_blocked():
            self.process.start()
        theirs.close()
        self.ready = False

    def send(self, message: Any) -> None:
        """Send a message. If the process has died, this does not fail; `waited` reports it."""
        with suppress(OSError):
            self.pipe.send(message)

    def received(self) -> Any:
        """The worker's next message; None if there is none, or the worker has ended."""
        try:
            return self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            return None

    def kill(self) -> None:
        """Kill the process."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def unguarded(self) -> ServandaError | None:
        """The error if the worker ended because the script has no main guard; otherwise None."""
        if self.process.exitcode != UNGUARDED:
            return None
        script = str(getattr(sys.modules["__main__"], "__file__", "the script"))
        what = "every worker process imports this script, and would make this call again"
        return ServandaError(script, what, GUARD)


def waited[W: Worker](workers: Sequence[W]) -> list[W]:
    """Wait until a worker has sent something or died; return all workers that have."""
    signs: dict[Any, W] = {one.pipe: one for one in workers}
    signs |= {one.process.sentinel: one for one in workers}
    return list(dict.fromkeys(signs[sign] for sign in connection.wait(list(signs))))


# ---------------------------------------------------------------- calls made by several workers


class Pool:
    """A pool of workers that make calls.

    Args:
        jobs: Maximum number of workers.
        first: Called by each worker at its start, for example to import heavy modules.
    """

    def __init__(self, jobs: int, first: Callable[[], object] | None = None) -> None:
        """Make an empty pool."""
        self.jobs, self.first = jobs, first
        self._workers: list[Worker] = []

    def start(self, wanted: int) -> None:
        """Start workers until there are as many as wanted, but at most `jobs`."""
        for _ in range(min(wanted, self.jobs) - len(self._workers)):
            self._workers.append(Worker(_answer, self.first))

    def each[T](
        self, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, T]]:
        """Call a module-level function once with each of these tuples of arguments.

        Yields:
            Index of a call in `calls`, and its result, in the order in which calls end.

        Raises:
            ServandaError: If a worker dies, or cannot start.
            Exception: The exception that a call raised; the other calls are abandoned.
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
            if left or at_work:  # a call failed, or the caller stopped early
                self.close()

    def close(self) -> None:
        """Kill all workers."""
        for one in self._workers:
            one.process.kill()
        while self._workers:
            self._workers.pop().kill()


def _lost(one: Worker) -> ServandaError:
    """The error for a worker that has died."""
    one.process.join()
    code = one.process.exitcode
    if (fault := one.unguarded()) is not None:
        return fault
    if not one.ready and code is not None and code >= 0:
        return ServandaError("jobs", f"a worker process could not start (exit {code})")
    what = "a worker process was killed, perhaps because memory ran out"
    return ServandaError("jobs", what, "use fewer jobs or debtors")


def _answer(pipe: Pipe, first: Callable[[], object] | None) -> None:
    """Main loop of a worker of a pool."""
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
    """Exit silently if this process is a worker that is still importing the main script.

    A script without the main guard makes each worker repeat the call that started it. Then no
    lock may be taken and no process started. The parent sees the exit code and explains it.
    """
    if getattr(current_process(), "_inheriting", False):
        os._exit(UNGUARDED)


def _require_main() -> None:
    """Refuse to start workers for a main script that they could not import.

    Raises:
        ServandaError: If the main script is not a file, for example read from standard input.
    """
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if file is not None and getattr(main, "__spec__", None) is None and not Path(file).exists():
        what = "worker processes import the main script, and this one is not a file"
        raise ServandaError(file, what, f"save it as a file, and {GUARD}")


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Within the block, processes are started with one thread each and with signals blocked."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ |= ONE_THREAD
    masks = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED) if masks else None
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
    """Entry point of a worker: set signal handling, then run its function."""
    for one in BLOCKED:
        if one != signal.SIGTERM:
            signal.signal(one, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, BLOCKED)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        live(pipe, *more)
    except (EOFError, ConnectionError):
        # The parent has ended; nobody is left to read the result.
        if not _orphaned():
            raise
        os._exit(1)


def _orphaned() -> bool:
    """Whether the parent of this worker has ended, or is ending."""
    parent = parent_process()
    return parent is not None and bool(connection.wait([parent.sentinel], timeout=1.0))


def _end_with_parent() -> None:
    """Exit when the parent process ends, for whatever reason."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
