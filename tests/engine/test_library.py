"""Claims about libraries: rules are lowered once, and only kernels are translated."""

from typing import Any, NamedTuple

import numpy as np

from sim.engine.compile import RULES, compile_kernels, inlined, rule
from sim.engine.library import KernelLibrary, RuleLibrary
from tests.engine.loops import loop


class Few(NamedTuple):
    """A state of one array."""

    cells: np.ndarray


@rule
def half(x, times):
    return x * 0.5**times


@inlined
def quarter(x):
    return half(x, 2)


@loop
def shrink(state, first, last):
    for row in range(first, last):
        state.cells[row] = quarter(state.cells[row]) + half(state.cells[row], 1)


@loop
def shrink_twice(state, first, last):
    for row in range(first, last):
        state.cells[row] = half(quarter(state.cells[row]), times=2)


def library(compiled: Any) -> Any:
    (result,) = compiled.overloads.values()
    return result.library


def test_a_rule_is_lowered_once_for_all_callers_and_constants_and_has_no_machine_code() -> None:
    compile_kernels([shrink, shrink_twice], Few(np.ones(1)))
    (compiled,) = [one for one in RULES if one.py_func is half]
    assert len(compiled.signatures) == 1  # for 1 and 2, from an inlined rule and from kernels
    assert type(library(compiled)) is RuleLibrary
    name = library(compiled).name
    assert library(compiled).get_pointer_to_function(name) == 0
    assert all(type(library(one)) is KernelLibrary for one in (shrink, shrink_twice))
    cells = np.array([8.0])
    shrink(Few(cells), 0, 1)
    assert cells.tolist() == [6.0]
    shrink_twice(Few(cells), 0, 1)
    assert cells.tolist() == [0.375]
    assert half(8.0, 1) == 4.0  # called directly, it stays plain Python
