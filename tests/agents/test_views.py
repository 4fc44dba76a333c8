"""Claims about rows as Mesa agents and tables as agent sets."""

import numpy as np
import pytest

from sim.agents.creditor import Creditor
from sim.agents.views import RowAgent, TableSet
from sim.engine.table import Table


@pytest.fixture
def table():
    made = Table(Creditor, 5)
    made.rows["id"] = [3, 5, 7, 9, 11]
    made.rows["cash"] = [10.0, 50.0, 20.0, 40.0, 30.0]
    made.rows["closed"] = [0, 1, 0, 2, 0]
    return made


def test_a_view_reads_the_table_as_it_is_now(table):
    view = RowAgent(table, 2)
    assert (view.unique_id, view.cash, repr(view)) == (7, 20.0, "Creditor(7)")
    table.rows["cash"][2] = 21.0
    assert view.cash == 21.0


def test_tables_are_selected_read_aggregated_mapped_and_sorted(table):
    everyone = TableSet(table)
    assert everyone.select("closed").select(lambda c: c.cash > 45).get("id") == [5]
    assert everyone.select(np.array([True, False, False, False, True])).get("id") == [3, 11]
    assert everyone.select(at_most=2).get("id") == [3, 5]
    assert everyone.select(at_most=0.6).get("id") == [3, 5, 7]
    assert everyone.select("closed").get(["id", "closed"]) == [[5, 1], [9, 2]]
    assert everyone.agg("cash", [np.min, np.max]) == [10.0, 50.0]
    assert everyone.sort("cash").get("id") == [5, 9, 11, 7, 3]
    assert everyone.sort(lambda c: c.cash, ascending=True).get("id") == [3, 7, 11, 9, 5]
