"""Compiled loops of these models.

In: a function over numbers and arrays. Out: the same function, compiled and stored.

Code of worlds is stored in a folder named after a hash of what determines it. These models are not
part of that hash, since a change here must not make stored runs outdated. Therefore each loop is
stored with the hash of this folder, and code stored with another hash is compiled again.
"""

from collections.abc import Callable
from typing import Any

from sim.engine.compile import KERNELS, Kernel, kernel
from sim.engine.source import source_hash

STAMP = source_hash(("classics",))
"""Hash of the sources of these models."""


def loop(function: Callable[..., Any]) -> Kernel:
    """Compile a loop of a model. It allocates nothing: arrays are arguments.

    The loop is not among the kernels of the process, which are those that worlds need.
    """
    made: Any = kernel(function)
    KERNELS.remove(made)
    made._cache._cache_file._source_stamp = STAMP
    compiled: Kernel = made
    return compiled
