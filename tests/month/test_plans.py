"""Claims about plans: who enters one, what it suspends, how it ends."""

import pytest

from sim.agents.debtor.norm import HONEST as IN_GOOD_STANDING
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Option, Stage

PLANS = {"rule_of_law.plans": 1.0, "choice.attention": 0.0}
HONEST = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5, "discount": 0.04}
EARNER = {"income": 3000.0, "usual": 3000.0, "need": 1000.0, "income_then": 3000.0}


def earner(make, stage=Stage.QUEUED, paths=None, **claim):
    """A debtor without money whose income is 2,000 yuan above need, owing 5,500."""
    bench = make.bench(PLANS | (paths or {})).set(**(HONEST | EARNER))
    at = bench.claim(due=5500.0, stage=stage, **claim)
    return bench, at


@pytest.mark.parametrize("stage", [Stage.UNPAID, Stage.QUEUED, Stage.TERMINATED])
def test_who_can_pay_only_out_of_income_enters_a_plan_and_keeps_it(make, stage):
    bench, at = earner(make, stage)
    bench.play("choice", "leaving")
    assert bench.at(at).stage == Stage.PLAN
    assert bench.debtor().option == Option.PLAN
    assert bench.count(Count.PLANS) == 1.0
    assert bench.count(Count.GRACE_PAID) == (stage == Stage.UNPAID)
    bench.simulation.claims.rows["months"][at] = 1
    for _ in range(3):  # instalments of 1,400 yuan: the fourth is the last
        bench.play("earning", "choice", "sanction")
        assert bench.flow(Flow.INSTALMENT) == pytest.approx(1400.0)
        assert bench.flow(Flow.CLAIM_INTEREST) == 0.0
    bench.play("earning", "choice", "leaving")
    claim = bench.at(at)
    assert claim.stage == Stage.PLAN_COMPLETED
    assert claim.paid == pytest.approx(5500.0)
    assert claim.closed
    assert bench.count(Count.CLOSED_FULL) == (stage == Stage.QUEUED)
    assert bench.debtor().standing == IN_GOOD_STANDING


def test_without_plans_the_same_debtor_enters_none(make):
    bench, at = earner(make, paths={"rule_of_law.plans": 0.0})
    bench.play("choice")
    assert bench.at(at).stage == Stage.QUEUED


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ({"stage": Stage.SEIZED}, "something is in hand"),
        ({"stage": Stage.SOLD}, "something is in hand"),
    ],
)
def test_a_creditor_with_something_in_hand_sells_it_first(make, claim, why):
    bench, at = earner(make, claim["stage"])
    bench.play("choice")
    assert bench.at(at).stage == claim["stage"], why


@pytest.mark.parametrize(("trust", "both"), [(0.0, True), (0.5, False)])
def test_one_creditor_who_hopes_for_more_is_enough_to_prevent_a_plan(make, trust, both):
    hopes = {f"lenders.{kind}.expected_share": 0.95 for kind in ("bank", "trade", "private")}
    bench, first = earner(make, paths=hopes)
    second = bench.claim(due=400.0, creditor=1)
    bench.simulation.creditors.rows["trust"][:2] = (0.0, trust)
    bench.play("choice")
    stage = Stage.PLAN if both else Stage.QUEUED
    assert [bench.at(c).stage for c in (first, second)] == [stage] * 2


@pytest.mark.parametrize(
    ("stage", "back"),
    [
        (Stage.UNPAID, Stage.UNPAID),
        (Stage.QUEUED, Stage.QUEUED),
        (Stage.TERMINATED, Stage.QUEUED),
    ],
)
def test_two_missed_instalments_end_a_plan_and_are_no_refusal(make, stage, back):
    bench, at = earner(make, stage)
    bench.play("choice")
    bench.simulation.claims.rows["months"][at] = 1
    bench.set(income=0.0, usual=0.0, income_then=0.0)
    bench.play("choice")
    assert bench.at(at).stage == Stage.PLAN
    bench.play("choice")
    assert bench.at(at).stage == back
    assert bench.count(Count.PLANS_BROKEN) == 1.0
    assert bench.debtor().option == Option.PLAN
    assert bench.debtor().broken
    assert bench.debtor().prompted


def test_one_who_no_longer_wants_to_breaks_the_plan_and_evades(make):
    bench, at = earner(make, paths={"choice.attention": 1.0, "choice.noise": 1e-6})
    bench.play("choice")
    assert bench.at(at).stage == Stage.PLAN
    bench.set(conscience=-5.0)
    bench.play("choice", "leaving")
    assert bench.at(at).stage == Stage.QUEUED
    assert bench.debtor().option >= Option.STALL


def test_an_accepted_plan_ends_the_listing(make):
    bench, _ = earner(make)
    bench.set(on_list=True, listed=5, option=Option.STALL, prompted=True)
    bench.play("choice", "sanction", "leaving")
    assert not bench.debtor().on_list
    assert bench.count(Count.LISTED_PAID) == bench.count(Count.LISTED_START) == 1.0
    assert bench.count(Count.RESTRICTION_MONTHS) == 0.0


def test_a_broken_plan_makes_recovery_likelier_in_the_debtors_mind(make):
    bench, _ = earner(make)
    seen = []
    for broken in (False, True):
        bench.set(broken=broken)
        bench.play()
        seen.append(bench.deliberation().position.recovery)
    assert seen[1] == pytest.approx(1.5 * seen[0])
    assert seen[0] > 0.0


@pytest.mark.parametrize(
    ("paths", "listed", "costs"),
    [
        ({}, False, True),
        ({"comprehensive.list_accuracy": 1.0, "collaborative.target_accuracy": 1.0}, False, False),
        ({"comprehensive.list_accuracy": 1.0, "collaborative.target_accuracy": 1.0}, True, True),
    ],
)
def test_paying_a_part_ends_no_sanction_that_inability_does_not_end(make, paths, listed, costs):
    bench = make.bench({"rule_of_law.plans": 0.0} | paths)
    bench.set(income=1000.0, need=1000.0, discount=0.04, on_list=listed).own(bank=5000.0)
    bench.claim(due=10_000.0)
    bench.play()
    way = bench.deliberation().way
    assert way.option == Option.PAY
    assert (way.cost > 0.0) == costs


def test_paying_all_costs_nothing_beyond_what_is_paid(make):
    bench = make.bench({"rule_of_law.plans": 0.0})
    bench.set(income=1000.0, need=1000.0, discount=0.04, on_list=True).own(bank=50_000.0)
    bench.claim(due=10_000.0)
    bench.play()
    assert bench.deliberation().way.cost == 0.0
