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
from sim.agents.debtor.norm import HONEST
from sim.books.counts import Count
from sim.terms import Option, Stage

EXACT = 1e-12
ALONE = {"learning.prior_weight": 10.0, "learning.prior_recovery": 0.05}


def lonely(make, paths=None, debtors=1):
    bench = make.bench(ALONE | (paths or {}), debtors=debtors)
    bench.simulation.neighbours[:] = -1
    return bench


def lived(bench, *months):
    """Let the first debtor learn from these months' events; its hazard of recovery after each."""
    hazards = []
    for events in months:
        who = bench.set(events=events).play("learn").debtor()
        assert who.events == 0  # forgotten after the month
        hazards.append(believed(who.seen_recovery, who.exposure, 0.05, 10.0))
    return hazards


def test_listing_is_learned_from_those_who_could_be_listed(make):
    bench = lonely(make, {"learning.memory": 1.0})
    lived(bench, EXPOSED | UNLISTED | WAS_LISTED, EXPOSED, EXPOSED | PUNISHED, EXPOSED | UNLISTED)
    who = bench.debtor()
    assert (who.seen_listing, who.unlisted, who.exposure) == (1.0, 2.0, 4.0)
    assert (who.seen_recovery, who.seen_personal) == (0.0, 1.0)


COUNTING = ({"learning.memory": 0.9}, 1.5 / 11, (0.9 + 0.5) / (1.9 + 10))
STEPS = {"learning.updating": "asymmetric", "learning.rise": 0.3, "learning.fall": 0.1}
JUMPING = (STEPS, 0.05 + 0.3 * 0.95, 0.9 * (0.05 + 0.3 * 0.95))


@pytest.mark.parametrize(("paths", "up", "down"), [COUNTING, JUMPING])
def test_a_hazard_rises_by_an_event_and_falls_without_and_no_exposure_is_no_news(
    make, paths, up, down
):
    hazards = lived(lonely(make, paths), EXPOSED | RECOVERED, EXPOSED, 0)
    assert hazards == pytest.approx([up, down, down], rel=EXACT)


@pytest.mark.parametrize("peer", [0.0, 0.2])
def test_neighbours_months_count_with_less_weight_and_only_those_of_evaders(make, peer):
    bench = lonely(make, {"learning.peer": peer}, debtors=5)
    bench.simulation.neighbours[0, :4] = [1, 2, 3, 4]
    for row, events in enumerate((EXPOSED | RECOVERED, EXPOSED, EXPOSED, RECOVERED), 1):
        bench.set(row, events=events)
    bench.play("learn")
    # beliefs are events over exposed months: others would make the hazard exceed the truth
    seen = (bench.debtor().seen_recovery, bench.debtor().exposure)
    assert seen == pytest.approx((peer, 3 * peer), rel=EXACT)


# ---------------------------------------------------------------- conscience and trust


@pytest.mark.parametrize("accuracy", [0.0, 1.0])
def test_conscience_wears_under_false_listing_and_recovers_when_the_error_ends(make, accuracy):
    paths = {"society.crowding_out": 0.2, "society.recovery": 0.05}
    paths |= {"comprehensive.list_rate": 1.0, "comprehensive.list_accuracy": accuracy}
    bench = lonely(make, paths)
    bench.set(conscience=1.0, conscience_origin=1.0, option=Option.UNABLE)
    bench.lay("sanction", "learn")
    wrong = 1.0 - accuracy
    assert bench.debtor().on_list == (wrong > 0.0)
    for months in range(4):
        worn = 1.0 - 0.2 * wrong * 0.95**months
        assert bench.debtor().conscience == pytest.approx(worn, rel=EXACT)
        bench.play("learn")


def test_unfairness_to_neighbours_wears_conscience_and_trust_and_fairness_builds_trust(make):
    paths = {"crowding_out_seen": 0.1, "trust_gain": 0.02, "trust_loss": 0.05, "trust": 0.5}
    bench = lonely(make, {f"society.{name}": value for name, value in paths.items()}, debtors=4)
    bench.simulation.neighbours[0, :2] = [2, 3]
    bench.simulation.neighbours[1, 0] = 2
    bench.crowd(conscience=1.0, conscience_origin=1.0, trust=0.5)
    bench.set(2, events=FAIR).set(3, events=UNFAIR).play("learn")
    for row, conscience, trust in ((0, 0.9, 0.5 + 0.02 - 0.05), (1, 1.0, 0.52)):
        assert bench.debtor(row).conscience == pytest.approx(conscience, rel=EXACT)
        assert bench.debtor(row).trust == pytest.approx(trust, rel=EXACT)


FOLLOWED = {
    "society.trust": 0.5,
    "society.trust_recovery": 0.2,
    "society.trust_loss": 0.05,
    "society.trust_followed": 0.4,
}


@pytest.mark.parametrize(
    ("levers", "weight"),
    [
        ({}, 0.0),
        ({"openness": 1.0}, 0.4),
        ({"traceability": 1.0}, 0.4),
        ({"openness": 0.5, "traceability": 0.5}, 0.4 * 0.75),
        ({"openness": 1.0, "traceability": 1.0}, 0.4),
    ],
)
def test_trust_stands_higher_where_enforcement_can_be_followed_and_unfairness_hurts_it_more(
    make, levers, weight
):
    paths = FOLLOWED | {f"rule_of_law.{name}": value for name, value in levers.items()}
    bench = lonely(make, paths, debtors=2).crowd(trust=0.5).set(1, events=UNFAIR).play("learn")
    up = 0.5 + 0.2 * weight * 0.5
    assert bench.debtor(0).trust == pytest.approx(up, rel=EXACT)
    assert bench.debtor(1).trust == pytest.approx(up - 0.05 * (1.0 + weight), rel=EXACT)
    assert bench.simulation.totals().counts[0, Count.TRUST] == pytest.approx(2.0 * up)
    for _ in range(120):
        bench.play("learn")
    assert bench.debtor(1).trust == pytest.approx(0.5 + weight * 0.5)


def test_a_creditor_gathers_its_money_and_trusts_by_what_came_back(make):
    bench = lonely(make)
    creditor = bench.simulation.creditors.rows[0]
    before = float(creditor["trust"])
    money = {"received": 700.0, "spent": 50.0, "paid": 700.0}
    paid = bench.lay(stage=Stage.PAID, closed=True, ended=True, **money)
    bench.lay("learn", stage=Stage.FILED, spent=25.0)
    assert (paid.claimed, creditor["closed"]) == (1000.0, 1)
    assert creditor["trust"] == pytest.approx(before + 0.1 * (0.7 - before), rel=EXACT)
    for _ in range(2):  # each yuan once
        assert creditor["cash"] == pytest.approx(700.0 - 50.0 - 25.0)
        bench.play("learn")


def test_a_standing_is_remembered_for_its_months(make):
    bench = lonely(make, {"society.standing_memory": 3.0}, debtors=2)
    bench.set(0, standing=HONEST, standing_since=0)
    known = [bench.play("learn").count(Count.KNOWN) for _ in range(5)]
    assert known == [1.0, 1.0, 1.0, 0.0, 0.0]
