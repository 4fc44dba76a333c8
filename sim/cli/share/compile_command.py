"""``servanda compile``: compile every kernel in advance, so that the first run starts at once.

A kernel is a compiled loop that applies a rule to many agents.
"""

import gc
import re
import shutil
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

import typer

from sim.cli.console.options import Jobs, Json
from sim.cli.console.progress import counter

KEPT = 5
"""Number of caches to keep: the current one and those used most recently."""
BUILD = "sim.month.calendar"
"""The module whose import defines all kernels."""


def compile_all(processes: Jobs = None, as_json: Json = False) -> None:
    """Compile all rules in advance, after an installation or a change of a rule."""
    from sim.cli.console.writing import print_json, say
    from sim.machine.processors import bounded
    from sim.machine.workers import Pool

    begun = time.monotonic()
    here = bounded(processes, "--processes")
    workers = here if processes else min(8, max(2, here))
    with closing(Pool(workers, _wake)) as pool:
        # The workers import what they need while this process builds a world.
        pool.start(workers)

        from sim.engine.compile import KERNELS, UNWRITABLE, cache_folder, user_cache
        from sim.errors import ServandaError
        from sim.scenario.reading.file import load
        from sim.world import World

        folder = cache_folder()
        if UNWRITABLE is not None:
            hint = "name another folder: SERVANDA_CACHE=…"
            raise ServandaError(str(UNWRITABLE), "cannot be written", hint)
        # The types are the same for worlds of any size; building a world compiles `_count`.
        world = World(load("village", overrides=["population.size=20"]))
        state = world.simulation.state()
        jobs = [one for one in KERNELS if not one.__name__.startswith("_")]
        jobs.sort(key=lambda one: weight(one.py_func, set()), reverse=True)
        with counter("kernels", len(jobs)) as done:
            calls = [(one.__module__, one.__name__, state) for one in jobs]
            for number, _ in enumerate(pool.each(_compile, calls), 1):
                done(number)
    world.run_for(1)
    prune(user_cache(), folder)
    seconds = time.monotonic() - begun
    if as_json:
        print_json({"kernels": len(KERNELS), "seconds": seconds, "folder": str(folder)})
    else:
        say(f"{len(KERNELS)} kernels ready after {seconds:.0f} s in {folder}")


def _wake() -> None:
    """Import every module with kernels.

    A worker ends when everything is compiled, so it need not look for garbage. It would do so
    often, because Numba makes many objects and keeps most of them.
    """
    gc.disable()
    import_module(BUILD)


def _compile(module: str, name: str, state: Any) -> None:
    """Compile one kernel into the cache; runs in a worker process."""
    from sim.engine.compile import compile_kernels

    compile_kernels([getattr(import_module(module), name)], state)


def weight(function: object, seen: set[object]) -> int:
    """Bytes of bytecode of a function and of all rules that it calls."""
    if not isinstance(function, FunctionType) or function in seen:
        return 0
    seen.add(function)
    below = (function.__globals__.get(name) for name in function.__code__.co_names)
    rules = [f for f in below if getattr(f, "__module__", "").startswith("sim.")]
    return len(function.__code__.co_code) + sum(weight(rule, seen) for rule in rules)


def prune(home: Path, current: Path) -> None:
    """Remove the least recently used caches; folders not named like a cache are kept."""
    old = [p for p in home.iterdir() if re.fullmatch("[0-9a-f]{20}", p.name) and p != current]
    old.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in old[KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compile")(compile_all)
