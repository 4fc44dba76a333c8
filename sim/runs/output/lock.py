"""Lets only one command at a time use a folder of results.

In: a folder, and the command that needs it. Out: a lock, or an error that names the command that
uses the folder. A sweep may be cut into shards, each run by its own command. The commands of the
shards share the folder with each other, but not with other commands.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sim.errors import ServandaError
from sim.machine.locks import give_back, is_held, note, noted, take
from sim.runs.output.atomic import PART, unwritable

LOCK = ".servanda.lock"
"""Name of the lock file of a folder. It exists while a command runs, or after one was killed."""


def is_lock(name: str) -> bool:
    """Whether a file has the name of a lock."""
    return name.startswith(".servanda.") and name.endswith(".lock")


class FolderLock:
    """A lock on a folder for the length of its `with` block.

    Args:
        folder: The folder; made if it does not exist.
        command: The command that needs the lock, such as ``run``.
        part: The shard of the sweep, such as ``2-of-8``; empty if the whole folder is locked.
    """

    def __init__(self, folder: Path, command: str, part: str = "") -> None:
        """Prepare the lock without taking it."""
        self.folder, self.command, self.part = folder, command, part
        self._held: list[tuple[int, Path]] = []

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            ServandaError: If another process has the lock, or the folder cannot be used.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise ServandaError(str(self.folder), "this is a file, not a folder", "name another")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._take(self.folder / LOCK, shared=bool(self.part))
            if self.part:
                self._take(self.folder / f".servanda.{self.part}.lock", shared=False)
        except OSError as error:
            self._release()
            raise unwritable(self.folder, error) from None
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Release the lock."""
        self._release()

    def _take(self, path: Path, *, shared: bool) -> None:
        handle = take(path, shared=shared)
        if handle is None:
            hint = "wait until it ends, or name another folder"
            raise ServandaError(str(self.folder), _holder(self.folder, path), hint)
        self._held.append((handle, path))
        if not shared:
            note(handle, f"{os.getpid()} {self.command}\n")

    def _release(self) -> None:
        while self._held:
            give_back(*self._held.pop())


@contextmanager
def alone(folder: Path, command: str, *below: str) -> Iterator[None]:
    """Lock a folder so that only this process writes there, and remove old temporary files.

    Args:
        folder: The folder; made if it does not exist.
        command: The command that needs the lock, such as ``report``.
        below: Names of subfolders that are written too; made if they do not exist.

    Raises:
        ServandaError: If another process is using the folder, or it cannot be written.
    """
    with FolderLock(folder, command):
        try:
            for place in (folder, *(folder / name for name in below)):
                place.mkdir(exist_ok=True)
                for part in place.glob(f"{PART}*"):
                    part.unlink(missing_ok=True)
            yield
        except OSError as error:
            raise unwritable(folder, error) from None


def held(folder: Path) -> bool:
    """Whether a command is using a folder now."""
    return any(is_held(folder / name) for name in sorted(_locks(folder)))


def _locks(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if is_lock(path.name)]


def _holder(folder: Path, refused: Path) -> str:
    """A message that names the process, or one of the processes, that uses the folder."""
    others = sorted(name for name in _locks(folder) if name not in {LOCK, refused.name})
    for path in (refused, *(folder / name for name in others)):
        found = re.fullmatch(r"(\d{1,10}) ([a-z]{1,20})", noted(path))
        if found and (path == refused or is_held(path)):
            return f"another `servanda {found[2]}` is using this folder, process {found[1]}"
    return "another command is using this folder"
