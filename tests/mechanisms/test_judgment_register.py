"""Claims about the register of unpaid judgments: who is entered, and what payment undoes."""

import pytest

from sim.agents.debtor.belief import FAIR, UNFAIR, WAS_LISTED
from sim.agents.debtor.debtor import evades
from sim.agents.debtor.score import objectionable
from sim.agents.debtor.weigh import (
    breadth,
    felt_restriction,
    left_by_performing,
    restriction_months,
    wait_after_performance,
    weigh,
)
from sim.books.counts import Count
from sim.levers.catalogue import catalogue
from sim.mechanisms.judgment_register import (
    ENTERED,
    OPEN_FIRST,
    OPEN_LATER,
    RECORDED,
    RECORDED_MONTHS,
    SATISFIED_FIRST,
    SATISFIED_LATER,
)
from sim.month.debts.obligations import refused_share
from sim.parameters import EvasionTraits, KindTraits, Parameters
from sim.terms import Behaviour, Option, Stage
from tests.build import debtor, law, position

MOVES = {"sanctions.register": (1.0, "n_register_entries", {})}
"""A lever, its value, the count that it changes, and in which world; see `test_declaring`."""

NO_LIST = {"comprehensive.list_rate": 0.0}
ENTERS = NO_LIST | {"sanctions.register": 1.0}
KINK = ENTERS | {"sanctions.satisfied_entry": 0.4, "sanctions.listing_term": 72.0}


@pytest.mark.parametrize(("share", "entries"), [(0.0, 0.0), (1.0, 1.0)])
@pytest.mark.parametrize("money", [0.0, 5_000.0])
def test_who_misses_the_deadline_is_entered_without_a_case_and_without_blame(
    make, share, entries, money
):
    paths = NO_LIST | {"sanctions.register": share, "kinds.person.conscience": 0.0}
    bench = make.bench(paths).own(bank=money).set(conscience=-3.0)
    claim = bench.lay("choice", stage=Stage.GRACE, due=1000.0)
    who = bench.debtor()
    assert claim.stage == Stage.UNPAID
    assert evades(who.option) if money > 0.0 else who.option == Option.UNABLE
    assert (who.on_list, who.listed) == (share > 0.0, 0)
    assert bench.totals(ENTERED, Count.LISTINGS) == [entries, entries]
    assert not who.events & (WAS_LISTED | FAIR | UNFAIR)


def test_payment_in_time_leaves_no_entry(make):
    bench = make.bench(ENTERS).own(bank=5_000.0).set(conscience=9.0)
    claim = bench.lay("choice", stage=Stage.GRACE, due=1000.0)
    assert claim.stage == Stage.PAID
    assert not bench.debtor().on_list
    assert bench.count(ENTERED) == 0.0


def test_a_plan_does_not_prevent_the_entry_but_lightens_it_until_it_is_broken(make):
    offered = {"rule_of_law.plans": 1.0, "procedure.plan_kept": 1.0}
    bench = make.bench(KINK | offered).own(bank=200.0).set(conscience=9.0)
    bench.set(income=1500.0, need=1000.0)
    claim = bench.lay("choice", stage=Stage.GRACE, due=1000.0)
    who = bench.debtor()
    assert claim.stage == Stage.PLAN
    assert (who.on_list, who.repair, bench.count(ENTERED)) == (True, 72, 1.0)
    bench.own(bank=0.0).set(income=0.0)
    claim.months = 1
    for _ in range(2):
        bench.play("choice")
    assert claim.stage == Stage.UNPAID
    assert (who.on_list, who.repair, bench.count(ENTERED)) == (True, 0, 0.0)


def at_deadline(levers, **fields):
    """Restrictions in the ledger of stalling of a person with 1,000 yuan of income."""
    who, kind = debtor(income=1_000.0, discount=0.02), KindTraits()
    at = position(recovery=0.05, listing=0.0, personal=0.0, **fields)
    parameters = Parameters()
    assert parameters.choice.behaviour == Behaviour.EXPECTED_UTILITY
    return weigh(at, who, EvasionTraits(), kind, levers, parameters).restrictions


