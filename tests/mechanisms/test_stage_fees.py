"""Claims about fees by stage: what each stage costs, who is paid, and what a debtor foresees."""

import pytest

from sim.books.accounts import Flow
from sim.mechanisms.stage_fees import CHARGES, NOTICE, PAID, RECEIVED, SALE, VISIT, fee_of
from sim.parameters import Procedure
from sim.terms import Stage

MOVES = {"sanctions.stage_fees": (1.0, "stage_fees", {})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

FEES = {"sanctions.stage_fees": 1.0}


@pytest.mark.parametrize(
    ("stage", "due", "fee"),
    [
        (NOTICE, 9_500.0, 75.0),
        (VISIT, 1_500.0, 235.0),
        (VISIT, 9_500.0, 235.0 + 600.0),
        (SALE, 9_500.0, 110.0 + 600.0),
    ],
)
def test_each_stage_has_its_fixed_fee_and_a_percentage_above_the_threshold(stage, due, fee):
    assert fee_of(stage, due, Procedure()) == pytest.approx(fee)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_notice_is_charged_when_the_creditor_applies_and_added_to_the_debt(make, share):
    paths = {"sanctions.stage_fees": share, "procedure.apply": 1.0, "pursuit.handover": 0.0}
    bench = make.bench(paths)
    bench.simulation.creditors.rows["trust"] = 1.0
    claim = bench.lay("suing", stage=Stage.UNPAID, due=1000.0, months=6)
    assert claim.stage == Stage.QUEUED
    assert claim.due == pytest.approx(1000.0 + 75.0 * share)
    assert bench.totals(CHARGES, Flow.CLAIM_COSTS) == pytest.approx([75.0 * share] * 2)


def test_the_visit_is_charged_once_and_only_when_officers_work(make):
    bench = make.bench(FEES | {"comprehensive.officers": 0.0})
    claim = bench.lay("queueing", "charge_fees", due=1000.0, fees_charged=NOTICE)
    assert claim.due == 1000.0
    busy = make.bench(FEES)
    claim = busy.lay("queueing", "charge_fees", due=1000.0, fees_charged=NOTICE)
    busy.play("queueing", "charge_fees")
    assert claim.due == pytest.approx(1235.0)
    assert claim.fees_owed == pytest.approx(235.0)


def test_goods_that_wait_for_a_sale_bring_the_fee_for_it(make):
    bench = make.bench(FEES)
    charged = {"fees_charged": NOTICE | VISIT, "attached": [0.0, 400.0, 0.0]}
    claim = bench.lay("queueing", "charge_fees", stage=Stage.SEIZED, due=1000.0, **charged)
    assert (claim.due, claim.fees_charged) == (1110.0, NOTICE | VISIT | SALE)


def test_the_first_money_pays_the_agent_and_the_books_balance(make):
    bench = make.bench(FEES | {"sanctions.late_interest": 0.0}).own(bank=5_000.0)
    bench.set(conscience=9.0)
    charged = {"fees_charged": NOTICE | VISIT, "fees_owed": 310.0}
    claim = bench.lay("choice", "learn", "close", stage=Stage.QUEUED, due=1310.0, **charged)
    assert (claim.stage, claim.fees_owed) == (Stage.PAID, 0.0)
    assert bench.flow(PAID) == pytest.approx(310.0)
    assert bench.count(RECEIVED) == pytest.approx(310.0)


@pytest.mark.parametrize(
    ("share", "claim", "fees"),
    [
        (0.0, {"stage": Stage.GRACE}, 0.0),
        (1.0, {"stage": Stage.GRACE}, 310.0),
        (0.5, {"stage": Stage.GRACE}, 155.0),
        (1.0, {"stage": Stage.QUEUED, "fees_charged": NOTICE}, 235.0),
        (1.0, {"stage": Stage.QUEUED, "fees_charged": NOTICE | VISIT}, 0.0),
    ],
)
def test_who_pays_at_the_first_letter_saves_the_fees_to_come(make, share, claim, fees):
    bench = make.bench({"sanctions.stage_fees": share}).own(bank=5_000.0)
    bench.lay(due=1000.0, **claim)
    bench.play()
    expected = bench.deliberation().position.forced_loss
    assert expected == pytest.approx(fees / 1000.0)
