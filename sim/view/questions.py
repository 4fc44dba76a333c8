"""The questions that the page asks its worker process: plain functions with plain answers."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import sim.month.calendar  # noqa: F401 defines every kernel
from sim.engine.compile import KERNELS, compile_kernels
from sim.permission import everything_allowed
from sim.scenario.reading.file import load
from sim.view.known import Known, Plain
from sim.view.tape import CURVES, record
from sim.view.worlds import known as found
from sim.world import World

_ALLOWED = ExitStack()
"""Keeps the permission to run extensions until the process ends."""


def warm(
    report: Callable[[int, int], None], given: str | None = None, allow_code: bool = False
) -> None:
    """Compile the model's rules, or load them if that was done before, and run a small month.

    Args:
        report: Called with the number of rules that are ready, and of all rules.
        given: The scenario or folder that the page shows; it is checked first.
        allow_code: Whether the Python files that scenarios name under `extensions` may run.

    Raises:
        ServandaError: If the scenario or folder cannot be used.
    """
    if allow_code:
        _ALLOWED.enter_context(everything_allowed())
    known(given)
    world = World(load("village", overrides=["population.size=20"]), events=True)
    state = world.simulation.state()
    jobs = [one for one in KERNELS if not one.__name__.startswith("_")]
    for done, one in enumerate(jobs):
        report(done, len(jobs))
        compile_kernels([one], state)
    report(len(jobs), len(jobs))
    world.run_for(1)


_KNOWN: dict[str | None, Known] = {}


def known(given: str | None = None) -> Known:
    """The worlds and levers that the page offers; read once."""
    if given not in _KNOWN:
        _KNOWN[given] = found(given)
    return _KNOWN[given]


def tape(scenario: Plain, curves: Sequence[str] | None = None) -> dict[str, Any]:
    """A whole run for the player; see `sim.view.tape.record`."""
    return record(scenario, CURVES if curves is None else curves)
