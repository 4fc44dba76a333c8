"""Memory that a process can use, and free space in a folder's file system.

In: nothing, or a folder. Out: bytes, or None if the system does not report them.
"""

import shutil
from pathlib import Path

import psutil

GROUP = Path("/sys/fs/cgroup")
"""Folder in which Linux has the limits of a container or batch job (control groups, version 2)."""


def memory_free() -> float | None:
    """Free memory in bytes, or what the control group of the process has left, if that is less.

    It includes caches that the system would free when memory is needed.
    """
    known = [size for size in (_available(), _left_in_group()) if size is not None]
    return min(known, default=None)


def memory_total() -> float | None:
    """Memory of the machine in bytes, or the limit of the control group, if that is lower."""
    known = [size for size in (_installed(), _limit()) if size is not None]
    return min(known, default=None)


def _available() -> float | None:
    try:
        return float(psutil.virtual_memory().available)
    except (OSError, RuntimeError, NotImplementedError):
        return None


def _installed() -> float | None:
    try:
        return float(psutil.virtual_memory().total)
    except (OSError, RuntimeError, NotImplementedError):
        return None


def _limit() -> float | None:
    """Memory limit of the control group, in bytes; None if there is none."""
    try:
        limit = (GROUP / "memory.max").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return float(limit) if limit.isdecimal() else None  # "max": there is no limit


def _left_in_group() -> float | None:
    """Memory that the limit of the group leaves, in bytes; None if there is no limit.

    Inactive pages of files count as free, because the system can drop them.
    """
    limit = _limit()
    try:
        used = (GROUP / "memory.current").read_text(encoding="ascii").strip()
        stat = (GROUP / "memory.stat").read_text(encoding="ascii")
    except (OSError, ValueError):
        return None
    if limit is None or not used.isdecimal():
        return None
    rows = (line.split() for line in stat.splitlines())
    files = next(
        (float(row[1]) for row in rows if len(row) == 2 and row[0] == "inactive_file"), 0.0
    )
    return max(limit - float(used) + files, 0.0)


def disk_free(folder: Path) -> float | None:
    """Free space in the file system of a folder, or of its nearest existing parent, in bytes."""
    here = folder.absolute()
    for place in (here, *here.parents):
        try:
            return float(shutil.disk_usage(place).free)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None
    return None
