"""Writes a file completely or not at all: under a temporary name in its folder, then renamed.

In: a path and a function that writes the contents. Out: the file, synced to disk, or an error.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from sim.errors import ServandaError

PART = ".servanda-"
"""Prefix of the names of temporary files."""


type Fill = Callable[[IO[bytes]], object]


def write_whole(path: Path, fill: Fill) -> None:
    """Write a file, replacing an earlier one of the same name.

    Raises:
        OSError: If it cannot be written; the earlier file then remains.
    """
    write_files_whole({path: fill})


def write_files_whole(files: Mapping[Path, Fill]) -> None:
    """Write all files, then rename them one by one. Once the last is there, all are complete.

    Raises:
        OSError: If a file cannot be written (none is then renamed), or one cannot be renamed.
    """
    parts: dict[Path, Path] = {}
    try:
        for path, fill in files.items():
            parts[path] = part_of(path.parent, fill)
        for path, part in parts.items():
            part.replace(path)
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise
    for folder in {path.parent for path in files}:
        sync(folder)


def part_of(folder: Path, fill: Fill) -> Path:
    """Write a temporary file in a folder, sync it to disk, and return its path.

    Raises:
        OSError: If it cannot be written; the temporary file is then removed.
    """
    with tempfile.NamedTemporaryFile(dir=folder, prefix=PART, delete=False) as file:
        part = Path(file.name)
        try:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.chmod(0o666 & ~_umask())
    return part


def sync(folder: Path) -> None:
    """Sync renames and removals in a folder to disk; only POSIX can do this."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritable(path: Path, error: OSError, hint: str = "name another folder") -> ServandaError:
    """The error for a folder that cannot be written."""
    what = f"cannot be written: {(error.strerror or str(error)).lower()}"
    return ServandaError(str(path), what, hint)


def _umask() -> int:
    """The umask of the user, which temporary files ignore. To read it, one has to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
