"""Claims about single steps in which institutions decide."""

import numpy as np
import pytest

from sim.agents.debtor.belief import UNFAIR
from sim.books.accounts import Account, Flow
from sim.books.counts import Count
from sim.terms import Kind, Option, Stage

SURE = {"choice.noise": 0.0}
"""Nobody wavers: what is worth it is done."""
ALL_FOUND = {f"collaborative.trace_{name}": 1.0 for name in ("bank", "online", "realty")} | {
    "comprehensive.find_person": 1.0,
    "procedure.control": 1.0,
}
BRIBED = SURE | ALL_FOUND | {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}


def test_a_bribe_stalls_the_case_and_leaves_the_books_balanced(make):
    bench = make.bench(BRIBED | {"institutions.bribe_penalty": 100.0}).own(bank=1e5)
    bench.set(option=Option.STALL)
    at = bench.claim(due=5e4)
    bench.play("queueing", "trace", "seize", "close")  # closing refuses what does not balance
    assert bench.flow(Flow.BRIBE) == pytest.approx(0.2 * 5e4)
    assert bench.count(Count.BRIBED) == 1.0
    assert bench.at(at).stage == Stage.QUEUED
    assert bench.at(at).wait == 5  # of six months one is over
    assert bench.simulation.books.stocks[Account.OFFICERS] == pytest.approx(1e4)
    assert bench.debtor().assets[0] == pytest.approx(9e4)


@pytest.mark.parametrize(
    "paths", [{"rule_of_law.traceability": 1.0}, {"systemic.professionalism": 1.0}]
)
def test_a_traced_or_professional_officer_takes_no_bribe(make, paths):
    bench = make.bench(BRIBED | {"institutions.bribe_penalty": 20_000.0} | paths).own(bank=1e5)
    bench.set(option=Option.STALL)
    bench.claim(due=5e4)
    bench.play("queueing", "trace")
    assert bench.flow(Flow.BRIBE) == 0.0


def test_who_pays_or_cannot_pay_bribes_nobody(make):
    for option in (Option.PAY, Option.UNABLE):
        bench = make.bench(BRIBED | {"institutions.bribe_penalty": 100.0}).own(bank=1e5)
        bench.set(option=option)
        bench.claim(due=5e4)
        bench.play("queueing", "trace")
        assert bench.flow(Flow.BRIBE) == 0.0


STALLING = SURE | ALL_FOUND | {"institutions.relationship": 0.1, "institutions.client_share": 1.0}


@pytest.mark.parametrize(("coordination", "longer"), [(0.0, 2), (1.0, 0)])
def test_a_stalled_inquiry_finds_nothing_and_takes_longer(make, coordination, longer):
    paths = {"comprehensive.coordination": coordination, "institutions.assist_delay": 2.0}
    bench = make.bench(STALLING | paths).own(bank=1e5)
    at = bench.claim(due=5e4)
    bench.play("queueing", "trace")
    assert bench.at(at).stage == Stage.QUEUED
    assert bench.at(at).found == 0
    assert bench.at(at).wait == 3 + longer
    assert bench.count(Count.INQUIRIES_STALLED) == 1.0


def test_liability_makes_banks_assist(make):
    found = []
    for paths in ({}, {"rule_of_law.assistance_liability": 1.0, "institutions.proof": 0.9}):
        bench = make.bench(STALLING | paths).own(bank=1e5)
        at = bench.claim(due=5e4)
        bench.play("queueing", "trace")
        found.append(bench.at(at).stage == Stage.TRACED)
    assert found == [False, True]


def test_cash_is_in_nobody_s_keeping(make):
    bench = make.bench(STALLING | {"collaborative.trace_cash": 1.0}).own(cash=1e5)
    at = bench.claim(due=5e4)
    bench.play("queueing", "trace")
    assert bench.at(at).stage == Stage.TRACED


def test_a_network_that_asks_by_itself_asks_again_sooner(make):
    bench = make.bench({"collaborative.trace_frequency": 1.0})
    at = bench.claim()
    bench.play("queueing", "trace")
    assert bench.at(at).wait == 0


@pytest.mark.parametrize("connections", [0, 100])
def test_a_government_puts_off_the_cases_of_the_connected_only(make, connections):
    bench = make.bench(SURE | ALL_FOUND | {"institutions.local_weight": 1.0}, kind="firm")
    bench.own(bank=1e6).set(option=Option.STALL, connections=connections)
    at = bench.claim(due=5e5)
    bench.play("queueing", "trace", "institutions")
    spared = connections > 0
    assert bench.count(Count.INTERFERED) == float(spared)
    assert bench.simulation.governments.rows["interfered"][0] == spared
    assert bench.at(at).stage == (Stage.QUEUED if spared else Stage.TRACED)
    assert bench.at(at).wait == (6 if spared else 0)


def test_people_have_no_connections_and_firms_sometimes(make):
    shares = {}
    for kind in ("person", "firm", "public_body"):
        bench = make.bench({"institutions.connected_firms": 0.3}, kind=kind, debtors=400)
        rows = bench.simulation.debtors.rows
        assert (rows["kind"] == Kind[kind.upper()]).all()
        assert rows["connections"].max() <= 100
        shares[kind] = float((rows["connections"] > 0).mean())
    # Five standard deviations of a share of four hundred
    assert shares == pytest.approx({"person": 0.0, "firm": 0.3, "public_body": 0.5}, abs=0.125)


