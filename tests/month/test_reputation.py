"""Claims about asking around, the reputation of enforcement, and the hazard of sanctions."""

import pytest

from sim.agents.debtor.belief import law_as_written
from sim.agents.debtor.perceived import believed_personal, believed_recovery, penalties
from sim.engine.draw import Now
from sim.engine.plain import view
from sim.month.decision.inquiry import ask_around, months_heard_of
from sim.parameters import Learning
from sim.terms import Option, PersonalRisk, Stage
from tests import build

ASKING = {
    "learning.inquiries": 4.0,
    "learning.inquiry_months": 6.0,
    "learning.inquiry_weight": 0.5,
}


def court_of(bench, **record):
    """The court of a bench, with a record of its last year."""
    for name, value in record.items():
        bench.simulation.courts.rows[name] = value
    return view(bench.simulation.state()).courts[0]


@pytest.mark.parametrize(("stage", "asks"), [(Stage.DUE, True), (Stage.OVERDUE, False)])
def test_who_has_a_claim_falling_due_asks_around(make, stage, asks):
    bench = make.bench(ASKING)
    bench.claim(stage=stage)
    court_of(bench, exposed=100.0, unlisted=0.5, recovery=1.0, listing=1.0)
    bench.play("performing")
    who = bench.debtor()
    assert who.exposure == (0.5 * 24.0 if asks else 0.0)
    assert who.seen_recovery == who.exposure  # every month heard of ended in recovery
    assert who.unlisted == 0.5 * who.exposure
    assert 0.0 <= who.seen_listing <= who.exposure


@pytest.mark.parametrize(
    ("option", "prompted", "asks"), [(0, False, True), (2, True, True), (2, False, False)]
)
def test_who_is_about_to_choose_asks_around(make, option, prompted, asks):
    bench = make.bench(ASKING | {"choice.attention": 0.0, "choice.event_change": 10.0})
    bench.own(bank=5000.0).set(
        option=option, prompted=prompted, ability=2, wealth_then=5e3, income_then=1e9
    )
    bench.claim(stage=Stage.QUEUED)
    court_of(bench, exposed=100.0, recovery=1.0)
    bench.play("inquiring")
    assert (bench.debtor().exposure > 0.0) == asks


@pytest.mark.parametrize(("there", "heard"), [(100.0, 24), (7.5, 7), (0.0, 0)])
def test_one_hears_of_no_more_than_there_was(make, there, heard):
    bench = make.bench(ASKING)
    learning = bench.simulation.inputs.parameters.learning
    assert months_heard_of(court_of(bench, exposed=there), learning) == heard


def test_what_one_hears_follows_the_truth_on_average_and_differs_between_debtors(make):
    bench = make.bench(ASKING)
    court = court_of(bench, exposed=500.0, unlisted=0.8, recovery=0.2, listing=0.1, fined=0.05)
    learning = Learning(inquiries=4.0, inquiry_months=6.0, inquiry_weight=1.0)
    seen = []
    for identity in range(2000):
        who = build.debtor()
        ask_around(who, court, build.law(), learning, 82, identity, Now(1, 5))
        seen.append((who.seen_recovery, who.seen_listing, who.seen_personal))
    means = [sum(values) / len(values) / 24.0 for values in zip(*seen, strict=True)]
    assert means == pytest.approx([0.2, 0.8 * 0.1, 0.05], abs=0.006)  # 3 s.e. of the first
    assert len({one[0] for one in seen}) > 8


def test_reputation_moves_towards_the_record_and_not_where_there_is_none(make):
    bench = make.bench({"learning.reputation": 0.1, "learning.prior_recovery": 0.05})
    bench.claim(stage=Stage.QUEUED)
    bench.set(events=9)  # exposed, and recovered from
    bench.play("learn", "close")
    row = bench.simulation.courts.rows[0]
    assert row["reputed_recovery"] == pytest.approx(0.05 + 0.1 * 0.95)
    assert row["reputed_listing"] == 0.08  # nobody was off the list and exposed
    court = view(bench.simulation.state()).courts[0]
    learning = bench.simulation.inputs.parameters.learning
    assert believed_recovery(build.debtor(), court, build.law(), learning) == pytest.approx(0.145)


def test_certainty_is_learned_and_severity_read_only_where_experience_counts(make):
    court = court_of(make.bench(), detained=0.002, reputed_personal=0.002)
    strict = build.law({"sanctions.detention_rate": 0.2})
    by_law, by_experience = (Learning(personal=how) for how in PersonalRisk)
    who = build.debtor()
    assert believed_personal(who, court, strict, by_law) == law_as_written(strict)
    assert believed_personal(who, court, strict, by_experience) == pytest.approx(0.002)
    assert penalties(court, strict, by_experience) == (0.0, 0.002, 0.0)
    assert penalties(court, strict, by_law).detention == 0.2


def test_without_a_record_the_law_says_which_sanctions_to_expect(make):
    law = build.law()
    expected = penalties(court_of(make.bench()), law, Learning(personal=PersonalRisk.EXPERIENCE))
    assert sum(expected) == pytest.approx(law_as_written(law))


def test_a_year_of_evaders_is_the_record_of_a_district(make):
    bench = make.bench({"sanctions.fine_rate": 1.0, "sanctions.prison_rate": 0.0})
    bench.own(bank=5000.0).set(option=Option.STALL)
    bench.claim(stage=Stage.QUEUED)
    bench.play("sanction", "learn", "close")
    row = bench.simulation.courts.rows[0]
    assert (row["exposed"], row["unlisted"], row["fined"], row["detained"]) == (1.0, 1.0, 1.0, 0.0)