def test_the_gain_from_paying_has_a_kink_at_the_deadline():
    levers, choice, kind = law(KINK), Parameters().choice, KindTraits()
    who = debtor(income=1_000.0, discount=0.02)
    month = (
        1_000.0
        * choice.restriction
        * (felt_restriction(breadth(kind, levers), 0, choice) / choice.restriction)
    )
    fading = restriction_months(0, 72.0, 0.05, 0.02, choice)
    certain = restriction_months(0, 72.0, 0.0, 0.02, choice)
    before = at_deadline(levers, entered=1.0)
    assert before == pytest.approx(month * (0.6 * fading + 0.4 * certain))
    wait = wait_after_performance(levers)
    left = left_by_performing(0, wait, who, kind, levers, choice)
    assert left == pytest.approx(0.4 * month * certain)
    after = at_deadline(levers, listed=0) - left
    assert after == pytest.approx(0.6 * month * fading)
    assert after < 0.5 * before


def test_half_a_chance_of_entry_is_half_the_threat():
    levers = law(KINK)
    assert at_deadline(levers, entered=0.5) == pytest.approx(0.5 * at_deadline(levers, entered=1.0))
    assert at_deadline(levers) == 0.0


def test_late_payment_leaves_a_lighter_entry_until_its_term_ends(make):
    paths = KINK | {"sanctions.listing_term": 3.0}
    bench = make.bench(paths).own(bank=5_000.0).set(on_list=True, listed=0, income=100.0)
    claim = bench.lay(stage=Stage.UNPAID, due=1000.0, registered=2048)
    bench.set(option=Option.STALL)
    bench.play("sanction")
    full = bench.count(Count.FELT_HARM)
    bench.set(conscience=9.0, prompted=True)
    bench.play("choice", "leaving", "learn", "close")
    assert claim.stage == Stage.PAID
    who = bench.debtor()
    assert who.on_list
    assert who.listed == 2
    assert bench.count(Count.FELT_HARM) < 0.45 * full
    assert bench.count(Count.FELT_HARM) > 0.0
    bench.play("leaving", "learn", "close")
    assert not who.on_list


def test_lenders_count_a_satisfied_entry_in_part():
    levers = law(KINK)
    assert refused_share(debtor(on_list=True, repair=0, score=50), levers) == 1.0
    assert refused_share(debtor(on_list=True, repair=5, score=50), levers) == 0.4
    assert refused_share(debtor(on_list=True, repair=5, score=50), law(NO_LIST)) == 1.0
    assert refused_share(debtor(score=20), levers) == objectionable(20)


@pytest.mark.parametrize(("age", "counts"), [(3, (1.0, 0.0)), (30, (0.0, 1.0))])
def test_the_register_shows_a_part_of_what_is_paid(make, age, counts):
    bench = make.bench(KINK | {"procedure.recorded": 0.5}).own(bank=5_000.0)
    bench.set(conscience=9.0)
    month = bench.simulation.month + 1
    entered = month + 2048 - age
    bench.lay("choice", "keep_register", stage=Stage.UNPAID, due=1000.0, registered=entered)
    assert bench.totals(SATISFIED_FIRST, SATISFIED_LATER) == list(counts)
    assert bench.totals(OPEN_FIRST, OPEN_LATER) == list(counts)
    assert bench.count(RECORDED) == pytest.approx(0.5)
    assert bench.count(RECORDED_MONTHS) == pytest.approx(0.5 * (72.0 - age))


def test_levers_are_off_at_zero():
    mine = [e for e in catalogue() if e.path.endswith((".register", ".satisfied_entry"))]
    assert [e.default for e in mine] == [e.lever.off for e in mine] == [0.0, 0.0]
