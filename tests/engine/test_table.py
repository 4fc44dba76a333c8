"""Claims about tables: appending, retiring and compacting keep the ids ascending."""

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from sim.engine.record import Byte, record
from sim.engine.table import Table


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

    @invariant()
    def same(self) -> None:
        assert self.table.rows.tolist() == list(self.kept.values())
        assert len(self.table) == len(self.kept)
        assert (np.diff(self.table.rows["id"]) > 0).all()
        assert [self.table.find(identity) for identity in self.kept] == list(range(len(self.kept)))


def test_any_order_of_operations_keeps_the_rows() -> None:
    some = settings(deadline=None, max_examples=60, stateful_step_count=20)
    run_state_machine_as_test(Ledger, settings=some)


def test_new_rows_are_zero_where_others_left_and_an_absent_id_is_named() -> None:
    table = filled([1, 2**62, 2**62 + 1])  # beyond the reach of reals
    assert table.find(2**62 + 1) == 2
    table.retire(np.array([False, True, False]))
    with pytest.raises(KeyError, match=f"no item with id {2**62}"):
        table.find(2**62)
    table.retire(np.array([True, True]))
    table.append(3)
    assert table.rows.tolist() == [(0, 0.0, 0)] * 3


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
