"""How far a run is, on stderr: a bar for people, a line now and then for files."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.model import World

log = logging.getLogger("servanda.run")

EVERY = 5.0
"""Seconds between two lines."""


def travel(world: "World", month: int) -> None:
    """Run a world until a month is complete, and say how far it is."""
    first = world.month
    with _counter(month - first) as done:
        while world.month < month:
            world.run_to(world.month + 1)
            done(world.month - first)


@contextmanager
def _counter(total: int) -> "Iterator[Callable[[int], None]]":
    """Something to be told how many of `total` months are done."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        bar = Progress(
            "months",
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        with bar:
            task = bar.add_task("months", total=total)
            yield lambda done: bar.update(task, completed=done)
        return
    begun = last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY and done < total:
            last = now
            left = (now - begun) / done * (total - done)
            log.info("%d of %d months, about %.0f s left", done, total, left)

    yield tell
