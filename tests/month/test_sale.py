"""Claims about sale: rounds, sell-off, in kind, and goods given back."""

import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Asset, Stage

FREE = {
    "sanctions.enforcement_fee": 0.0,
    "sanctions.late_interest": 0.0,
    "assets.realty.auction_price": 0.7,
    "procedure.second_gain": 0.0,
}
SOLD = {"procedure.sale_rate": 1.0}


def attached(make, paths, *phases, **fields):
    """Goods worth 1,000 yuan are attached for a claim of as much."""
    held = {"stage": Stage.SEIZED, "attached": [1000.0, 0.0, 0.0]} | fields
    bench, claim = make.case(FREE | paths, who={"frozen": 1000.0}, **held)
    bench.play(*(phases or ("queueing", "sell")))
    return bench, claim, bench.debtor().assets[Asset.REALTY]


def test_the_second_round_sells_at_four_fifths_of_the_first_and_an_online_auction_for_more(make):
    bench, claim, _ = attached(make, SOLD, round=1)
    assert (claim.stage, claim.escrow) == (Stage.SOLD, pytest.approx(560.0))
    seen = bench.totals(Count.SOLD_SECOND_ROUND, Count.FORCED_SALE_LOSS)
    assert seen == pytest.approx([1.0, 440.0])
    bench, claim, _ = attached(make, SOLD | {"systemic.online_auction": 1.0})
    assert (claim.escrow, bench.count(Count.AUCTIONS_ONLINE)) == (pytest.approx(833.0), 1.0)


def test_no_more_is_sold_than_is_needed(make):
    bench, claim, left = attached(make, SOLD, due=350.0)
    assert [claim.escrow, left] == pytest.approx([350.0, 500.0])
    assert bench.debtor().frozen == pytest.approx(0.0)


def test_others_goods_are_sold_in_step_with_the_debtors_own(make):
    bench, claim, _ = attached(make, SOLD, due=2000.0, wrongful=500.0)
    assert [bench.flow(Flow.WRONGFUL_SALE), claim.escrow] == pytest.approx([500.0, 1050.0])
    assert claim.wrongful == 0.0


def last(make, sell_off=0.0, in_kind=0.0, **fields):
    """Two rounds have failed."""
    paths = {"procedure.sell_off": sell_off, "procedure.in_kind": in_kind}
    return attached(make, paths, round=2, **fields)


def test_after_two_rounds_goods_are_sold_off_at_the_last_reserve_or_go_back(make):
    bench, claim, _ = last(make, sell_off=1.0)
    assert (claim.stage, claim.escrow) == (Stage.SOLD, pytest.approx(560.0))
    assert bench.totals(Count.SOLD_OFF, Count.AUCTIONS) == [1.0, 0.0]
    bench, claim, left = last(make)
    assert (claim.stage, claim.fruitless, left) == (Stage.QUEUED, 1, 1000.0)
    assert (bench.debtor().frozen, bench.count(Count.GOODS_RETURNED)) == (0.0, 1.0)


def test_or_the_creditor_takes_them_against_its_claim_and_returns_the_rest(make):
    bench, claim, _ = last(make, in_kind=1.0)
    assert claim.stage == Stage.QUEUED
    moved = [claim.due, claim.received, *bench.totals(Flow.IN_KIND, Flow.AUCTIONED)]
    assert moved == pytest.approx([440.0, 560.0, 560.0, 440.0])
    bench, claim, left = last(make, in_kind=1.0, due=280.0)
    assert (claim.stage, claim.due, left) == (Stage.PAID, 0.0, pytest.approx(500.0))
    assert bench.count(Count.CLOSED_FULL) == 1.0
