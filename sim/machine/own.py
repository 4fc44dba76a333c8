"""Folders that no other user can change, for files that are trusted when they are read.

In: a folder. Out: the folder, created if necessary, accessible to this user alone; or an error.
Compiled code is stored as pickles. Whoever can write such a file can run commands with the rights
of the user who loads it.
"""

import os
import stat
from pathlib import Path

from sim.errors import ServandaError

OTHERS = 0o022
"""Permission bits that let the group or everyone write."""
HINT = "remove it, or name a folder of your own: SERVANDA_CACHE=…"


def own(folder: Path) -> None:
    """Create a folder for this user alone, or check that an existing one is closed to others.

    The folder's parent may be a link that belongs to this user. Others may write to the parent only
    if it has the sticky bit, as ``/tmp`` has. Files of root are trusted, since root can do anything
    anyway.

    Raises:
        OSError: If it cannot be created.
        ServandaError: If another user owns the folder, its parent or a file in it, or can write
            there; or if the folder or a file in it is a link.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not hasattr(os, "getuid"):  # Windows: a user's folders are closed to others by default
        folder.mkdir(exist_ok=True)
        return
    _check(folder.parent, folder.parent.lstat(), writable=True)
    _check(
        folder.parent, found := folder.parent.stat(), writable=bool(found.st_mode & stat.S_ISVTX)
    )
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise _refusal(folder, "it is a link or a file") from None
        _check(folder, found)
        # If the folder was always closed, nobody else can have added or opened a file in it.
        _check_below(folder, writable=not found.st_mode & 0o077)
        if found.st_uid == os.getuid():
            folder.chmod(0o700)


def _check_below(folder: Path, *, writable: bool) -> None:
    """Refuse a folder in which others could have added or changed files.

    Args:
        folder: The folder.
        writable: Whether others may have write permission on files in it.
    """
    with os.scandir(folder) as listed:
        entries = list(listed)
    for entry in entries:
        found = entry.stat(follow_symlinks=False)
        if not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode):
            raise _refusal(Path(entry.path), "it is a link or something other than a file")
        _check(Path(entry.path), found, writable=writable)
        if stat.S_ISDIR(found.st_mode):
            _check_below(Path(entry.path), writable=writable)


def _check(path: Path, found: os.stat_result, *, writable: bool = False) -> None:
    if found.st_uid not in {0, os.getuid()}:
        raise _refusal(path, "it belongs to another user")
    if not writable and found.st_mode & OTHERS:
        raise _refusal(path, "others can write to it")


def _refusal(path: Path, why: str) -> ServandaError:
    what = f"compiled code is read from here and runs with your rights, but {why}"
    return ServandaError(str(path), what, HINT)
