"""A file written whole or not at all: under a temporary name in its folder, then renamed.

In: a folder and what fills the file. Out: the file, safe on the disk; or nothing, and an error.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from sim.errors import ServandaError

PART = ".servanda-"
"""Temporary files begin with this."""


type Fill = Callable[[IO[bytes]], object]


def write_whole(path: Path, fill: Fill) -> None:
    """Write a file, in place of an earlier one of its name.

    Raises:
        OSError: If it cannot be written; the earlier file stays.
    """
    write_files_whole({path: fill})


def write_files_whole(files: Mapping[Path, Fill]) -> None:
    """Write files, then rename one after the other; the last one shows that all are there.

    Raises:
        OSError: If one cannot be written; then none is renamed.
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
    """A temporary file in a folder, filled and safe on the disk.

    Raises:
        OSError: If it cannot be written; then it is gone.
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
    """Make renames and removals last; only POSIX lets a folder be opened for that."""
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
    """The user's mask, which temporary files ignore; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
