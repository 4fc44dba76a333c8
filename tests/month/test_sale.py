"""Claims about sale: rounds, sell-off, in kind, and goods given back."""

import pytest

from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Asset, Stage

FREE = {
    "sanctions.enforcement_fee": 0.0,
    "sanctions.late_interest": 0.0,
    "assets.realty.auction_price": 0.7,
    "procedure.second_gain": 0.0,
}


def attached(make, paths=None, due=1000.0, goods=1000.0, **fields):
    bench = make.bench(FREE | (paths or {})).set(frozen=goods)
    at = bench.claim(stage=Stage.SEIZED, due=due, attached=[goods, 0.0, 0.0], **fields)
    return bench, at


def test_the_second_round_sells_at_four_fifths_of_the_first(make):
    bench, at = attached(make, {"procedure.sale_rate": 1.0}, round=1)
    bench.play("queueing", "sell")
    assert bench.at(at).stage == Stage.SOLD
    assert bench.at(at).escrow == pytest.approx(560.0)
    assert bench.count(Count.SOLD_SECOND_ROUND) == 1.0
    assert bench.count(Count.FORCED_SALE_LOSS) == pytest.approx(440.0)


def test_no_more_is_sold_than_is_needed(make):
    bench, at = attached(make, {"procedure.sale_rate": 1.0}, due=350.0)
    bench.play("queueing", "sell")
    assert bench.at(at).escrow == pytest.approx(350.0)
    assert bench.debtor().assets[Asset.REALTY] == pytest.approx(500.0)
    assert bench.debtor().frozen == pytest.approx(0.0)


def last(make, sell_off=0.0, in_kind=0.0, **more):
    paths = {"procedure.sell_off": sell_off, "procedure.in_kind": in_kind}
    bench, at = attached(make, paths, round=2, **more)
    bench.play("queueing", "sell")
    return bench, bench.at(at)


def test_after_two_rounds_goods_are_sold_off_at_the_last_reserve(make):
    bench, claim = last(make, sell_off=1.0)
    assert (claim.stage, claim.escrow) == (Stage.SOLD, pytest.approx(560.0))
    assert bench.count(Count.SOLD_OFF) == 1.0
    assert bench.count(Count.AUCTIONS) == 0.0


def test_or_the_creditor_takes_them_against_its_claim(make):
    bench, claim = last(make, in_kind=1.0)
    assert claim.stage == Stage.QUEUED
    assert (claim.due, claim.received) == (pytest.approx(440.0), pytest.approx(560.0))
    assert bench.flow(Flow.IN_KIND) == pytest.approx(560.0)
    assert bench.flow(Flow.AUCTIONED) == pytest.approx(440.0)


def test_a_claim_covered_in_kind_is_closed_and_the_rest_of_the_goods_returned(make):
    bench, claim = last(make, in_kind=1.0, due=280.0)
    assert (claim.stage, claim.due) == (Stage.PAID, 0.0)
    assert bench.debtor().assets[Asset.REALTY] == pytest.approx(500.0)
    assert bench.count(Count.CLOSED_FULL) == 1.0


def test_or_they_go_back_and_the_search_begins_anew(make):
    bench, claim = last(make)
    assert (claim.stage, claim.fruitless) == (Stage.QUEUED, 1)
    assert bench.debtor().assets[Asset.REALTY] == 1000.0
    assert bench.debtor().frozen == 0.0
    assert bench.count(Count.GOODS_RETURNED) == 1.0


def test_an_online_auction_brings_more(make):
    bench, at = attached(make, {"procedure.sale_rate": 1.0, "systemic.online_auction": 1.0})
    bench.play("queueing", "sell")
    assert bench.at(at).escrow == pytest.approx(833.0)
    assert bench.count(Count.AUCTIONS_ONLINE) == 1.0


def test_others_goods_are_sold_in_step_with_the_debtors_own(make):
    bench, at = attached(make, {"procedure.sale_rate": 1.0}, due=2000.0, wrongful=500.0)
    bench.play("queueing", "sell")
    assert bench.flow(Flow.WRONGFUL_SALE) == pytest.approx(500.0)
    assert bench.at(at).escrow == pytest.approx(1050.0)
    assert bench.at(at).wrongful == 0.0


@pytest.mark.parametrize(("kept", "left"), [(0.0, 900.0), (0.5, 950.0), (1.0, 1000.0)])
def test_preserving_value_slows_its_loss_while_frozen(make, kept, left):
    paths = {"procedure.value_decay": 0.1, "rule_of_law.value_preservation": kept}
    bench, at = attached(make, paths)
    bench.play("sanction")
    assert bench.at(at).attached[0] == pytest.approx(left)
    assert bench.flow(Flow.VALUE_DECAY) == pytest.approx(1000.0 - left)
