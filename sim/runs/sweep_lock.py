"""The lock of a sweep's folder: of the whole, or of one part among several.

In: a folder, and the shard if there is one. Out: a lock, or an error that names who holds it; see
`sim.runs.output.lock`.
"""

from pathlib import Path

from sim.runs.output.lock import LOCK, FolderLock, held
from sim.runs.shard import Shard

__all__ = ["LOCK", "Lock", "held"]


class Lock(FolderLock):
    """Held while its `with` block runs.

    Args:
        folder: Folder of a sweep.
        shard: The part that is worked on; None for the whole folder.
        command: Who works, as users know it.
    """

    def __init__(self, folder: Path, shard: Shard | None = None, command: str = "sweep") -> None:
        """Nothing is held yet."""
        part = "" if shard is None else f"{shard.number}-of-{shard.of}"
        super().__init__(folder, command, part)
