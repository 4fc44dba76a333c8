"""File locks that the system releases when the process that holds them ends, for whatever reason.

In: a path. Out: an open handle that holds the lock, or None if another process holds it. A lock
file is removed when the lock is released; one left by a killed process does not block others.
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
except ImportError:  # Windows, where locks have no effect
    fcntl = None  # type: ignore[assignment]

FLAGS = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK if os.name == "posix" else 0
"""Flags for opening a lock file: links are not followed, and opening a pipe does not block."""
TRIES, PAUSE = 5, 0.02
"""Number of tries to take a lock, and seconds between them. One try is not enough, because even a
process that only tests whether the lock is free holds it for a moment."""


def take(path: Path, *, shared: bool = False) -> int | None:
    """Take a lock; its file is created if it does not exist.

    Args:
        path: The lock file.
        shared: Whether the lock is shared with other holders of a shared lock.

    Returns:
        The open handle that holds the lock; None if another process holds it.

    Raises:
        OSError: If the file cannot be created.
        ServandaError: If the path is a link (symbolic or hard), or not a plain file. In a folder
            from elsewhere, it may be a link to a file of the user, which would be overwritten.
    """
    leave_if_imported()
    while True:
        handle = _opened(path, os.O_RDWR | os.O_CREAT)
        for left in reversed(range(TRIES)):
            if acquired(handle, shared=shared):
                break
            if not left:
                os.close(handle)
                return None
            time.sleep(PAUSE)
        # The previous holder may have removed the file since it was opened. Then this lock is on a
        # deleted file, and another process may hold the lock on a new file.
        if _same(handle, path):
            return handle
        os.close(handle)


def give_back(handle: int, path: Path) -> None:
    """Release a lock, and remove its file unless other processes share the lock.

    Args:
        handle: The open handle that holds the lock.
        path: The lock file.
    """
    try:
        if acquired(handle, shared=False) and _same(handle, path):
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Whether any process, this one included, holds the exclusive lock."""
    try:
        handle = _opened(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return not acquired(handle, shared=True)
    finally:
        os.close(handle)


def note(handle: int, text: str) -> None:
    """Write into a lock file who holds it. If the disk is full, only this text is lost."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, text.encode(), 0)


def noted(path: Path) -> str:
    """The text that the holder of a lock has written; empty if it cannot be read."""
    try:
        handle = _opened(path, os.O_RDONLY)
    except (OSError, ServandaError):
        return ""
    try:
        return os.pread(handle, 100, 0).decode("ascii", errors="replace").strip()
    finally:
        os.close(handle)


def acquired(handle: int, *, shared: bool, unknown: bool = True) -> bool:
    """Try to take the lock of an open file; True if this process now holds it.

    Args:
        handle: The open file.
        shared: Whether the lock may be shared.
        unknown: The result if the file system or the operating system has no locks.
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
    what = "a lock must be a plain file, and this is a link or something else"
    return ServandaError(str(path), what, "remove it, or name another folder")


def _same(handle: int, path: Path) -> bool:
    """Whether a path still refers to the file that a handle has open."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False
