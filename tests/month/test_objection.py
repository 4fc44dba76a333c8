"""Claims about seizure beyond the claim, others' property, and objections."""

import pytest

from sim.agents.debtor.belief import UNFAIR
from sim.books.counts import Count
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
CATCH = {"procedure.caught": 1.0, "procedure.caught_size": 0.25, "procedure.third_objects": 1.0}
DELAY = {"procedure.debtor_objects": 1.0}


def seized(make, paths=None, option=Option.STALL):
    who = {"option": option}
    bench, claim = make.case(
        SURE | (paths or {}), own={"realty": 1e6}, who=who, stage=Stage.TRACED, found=8
    )
    return bench.enforce("seize"), claim


def reviewed(make, paths):
    """Seized, objected to, and heard at once."""
    bench, claim = seized(make, paths)
    assert claim.stage == Stage.OBJECTED
    claim.wait = 0
    return bench.enforce("review"), claim


@pytest.mark.parametrize(
    ("ratio", "rule", "taken"), [(1.0, 0.0, 2000.0), (3.0, 0.0, 6000.0), (3.0, 1.0, 2000.0)]
)
def test_officers_attach_beyond_the_claim_unless_proportion_binds_them(make, ratio, rule, taken):
    paths = {"procedure.seize_ratio": ratio, "rule_of_law.proportionality": rule}
    bench, claim = seized(make, paths)
    assert claim.attached[0] == pytest.approx(taken)
    beyond = max(0.0, taken * 0.5 - 1200.0)
    assert bool(bench.debtor().events & UNFAIR) == (beyond > 0.0)
    assert bench.count(Count.OVER_SEIZED) == pytest.approx(beyond)


def test_a_seizure_can_catch_what_belongs_to_others(make):
    bench, claim = seized(make, CATCH | {"procedure.third_objects": 0.0})
    assert claim.attached[0] == pytest.approx(1500.0)
    assert claim.wrongful == bench.count(Count.WRONGFULLY_ATTACHED) == pytest.approx(500.0)
    assert claim.stage == Stage.SEIZED
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


@pytest.mark.parametrize(("apart", "wait", "left"), [(0.0, 2, 500.0), (1.0, 0, 0.0)])
def test_by_error_a_third_party_is_not_heard_unless_review_stands_apart(make, apart, wait, left):
    paths = CATCH | {"procedure.objection_error": 1.0, "collaborative.separation": apart}
    assert seized(make, paths)[1].wait == wait
    assert reviewed(make, paths)[1].wrongful == pytest.approx(left)


def test_an_excess_is_freed_down_to_what_is_tolerated(make):
    bench, claim = reviewed(make, DELAY | {"procedure.seize_ratio": 3.0})
    assert claim.attached[0] == bench.debtor().frozen == pytest.approx(2400.0)


def test_an_evader_objects_to_gain_time_and_gains_no_more(make):
    bench, claim = reviewed(make, DELAY)
    assert (claim.stage, claim.attached[0]) == (Stage.SEIZED, pytest.approx(2000.0))
    assert bench.count(Count.OBJECTIONS_UPHELD) == 0.0
    assert seized(make, DELAY, Option.PAY)[1].stage == Stage.SEIZED


SUED = CATCH | {
    "procedure.objection_error": 1.0,
    "procedure.objection_suit": 1.0,
    "procedure.objection_suit_months": 6.0,
}


@pytest.mark.parametrize(("error", "left"), [(0.0, 0.0), (1.0, 500.0)])
def test_a_case_waits_for_the_court_which_frees_unless_it_errs_too_and_that_is_the_end(
    make, error, left
):
    bench, claim = reviewed(make, SUED | {"procedure.objection_suit_error": error})
    assert (claim.stage, claim.wait, claim.wrongful) == (Stage.OBJECTED, 6, pytest.approx(500.0))
    assert bench.count(Count.OBJECTION_SUITS) == 1.0
    claim.wait = 0
    bench.enforce("review")
    assert (claim.stage, claim.wrongful) == (Stage.SEIZED, pytest.approx(left))
    assert bench.count(Count.OBJECTION_SUITS_WON) == (left == 0.0)
    assert bench.totals(Count.OBJECTION_SUITS, Count.OBJECTIONS_UPHELD) == [0.0, 0.0]
