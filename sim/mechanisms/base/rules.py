"""Decorators for the rules and kernels of mechanisms.

A mechanism is imported while levers and parameters are composed, long before anything is compiled.
So its rules are only listed here. They become rules of `sim.engine.compile` when `connect` is
called (`sim.mechanisms.base.connection`). Numba is not imported before that.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sim.engine.compile import Kernel

RULES: list[Callable[..., Any]] = []
"""Rules of all mechanisms, in the order of definition."""
KERNELS: list[Callable[..., Any]] = []
"""Kernels of all mechanisms, in the order of definition."""


def rule[F: Callable[..., Any]](function: F) -> F:
    """Mark a function as a rule: plain Python when called directly, compiled inside kernels."""
    RULES.append(function)
    return function


def kernel(function: Callable[..., Any]) -> "Kernel":
    """Mark a function ``(state, first, last)`` as a kernel, which loops over rows."""
    KERNELS.append(function)
    return cast("Kernel", function)


@rule
def same_row(row: Any) -> Any:
    """The row itself; `sim.mechanisms.base.mechanism.Mechanism.view` gives it another type."""
    return row
