"""Opens files of results safely: only regular files, no links, and none that are too large.

In: the path of a file of results, which may be from an unknown source. Out: the open file, or an
error that names it. No link is followed, whether to read or to write.
"""

import os
import stat
from pathlib import Path
from typing import IO

from sim.errors import ServandaError

LARGEST = 64 << 20
"""Largest size of a text file that is read, bytes. Manifests contain the texts of scenarios."""
NOT_THROUGH = "links to files or folders of results are not followed"


def opened(path: Path) -> IO[bytes]:
    """A file of results, open for reading.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it is a link or not a regular file, or cannot be read.
    """
    return os.fdopen(descriptor(path, os.O_RDONLY), "rb")


def descriptor(path: Path, flags: int, mode: int = 0o666) -> int:
    """Open a regular file of results, and return its file descriptor.

    Args:
        path: The file.
        flags: Flags of `os.open`.
        mode: Permissions of a new file.

    Raises:
        FileNotFoundError: If there is no such file, and the flags do not create one.
        ServandaError: If it is a link or not a regular file, or cannot be opened.
    """
    refuse_link(path)
    # Without O_NONBLOCK, opening a pipe waits until another process opens its other end.
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags | safe, mode)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ServandaError(str(path), "is not a regular file", "move it away")
    return handle


def refuse_link(path: Path) -> None:
    """Refuse a file or a folder of results that is a link.

    Raises:
        ServandaError: If it is a link.
    """
    if path.is_symlink():
        raise ServandaError(str(path), f"is a link; {NOT_THROUGH}", "move it away")


def content(path: Path, largest: int = LARGEST) -> bytes:
    """The contents of a file of results.

    Args:
        path: The file.
        largest: Largest number of bytes that is allowed.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it cannot be read, or is too large.
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
