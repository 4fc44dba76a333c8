"""Locks the folder of a sweep: all of it, or one shard (a part that a separate command runs).

In: a folder, and the shard if there is one. Out: a lock, or an error that names the command that
has it.
"""

from pathlib import Path

from sim.runs.output.lock import LOCK, FolderLock, held
from sim.runs.shard import Shard

__all__ = ["LOCK", "Lock", "held"]


class Lock(FolderLock):
    """A lock on a sweep's folder for the length of its `with` block.

    Args:
        folder: Folder of a sweep.
        shard: The shard to be run; None to lock the whole folder.
        command: Name of the running command, such as ``sweep``.
    """

    def __init__(self, folder: Path, shard: Shard | None = None, command: str = "sweep") -> None:
        """Prepare the lock without taking it."""
        part = "" if shard is None else f"{shard.number}-of-{shard.of}"
        super().__init__(folder, command, part)
