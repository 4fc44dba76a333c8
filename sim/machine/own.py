"""Folders that no other user can change, for files that are trusted when they are read.

In: a folder. Out: the folder, created if necessary, accessible to this user alone; or an error.
Compiled code and worlds are stored as pickles. Whoever can write such a file can run commands with
the rights of the user who loads it.
"""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from sim.errors import ServandaError

OTHERS = 0o022
"""Permission bits that let the group or everyone write."""


class Trusted(NamedTuple):
    """Words for an error about a folder whose files are trusted.

    Args:
        what: What is read from the folder, with its verb: ``compiled code is``.
        hint: How the user can name another folder.
    """

    what: str
    hint: str


CODE = Trusted("compiled code is", "name a folder of your own: SERVANDA_CACHE=…")


class _Unsafe(Exception):
    """Another user could have changed something in the folder."""

    def __init__(self, path: Path, why: str) -> None:
        """Keep the path that is unsafe, and the reason."""
        super().__init__(path, why)
        self.path, self.why = path, why


def own(folder: Path, trusted: Trusted = CODE) -> None:
    """Create a folder for this user alone, or check that an existing one is closed to others.

    The folder's parent may be a link that belongs to this user. Others may write to the parent only
    if it has the sticky bit, as ``/tmp`` has. Files of root are trusted, since root can do anything
    anyway.

    Args:
        folder: The folder.
        trusted: What it is for, in the words of an error.

    Raises:
        OSError: If it cannot be created.
        ServandaError: If another user owns the folder, its parent or a file in it, or can write
            there; or if the folder or a file in it is a link.
    """
    try:
        _own(folder)
    except _Unsafe as error:
        what = f"{trusted.what} read from here and run with your rights, but {error.why}"
        raise ServandaError(str(error.path), what, f"remove it, or {trusted.hint}") from None


def _own(folder: Path) -> None:
    """Create or check a folder.

    Raises:
        OSError: If it cannot be created.
        _Unsafe: If others could have changed something in it.
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
            raise _Unsafe(folder, "it is a link or a file") from None
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

    Raises:
        _Unsafe: If there is such a file, or a link.
    """
    with os.scandir(folder) as listed:
        entries = list(listed)
    for entry in entries:
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # another command of this user has removed or renamed it
        if not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode):
            raise _Unsafe(Path(entry.path), "it is a link or something other than a file")
        _check(Path(entry.path), found, writable=writable)
        if stat.S_ISDIR(found.st_mode):
            _check_below(Path(entry.path), writable=writable)


def _check(path: Path, found: os.stat_result, *, writable: bool = False) -> None:
    if found.st_uid not in {0, os.getuid()}:
        raise _Unsafe(path, "it belongs to another user")
    if not writable and found.st_mode & OTHERS:
        raise _Unsafe(path, "others can write to it")
