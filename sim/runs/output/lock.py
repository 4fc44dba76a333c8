"""One command at a time in a folder of results, whatever it holds: a run, a sweep or a search.

In: a folder, and the command that wants it. Out: a lock, or an error that names who holds it. Parts
of one sweep share the folder with each other, and with nobody else.
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
"""The lock of the whole folder; it is there only while a command works, or was killed."""


def is_lock(name: str) -> bool:
    """Whether a file in a folder of results is one of our locks, by its name."""
    return name.startswith(".servanda.") and name.endswith(".lock")


class FolderLock:
    """Held while its `with` block runs.

    Args:
        folder: The folder; made if it is not there.
        command: Who wants it, such as ``run``.
        part: The part of the work that is done, such as ``2-of-8``; empty for all of it.
    """

    def __init__(self, folder: Path, command: str, part: str = "") -> None:
        """Nothing is held yet."""
        self.folder, self.command, self.part = folder, command, part
        self._held: list[tuple[int, Path]] = []

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            ServandaError: If another process holds it, or the folder cannot be used.
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
        """Give it back."""
        self._release()

    def _take(self, path: Path, *, shared: bool) -> None:
        handle = take(path, shared=shared)
        if handle is None:
            hint = "wait for it, or name another folder"
            raise ServandaError(str(self.folder), _holder(self.folder, path), hint)
        self._held.append((handle, path))
        if not shared:
            note(handle, f"{os.getpid()} {self.command}\n")

    def _release(self) -> None:
        while self._held:
            give_back(*self._held.pop())


@contextmanager
def alone(folder: Path, command: str, *below: str) -> Iterator[None]:
    """A folder for this process to write in, and no other; what killed ones left is removed.

    Args:
        folder: The folder; made if it is not there.
        command: Who wants it, such as ``report``.
        below: Folders in it that are written to as well.

    Raises:
        ServandaError: If another process is at work there, or it cannot be written.
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
    """Whether a command is at work in a folder now."""
    return any(is_held(folder / name) for name in sorted(_locks(folder)))


def _locks(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if is_lock(path.name)]


def _holder(folder: Path, refused: Path) -> str:
    """Who holds the lock that was refused; where parts hold it, the first of them."""
    others = sorted(name for name in _locks(folder) if name not in {LOCK, refused.name})
    for path in (refused, *(folder / name for name in others)):
        found = re.fullmatch(r"(\d{1,10}) ([a-z]{1,20})", noted(path))
        if found and (path == refused or is_held(path)):
            return f"another `servanda {found[2]}` is at work here, process {found[1]}"
    return "another command is at work here"
