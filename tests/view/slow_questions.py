"""Questions for tests of the worker process; none of them needs the model."""

import os
import signal
import time
from pathlib import Path

from sim.errors import ServandaError


def warm(report, broken=False, **_options):
    """Two steps of preparation."""
    report(1, 2)
    if broken:
        raise ServandaError("cache", "cannot be written", "name another folder")
    report(2, 2)


def counted(file, number):
    """Note the call in a file; the number."""
    with Path(file).open("a", encoding="ascii") as kept:
        kept.write(f"{number}\n")
    return number


def wait_for(file):
    """Wait until a file exists; this process's number."""
    while not Path(file).exists():
        time.sleep(0.01)
    return os.getpid()


def large(number, size):
    """An answer of this many bytes."""
    return bytes([number]) * size


def refuse():
    """A user's mistake."""
    raise ServandaError("seed", "is not a whole number", "give 1")


def stumble():
    """A fault of the program."""
    raise ValueError("odd")


def die():
    """End as for want of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
