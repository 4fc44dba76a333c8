"""Kernels and settings that the engine's tests share."""

from collections.abc import Callable
from typing import Any

from hypothesis import settings

from sim.engine.compile import KERNELS, Kernel, kernel

untimed = settings(deadline=None)
"""No deadline: a first example may have to compile, and no claim here is about time."""


def loop(function: Callable[..., Any]) -> Kernel:
    """A kernel of a test: compiled like any other, but not among the kernels of the process."""
    made = kernel(function)
    KERNELS.remove(made)
    return made
