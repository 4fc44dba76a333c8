"""Claims about auctions: rounds, prices, and what a forced sale is expected to bring."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.court.auction import lower_price, price_at, sale_chance
from sim.levers.catalogue import Levers
from sim.parameters import AssetTraits, Procedure
from tests.build import law

PROCEDURE = Procedure()
REALTY = AssetTraits(auction_price=0.7)
RATES = st.floats(0.0, 1.0)


@given(rate=RATES, gain=RATES, second=st.floats(0.1, 1.0), price=st.floats(0.01, 1.0))
def test_a_later_round_sells_no_less_often_and_no_dearer(rate, gain, second, price):
    of = Procedure(sale_rate=rate, second_gain=gain, second_price=second)
    goods = AssetTraits(auction_price=price)
    assert sale_chance(1, False, of, Levers()) >= sale_chance(0, False, of, Levers())
    assert price_at(1, False, goods, of) <= price_at(0, False, goods, of)


def test_the_second_reserve_is_four_fifths_of_the_first():
    assert price_at(0, False, REALTY, PROCEDURE) == 0.7
    assert price_at(1, False, REALTY, PROCEDURE) == pytest.approx(0.56)  # the floor of B12


def test_an_online_auction_sells_fifteen_points_more_at_a_fifth_more():
    assert sale_chance(0, True, PROCEDURE, Levers()) == pytest.approx(0.886)
    assert price_at(0, True, REALTY, PROCEDURE) == pytest.approx(0.833)
    dear = AssetTraits(auction_price=0.95)
    assert price_at(0, True, dear, PROCEDURE) == 1.0  # never above value


def test_what_a_forced_sale_brings_lies_between_the_reserves_and_is_more_online():
    plain = lower_price(REALTY, PROCEDURE, Levers())
    assert 0.56 < plain < 0.7
    sure = SimpleNamespace(**{**PROCEDURE.__dict__, "sale_rate": 1.0})
    assert lower_price(REALTY, sure, Levers()) == 0.7
    assert lower_price(REALTY, PROCEDURE, law(systemic__online_auction=1.0)) > plain
