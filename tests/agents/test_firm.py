"""Claims about firms as going concerns."""

import pytest

from sim.agents.debtor.firm import going_concern, piecemeal, viable
from sim.engine.plain import view


def firm(make, income=0.0, need=0.0, **goods):
    bench = make.bench({"choice.death": 0.01}, kind="firm")
    bench.own(**goods)
    bench.set(income=income, need=need, discount=0.01)
    state = bench.simulation.state()
    return bench.debtor(), view(state).traits.assets


def test_a_surplus_for_ever_is_worth_its_present_value_and_a_deficit_nothing(make):
    debtor, _ = firm(make, income=300.0, need=100.0)
    assert going_concern(debtor, 0.01) == pytest.approx(10_000.0)
    assert viable(*firm(make, income=300.0, need=100.0), 0.01)
    debtor, classes = firm(make, income=100.0, need=300.0)
    assert going_concern(debtor, 0.01) == 0.0
    assert not viable(debtor, classes, 0.01)


def test_money_is_no_part_of_what_is_lost_in_pieces(make):
    debtor, classes = firm(make, bank=1e6, realty=500.0, vehicles=300.0)
    assert piecemeal(debtor, classes) == pytest.approx(
        500.0 * classes[3].auction_price + 300.0 * classes[4].auction_price
    )