def test_hours_that_officers_leave_unworked_are_missing_next_month(make):
    paths = {"institutions.shirk_value": 10.0, "institutions.shirk_hours": 35.0}
    bench = make.bench(SURE | paths, debtors=100)
    bench.play("queueing", "institutions")
    full = float(bench.simulation.courts.rows["hours"][0])
    bench.play("queueing")
    assert bench.simulation.courts.rows["hours"][0] == pytest.approx(0.75 * full)
    assert bench.count(Count.HOURS_UNWORKED) == pytest.approx(0.25 * full)


@pytest.mark.parametrize(("procedures", "lost"), [(0.0, 0.25), (0.6, 0.1), (1.0, 0.0)])
def test_hours_that_a_procedure_accounts_for_cannot_be_left_unworked(make, procedures, lost):
    paths = {"institutions.shirk_value": 10.0, "institutions.shirk_hours": 35.0}
    paths |= {"institutions.discipline": 0.0}
    bench = make.bench(SURE | paths | {"systemic.standard_procedures": procedures}, debtors=100)
    bench.play("queueing", "institutions")
    full = float(bench.simulation.courts.rows["hours"][0])
    bench.play("queueing")
    assert bench.count(Count.HOURS_UNWORKED) == pytest.approx(lost * full, abs=1e-6 * full)


def test_assessment_hurries_and_ends_cases_before_their_time(make):
    bench = make.bench(SURE | {"comprehensive.assessment": 1.0, "institutions.audit_penalty": 0.0})
    rows = [bench.claim(stage=s) for s in (Stage.QUEUED, Stage.TRACED, Stage.SEIZED)]
    bench.play("queueing", "leaving")
    stages = [bench.at(r).stage for r in rows]
    assert stages == [Stage.TERMINATED, Stage.TERMINATED, Stage.SEIZED]
    assert bench.count(Count.TERMINATED_EARLY) == bench.count(Count.TERMINATED) == 2.0
    calm = make.bench().play("queueing").simulation.courts.rows["hours"][0]
    assert bench.simulation.courts.rows["hours"][0] == pytest.approx(1.1 * calm)


def test_overreach_seizes_more_is_unfair_and_gives_the_rest_back(make):
    paths = SURE | ALL_FOUND | {"comprehensive.assessment": 1.0, "institutions.recovery_value": 1.0}
    bench = make.bench(paths | {"institutions.audit_penalty": 1e7}).own(bank=1e6)
    at = bench.claim(due=1e5, stage=Stage.TRACED, found=1)
    bench.play("queueing", "seize")
    assert bench.count(Count.OVERREACHED) == 1.0
    assert bench.at(at).escrow > 1.4e5
    assert bench.debtor().events & UNFAIR
    bench.play("queueing", "distribute")
    assert bench.flow(Flow.SURPLUS) > 0.3e5


def test_a_public_body_under_evaluation_appropriates(make):
    paid = []
    for pressure in (0.0, 1.0):
        paths = {"procedure.appropriation": 0.0, "special.public_bodies": pressure}
        bench = make.bench(SURE | paths, kind="public_body").own(bank=1e6)
        bench.claim(due=1e5, stage=Stage.TRACED)
        bench.play("queueing", "seize")
        paid.append(bench.count(Count.APPROPRIATIONS))
    assert paid == [0.0, 1.0]


def test_only_firms_that_keep_money_back_are_stripped(make):
    gone = {}
    for kind in ("person", "firm"):
        for option in (Option.STALL, Option.PAY):
            paths = {"institutions.strip_share": 0.5, "procedure.dissipation": 0.0}
            bench = make.bench(SURE | paths, kind=kind).own(bank=1e5).set(option=option)
            bench.claim()
            bench.play("sanction")
            gone[kind, option] = bench.flow(Flow.STRIPPED)
    assert gone.pop(("firm", Option.STALL)) == pytest.approx(5e4)
    assert not any(gone.values())


def test_pooled_hours_go_where_the_line_is_and_none_is_lost(make):
    paths = {"population.districts": 4, "collaborative.pooling": 1.0, "comprehensive.officers": 1.0}
    bench = make.bench(
        paths | {"procedure.trace_hours": 10.0, "procedure.hours": 100.0}, debtors=40
    )
    rows = [bench.claim(0) for _ in range(4)]  # all in the first court's line
    bench.play("queueing")
    courts = bench.simulation.courts.rows
    assert courts["hours"].sum() == pytest.approx(4.0)
    assert courts["moved"].sum() == pytest.approx(0.0, abs=1e-9)
    assert courts["moved"][0] == pytest.approx(3.0)
    assert bench.simulation.supervisors.rows["pooled"][0] == pytest.approx(4.0)
    assert not any(bench.at(r).served for r in rows)  # ten hours a step: it takes three months
    bench.play("queueing")
    bench.play("queueing")
    assert [bench.at(r).served for r in rows] == [True, False, False, False]
    assert np.allclose(courts["hours"], 1.0)
