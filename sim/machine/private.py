"""Temporary folders, removed when the command that made them ends, or else by the next command.

In: nothing. Out: a folder for this user alone, removed when the `with` block ends. If the process
is killed before that, the folder remains, but its lock is free and the next command removes it.
"""

import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.errors import ServandaError
from sim.machine.locks import acquired, give_back, take

LOCK = "lock"
INSIDE = "files"
"""Name of the subfolder to be used; the lock file is beside it."""
ABANDONED_AFTER = 3600.0
"""Seconds after which a folder without a lock file counts as abandoned."""


def _prefix() -> str:
    """Prefix of our folders; it names the user, since users may share a temporary folder."""
    return f"servanda-{os.getuid()}-" if hasattr(os, "getuid") else "servanda-"


def private_folder() -> tuple[Path, int | None]:
    """Make a temporary folder, which other commands leave alone as long as its lock is held.

    Returns:
        The empty folder, which only this user can enter; and the handle of its lock.

    Raises:
        ServandaError: If there is no writable folder for temporary files.
    """
    remove_orphans()
    while True:
        try:
            made = Path(tempfile.mkdtemp(prefix=_prefix()))
        except OSError as error:
            what = f"no temporary folder can be made: {(error.strerror or str(error)).lower()}"
            raise ServandaError("TMPDIR", what, "name a writable folder: TMPDIR=…") from None
        with suppress(FileNotFoundError):
            # Until it is locked, another command may mistake it for an abandoned one.
            if (handle := take(made / LOCK)) is not None:
                (made / INSIDE).mkdir(mode=0o700)
                return made / INSIDE, handle


def remove(folder: Path, handle: int | None) -> None:
    """Remove a folder made by `private_folder`, and release its lock."""
    shutil.rmtree(folder, ignore_errors=True)
    if handle is not None:
        give_back(handle, folder.parent / LOCK)
    with suppress(OSError):
        folder.parent.rmdir()


@contextmanager
def temporary() -> Iterator[Path]:
    """Provide a temporary folder within the block.

    Raises:
        ServandaError: If there is no writable folder for temporary files.
    """
    folder, handle = private_folder()
    try:
        yield folder
    finally:
        remove(folder, handle)


def remove_orphans() -> None:
    """Remove folders of this user whose command was killed; all other folders are left alone.

    A folder is ours if it has our prefix, belongs to this user, and is closed to everyone else. It
    is an orphan if its lock is free, or if it has no lock file and has not changed for an hour.
    Process numbers cannot show that a command has ended: they are reused, and differ between
    containers.
    """
    if not hasattr(os, "getuid"):  # Windows: without locks, folders in use cannot be recognised
        return
    place = Path(tempfile.gettempdir())
    pattern = re.compile(re.escape(_prefix()) + "[a-z0-9_]{8}")
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if pattern.fullmatch(entry.name) and _ours(entry.stat(follow_symlinks=False)):
                with suppress(OSError):
                    _remove_orphan(Path(entry.path))


def _ours(found: os.stat_result) -> bool:
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.getuid()
        and not stat.S_IMODE(found.st_mode) & 0o077
    )


def _remove_orphan(folder: Path) -> None:
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        if time.time() - folder.lstat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        if acquired(handle, shared=False, unknown=False):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)
