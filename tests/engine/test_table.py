"""Claims about tables: appending, retiring and compacting keep the ids ascending."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sim.engine.record import Byte, record
from sim.engine.table import Table
from tests.engine.loops import untimed


@record
class Item:
    id: int
    money: float
    mark: Byte


def filled(ids: list[int]) -> Table:
    """A table with these ids; `money` repeats the id, so that rows can be told apart."""
    table = Table(Item)
    where = table.append(len(ids))
    table.rows["id"][where] = ids
    table.rows["money"][where] = ids
    return table


class Ledger(RuleBasedStateMachine):
    """A table beside a plain dict: whatever is done to both, both hold the same."""

    @initialize(rows=st.integers(0, 40))
    def start(self, rows: int) -> None:
        self.table = Table(Item, rows)
        self.table.rows["id"] = range(rows)
        self.kept = {i: (i, 0.0, 0) for i in range(rows)}
        self.following = rows

    @rule(gaps=st.lists(st.integers(1, 2**40), max_size=30), data=st.data())
    def append(self, gaps: list[int], data: st.DataObject) -> None:
        where = self.table.append(len(gaps))
        fresh = self.table.rows[where]
        assert fresh.tolist() == [(0, 0.0, 0)] * len(gaps)
        for row, gap in enumerate(gaps):
            self.following += gap
            item = (self.following, data.draw(st.floats(-1e9, 1e9)), data.draw(st.integers(-9, 9)))
            fresh[row] = item
            self.kept[self.following] = item

    @rule(chance=st.sampled_from([0.0, 0.1, 0.5, 1.0]), seed=st.integers(0, 99))
    def retire(self, chance: float, seed: int) -> None:
        gone = np.random.default_rng(seed).random(len(self.table)) < chance
        leaving = self.table.rows["id"][gone].tolist()
        out = self.table.retire(gone)
        assert out.tolist() == [self.kept.pop(identity) for identity in leaving]
        if len(self.table):  # what came out is a copy
            out["money"] = -7.5
            self.same()

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def write(self, data: st.DataObject) -> None:
        identity = data.draw(st.sampled_from(sorted(self.kept)))
        self.table.rows["money"][self.table.find(identity)] = 2.5
        self.kept[identity] = (identity, 2.5, self.kept[identity][2])

    @invariant()
    def same(self) -> None:
        assert self.table.rows.tolist() == list(self.kept.values())
        assert len(self.table) == len(self.kept)
        assert (np.diff(self.table.rows["id"]) > 0).all()
        assert [self.table.find(identity) for identity in self.kept] == list(range(len(self.kept)))


def test_any_order_of_operations_keeps_the_rows() -> None:
    some = settings(deadline=None, max_examples=60, stateful_step_count=20)
    run_state_machine_as_test(Ledger, settings=some)


def test_new_rows_are_zero_also_where_others_left() -> None:
    assert Table(Item, 3).rows.tolist() == [(0, 0.0, 0)] * 3
    table = filled([1, 2, 3])
    assert len(table.retire(np.array([False] * 3))) == 0
    table.retire(np.array([True] * 3))
    table.append(3)
    assert table.rows.tolist() == [(0, 0.0, 0)] * 3


def test_spare_room_is_never_more_than_half() -> None:
    table = Table(Item)
    for _ in range(1000):
        table.append(7)
        assert table.nbytes <= max(16, 1.5 * len(table)) * table.rows.dtype.itemsize


def test_growing_is_rare() -> None:
    table = Table(Item)
    sizes = {(table.append(1), table.nbytes)[1] for _ in range(10_000)}
    # From 16 to 10,000 rows in steps of a half: log(625) / log(1.5) is 16.
    assert len(sizes) <= 18


def test_ids_beyond_the_reach_of_reals_are_told_apart() -> None:
    ids = [2**62 - 1, 2**62, 2**62 + 1]
    table = filled(ids)
    assert [table.find(identity) for identity in ids] == [0, 1, 2]


@untimed
@given(st.sets(st.integers(-(2**62), 2**62), max_size=30), st.integers(-(2**62), 2**62))
def test_an_absent_id_is_a_key_error_that_names_it(ids: set[int], absent: int) -> None:
    table = filled(sorted(ids | {absent}))
    table.retire(table.rows["id"] == absent)
    with pytest.raises(KeyError, match=f"no item with id {absent}"):
        table.find(absent)


def test_marks_must_fit_the_rows() -> None:
    with pytest.raises(IndexError):
        filled([1, 2]).retire(np.array([True]))


def test_an_added_column_grows_moves_and_retires_with_the_rows() -> None:
    table = filled([1, 2, 3])
    table.add_column("mark", "i2")
    table.column("mark")[:] = [10, 20, 30]
    table.retire(np.array([True, False, False]))
    assert table.column("mark").tolist() == [20, 30]
    table.append(40)
    assert table.column("mark").tolist() == [20, 30, *[0] * 40]
    table.clear_columns(table.rows["id"] == 3)
    assert table.column("mark").tolist()[:2] == [20, 0]
