"""Claims about attachment of earnings: what it takes, from whom, and when it ends."""

import pytest

from sim.mechanisms.earnings import ENDED, ORDERS, PAID, deduction
from sim.parameters import Procedure
from sim.terms import Stage
from tests.build import law

MOVES = {"sanctions.earnings": (0.6, "earnings", {"procedure.earnings_order": 0.5})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

PAY = {
    "sanctions.earnings": 0.5,
    "sanctions.late_interest": 0.0,
    "procedure.earnings_employed": 1.0,
    "procedure.earnings_order": 1.0,
    "procedure.earnings_end": 0.0,
}


@pytest.mark.parametrize(
    ("income", "protected", "taken"), [(1500.0, 1.0, 250.0), (1500.0, 1.4, 50.0), (900.0, 1.0, 0.0)]
)
def test_a_share_of_the_pay_above_the_minimum_is_taken(income, protected, taken):
    procedure = Procedure(earnings_protected=protected)
    assert deduction(income, 1000.0, law(sanctions__earnings=0.5), procedure) == pytest.approx(
        taken
    )


def employed(make, paths=None, kind="person", **claim):
    """A debtor with 1,500 of pay, needs of 1,000 and a claim of 600, and the claim."""
    bench = make.bench(PAY | (paths or {}), kind=kind).own(bank=1500.0)
    bench.set(income=1500.0, need=1000.0)
    return bench, bench.lay(**({"stage": Stage.UNPAID, "due": 600.0} | claim))


def test_the_order_pays_month_by_month_until_the_debt_is_paid(make):
    bench, claim = employed(make)
    bench.play("attach_earnings", "learn", "close")
    assert (bench.count(ORDERS), bench.flow(PAID)) == (1.0, 0.0)
    left = []
    for _ in range(3):
        bench.play("attach_earnings", "learn", "close")
        left.append(claim.due)
    assert left == pytest.approx([350.0, 100.0, 0.0])
    assert claim.stage == Stage.PAID
    assert bench.debtor().assets[0] == pytest.approx(900.0)


@pytest.mark.parametrize(
    ("paths", "kind", "claim"),
    [
        ({"sanctions.earnings": 0.0}, "person", {}),
        ({"procedure.earnings_employed": 0.0}, "person", {}),
        ({}, "firm", {}),
        ({}, "person", {"stage": Stage.PLAN}),
        ({}, "person", {"stage": Stage.GRACE}),
    ],
)
def test_without_pay_or_an_unpaid_judgment_nothing_is_attached(make, paths, kind, claim):
    bench, laid = employed(make, paths, kind, **claim)
    for _ in range(3):
        bench.play("attach_earnings")
    assert laid.due == 600.0
    assert bench.count(ORDERS) == 0.0


def test_losing_the_job_ends_the_order(make):
    bench, claim = employed(make, {"procedure.earnings_end": 1.0}, earnings_attached=True)
    bench.play("attach_earnings")
    assert bench.count(ENDED) == 1.0
    assert (claim.earnings_attached, claim.due) == (False, 600.0)


def test_one_order_is_served_at_a_time(make):
    bench, first = employed(make)
    second = bench.at(bench.claim(stage=Stage.UNPAID, due=600.0))
    for _ in range(3):
        bench.play("attach_earnings")
    assert (first.due, second.due) == pytest.approx((100.0, 600.0))
