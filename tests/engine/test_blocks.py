"""Claims about blocks: the bits depend neither on ranges, nor on threads, nor on their order."""

import copy
import functools
import pickle
import threading
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

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


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("ranges", [1, 2, 7, 1000])
@pytest.mark.parametrize("shuffle", [None, 1, 2])
def test_the_bits_are_those_of_one_range(threads: int, ranges: int, shuffle: int | None) -> None:
    how = Execution(threads, block=64, ranges=ranges, shuffle=shuffle)
    assert total(how) == total(Execution(block=64))


def test_these_sums_would_show_another_order() -> None:
    """The claim above is sharp: the same reals in other blocks give other bits."""
    assert total(Execution(block=64)) != total(Execution(block=100))


@pytest.mark.parametrize("ranges", [1, 7])
def test_plain_sums_are_the_compiled_ones(ranges: int) -> None:
    plain = Execution(compiled=False, block=64, ranges=ranges)
    assert total(plain, 1000) == total(Execution(block=64), 1000)


class Watcher:
    """Stands where a kernel stands and writes down what it is asked to run."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.threads: set[int] = set()

    def py_func(self, _state: Any, first: int, last: int) -> None:
        self.asked.append((first, last))
        self.threads.add(threading.get_ident())


def asked(how: Execution, rows: int) -> list[tuple[int, int]]:
    """The row ranges, in the order in which they ran."""
    watcher: Any = Watcher()
    how.run_kernel(watcher, (), rows)
    return watcher.asked


@untimed
@given(st.integers(0, 500), st.integers(1, 12), st.integers(1, 70))
def test_ranges_hold_every_row_once_and_whole_blocks(rows: int, ranges: int, block: int) -> None:
    pieces = asked(Execution(compiled=False, block=block, ranges=ranges), rows)
    assert [row for piece in pieces for row in range(*piece)] == list(range(rows))
    assert all(first % block == 0 for first, _ in pieces)
    assert all(last % block == 0 or last == rows for _, last in pieces)
    assert len(pieces) <= ranges


@untimed
@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_blocks_are_as_many_as_hold_the_rows(rows: int, block: int) -> None:
    count = Execution(block=block).blocks(rows)
    assert count * block >= rows > (count - 1) * block


def test_no_rows_run_nothing() -> None:
    assert asked(Execution(compiled=False, ranges=3), 0) == []


def test_shuffled_ranges_are_the_same_in_another_order() -> None:
    straight = asked(Execution(compiled=False, block=1, ranges=20), 20)
    shuffled = asked(Execution(compiled=False, block=1, ranges=20, shuffle=1), 20)
    assert straight != shuffled
    assert straight == sorted(shuffled)


def test_there_are_as_many_ranges_as_threads_unless_told() -> None:
    assert len(asked(Execution(3, compiled=False, block=1), 100)) == 3


def test_ranges_beyond_the_blocks_cost_nothing() -> None:
    how = Execution(block=64, ranges=10**12)
    assert total(how) == total(Execution(block=64))


def test_few_rows_start_no_thread() -> None:
    watcher: Any = Watcher()
    Execution(2, compiled=False).run_kernel(watcher, (), 100)
    assert watcher.threads == {threading.get_ident()}


def test_threads_run_away_from_the_caller() -> None:
    watcher: Any = Watcher()
    Execution(2, compiled=False, block=1).run_kernel(watcher, (), 100)
    assert threading.get_ident() not in watcher.threads


@pytest.mark.parametrize("threads", [1, 2])
def test_what_a_kernel_raises_reaches_the_caller(threads: int) -> None:
    class Broken:
        def py_func(self, _state: Any, first: int, _last: int) -> None:
            if first:
                raise ZeroDivisionError(first)

    broken: Any = Broken()
    with pytest.raises(ZeroDivisionError):
        Execution(threads, compiled=False, block=1, ranges=4).run_kernel(broken, (), 4)


@pytest.mark.parametrize("copied", [copy.copy, lambda how: pickle.loads(pickle.dumps(how))])
def test_an_execution_with_threads_can_be_copied(copied: Any) -> None:
    how = Execution(2, block=64)
    before = total(how)
    assert total(copied(how)) == before


@untimed
@given(arrays(float, st.integers(1, 30), elements=st.floats(-1e12, 1e12)))
@example(np.random.default_rng(1).normal(size=1000))  # NumPy's pairwise sum has other bits
def test_sums_are_added_one_block_after_another(sums: np.ndarray) -> None:
    one_by_one = functools.reduce(float.__add__, sums.tolist(), 0.0)
    assert in_block_order(sums) == one_by_one
    assert in_block_order(np.stack([sums, sums], axis=1)).tolist() == [one_by_one] * 2


def test_no_blocks_sum_to_zero() -> None:
    assert in_block_order(np.zeros((0, 2))).tolist() == [0.0, 0.0]


def test_counts_stay_whole() -> None:
    counts = np.full((3, 2), 2**60 + 1)  # a real would lose the one
    assert in_block_order(counts).tolist() == [3 * 2**60 + 3] * 2
