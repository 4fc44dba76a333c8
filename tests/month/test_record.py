"""Claims about restrictions that outlast performance, and about what moves a credit score."""

import pytest

from sim.agents.debtor.score import NEUTRAL
from sim.agents.debtor.weigh import breadth, felt_restriction
from sim.engine.plain import view
from sim.month.shared.counts import Count
from sim.terms import Ability, Domain, Option, Stage

UPRIGHT = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5, "discount": 0.04}
CALM = {"comprehensive.list_rate": 0.0, "choice.attention": 0.0}
MONTH = ("earning", "choice", "sanction", "leaving")


def payer(make, delay, *, listed=3, term=24.0, paths=None):
    """A debtor on the list who has the money and pays this month."""
    levers = {"comprehensive.repair_delay": delay, "sanctions.listing_term": term}
    bench = make.bench(CALM | levers | (paths or {}))
    bench.set(option=Option.PAY, ability=Ability.LIQUID, on_list=True, listed=listed, income=1.0)
    bench.set(**UPRIGHT).own(bank=5000.0)
    bench.claim(due=1000.0)
    return bench


def restricted(bench):
    """Months under restrictions, and harm felt in them, until the debtor is off the list."""
    months, harm = 0, 0.0
    while bench.debtor().on_list:
        bench.play("choice", "sanction", "leaving")
        months += int(bench.count(Count.RESTRICTION_MONTHS))
        harm += bench.count(Count.FELT_HARM)
        bench.simulation.retire_claims()
    return months, harm


@pytest.mark.parametrize(("delay", "term", "months"), [(6, 24, 6), (12, 24, 12), (24, 24, 21)])
def test_who_performs_bears_restrictions_until_the_delay_or_the_term_is_over(
    make, delay, term, months
):
    bench = payer(make, delay, term=term)
    served, harm = restricted(bench)
    assert served == months
    choice = bench.world.setup.parameters.choice
    felt = [felt_restriction(breadth_of(bench), 3 + k, choice) for k in range(months)]
    assert harm == pytest.approx(sum(felt))
    assert (bench.debtor().listed, bench.debtor().repair) == (0, 0)
    assert bench.count(Count.DELISTED_PAID) == 1.0


def breadth_of(bench):
    state = view(bench.simulation.state())
    return breadth(state.traits.kinds[0], state.levers[0])


def test_performance_is_counted_once_when_it_happens_and_not_when_the_wait_is_over(make):
    bench = payer(make, 3.0)
    counted = []
    for _ in range(5):
        bench.play("choice", "sanction", "leaving")
        counted.append(bench.count(Count.LISTED_PAID))
        bench.simulation.retire_claims()
    assert counted == [1.0, 0.0, 0.0, 0.0, 0.0]


def test_who_is_on_no_list_waits_for_nothing(make):
    bench = payer(make, 24.0)
    bench.set(on_list=False, listed=0)
    bench.play("choice", "sanction", "leaving")
    assert (bench.debtor().on_list, bench.debtor().repair) == (False, 0)
    assert bench.count(Count.RESTRICTION_MONTHS) == 0.0


def test_who_evades_anew_while_it_waits_is_listed_as_before(make):
    bench = payer(make, 12.0)
    bench.play("choice", "sanction", "leaving")
    assert bench.debtor().repair == 11
    bench.simulation.retire_claims()
    bench.claim(due=1000.0)
    bench.set(option=Option.STALL, prompted=False)
    bench.play("sanction", "leaving")
    assert (bench.debtor().on_list, bench.debtor().repair) == (True, 0)
    assert bench.count(Count.LISTINGS) == 0.0
    bench.play("sanction", "leaving")
    assert bench.count(Count.RESTRICTION_MONTHS) == 1.0
    assert bench.count(Count.REPAIR_MONTHS) == 0.0


def test_money_taken_by_force_opens_no_quicker_way_off_the_list_than_paying(make):
    bench = make.bench(CALM | {"comprehensive.repair_delay": 6.0})
    bench.set(option=Option.STALL, ability=Ability.LIQUID, on_list=True, listed=3)
    bench.claim(due=1000.0, stage=Stage.SOLD, escrow=1012.2)
    bench.play("queueing", "distribute", "sanction", "leaving")
    assert bench.at(0).stage == Stage.PAID
    assert bench.debtor().repair == 5
    assert bench.count(Count.LISTED_PAID) == 0.0


def test_a_debt_that_is_written_off_is_no_performance(make):
    bench = make.bench(CALM | {"comprehensive.repair_delay": 6.0, "procedure.archive_after": 1.0})
    bench.set(option=Option.UNABLE, on_list=True, listed=3)
    bench.claim(due=1000.0, stage=Stage.TERMINATED, months=60)
    bench.play("leaving")
    assert bench.at(0).stage == Stage.ARCHIVED
    assert not bench.debtor().on_list


def weighed(bench):
    """Net of the best dishonest option less the cost of the honest way, and that cost."""
    bench.play()
    it = bench.deliberation()
    return it.best.net - it.way.cost, it.way.cost


def test_the_debtor_foresees_the_restrictions_that_it_bears(make):
    bench = payer(make, 9.0, paths={"rule_of_law.plans": 0.0})
    bench.set(income=1000.0)
    _, cost = weighed(bench)
    choice = bench.world.setup.parameters.choice
    felt = [felt_restriction(breadth_of(bench), 3 + k, choice) for k in range(9)]
    assert cost == pytest.approx(sum(1000.0 * f / 1.04**k for k, f in enumerate(felt)))


