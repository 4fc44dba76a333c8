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
MONEY, GOODS = {"bank": 2e4}, {"realty": 1e5}


def parties(make, stage, *phases, paths=None, own=MONEY, conscience=0.5, **claim):
    who = {"conscience": conscience}
    return make.case(
        EAGER | (paths or {}), *phases, own=own, who=who, stage=stage, due=1e4, **claim
    )


def test_who_would_give_more_than_the_creditor_hopes_for_settles_at_once(make):
    bench, claim = parties(make, Stage.OVERDUE, "suing")
    assert claim.stage == Stage.PAID
    assert 0.0 < claim.paid < 1e4
    assert claim.paid + bench.count(Count.CONCEDED_YUAN) == pytest.approx(1e4)
    assert bench.flow(Flow.PAID_VOLUNTARILY) == pytest.approx(claim.paid)
    phases = ("suing", "judging", "choice", "sanction", "leaving", "learn", "close")
    bench, _ = parties(make, Stage.OVERDUE, *phases)  # closing refuses what does not balance
    assert bench.count(Count.SETTLED) == 1.0


@pytest.mark.parametrize("why", [{"conscience": -1.0}, {"own": {}}, {"disputed": True}], ids=str)
def test_who_gains_by_refusing_has_nothing_or_disputes_the_claim_does_not_settle(make, why):
    bench, claim = parties(make, Stage.OVERDUE, "suing", **why)
    assert (claim.stage, bench.count(Count.SETTLED)) == (Stage.OVERDUE, 0.0)


@pytest.mark.parametrize(
    ("money", "conscience", "kept"), [(1e5, 0.5, True), (0.0, 0.5, False), (1e5, -1.0, False)]
)
def test_a_promise_is_kept_by_who_can_and_will_and_else_the_whole_claim_is_overdue(
    make, money, conscience, kept
):
    bench, claim = parties(make, Stage.OVERDUE, "suing", own=GOODS)
    assert claim.stage == Stage.SETTLED
    claim.months, agreed = 2, claim.agreed
    bench.own(bank=money).set(conscience=conscience).play("suing")
    assert bench.totals(Count.SETTLEMENTS_KEPT, Count.SETTLEMENTS_BROKEN) == [kept, not kept]
    if kept:
        assert (claim.stage, claim.paid) == (Stage.PAID, pytest.approx(agreed))
    else:
        assert (claim.stage, claim.due, claim.agreed) == (Stage.OVERDUE, 1e4, 0.0)


def test_what_is_mediated_and_not_paid_at_once_can_be_enforced(make):
    _, claim = parties(make, Stage.FILED, "judging", own=GOODS)
    assert (claim.stage, claim.title) == (Stage.GRACE, EnforceableTitle.MEDIATION)
    assert 0.0 < claim.due < 1e4


@pytest.mark.parametrize(("own", "held"), [(MONEY, 0.0), (MONEY, 1e4), ({}, 1e4)])
def test_a_preserved_claim_settles_where_another_would_not(make, own, held):
    fields = {"conscience": 0.0, "preserved": held > 0.0, "escrow": held}
    paths = {"sanctions.enforcement_fee": 0.1}
    bench, claim = parties(make, Stage.FILED, "judging", paths=paths, own=own, **fields)
    assert claim.stage == (Stage.PAID if held else Stage.FILED)
    assert bench.count(Count.SETTLED_PRESERVED) == (held > 0.0)
    assert bench.flow(Flow.PRESERVED_PAID) == pytest.approx(claim.paid)
