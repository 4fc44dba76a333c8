"""Claims about whether moving assets to others is worth while."""

import pytest

from sim.agents.debtor.transfer import at_stake, brought_back, worth_moving
from sim.parameters import Choice, Procedure
from tests.build import debtor, law

PROCEDURE = Procedure(retrace=3.0)


def back(avoidance, years):
    levers = law(rule_of_law__avoidance=avoidance, rule_of_law__avoidance_lookback=years)
    return brought_back(levers, PROCEDURE, 0.04)


def test_avoidance_takes_more_the_likelier_it_is_and_the_further_it_looks_back():
    assert back(0.0, 10.0) == back(1.0, 0.0) == 0.0
    short, long, likely = back(0.1, 1.0), back(0.1, 5.0), back(0.6, 5.0)
    assert 0.0 < short < long < likely < 1.0
    assert likely == pytest.approx(0.2 / 0.24, rel=1e-4)  # long before the five years are over


def test_without_a_cost_all_move_and_what_surely_comes_back_nobody_moves():
    assert worth_moving(1.0, 0.1, 0.15, 0.0, 0.0)
    assert not worth_moving(1.0, 0.1, 0.15, 1.0, 0.01)


def test_who_owes_little_beside_its_assets_saves_little_by_moving_them():
    rich, weighed = debtor(assets=[600.0, 0.0, 0.0, 400.0, 0.0, 0.0]), Choice(transfer_by_debt=True)
    shares = [at_stake(rich, due, weighed) for due in (100.0, 1000.0, 5000.0)]
    assert shares == [0.1, 1.0, 1.0]
    assert at_stake(rich, 100.0, Choice()) == 1.0
    assert worth_moving(1.0, 0.1, 0.2, 0.0, 0.2)
    assert not worth_moving(0.1, 0.1, 0.2, 0.0, 0.2)
