"""Progress of a command on stderr: a bar on a terminal, an occasional line elsewhere."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world import World

log = logging.getLogger("servanda.progress")

EVERY = 5.0
"""Seconds between two lines."""


def run_to_month(world: "World", month: int, what: str = "months") -> None:
    """Run a world until a month is complete, and show progress.

    Args:
        world: The world.
        month: The month.
        what: Name of the months counted.
    """
    first = world.month
    with counter(what, month - first) as done:
        while world.month < month:
            world.run_to(world.month + 1)
            done(world.month - first)


@contextmanager
def counter(what: str, total: int, *, rate: bool = False) -> Iterator[Callable[[int], None]]:
    """Show progress. Yields a function that takes the number done so far.

    Args:
        what: Name of the things counted, in the plural.
        total: Number of things to do.
        rate: Whether to show the number done per minute.
    """
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        bar = Progress(
            "{task.description}",
            BarColumn(),
            MofNCompleteColumn(),
            *(["{task.fields[rate]}"] if rate else []),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        with bar:
            task = bar.add_task(what, total=total, rate="")
            began = time.monotonic()
            yield lambda done: bar.update(task, completed=done, rate=_rate(done, began))
        return
    begun = last = time.monotonic()

    def report(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY and 0 < done < total:
            last = now
            left = (now - begun) / done * (total - done)
            pace = f", {_rate(done, begun)}" if rate else ""
            log.info("%s: %d of %d%s, about %.0f s left", what, done, total, pace, left)

    yield report


def _rate(done: int, begun: float) -> str:
    """A rate per minute, as text."""
    pace = 60.0 * done / max(time.monotonic() - begun, 1e-3)
    return f"{pace:,.0f} a minute" if pace >= 10.0 else f"{pace:.1f} a minute"
