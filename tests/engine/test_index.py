"""Claims about grouping: the counting sort says what a stable sort by key would say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.engine.index import Grouper, Index
from tests.engine.loops import untimed

GROUPS = 12
KEYS = arrays(np.int32, st.integers(0, 60), elements=st.integers(-3, GROUPS - 1))


def by_sorting(keys: np.ndarray) -> tuple[list[int], list[int], list[int]]:
    """Owners, starts and order by NumPy's stable sort."""
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] >= 0]
    owners, starts = np.unique(keys[order], return_index=True)
    return owners.tolist(), [*starts.tolist(), len(order)], order.tolist()


def listed(index: Index) -> tuple[list[int], list[int], list[int]]:
    """The index as lists."""
    return index.owners.tolist(), index.starts.tolist(), index.order.tolist()


@untimed
@given(KEYS)
def test_grouping_equals_a_stable_sort(keys: np.ndarray) -> None:
    assert listed(Grouper(GROUPS).group(keys, len(keys))) == by_sorting(keys)


@untimed
@given(st.lists(KEYS, min_size=2, max_size=6))
def test_a_grouping_forgets_the_one_before(months: list[np.ndarray]) -> None:
    grouper = Grouper(GROUPS)
    for keys in months:
        assert listed(grouper.group(keys, len(keys))) == by_sorting(keys)


@untimed
@given(KEYS, st.data())
def test_rows_beyond_those_asked_for_do_not_count(keys: np.ndarray, data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, len(keys)))
    assert listed(Grouper(GROUPS).group(keys, rows)) == by_sorting(keys[:rows])


def test_a_negative_key_leaves_its_row_out() -> None:
    keys = np.array([2, -1, 0, -(2**31), 2], np.int32)
    assert listed(Grouper(3).group(keys, 5)) == ([0, 2], [0, 1, 3], [2, 0, 4])


def test_no_row_has_no_owner() -> None:
    keys = np.full(5, -1, np.int32)
    assert listed(Grouper(3).group(keys, 5)) == ([], [0], [])


def test_arrays_grow_with_the_rows() -> None:
    grouper = Grouper(1000)
    for rows in (10, 1000, 100_000):
        keys = np.random.default_rng(rows).integers(-1, 1000, rows, np.int32)
        assert listed(grouper.group(keys, rows)) == by_sorting(keys)


def test_many_groups_of_few_rows_need_little_room() -> None:
    groups = 100_000
    keys = np.array([groups - 1, 0, groups - 1], np.int32)
    grouper = Grouper(groups)
    assert listed(grouper.group(keys, 3)) == ([0, groups - 1], [0, 1, 3], [1, 0, 2])
    # A count of four bytes for each group, and next to nothing for three rows.
    assert grouper.nbytes < 4 * groups + 1000


def test_a_month_that_fits_allocates_nothing() -> None:
    keys = np.zeros(100, np.int32)
    grouper = Grouper(4)
    first, again = grouper.group(keys, 100), grouper.group(keys, 90)
    assert np.shares_memory(first.order, again.order)
    assert np.shares_memory(first.starts, again.starts)


@pytest.mark.parametrize("owner", [0, 3, 7])
def test_an_owner_finds_its_rows_in_ascending_order(owner: int) -> None:
    keys = np.random.default_rng(1).integers(0, 8, 500, np.int32)
    index = Grouper(8).group(keys, 500)
    at = int(np.searchsorted(index.owners, owner))
    mine = index.order[index.starts[at] : index.starts[at + 1]]
    assert mine.tolist() == np.flatnonzero(keys == owner).tolist()
