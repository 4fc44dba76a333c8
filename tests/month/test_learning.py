"""Claims about beliefs, conscience and trust after a month."""

import pytest

from sim.agents.debtor.belief import (
    EXPOSED,
    FAIR,
    PUNISHED,
    RECOVERED,
    UNFAIR,
    UNLISTED,
    WAS_LISTED,
    believed,
)
from sim.month.shared.counts import Count
from sim.terms import Option, Stage

EXACT = 1e-12
ALONE = {"learning.prior_weight": 10.0, "learning.prior_recovery": 0.05}


def lonely(make, paths=None, debtors=1):
    bench = make.bench(ALONE | (paths or {}), debtors=debtors)
    bench.simulation.neighbours[:] = -1
    return bench


def test_listing_is_learned_from_those_who_could_be_listed(make):
    bench = lonely(make, {"learning.memory": 1.0})
    for events in (EXPOSED | UNLISTED | WAS_LISTED, EXPOSED, EXPOSED, EXPOSED | UNLISTED):
        bench.set(events=events)
        bench.play("learn")
    who = bench.debtor()
    assert (who.seen_listing, who.unlisted, who.exposure) == (1.0, 2.0, 4.0)


def hazard(bench, row=0):
    who = bench.debtor(row)
    return believed(who.seen_recovery, who.exposure, 0.05, 10.0)


def test_counting_learns_from_exposed_months_and_forgets_slowly(make):
    bench = lonely(make, {"learning.memory": 0.9})
    bench.set(events=EXPOSED | RECOVERED)
    bench.play("learn")
    assert (bench.debtor().seen_recovery, bench.debtor().exposure) == (1.0, 1.0)
    assert hazard(bench) == pytest.approx(1.5 / 11, rel=EXACT)
    bench.set(events=EXPOSED)
    bench.play("learn")
    assert hazard(bench) == pytest.approx((0.9 + 0.5) / (1.9 + 10), rel=EXACT)
    bench.play("learn")
    assert bench.debtor().exposure == pytest.approx(1.9, rel=EXACT)  # no exposure, no news


def test_asymmetric_learners_jump_at_an_event_and_sink_without(make):
    bench = lonely(
        make, {"learning.updating": "asymmetric", "learning.rise": 0.3, "learning.fall": 0.1}
    )
    bench.set(events=EXPOSED | RECOVERED)
    bench.play("learn")
    assert hazard(bench) == pytest.approx(0.05 + 0.3 * 0.95, rel=EXACT)
    h = hazard(bench)
    bench.set(events=EXPOSED)
    bench.play("learn")
    assert hazard(bench) == pytest.approx(0.9 * h, rel=EXACT)


def test_who_does_not_learn_believes_what_it_always_did(make):
    bench = lonely(make, {"learning.updating": "none"})
    for _ in range(5):
        bench.set(events=EXPOSED | RECOVERED | WAS_LISTED | PUNISHED)
        bench.play("learn")
    assert hazard(bench) == pytest.approx(0.05, rel=EXACT)


@pytest.mark.parametrize(
    ("event", "belief"),
    [
        (RECOVERED, "seen_recovery"),
        (WAS_LISTED, "seen_listing"),
        (PUNISHED, "seen_personal"),
    ],
)
def test_each_event_teaches_its_own_hazard(make, event, belief):
    bench = lonely(make)
    bench.set(events=EXPOSED | event)
    bench.play("learn")
    beliefs = ("seen_recovery", "seen_listing", "seen_personal")
    assert {b: getattr(bench.debtor(), b) for b in beliefs} == {
        b: float(b == belief) for b in beliefs
    }


@pytest.mark.parametrize("peer", [0.0, 0.2, 1.0])
def test_neighbours_months_count_with_less_weight(make, peer):
    bench = lonely(make, {"learning.peer": peer}, debtors=4)
    bench.simulation.neighbours[0, :3] = [1, 2, 3]
    for row in (1, 2, 3):
        bench.set(row, events=EXPOSED | (RECOVERED if row == 1 else 0))
    bench.play("learn")
    assert bench.debtor(0).seen_recovery == pytest.approx(peer, rel=EXACT)
    assert bench.debtor(0).exposure == pytest.approx(3 * peer, rel=EXACT)


