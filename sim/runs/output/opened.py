"""Files of results are opened here: regular files only, no links, no more than a file may hold.

In: the path of a file in a folder of results, which may come from anywhere. Out: the open file, or
an error that names it. Nothing is ever read or written through a link that lies in such a folder.
"""

import os
import stat
from pathlib import Path
from typing import IO

from sim.errors import ServandaError

LARGEST = 64 << 20
"""Bytes of the largest text that is read: a manifest holds the texts of scenarios."""
NOT_THROUGH = "no file or folder of results is reached through a link"


def opened(path: Path) -> IO[bytes]:
    """A file of results, open for reading.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it is a link or no regular file, or cannot be read.
    """
    return os.fdopen(descriptor(path, os.O_RDONLY), "rb")


def descriptor(path: Path, flags: int, mode: int = 0o666) -> int:
    """As `opened`, for those who need the number that the system gives it, such as locks.

    Raises:
        FileNotFoundError: If there is none, and the flags do not make one.
        ServandaError: If it is a link or no regular file, or cannot be opened.
    """
    refuse_link(path)
    # Without O_NONBLOCK the opening of a pipe waits for somebody at its other end.
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags | safe, mode)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ServandaError(str(path), "is no regular file", "move it away")
    return handle


def refuse_link(path: Path) -> None:
    """Refuse a file or a folder of results that is a link.

    Raises:
        ServandaError: If it is.
    """
    if path.is_symlink():
        raise ServandaError(str(path), f"is a link; {NOT_THROUGH}", "move it away")


def content(path: Path, largest: int = LARGEST) -> bytes:
    """All that a file of results holds.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it cannot be read, or holds more than may be.
    """
    with opened(path) as file:
        try:
            found = file.read(largest + 1)
        except OSError as error:
            raise unreadable(path, error) from None
    if len(found) > largest:
        raise ServandaError(str(path), f"is larger than {largest:,} bytes")
    return found


def unreadable(path: Path, error: Exception, hint: str = "") -> ServandaError:
    """The error for a file of results that cannot be read."""
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    first = next(iter(why.strip().splitlines()), type(error).__name__)
    return ServandaError(str(path), f"cannot be read: {first[:200].rstrip('.').lower()}", hint)
