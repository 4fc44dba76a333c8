"""Read the bytes of a regular file of limited size, or say in a one-line error why not.

In: a path. Out: its bytes. Reading never waits for a pipe or a device.
"""

import errno
import os
import stat
from pathlib import Path

from sim.errors import ServandaError


class Unreadable(ServandaError):
    """A file that cannot be read, and why.

    Args:
        where: The file.
        what: What is wrong with it.
        hint: What to do about it.
        line: The line of the error; 0 if it concerns the whole file.
        column: Heading of the column of a table; empty if it concerns the whole line.
    """

    def __init__(
        self, where: str, what: str, hint: str = "", line: int = 0, column: str = ""
    ) -> None:
        """Keep the place apart, because some callers report positions in their own form."""
        place = f"{where}:{line}" if line else where
        super().__init__(f"{place}: {column}" if column else place, what, hint)
        self.args = (where, what, hint, line, column)
        self.file, self.line, self.column = where, line, column


class Missing(Unreadable):
    """A file that does not exist."""


OTHER = "name another file"
DENIED = ("permission to read it is denied", "change its permissions, or name another file")
REASONS = {
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.ELOOP: ("its symbolic links lead in a circle", OTHER),
    errno.ENAMETOOLONG: ("its name is too long", OTHER),
    errno.EMFILE: ("too many files are open", "close some of them"),
    errno.ENXIO: ("this is a pipe or a socket, not a file", OTHER),
    errno.EIO: ("the disk cannot read it", OTHER),
    errno.ESTALE: ("it disappeared while it was read", OTHER),
}
"""Message and hint for each system error."""

FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK, opening a pipe would wait for a writer."""

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)
"""What a path may name instead of a regular file."""


def contents(path: Path, most: int, what: str = "a scenario file") -> bytes:
    """Read the bytes of a file.

    Args:
        path: The file.
        most: Maximum number of bytes.
        what: What the file should contain, as in "this is a folder, not a scenario file".

    Raises:
        Missing: If there is no such file.
        Unreadable: If it is not a regular file, is too large, or the system refuses to read it.
    """
    if not str(path).isascii() and any("\ud800" <= letter <= "\udfff" for letter in str(path)):
        raise Unreadable(str(path), "its name is not UTF-8", "rename it")
    try:
        file = os.open(path, FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        raise Missing(str(path), "there is no such file") from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error, what) from None
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            message = f"this is {_kind(found.st_mode)}, not {what}"
            raise Unreadable(str(path), message, OTHER)
        if found.st_size > most:
            raise _too_large(path, most)
        with os.fdopen(os.dup(file), "rb") as stream:
            # read() returns None if no data are available yet, as for some files of the system.
            data = stream.read(most + 1) or b""
    except OSError as error:
        raise unreadable(path, error, what) from None
    finally:
        os.close(file)
    if len(data) > most:  # the file grew, or its reported size was wrong
        raise _too_large(path, most)
    return data


def _too_large(path: Path, most: int) -> Unreadable:
    hint = "split it into several files, or name the right one"
    return Unreadable(str(path), f"larger than {most:,} bytes, the limit", hint)


def _kind(mode: int) -> str:
    return next((word for test, word in KINDS if test(mode)), "something else")


def unreadable(path: Path, error: Exception, what: str = "a file") -> Unreadable:
    """Convert a system error into a message that says why a file cannot be read.

    Args:
        path: The file.
        error: The exception that was raised.
        what: What the file should contain.
    """
    if isinstance(error, IsADirectoryError):
        return Unreadable(str(path), f"this is a folder, not {what}", OTHER)
    if isinstance(error, OSError):
        other = (f"cannot be read: {(error.strerror or str(error)).lower()}", OTHER)
        return Unreadable(str(path), *REASONS.get(error.errno or 0, other))
    # Python refuses a name that contains NUL or that the encoding of the system cannot represent.
    return Unreadable(str(path), "no file can have this name", OTHER)
