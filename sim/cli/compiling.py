"""``servanda compile``: every kernel compiled ahead, so that the first run starts at once."""

import logging
import os
import shutil
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sim.engine.compile import Kernel

log = logging.getLogger("servanda.compile")

KEPT = 5
"""Caches that stay: this one, and those of other sources or versions used last."""


def compile_all(
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes; as many as processors unless given.")
    ] = None,
) -> None:
    """Compile all rules into the cache; needed once after an installation or a change."""
    # Heavy parts come in while the first process starts.
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    begun = time.monotonic()
    workers = processes or min(8, max(2, os.cpu_count() or 2))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        ready = [pool.submit(import_module, "sim.month.calendar") for _ in range(workers)]
        from sim.engine.compile import KERNELS, cache_folder
        from sim.model import World

        # A world of any size has the types of all worlds; building it compiles what it needs.
        world = World("village", **{"population.size": 20})
        state = world.house.state()
        ...


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compile")(compile_all)
