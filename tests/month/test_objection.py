"""Claims about seizure beyond the claim, others' property, and objections."""

import pytest

from sim.agents.debtor.belief import UNFAIR
from sim.month.shared.counts import Count
from sim.terms import Option, Stage

SURE = {
    "procedure.control": 1.0,
    "comprehensive.find_person": 1.0,
    "collaborative.trace_realty": 1.0,
    "sanctions.enforcement_fee": 0.0,
    "sanctions.late_interest": 0.0,
    "assets.realty.auction_price": 0.5,
    "procedure.objection_months": 2.0,
    "procedure.objection_hours": 0.1,
    "procedure.objection_error": 0.0,
}


def seized(make, paths=None, option=Option.STALL):
    bench = make.bench(SURE | (paths or {})).own(realty=1e6).set(option=option)
    at = bench.claim(stage=Stage.TRACED, due=1000.0, found=8)
    bench.play("queueing", "seize")
    return bench, bench.at(at)


@pytest.mark.parametrize(
    ("ratio", "rule", "taken", "unfair"),
    [(1.0, 0.0, 2000.0, False), (3.0, 0.0, 6000.0, True), (3.0, 1.0, 2000.0, False)],
)
def test_officers_attach_beyond_the_claim_unless_proportion_binds_them(
    make, ratio, rule, taken, unfair
):
    bench, claim = seized(
        make, {"procedure.seize_ratio": ratio, "rule_of_law.proportionality": rule}
    )
    assert claim.attached[0] == pytest.approx(taken)
    assert bool(bench.debtor().events & UNFAIR) == unfair
    beyond = max(0.0, taken * 0.5 - 1200.0)
    assert bench.count(Count.OVER_SEIZED) == pytest.approx(beyond)


CATCH = {"procedure.caught": 1.0, "procedure.caught_size": 0.25, "procedure.third_objects": 1.0}


def test_a_seizure_can_catch_what_belongs_to_others(make):
    bench, claim = seized(make, CATCH | {"procedure.third_objects": 0.0})
    assert claim.attached[0] == pytest.approx(1500.0)
    assert claim.wrongful == pytest.approx(500.0)
    assert claim.stage == Stage.SEIZED
    assert bench.count(Count.WRONGFULLY_ATTACHED) == pytest.approx(500.0)
    _, claim = seized(make, CATCH | {"rule_of_law.third_party_protection": 1.0})
    assert (claim.wrongful, claim.stage) == (0.0, Stage.SEIZED)


def test_a_third_party_objects_waits_and_is_freed(make):
    bench, claim = seized(make, CATCH)
    assert (claim.stage, claim.wait) == (Stage.OBJECTED, 2)
    bench.play("queueing", "review", "sell")
    assert claim.stage == Stage.OBJECTED
    claim.wait = 0
    bench.play("queueing", "review", "sell")
    assert (claim.stage, claim.wrongful) == (Stage.SEIZED, 0.0)
    assert claim.attached[0] == pytest.approx(1500.0)
    assert bench.count(Count.WRONGFULLY_FREED) == pytest.approx(500.0)


def test_by_error_a_third_party_is_not_heard_unless_review_stands_apart(make):
    for apart, left in ((0.0, 500.0), (1.0, 0.0)):
        paths = CATCH | {"procedure.objection_error": 1.0, "collaborative.separation": apart}
        bench, claim = seized(make, paths)
        assert claim.wait == (0 if apart else 2)
        claim.wait = 0
        bench.play("queueing", "review")
        assert claim.wrongful == pytest.approx(left)


def test_an_excess_is_freed_down_to_what_is_tolerated(make):
    paths = {"procedure.seize_ratio": 3.0, "procedure.debtor_objects": 1.0}
    bench, claim = seized(make, paths)
    assert claim.stage == Stage.OBJECTED
    claim.wait = 0
    bench.play("queueing", "review")
    assert claim.attached[0] * 0.5 == pytest.approx(1200.0)
    assert bench.debtor().frozen == pytest.approx(2400.0)


def test_an_evader_objects_to_gain_time_and_gains_no_more(make):
    bench, claim = seized(make, {"procedure.debtor_objects": 1.0})
    assert claim.stage == Stage.OBJECTED
    claim.wait = 0
    bench.play("queueing", "review")
    assert (claim.stage, claim.attached[0]) == (Stage.SEIZED, pytest.approx(2000.0))
    assert bench.count(Count.OBJECTIONS_UPHELD) == 0.0
    _, claim = seized(make, {"procedure.debtor_objects": 1.0}, option=Option.PAY)
    assert claim.stage == Stage.SEIZED


SUED = CATCH | {
    "procedure.objection_error": 1.0,
    "procedure.objection_suit": 1.0,
    "procedure.objection_suit_months": 6.0,
}


def rejected(make, paths=None):
    bench, claim = seized(make, SUED | (paths or {}))
    claim.wait = 0
    bench.play("queueing", "review")
    return bench, claim


def test_who_is_rejected_may_sue_and_the_case_waits_for_the_court(make):
    bench, claim = rejected(make)
    assert (claim.stage, claim.wait, claim.wrongful) == (Stage.OBJECTED, 6, pytest.approx(500.0))
    assert bench.count(Count.OBJECTION_SUITS) == 1.0
    bench, claim = rejected(make, {"procedure.objection_suit": 0.0})
    assert (claim.stage, claim.wrongful) == (Stage.SEIZED, pytest.approx(500.0))
    assert bench.count(Count.OBJECTION_SUITS) == 0.0


@pytest.mark.parametrize(("error", "left"), [(0.0, 0.0), (1.0, 500.0)])
def test_a_court_frees_what_review_did_not_unless_it_errs_too_and_that_is_the_end(
    make, error, left
):
    bench, claim = rejected(make, {"procedure.objection_suit_error": error})
    claim.wait = 0
    bench.play("queueing", "review")
    assert (claim.stage, claim.wrongful) == (Stage.SEIZED, pytest.approx(left))
    assert bench.count(Count.OBJECTION_SUITS_WON) == (left == 0.0)
    assert bench.count(Count.OBJECTION_SUITS) == bench.count(Count.OBJECTIONS_UPHELD) == 0.0


def test_only_those_whose_things_were_caught_sue(make):
    paths = {"procedure.caught": 0.0, "procedure.debtor_objects": 1.0}
    bench, claim = rejected(make, paths)
    assert claim.stage == Stage.SEIZED
    assert bench.count(Count.OBJECTION_SUITS) == 0.0
