"""Handles signals that ask a process to end, in the same way for every command and every sweep.

A terminal sends SIGINT (Ctrl-C) or SIGHUP (when it is closed), a scheduler sends SIGTERM. All three
raise KeyboardInterrupt, so that files are written, workers ended and temporary folders removed.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

POLITE = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Signals that are handled like SIGINT; Windows has no SIGHUP."""


class Ended(KeyboardInterrupt):
    """The process was asked to end by a signal other than SIGINT.

    Args:
        number: The signal's number.
    """

    def __init__(self, number: int) -> None:
        """Store the number for the exit code."""
        super().__init__(number)
        self.number = number


def exit_code(error: KeyboardInterrupt) -> int:
    """The exit code of a command that a signal ended: 130, 143 or 129, as shells report it."""
    return 128 + (error.number if isinstance(error, Ended) else signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[None]:
    """Make the signals of `POLITE` raise `Ended` within the block.

    A signal that is ignored stays ignored (``nohup`` ignores SIGHUP). Outside the main thread this
    does nothing, because Python allows signal handlers only in the main thread.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for one in POLITE:
            if signal.getsignal(one) is not signal.SIG_IGN:
                before[one] = signal.signal(one, _end)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended(number)
