"""Claims about grouping: the counting sort says what a stable sort by key would say."""

from typing import Any

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.engine import index as indexing
from sim.engine.index import Grouper, Index
from tests.engine.loops import untimed

GROUPS = 12
KEYS = arrays(np.int32, st.integers(0, 60), elements=st.integers(-3, GROUPS - 1))
Lists = tuple[list[int], list[int], list[int]]


def by_sorting(keys: np.ndarray) -> Lists:
    """Owners, starts and order by NumPy's stable sort."""
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] >= 0]
    owners, starts = np.unique(keys[order], return_index=True)
    return owners.tolist(), [*starts.tolist(), len(order)], order.tolist()


def listed(index: Index) -> Lists:
    """The index as lists."""
    return index.owners.tolist(), index.starts.tolist(), index.order.tolist()


@untimed
@given(st.lists(KEYS, min_size=1, max_size=6), st.data())
@example([np.full(5, -1, np.int32), np.arange(GROUPS, dtype=np.int32)], None)
def test_grouping_equals_a_stable_sort_of_the_rows_it_is_given_every_month(
    months: list[np.ndarray], data: st.DataObject | None
) -> None:
    grouper = Grouper(GROUPS)
    for keys in months:
        rows = data.draw(st.integers(0, len(keys))) if data else len(keys)
        assert listed(grouper.group(keys, rows)) == by_sorting(keys[:rows])


def test_no_index_of_the_counting_sort_is_out_of_bounds(monkeypatch: Any) -> None:
    """In plain Python, where NumPy checks each of them: every row its own owner, then all one's."""
    monkeypatch.setattr(indexing, "_count", vars(indexing)["_count"].py_func)
    for groups, rows in ((GROUPS, GROUPS), (40, 40), (40, 16), (1, 40)):
        keys = np.arange(rows, dtype=np.int32) % groups
        assert listed(Grouper(groups).group(keys, rows)) == by_sorting(keys)
