"""Claims about plans: who enters one, what it suspends, how it ends."""

import pytest

from sim.agents.debtor.norm import HONEST as IN_GOOD_STANDING
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Option, Stage

PLANS = {"rule_of_law.plans": 1.0, "choice.attention": 0.0}
HONEST = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5, "discount": 0.04}
EARNER = {"income": 3000.0, "usual": 3000.0, "need": 1000.0, "income_then": 3000.0}


def earner(make, stage=Stage.QUEUED, paths=None, *phases):
    """A debtor without money whose income is 2,000 yuan above need, owing 5,500."""
    return make.case(PLANS | (paths or {}), *phases, who=HONEST | EARNER, due=5500.0, stage=stage)


@pytest.mark.parametrize("stage", [Stage.UNPAID, Stage.QUEUED, Stage.TERMINATED])
def test_who_can_pay_only_out_of_income_enters_a_plan_and_keeps_it(make, stage):
    bench, claim = earner(make, stage, {}, "choice", "leaving")
    assert (claim.stage, bench.debtor().option) == (Stage.PLAN, Option.PLAN)
    assert bench.totals(Count.PLANS, Count.GRACE_PAID) == [1.0, stage == Stage.UNPAID]
    claim.months = 1
    for _ in range(3):  # instalments of 1,400 yuan: the fourth is the last
        bench.play("earning", "choice", "sanction")
        assert bench.totals(Flow.INSTALMENT, Flow.CLAIM_INTEREST) == pytest.approx([1400.0, 0.0])
    bench.play("earning", "choice", "leaving")
    assert (claim.stage, claim.paid) == (Stage.PLAN_COMPLETED, pytest.approx(5500.0))
    assert claim.closed
    assert bench.count(Count.CLOSED_FULL) == (stage == Stage.QUEUED)
    assert bench.debtor().standing == IN_GOOD_STANDING


@pytest.mark.parametrize(("stage", "plans"), [(Stage.QUEUED, 0.0), (Stage.SEIZED, 1.0)])
def test_without_plans_or_with_something_in_hand_no_plan_is_made(make, stage, plans):
    assert earner(make, stage, {"rule_of_law.plans": plans}, "choice")[1].stage == stage


@pytest.mark.parametrize(("trust", "stage"), [(0.0, Stage.PLAN), (0.5, Stage.QUEUED)])
def test_one_creditor_who_hopes_for_more_is_enough_to_prevent_a_plan(make, trust, stage):
    hopes = {f"lenders.{kind}.expected_share": 0.95 for kind in ("bank", "trade", "private")}
    bench, first = earner(make, paths=hopes)
    bench.simulation.creditors.rows["trust"][:2] = (0.0, trust)
    second = bench.lay("choice", due=400.0, creditor=1)
    assert (first.stage, second.stage) == (stage, stage)


@pytest.mark.parametrize("stage", [Stage.UNPAID, Stage.QUEUED])
def test_two_missed_instalments_end_a_plan_and_are_no_refusal(make, stage):
    bench, claim = earner(make, stage, {}, "choice")
    claim.months = 1
    bench.set(income=0.0, usual=0.0, income_then=0.0).play("choice")
    assert claim.stage == Stage.PLAN
    bench.play("choice")
    assert claim.stage == (Stage.UNPAID if stage == Stage.UNPAID else Stage.QUEUED)
    assert (bench.count(Count.PLANS_BROKEN), bench.debtor().option) == (1.0, Option.PLAN)
    assert bench.debtor().broken
    assert bench.debtor().prompted


def test_an_accepted_plan_ends_the_listing(make):
    bench, _ = earner(make)
    bench.set(on_list=True, listed=5, option=Option.STALL, prompted=True)
    bench.play("choice", "sanction", "leaving")
    assert not bench.debtor().on_list
    seen = bench.totals(Count.LISTED_PAID, Count.LISTED_START, Count.RESTRICTION_MONTHS)
    assert seen == [1.0, 1.0, 0.0]