def test_the_longer_the_delay_the_less_paying_saves_and_beyond_the_term_nothing(make):
    saved = []
    for delay in (0.0, 1.0, 6.0, 12.0, 21.0, 24.0):
        bench = payer(make, delay, paths={"rule_of_law.plans": 0.0})
        bench.set(income=1000.0)
        saved.append(weighed(bench)[0])
    assert saved == sorted(saved, reverse=True)
    assert saved[0] > saved[1] > saved[2] > saved[3] > saved[4]
    assert saved[-2] == pytest.approx(saved[-1])
    free = payer(make, 0.0, paths={"rule_of_law.plans": 0.0, "comprehensive.match_rate": 0.0})
    free.set(income=1000.0)
    assert saved[-1] == pytest.approx(weighed(free)[0])


def test_an_accepted_plan_begins_the_wait(make):
    paths = {"rule_of_law.plans": 1.0, "comprehensive.repair_delay": 4.0}
    bench = make.bench(CALM | paths)
    bench.set(**UPRIGHT, income=3000.0, usual=3000.0, need=1000.0, income_then=3000.0)
    bench.set(on_list=True, listed=5, option=Option.STALL, prompted=True)
    at = bench.claim(due=5500.0)
    bench.play("choice", "sanction", "leaving")
    assert bench.at(at).stage == Stage.PLAN
    assert (bench.debtor().on_list, bench.debtor().repair) == (True, 3)
    assert bench.count(Count.RESTRICTION_MONTHS) == bench.count(Count.LISTED_PAID) == 1.0


def test_a_broken_plan_ends_the_wait_and_not_the_listing(make):
    bench = make.bench(CALM | {"comprehensive.repair_delay": 9.0, "procedure.plan_patience": 1.0})
    bench.set(option=Option.PLAN, on_list=True, listed=5, repair=7, ability=Ability.PARTLY)
    at = bench.claim(due=1000.0, stage=Stage.PLAN, plan=2, instalment=100.0, months=3)
    bench.play("choice", "sanction", "leaving")
    assert bench.at(at).stage == Stage.QUEUED
    assert (bench.debtor().on_list, bench.debtor().repair) == (True, 0)


# ---------------------------------------------------------------- score

KEPT = {"at_source.credit_reporting": 1.0}


def willing(bench, conscience):
    bench.set(conscience=conscience, trust=0.5, discount=0.04, income=1000.0).own(bank=50_000.0)
    bench.claim(due=1000.0, stage=Stage.DUE, domain=Domain.TRADE)
    bench.play("performing")


@pytest.mark.parametrize(("conscience", "score"), [(100.0, NEUTRAL + 5), (-100.0, NEUTRAL - 25)])
def test_a_score_rises_with_performance_in_time_and_falls_with_refusal(make, conscience, score):
    for paths, after in ((KEPT, score), ({}, NEUTRAL)):
        bench = make.bench(paths | {"domains.trade.disputed": 0.0})
        willing(bench, conscience)
        assert bench.debtor().score == after


def test_a_judgment_unpaid_as_grace_ends_and_an_entry_on_the_list_are_on_record(make):
    bench = make.bench(KEPT | {"comprehensive.list_rate": 1.0})
    bench.claim(due=1000.0, stage=Stage.GRACE, months=1)
    bench.play("choice")
    assert bench.debtor().score == NEUTRAL - 15  # it could not pay: a default all the same
    bench = make.bench(KEPT | {"comprehensive.list_rate": 1.0})
    bench.set(option=Option.STALL, income=1000.0)
    bench.claim()
    bench.play("sanction")
    assert bench.debtor().score == 0


@pytest.mark.parametrize(("option", "fades"), [(Option.NONE, True), (Option.STALL, False)])
def test_nothing_is_forgotten_while_a_debtor_evades(make, option, fades):
    bench = make.bench(KEPT | {"at_source.report_memory": 10.0}).set(option=option, score=0)
    for _ in range(10):
        bench.play("learn")
    assert (bench.debtor().score == NEUTRAL) == fades


@pytest.mark.parametrize(("share", "score"), [(0.0, 10), (0.5, 30), (1.0, NEUTRAL)])
def test_performance_repairs_credit_at_once_or_when_the_wait_is_over(make, share, score):
    paths = KEPT | {"comprehensive.credit_repair": share}
    for on_list, delay, wait in ((False, 6.0, 0), (True, 0.0, 0), (True, 6.0, 6)):
        bench = payer(make, delay, paths=paths)
        bench.set(on_list=on_list, listed=0, score=10)
        bench.play("choice", "sanction", "leaving")
        for _ in range(wait - 1):
            assert bench.debtor().score == 10
            bench.simulation.retire_claims()
            bench.play("leaving")
        assert bench.debtor().score == score


def test_who_still_owes_has_repaired_nothing(make):
    bench = payer(make, 0.0, paths=KEPT | {"comprehensive.credit_repair": 1.0})
    bench.set(on_list=False, score=10)
    bench.claim(due=1000.0, stage=Stage.OVERDUE)
    bench.play("choice", "leaving")
    assert bench.at(0).stage == Stage.PAID
    assert bench.debtor().score == 10
