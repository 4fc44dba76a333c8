"""Claims about blocks: the bits depend neither on ranges, nor on threads, nor on their order."""

import functools
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.engine import blocks
from sim.engine.blocks import Execution, in_block_order
from tests.engine.loops import loop, untimed


class Heap(NamedTuple):
    """Reals of very different size, whose sum depends on the order of adding."""

    money: np.ndarray
    sums: np.ndarray
    block: int


@loop
def add(state, first, last):
    for row in range(first, last):
        state.sums[row // state.block, row % 3] += state.money[row]
        state.money[row] *= 1.1


def total(how: Execution, rows: int = 10_000) -> bytes:
    """The bits of the sums and of the rows after two months."""
    rng = np.random.default_rng(3)
    money = rng.normal(size=rows) * 10.0 ** rng.integers(-8, 9, rows)
    heap = Heap(money, np.zeros((how.blocks(rows), 3)), how.block)
    for _ in range(2):
        how.run_kernel(add, heap, rows)
    return in_block_order(heap.sums).tobytes() + money.tobytes()


def test_the_bits_are_those_of_one_range_and_another_block_size_gives_others() -> None:
    bits = total(Execution(block=64))
    for threads, ranges, shuffle in product([1, 2], [1, 2, 7, 1000, 10**12], [None, 1, 2]):
        how = Execution(threads, block=64, ranges=ranges, shuffle=shuffle)
        assert total(how) == bits, (threads, ranges, shuffle)
    assert total(Execution(block=100)) != bits
    for ranges in (1, 7):
        plain = Execution(compiled=False, block=64, ranges=ranges)
        assert total(plain, 1000) == total(Execution(block=64), 1000)


class Watcher:
    """Stands where a kernel stands and writes down what it is to run."""

    def __init__(self, how: Execution, rows: int) -> None:
        self.calls: list[tuple[int, int]] = []
        kernel: Any = self
        how.run_kernel(kernel, (), rows)

    def py_func(self, _state: Any, first: int, last: int) -> None:
        self.calls.append((first, last))


@untimed
@given(st.integers(0, 500), st.integers(1, 12), st.integers(1, 70))
def test_each_call_is_for_the_rows_of_one_block(rows: int, ranges: int, block: int) -> None:
    how = Execution(compiled=False, block=block, ranges=ranges)
    calls = Watcher(how, rows).calls
    assert [row for call in calls for row in range(*call)] == list(range(rows))
    assert all(first % block == 0 and first < last for first, last in calls)
    assert all(last - first == block or last == rows for first, last in calls)
    assert how.blocks(rows) * block >= rows > (how.blocks(rows) - 1) * block


def test_blocks_are_divided_evenly_among_the_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[int] = []
    monkeypatch.setattr(blocks, "_run_over", lambda *given: pieces.append(len(given[2])))
    for ranges, shares in ((1, [7]), (3, [2, 3, 2]), (9, [1] * 7)):
        pieces.clear()
        Watcher(Execution(compiled=False, block=10, ranges=ranges), 65)
        assert pieces == shares


@pytest.mark.parametrize("threads", [1, 2])
def test_what_a_kernel_raises_reaches_the_caller(threads: int) -> None:
    class Broken:
        def py_func(self, _state: Any, first: int, _last: int) -> None:
            if first:
                raise ZeroDivisionError(first)

    broken: Any = Broken()
    with pytest.raises(ZeroDivisionError):
        Execution(threads, compiled=False, block=1, ranges=4).run_kernel(broken, (), 4)


@untimed
@given(arrays(float, st.integers(0, 30), elements=st.floats(-1e12, 1e12)))
@example(np.random.default_rng(1).normal(size=1000))  # NumPy's pairwise sum has other bits
def test_sums_are_added_one_block_after_another(sums: np.ndarray) -> None:
    one_by_one = functools.reduce(float.__add__, sums.tolist(), 0.0)
    assert in_block_order(sums) == one_by_one
    assert in_block_order(np.stack([sums, sums], axis=1)).tolist() == [one_by_one] * 2