def test_recoveries_from_those_who_do_not_evade_teach_no_hazard_of_evading(make):
    # Beliefs are events over exposed months: an event outside any would make h exceed the truth.
    bench = lonely(make, debtors=3)
    bench.simulation.neighbours[0, :2] = [1, 2]
    bench.set(1, events=RECOVERED).set(2, events=EXPOSED)
    bench.play("learn")
    assert bench.debtor(0).seen_recovery == 0.0


def test_conscience_wears_under_false_listing_and_recovers_when_the_error_ends(make):
    paths = {"society.crowding_out": 0.2, "society.recovery": 0.05, "procedure.term_unserved": 99}
    bench = lonely(
        make, paths | {"comprehensive.list_rate": 1.0, "comprehensive.list_accuracy": 0.0}
    )
    bench.set(conscience=1.0, conscience_origin=1.0, option=Option.UNABLE)
    bench.claim(stage=Stage.QUEUED)
    bench.play("sanction", "learn")
    assert bench.debtor().on_list
    worn = bench.debtor().conscience
    assert worn == pytest.approx(0.8, rel=EXACT)
    for _ in range(3):
        bench.play("learn")
        assert bench.debtor().conscience > worn
        worn = bench.debtor().conscience
    assert worn == pytest.approx(1.0 - 0.2 * 0.95**3, rel=EXACT)


def test_an_accurate_list_wears_no_conscience(make):
    paths = {"comprehensive.list_rate": 1.0, "comprehensive.list_accuracy": 1.0}
    bench = lonely(make, paths)
    bench.set(conscience=1.0, conscience_origin=1.0, option=Option.UNABLE)
    bench.claim(stage=Stage.QUEUED)
    bench.play("sanction", "learn")
    assert bench.debtor().conscience == 1.0


def test_unfairness_to_neighbours_wears_conscience_and_trust_and_fairness_builds_trust(make):
    bench = lonely(
        make,
        {
            "society.crowding_out_seen": 0.1,
            "society.trust_gain": 0.02,
            "society.trust_loss": 0.05,
            "society.trust": 0.5,
        },
        debtors=4,
    )
    bench.simulation.neighbours[0, :2] = [2, 3]
    bench.simulation.neighbours[1, 0] = 2
    for row in range(4):
        bench.set(row, conscience=1.0, conscience_origin=1.0, trust=0.5)
    bench.set(2, events=FAIR).set(3, events=UNFAIR)
    bench.play("learn")
    assert bench.debtor(0).conscience == pytest.approx(0.9, rel=EXACT)
    assert bench.debtor(0).trust == pytest.approx(0.5 + 0.02 - 0.05, rel=EXACT)
    assert bench.debtor(1).conscience == 1.0
    assert bench.debtor(1).trust == pytest.approx(0.52, rel=EXACT)


def test_trust_stays_a_share_and_drifts_back(make):
    bench = lonely(make, {"society.trust_recovery": 0.1, "society.trust_loss": 1.0})
    bench.set(trust=0.5, events=UNFAIR)
    bench.play("learn")
    assert bench.debtor().trust == 0.0
    bench.play("learn")
    assert bench.debtor().trust == pytest.approx(0.05, rel=EXACT)


def test_events_are_forgotten_after_the_month(make):
    bench = lonely(make)
    bench.set(events=EXPOSED | RECOVERED)
    bench.play("learn")
    assert bench.debtor().events == 0


def test_a_creditor_gathers_its_money_and_trusts_by_what_came_back(make):
    bench = lonely(make)
    paid = bench.claim(
        stage=Stage.PAID, closed=True, ended=True, received=700.0, spent=50.0, paid=700.0
    )
    bench.claim(stage=Stage.FILED, spent=25.0)
    creditor = bench.simulation.creditors.rows[0]
    before = float(creditor["trust"])
    bench.play("learn")
    assert bench.at(paid).claimed == 1000.0
    assert creditor["cash"] == pytest.approx(700.0 - 50.0 - 25.0)
    assert creditor["trust"] == pytest.approx(before + 0.1 * (0.7 - before), rel=EXACT)
    assert creditor["closed"] == 1
    bench.play("learn")
    assert creditor["cash"] == pytest.approx(625.0)  # each yuan once


def test_a_standing_is_remembered_for_its_months(make):
    bench = lonely(make, {"society.standing_memory": 3.0}, debtors=2)
    bench.set(0, standing=1, standing_since=0)
    known = []
    for _ in range(5):
        bench.play("learn")
        known.append(bench.count(Count.KNOWN))
    assert known == [1.0, 1.0, 1.0, 0.0, 0.0]
