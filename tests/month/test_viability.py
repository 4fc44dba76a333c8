"""Claims about viable firms: which they are, and how many close after a seizure (25)."""

import pytest

from sim.agents.court.standard import VIABLE
from sim.books.counts import Count, Span
from sim.month.endings.closure import closing_hazard
from sim.terms import Stage

SURE = {
    "procedure.control": 1.0,
    "comprehensive.find_person": 1.0,
    "sanctions.enforcement_fee": 0.0,
    "sanctions.late_interest": 0.0,
    "procedure.sale_rate": 0.0,
    "choice.death": 0.01,
}


def seized(make, *incomes, kind="firm"):
    """Firms that own goods of 10,000 and are seized this month; they earn these incomes."""
    bench = make.bench(SURE, kind=kind, debtors=len(incomes))
    for row, income in enumerate(incomes):
        bench.own(row, realty=1e4).set(row, income=income, need=100.0, discount=0.01)
        bench.claim(row, stage=Stage.TRACED, due=1000.0, found=8)
    return bench.play("queueing", "seize", "close")


def closed(bench):
    """Closures counted this month, by months since the seizure."""
    spans = bench.simulation.spans()[0, Span.VIABLE_CLOSED]
    return {months: n for months, n in enumerate(spans.tolist()) if n}


def test_a_firm_is_viable_whose_surplus_is_worth_more_than_its_goods(make):
    # 50 a month at 2 % are worth 2,500, 250 are worth 12,500, and the goods bring 10,000.
    bench = seized(make, 150.0, 350.0, 90.0)
    assert bench.count(Count.SEIZURES) == 3.0
    assert bench.count(Count.VIABLE_SEIZED) == 1.0
    assert seized(make, 350.0, kind="person").count(Count.VIABLE_SEIZED) == 0.0


def test_a_viable_firm_that_closes_within_a_year_is_counted_once_by_its_first_seizure(make):
    bench = seized(make, 350.0, 350.0)
    assert not (bench.simulation.claims.rows["checks"] & VIABLE).any()
    bench.claim(0, stage=Stage.TRACED, due=1000.0, found=8)
    bench.play("queueing", "seize", "close")
    assert bench.count(Count.SEIZURES) == 1.0
    assert bench.count(Count.VIABLE_SEIZED) == 0.0  # it is watched already
    bench.set(0, leaving=True)
    bench.play("close")
    assert closed(bench) == {2: 1.0}
    bench.play("close")
    assert closed(bench) == {}


@pytest.mark.parametrize(("months", "found"), [(12, {12: 1.0}), (13, {})])
def test_what_closes_after_a_year_closes_for_other_reasons(make, months, found):
    bench = seized(make, 350.0)
    for _ in range(months - 1):
        bench.play("close")
    bench.set(leaving=True)
    bench.play("close")
    assert closed(bench) == found


CLOSING = {"procedure.closing_hazard": 1.0, "procedure.closing_share": 0.6}


@pytest.mark.parametrize(
    ("more", "attached", "closes"),
    [
        ({}, 1e4, 1.0),
        ({}, 6000.0, 0.0),  # the firm can do without this much
        ({"rule_of_law.live_freeze": 1.0}, 1e4, 0.0),
        ({"procedure.closing_hazard": 0.0}, 1e4, 0.0),
    ],
)
def test_a_firm_closes_that_cannot_work_without_what_is_attached(make, more, attached, closes):
    bench = make.bench(SURE | CLOSING | more, kind="firm").own(realty=1e4 - attached)
    bench.set(income=350.0, need=100.0, discount=0.01, frozen=attached)
    claim = bench.at(bench.claim(stage=Stage.SEIZED, due=5e4, attached=(attached, 0.0, 0.0)))
    bench.play("leaving")
    assert bench.debtor().leaving == (closes == 1.0)
    assert bench.count(Count.CLOSED_BY_SEIZURE) == closes
    # 250 a month at 2 % are worth 12,500: more than goods that bring 70 %
    assert (bench.count(Count.FELT_HARM) > 0.0) == (closes == 1.0)
    assert (claim.stage == Stage.WRITTEN_OFF) == (closes == 1.0)


def test_the_chance_to_close_grows_with_what_is_attached_beyond_the_limit():
    assert closing_hazard(0.75, 0.2, 0.5, 0.0) == pytest.approx(0.1)
    assert closing_hazard(0.75, 0.2, 0.5, 0.5) == pytest.approx(0.05)
    assert closing_hazard(1.0, 0.2, 1.0, 0.0) == closing_hazard(0.5, 0.2, 0.5, 0.0) == 0.0
