"""One sweep at a time in a folder: a lock that the system gives back when its holder dies.

In: a folder, and the shard if there is one. Out: a lock, or an error that names who holds it.
Shards of a sweep share the folder with each other, and with nobody else.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from sim.errors import ServandaError
from sim.experiment.shard import Shard
from sim.output.sealed import unwritable

try:
    import fcntl
except ImportError:  # Windows, where nobody is warned
    fcntl = None  # type: ignore[assignment]

LOCK = "sweep.lock"


class Lock:
    """Held while its `with` block runs.

    Args:
        folder: Folder of a sweep.
        shard: The part that is worked on; None for the whole folder.
    """

    def __init__(self, folder: Path, shard: Shard | None = None) -> None:
        """Nothing is held yet."""
        self.folder, self.shard = folder, shard
        self._handles: list[int] = []

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            ServandaError: If another process holds it.
        """
        try:
            self._take(self.folder / LOCK, shared=self.shard is not None)
            if self.shard is not None:
                name = f"sweep-{self.shard.number}-of-{self.shard.of}.lock"
                self._take(self.folder / name, shared=False)
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self._release()

    def _take(self, path: Path, *, shared: bool) -> None:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise unwritable(self.folder, error) from None
        self._handles.append(handle)
        if not locked(handle, shared=shared):
            holder = os.read(handle, 20).decode(errors="replace").strip()
            what = f"another sweep is at work here{f', process {holder}' if holder else ''}"
            raise ServandaError(str(self.folder), what, "wait for it, or name another folder")
        if not shared:
            # A full disk, which is told where results are written, costs those who wait a name.
            with suppress(OSError):
                os.ftruncate(handle, 0)
                os.write(handle, f"{os.getpid()}\n".encode())

    def _release(self) -> None:
        while self._handles:
            os.close(self._handles.pop())


def held(folder: Path) -> bool:
    """Whether a sweep is at work in a folder now."""
    for path in folder.glob("sweep*.lock"):
        handle = os.open(path, os.O_RDONLY)
        try:
            if not locked(handle, shared=False):
                return True
        finally:
            os.close(handle)
    return False


def locked(handle: int, *, shared: bool) -> bool:
    """Whether the lock could be taken; a file system without locks has nobody to ask."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
