"""Decides how many processes or threads a command starts, from the processors it may use.

In: the number that a user gives, if any. Out: the number to start on this machine. Every command
and every function with a ``jobs`` or ``threads`` argument uses `bounded`.
"""

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sim.errors import ServandaError

LEAST, MOST = 16, 1024
"""The upper limit on processes or threads is between these two numbers on any machine."""
EACH = 4
"""Upper limit of processes or threads per processor; with more, nothing gets faster."""
GROUPS = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")


def processors() -> int:
    """Number of processors that this process may use, by affinity mask and container quota.

    Slurm, ``taskset`` or a container may grant only a part of the machine. With one process for
    each processor of the whole machine, processes would only wait for each other.
    """
    return max(1, min([_allowed(), *_quotas()]))


def bounded(wanted: int | None, where: str) -> int:
    """The number of processes or threads to start.

    Args:
        wanted: The number given; None for one per processor.
        where: The option or argument with which it was given.

    Raises:
        ServandaError: If the number is less than 1, or more than is useful on this machine.
    """
    here = processors()
    if wanted is None:
        return here
    most = min(MOST, max(LEAST, EACH * here))
    if not 1 <= wanted <= most:
        usable = "1 processor" if here == 1 else f"{here} processors"
        what = f"{wanted:,} is out of range: {usable} can be used here"
        raise ServandaError(where, what, f"give 1 to {most:,}")
    return wanted


def _allowed() -> int:
    """Number of processors in the affinity mask, where the system has one."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13 on; it respects PYTHON_CPU_COUNT too
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quotas() -> Iterator[int]:
    """Number of processors that each control group of this process allows, rounded up."""
    with suppress(OSError, ValueError):
        for line in MEMBERSHIP.read_text(encoding="utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            if not kinds:  # version 2: the limits of the group and of all its parents apply
                group = GROUPS / path.lstrip("/")
                for folder in (group, *group.parents):
                    if folder.is_relative_to(GROUPS):
                        yield from _quota(folder / "cpu.max")
            elif "cpu" in kinds.split(","):
                for folder in (GROUPS / kinds / path.lstrip("/"), GROUPS / kinds):
                    yield from _quota(folder / "cpu.cfs_quota_us", folder / "cpu.cfs_period_us")


def _quota(*files: Path) -> Iterator[int]:
    """The quota in one file or two, as time divided by period; nothing if there is no limit."""
    with suppress(OSError, ValueError):
        time, period = " ".join(one.read_text(encoding="ascii") for one in files).split()
        if time != "max" and int(time) > 0 and int(period) > 0:
            yield math.ceil(int(time) / int(period))
