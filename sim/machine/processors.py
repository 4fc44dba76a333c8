"""How many processes or threads a command may start: the processors that it is allowed to use.

In: what a user asks for, if anything. Out: a number that makes sense on this machine. Every
command and every function that takes ``jobs`` or ``threads`` asks here.
"""

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sim.errors import ServandaError

LEAST, MOST = 16, 1024
"""Limits of what may be asked for, on the smallest machine and on the largest."""
EACH = 4
"""More processes or threads than this for each processor never pay off."""
GROUPS = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")


def processors() -> int:
    """Processors that this process may use: those of its affinity mask, and of its container.

    A queue such as Slurm, ``taskset`` or a container lends a part of the machine; to start as many
    processes as the whole has processors would only make them wait for each other.
    """
    return max(1, min([_allowed(), *_quotas()]))


def bounded(wanted: int | None, where: str) -> int:
    """The number of processes or threads to start.

    Args:
        wanted: What was asked for; None for one a processor.
        where: The option or argument by which it was asked for.

    Raises:
        ServandaError: If it is less than 1, or more than could ever be of use here.
    """
    here = processors()
    if wanted is None:
        return here
    most = min(MOST, max(LEAST, EACH * here))
    if not 1 <= wanted <= most:
        lent = "1 processor" if here == 1 else f"{here} processors"
        what = f"{wanted:,} is out of range: {lent} can be used here"
        raise ServandaError(where, what, f"give 1 to {most:,}")
    return wanted


def _allowed() -> int:
    """Processors in the affinity mask, where the system has one."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13 on; it follows PYTHON_CPU_COUNT too
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quotas() -> Iterator[int]:
    """Processors' worth of time that each control group of this process may spend, rounded up."""
    with suppress(OSError, ValueError):
        for line in MEMBERSHIP.read_text(encoding="utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            if not kinds:  # version 2: the group itself and all above it count
                group = GROUPS / path.lstrip("/")
                for folder in (group, *group.parents):
                    if folder.is_relative_to(GROUPS):
                        yield from _quota(folder / "cpu.max")
            elif "cpu" in kinds.split(","):
                for folder in (GROUPS / kinds / path.lstrip("/"), GROUPS / kinds):
                    yield from _quota(folder / "cpu.cfs_quota_us", folder / "cpu.cfs_period_us")


def _quota(*files: Path) -> Iterator[int]:
    """The quota that one file (or two) states as time and period; nothing where there is none."""
    with suppress(OSError, ValueError):
        time, period = " ".join(one.read_text(encoding="ascii") for one in files).split()
        if time != "max" and int(time) > 0 and int(period) > 0:
            yield math.ceil(int(time) / int(period))
