"""Claims about auctions: rounds, prices, and what a forced sale is expected to bring."""

from types import SimpleNamespace

import pytest

from sim.agents.court.auction import lower_price, price_at, sale_chance
from sim.levers.catalogue import Levers
from sim.parameters import AssetTraits, Procedure
from tests.build import law

PROCEDURE = Procedure()
REALTY = AssetTraits(auction_price=0.7)


def test_a_second_auction_sells_more_often_at_four_fifths_of_the_first_reserve():
    first, second = (sale_chance(n, False, PROCEDURE, Levers()) for n in (0, 1))
    assert second > first
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
