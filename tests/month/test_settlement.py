"""Claims about settlement and mediation: they come out of the ledgers of both sides."""

import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import EnforceableTitle, Stage

EAGER = {
    "choice.noise": 0.0,
    "pursuit.negotiate": 1.0,
    "pursuit.promise": 2.0,
    "at_source.mediation": 1.0,
    "procedure.sue": 0.0,
    "procedure.trial_months": 60.0,
    "procedure.suit_cost": 0.0,
    "procedure.apply_cost": 0.0,
}
"""Everyone talks; nobody sues; suits last; going to court costs nothing."""


def parties(make, stage, paths=None, bank=2e4, due=1e4, conscience=0.5, **fields):
    bench = make.bench(EAGER | (paths or {})).own(bank=bank).set(conscience=conscience)
    return bench, bench.claim(stage=stage, due=due, **fields)


def test_who_would_give_more_than_the_creditor_hopes_for_settles_at_once(make):
    bench, at = parties(make, Stage.OVERDUE)
    bench.play("suing")
    claim = bench.at(at)
    assert claim.stage == Stage.PAID
    assert 0.0 < claim.paid < 1e4
    assert claim.paid + bench.count(Count.CONCEDED_YUAN) == pytest.approx(1e4)
    assert bench.flow(Flow.PAID_VOLUNTARILY) == pytest.approx(claim.paid)


@pytest.mark.parametrize(
    "why",
    [{"conscience": -1.0}, {"bank": 0.0}, {"disputed": True}],
    ids=lambda why: next(iter(why)),
)
def test_who_gains_by_refusing_has_nothing_or_disputes_the_claim_does_not_settle(make, why):
    bench, at = parties(make, Stage.OVERDUE, **why)
    bench.play("suing")
    assert bench.at(at).stage == Stage.OVERDUE
    assert bench.count(Count.SETTLED) == 0.0


def promised(make):
    bench, at = parties(make, Stage.OVERDUE, bank=0.0)
    bench.own(realty=1e5)
    bench.play("suing")
    assert bench.at(at).stage == Stage.SETTLED
    bench.simulation.claims.rows["months"][at] = 2
    return bench, at


def test_a_promise_is_kept_by_who_can_and_will(make):
    bench, at = promised(make)
    agreed = bench.at(at).agreed
    bench.own(bank=1e5)
    bench.play("suing")
    assert bench.at(at).stage == Stage.PAID
    assert bench.at(at).paid == pytest.approx(agreed)
    assert bench.count(Count.SETTLEMENTS_KEPT) == 1.0


@pytest.mark.parametrize("how", ["cannot", "will not"])
def test_a_broken_promise_leaves_the_whole_claim_overdue(make, how):
    bench, at = promised(make)
    bench.own(bank=0.0 if how == "cannot" else 1e5).set(conscience=0.5 if how == "cannot" else -1.0)
    bench.play("suing")
    claim = bench.at(at)
    assert (claim.stage, claim.due, claim.agreed) == (Stage.OVERDUE, 1e4, 0.0)
    assert bench.count(Count.SETTLEMENTS_BROKEN) == 1.0


def test_what_is_mediated_and_not_paid_at_once_can_be_enforced(make):
    bench, at = parties(make, Stage.FILED, bank=0.0)
    bench.own(realty=1e5)
    bench.play("judging")
    claim = bench.at(at)
    assert (claim.stage, claim.title) == (Stage.GRACE, EnforceableTitle.MEDIATION)
    assert 0.0 < claim.due < 1e4


def test_a_suit_is_mediated_in_its_first_month_only(make):
    bench, at = parties(make, Stage.FILED, months=1)
    bench.play("judging")
    assert bench.at(at).stage == Stage.FILED


def test_a_preserved_claim_settles_where_another_would_not(make):
    stages = []
    for held in (0.0, 1e4):
        bench, at = parties(
            make,
            Stage.FILED,
            {"sanctions.enforcement_fee": 0.1},
            conscience=0.0,
            preserved=held > 0.0,
            escrow=held,
        )
        bench.play("judging")
        stages.append(bench.at(at).stage)
        if held > 0.0:
            assert bench.count(Count.SETTLED_PRESERVED) == 1.0
            assert bench.flow(Flow.PRESERVED_PAID) == pytest.approx(bench.at(at).paid)
    assert stages == [Stage.FILED, Stage.PAID]


def test_books_balance_when_a_claim_is_settled(make):
    bench, _ = parties(make, Stage.OVERDUE)
    bench.play("suing", "judging", "choice", "sanction", "leaving", "learn", "close")
    assert bench.count(Count.SETTLED) == 1.0
