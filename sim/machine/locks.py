"""Locks of files that the system gives back when their holder dies, however it dies.

In: a path. Out: an open handle that holds the lock, or None if another process holds it. A lock
file is removed when it is given back; one that a killed process has left holds nobody up.
"""

import errno
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from sim.errors import ServandaError
from sim.machine.workers import leave_if_imported

try:
    import fcntl
except ImportError:  # Windows, where nobody is warned
    fcntl = None  # type: ignore[assignment]

FLAGS = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK if os.name == "posix" else 0
"""A link is not followed, and a pipe that somebody has put here does not block."""
TRIES, PAUSE = 5, 0.02
"""A reader holds a lock for a moment to see whether it is free: a writer tries again."""


def take(path: Path, *, shared: bool = False) -> int | None:
    """Take a lock; its file is made if it is not there.

    Args:
        path: The lock file.
        shared: Whether others may hold it too that also share it.

    Raises:
        OSError: If the file cannot be made.
        ServandaError: If what is there is no plain file of one name: a folder from elsewhere may
            hold a link to a file of the user's, which a lock would overwrite.
    """
    leave_if_imported()
    while True:
        handle = _opened(path, os.O_RDWR | os.O_CREAT)
        for left in reversed(range(TRIES)):
            if free(handle, shared=shared):
                break
            if not left:
                os.close(handle)
                return None
            time.sleep(PAUSE)
        # Whoever held it may have removed the file since it was opened: then this lock is of
        # nothing, and another process may hold that of a new file.
        if _same(handle, path):
            return handle
        os.close(handle)


def give_back(handle: int, path: Path) -> None:
    """Give a lock back and remove its file, unless others share it."""
    try:
        if free(handle, shared=False) and _same(handle, path):
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Whether another process holds a lock alone, or anyone in this process does."""
    try:
        handle = _opened(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not free(handle, shared=True)
    finally:
        os.close(handle)


def note(handle: int, text: str) -> None:
    """Write who holds a lock; a full disk costs those who are refused a name, nothing more."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, text.encode(), 0)


def noted(path: Path) -> str:
    """What the holder of a lock has written; empty if nothing can be read."""
    try:
        handle = _opened(path, os.O_RDONLY)
    except (OSError, ServandaError):
        return ""
    try:
        return os.pread(handle, 100, 0).decode("ascii", errors="replace").strip()
    finally:
        os.close(handle)


def free(handle: int, *, shared: bool, unknown: bool = True) -> bool:
    """Whether the lock of an open file could be taken; it is then held.

    Args:
        handle: The open file.
        shared: Whether it may be shared.
        unknown: The answer where the file system or the operating system has no locks.
    """
    if fcntl is None:
        return unknown
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return unknown
    return True


def _opened(path: Path, flags: int) -> int:
    try:
        handle = os.open(path, flags | FLAGS, 0o666)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _refused(path) from None
        raise
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        os.close(handle)
        raise _refused(path)
    return handle


def _refused(path: Path) -> ServandaError:
    what = "a lock is a plain file, and this is a link or something else"
    return ServandaError(str(path), what, "remove it, or name another folder")


def _same(handle: int, path: Path) -> bool:
    """Whether a path still leads to an open file."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False
