"""Claims about transfers, and how what others hold is had again."""

import pytest

from sim.agents.debtor.belief import RECOVERED
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Option, Stage

DARK = {f"collaborative.trace_{n}": 0.0 for n in ("bank", "online", "cash")} | {
    "sanctions.enforcement_fee": 0.0,
    "sanctions.late_interest": 0.0,
    "procedure.dissipation": 0.1,
}


def test_what_an_evader_moves_away_others_hold_for_it(make):
    bench = make.bench(DARK).own(bank=1000.0).set(option=Option.STALL)
    bench.claim()
    bench.play("sanction")
    assert bench.debtor().transferred == pytest.approx(100.0)
    assert bench.debtor().transferred_month == bench.simulation.month
    assert bench.flow(Flow.DISSIPATION) == pytest.approx(100.0)


def test_nobody_moves_away_what_surely_comes_back(make):
    bench = make.bench(DARK | {"rule_of_law.avoidance": 1.0, "procedure.retrace": 1.0})
    bench.own(bank=1000.0).set(option=Option.STALL)
    bench.claim()
    bench.play("sanction")
    assert bench.debtor().transferred == 0.0


def tried(make, paths, since=0, kind="person", **fields):
    bench = make.bench(DARK | paths, kind=kind)
    bench.set(transferred=600.0, transferred_month=-since, usual=100.0, **fields)
    at = bench.claim(due=1000.0)
    bench.play("queueing", "trace")
    return bench, bench.at(at)


@pytest.mark.parametrize(("years", "back"), [(0.0, 0.0), (1.0, 0.0), (2.0, 600.0)])
def test_avoidance_brings_back_transfers_within_the_look_back(make, years, back):
    paths = {"rule_of_law.avoidance": 1.0, "rule_of_law.avoidance_lookback": years}
    bench, claim = tried(make, paths, since=20)
    assert bench.flow(Flow.AVOIDED) == claim.escrow == back
    assert bench.debtor().transferred == 600.0 - back
    assert claim.stage == (Stage.SOLD if back else Stage.QUEUED)
    assert bool(bench.debtor().events & RECOVERED) == bool(back)


def test_at_off_transfers_stay_where_they_are(make):
    bench, claim = tried(make, {})
    assert (claim.stage, claim.escrow, bench.flow(Flow.AVOIDED)) == (Stage.QUEUED, 0.0, 0.0)


def test_shareholders_of_a_firm_answer_once_and_those_of_a_person_never(make):
    paths = {"rule_of_law.added_parties": 1.0, "procedure.controller_wealth": 4.0}
    bench, claim = tried(make, paths, kind="firm")
    assert (claim.escrow, claim.added) == (400.0, True)
    assert bench.flow(Flow.ADDED_PARTY) == 400.0
    bench.play("queueing", "distribute")
    assert claim.due == pytest.approx(600.0)
    claim.wait = 0
    bench.play("queueing", "trace")
    assert claim.escrow == 0.0
    _, claim = tried(make, paths)
    assert claim.escrow == 0.0


def test_proceeds_leak_and_wait_unless_they_are_managed(make):
    for managed, leak, wait in ((0.0, 60.0, 4), (0.5, 30.0, 2), (1.0, 0.0, 0)):
        paths = {
            "rule_of_law.avoidance": 1.0,
            "procedure.leakage": 0.1,
            "procedure.payout_delay": 4.0,
            "rule_of_law.proceeds_management": managed,
        }
        bench, claim = tried(make, paths)
        assert claim.wait == wait
        claim.wait = 0
        bench.play("queueing", "distribute")
        assert bench.flow(Flow.LEAKAGE) == pytest.approx(leak)
        assert claim.paid == pytest.approx(600.0 - leak)
        assert bench.count(Count.LEAKED) == pytest.approx(leak)


def test_a_private_agent_is_paid_out_of_what_it_recovers(make):
    paths = {
        "rule_of_law.avoidance": 1.0,
        "collaborative.private_agents": 1.0,
        "collaborative.private_agents_fee": 0.2,
    }
    bench, claim = tried(make, paths)
    bench.play("queueing", "distribute")
    assert bench.flow(Flow.AGENT_FEE) == pytest.approx(120.0)
    assert claim.paid == pytest.approx(480.0)


STRIPPED = DARK | {
    "procedure.dissipation": 0.0,
    "institutions.strip_share": 0.2,
    "institutions.strip_liability": 0.2,
}


def stripping(make, paths, debtors=400):
    bench = make.bench(STRIPPED | paths, kind="firm", debtors=debtors)
    for row in range(debtors):
        bench.own(row, bank=1000.0).set(row, option=Option.STALL, usual=1000.0)
        bench.claim(row, due=5000.0)
    return bench.play("sanction")


def test_avoidance_and_added_parties_deter_stripping(make):
    free, avoided, pursued, both = (
        stripping(make, paths).flow(Flow.STRIPPED)
        for paths in (
            {},
            {"rule_of_law.avoidance": 0.8, "rule_of_law.avoidance_lookback": 5.0},
            {"rule_of_law.added_parties": 0.3, "procedure.controller_wealth": 1.0},
            {
                "rule_of_law.avoidance": 0.8,
                "rule_of_law.avoidance_lookback": 5.0,
                "rule_of_law.added_parties": 0.3,
                "procedure.controller_wealth": 1.0,
            },
        )
    )
    assert free > avoided > 0.4 * free
    assert free > pursued
    assert both < min(avoided, pursued)
    rich = {"rule_of_law.added_parties": 1.0, "procedure.controller_wealth": 60.0}
    assert stripping(make, rich).flow(Flow.STRIPPED) < 0.1 * free


def test_what_was_stripped_comes_back_by_avoidance(make):
    paths = {"choice.noise": 0.0, "rule_of_law.avoidance": 1.0}
    bench = stripping(make, paths, debtors=1)
    taken = bench.flow(Flow.STRIPPED)
    assert taken == pytest.approx(200.0)
    assert bench.debtor().transferred == pytest.approx(taken)
    bench.play("queueing", "trace")
    assert bench.flow(Flow.AVOIDED) == pytest.approx(taken)
    assert bench.at(0).escrow == pytest.approx(taken)
