"""Runs chunks on a cluster, on the workers of a Dask scheduler that the user has started.

In: chunks (groups of runs that a worker does as a unit). Out: the outcome of each chunk: written,
or lost with its worker.

All machines must share the sweep's folder, because workers write their chunks there. Only tasks and
short reports are sent through the scheduler.
"""

import re
from importlib import import_module
from itertools import count
from typing import Any

from sim.errors import ServandaError
from sim.runs.worker import Chunk, run_chunk
from sim.runs.workers import ChunkOutcome

WINDOW = 2
"""Number of chunks submitted per thread of the cluster: one running, one waiting."""
ANSWER, PATIENCE = 20, 60
"""Seconds to wait: `ANSWER` for the scheduler, `PATIENCE` for its first worker or a chunk."""
ADDRESS = re.compile(
    r"(?:(?:tcp|tls|ucx|wss?)://)?(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+):(?P<port>\d{1,5})/?", re.ASCII
)


def checked(address: str) -> str:
    """Return the address of a scheduler if its form is valid.

    Raises:
        ServandaError: If its form is invalid; with such an address Dask would hang.
    """
    found = ADDRESS.fullmatch(address)
    if found is None or not 1 <= int(found["port"]) <= 65535:
        what = f"'{address}' is not the address of a scheduler"
        raise ServandaError("--dask", what, "write tcp://10.0.0.1:8786, for example")
    return address


class Cluster:
    """The workers of a scheduler.

    Args:
        address: Address of the scheduler, such as ``tcp://10.0.0.1:8786``.

    Raises:
        ServandaError: If the address is invalid, Dask is not installed, or no scheduler answers.
    """

    def __init__(self, address: str) -> None:
        """Connect, and wait for the first worker."""
        checked(address)
        try:
            self._dask: Any = import_module("distributed")
        except ImportError:
            hint = "install it with pip install 'servanda[cluster]'"
            raise ServandaError("--dask", "Dask is not installed", hint) from None
        try:
            self._client = self._dask.Client(address, timeout=ANSWER, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, self._dask.TimeoutError) as error:
            what = f"no scheduler with workers answers: {error}"
            raise ServandaError(
                f"--dask {address}", what, "start the scheduler and its workers first"
            ) from None
        self._number = count()
        self._held: dict[Any, Chunk] = {}
        self.jobs = self._threads()

    def _threads(self) -> int:
        return sum(self._client.ncores().values()) or 1

    def free(self) -> bool:
        """Whether another chunk can be submitted; more workers allow more chunks."""
        return len(self._held) < WINDOW * self.jobs

    def submit(self, chunk: Chunk) -> None:
        """Send a chunk to the scheduler."""
        key = f"servanda-{next(self._number)}-{chunk.tasks[0].identity[:16]}"
        self._held[self._client.submit(run_chunk, chunk, key=key, pure=False)] = chunk

    def wait(self) -> list[ChunkOutcome]:
        """Wait until a chunk is written, or lost because its worker died; the list may be empty."""
        try:
            with self._client.as_current():
                self._dask.wait(list(self._held), timeout=PATIENCE, return_when="FIRST_COMPLETED")
        except self._dask.TimeoutError:
            return []
        self.jobs = self._threads()
        return [self._outcome(future) for future in list(self._held) if future.done()]

    def _outcome(self, future: Any) -> ChunkOutcome:
        chunk = self._held.pop(future)
        if future.status == "finished":
            return ChunkOutcome(chunk, future.result())
        error = future.exception() if future.status == "error" else None
        if isinstance(error, ServandaError):
            raise error
        if error is not None and not isinstance(error, self._dask.KilledWorker):
            what = f"a worker stopped with an error: {type(error).__name__}: {error}"
            raise ServandaError("--dask", what, "install the same versions on all machines")
        return ChunkOutcome(chunk, None)

    def finish(self) -> list[ChunkOutcome]:
        """Cancel waiting chunks. Running ones are still written, and the next sweep finds them."""
        self._client.cancel(list(self._held))
        self._held = {}
        return []

    def close(self) -> None:
        """Disconnect from the scheduler."""
        self._client.close()
