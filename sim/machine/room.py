"""How much room there is here: memory that a process can get, and space in a folder's file system.

In: nothing, or a folder. Out: bytes, or None where the system does not tell.
"""

import os
import shutil
from pathlib import Path

MEMINFO = Path("/proc/meminfo")
"""Where Linux says what it could give, with what it would take back from its caches."""
GROUP = Path("/sys/fs/cgroup")
"""Where Linux says to what a container or a batch job is limited (control groups, version 2)."""


def memory_free() -> float | None:
    """Memory that this process could still get, bytes: within the limit of its control group.

    What the system calls available counts caches that it would give up; where it does not say,
    pages that are free.
    """
    found = [room for room in (_available(), _left_in_group()) if room is not None]
    return min(found) if found else _pages()


def _available() -> float | None:
    try:
        lines = MEMINFO.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    for line in lines:
        name, _, rest = line.partition(":")
        if name == "MemAvailable" and (words := rest.split()) and words[0].isdecimal():
            return float(words[0]) * 1024.0
    return None


def _left_in_group() -> float | None:
    """What the limit of the group leaves; pages of files count as free, for they can be dropped."""
    try:
        limit = (GROUP / "memory.max").read_text(encoding="ascii").strip()
        used = (GROUP / "memory.current").read_text(encoding="ascii").strip()
        stat = (GROUP / "memory.stat").read_text(encoding="ascii")
    except (OSError, ValueError):
        return None
    if not (limit.isdecimal() and used.isdecimal()):
        return None  # "max": there is no limit
    rows = (line.split() for line in stat.splitlines())
    files = next(
        (float(row[1]) for row in rows if len(row) == 2 and row[0] == "inactive_file"), 0.0
    )
    return max(float(limit) - float(used) + files, 0.0)


def _pages() -> float | None:
    try:
        return float(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, ValueError, OSError):
        return None


def disk_free(folder: Path) -> float | None:
    """Space that is free in the file system of a folder, or of the nearest one above it, bytes."""
    here = folder.absolute()
    for place in (here, *here.parents):
        try:
            return float(shutil.disk_usage(place).free)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None
    return None
