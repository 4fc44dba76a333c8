"""Claims about whether moving assets to others is worth while."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.transfer import brought_back, worth_moving
from sim.levers.catalogue import Levers, with_value
from sim.parameters import Procedure

PROCEDURE = Procedure(retrace=3.0)


def law(avoidance, years):
    levers = with_value(Levers(), "rule_of_law.avoidance", avoidance)
    return with_value(levers, "rule_of_law.avoidance_lookback", years)


def test_without_avoidance_or_look_back_nothing_comes_back():
    assert brought_back(law(0.0, 10.0), PROCEDURE, 0.04) == 0.0
    assert brought_back(law(1.0, 0.0), PROCEDURE, 0.04) == 0.0


def test_avoidance_takes_more_the_likelier_it_is_and_the_further_it_looks_back():
    short, long, likely = (
        brought_back(law(a, years), PROCEDURE, 0.04)
        for a, years in ((0.1, 1.0), (0.1, 5.0), (0.6, 5.0))
    )
    assert 0.0 < short < long < likely < 1.0
    assert likely == pytest.approx(0.2 / 0.24, rel=1e-4)  # long before the five years are over


@given(hazard=st.floats(0.0, 1.0), back=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0))
def test_who_does_not_move_assets_would_not_where_more_comes_back(hazard, back, more):
    if not worth_moving(hazard, 0.05 + hazard, back, 0.05):
        assert not worth_moving(hazard, 0.05 + hazard, min(1.0, back + more), 0.05)


def test_without_a_cost_all_move_and_what_surely_comes_back_nobody_moves():
    assert worth_moving(0.1, 0.15, 0.0, 0.0)
    assert not worth_moving(0.1, 0.15, 1.0, 0.01)
