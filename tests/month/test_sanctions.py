"""Claims about interest, loss while frozen, personal sanctions and the list."""

import numpy as np
import pytest

from sim.agents.debtor.belief import EXPOSED, FAIR, PUNISHED, UNFAIR, WAS_LISTED
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Ability, Option, Stage

MANY = 600
FIVE_SD = 5 * np.sqrt(0.25 / MANY)
"""Five standard deviations of a share of 600 draws at most."""
CALM = {f"sanctions.{name}_rate": 0.0 for name in ("fine", "detention", "prison")} | {
    "comprehensive.list_rate": 0.0
}


def crowd(make, paths, option, **fields):
    bench = make.bench(CALM | paths, debtors=MANY)
    for row in range(MANY):
        bench.set(row, option=option, income=1000.0, **fields).own(row, bank=1e6)
        bench.claim(row)
    bench.play("sanction")
    return bench


@pytest.mark.parametrize("stage", list(Stage)[:10])
def test_late_interest_accrues_on_what_can_be_enforced(make, stage):
    bench = make.bench(CALM | {"sanctions.late_interest": 0.01})
    at = bench.claim(stage=stage, due=1500.0, principal=1000.0)
    bench.play("sanction")
    bears = stage >= Stage.UNPAID
    assert bench.at(at).due == pytest.approx(1510.0 if bears else 1500.0)
    assert bench.flow(Flow.CLAIM_INTEREST) == pytest.approx(10.0 if bears else 0.0)


def test_interest_runs_on_no_more_than_is_still_owed(make):
    bench = make.bench(CALM | {"sanctions.late_interest": 0.01})
    at = bench.claim(due=400.0, principal=1000.0)
    bench.play("sanction")
    assert bench.flow(Flow.CLAIM_INTEREST) == pytest.approx(4.0)
    assert bench.at(at).due == pytest.approx(404.0)


def test_frozen_goods_lose_value_and_firms_their_use_unless_it_is_left_to_them(make):
    lost = {}
    for kind, live in (("person", 0.0), ("firm", 0.0), ("firm", 0.75)):
        paths = {
            "procedure.value_decay": 0.02,
            "choice.freeze_loss": 0.04,
            "rule_of_law.live_freeze": live,
        }
        bench = make.bench(CALM | paths, kind=kind).own(bank=1e6).set(frozen=1000.0)
        at = bench.claim(stage=Stage.SEIZED, attached=[1000.0, 0.0, 0.0])
        bench.play("sanction")
        assert bench.at(at).attached[0] == pytest.approx(980.0)
        assert bench.debtor().frozen == pytest.approx(980.0)
        assert bench.flow(Flow.VALUE_DECAY) == pytest.approx(20.0)
        lost[kind, live] = bench.flow(Flow.FREEZE_LOSS)
    assert lost == pytest.approx({("person", 0.0): 0.0, ("firm", 0.0): 40.0, ("firm", 0.75): 10.0})


@pytest.mark.parametrize("option", [Option.PAY, Option.UNABLE, *list(Option)[3:]])
def test_only_those_who_keep_money_back_and_are_pursued_move_it_away(make, option):
    for stage in (Stage.UNPAID, Stage.QUEUED, Stage.TERMINATED):
        bench = make.bench(CALM | {"procedure.dissipation": 0.1}).own(bank=1000.0, realty=1000.0)
        bench.set(option=option)
        bench.claim(stage=stage)
        bench.play("sanction")
        gone = option >= Option.STALL and stage == Stage.QUEUED
        assert bench.flow(Flow.DISSIPATION) == (200.0 if gone else 0.0)
        assert bool(bench.debtor().events & EXPOSED) == gone


FACTORS = {Option.STALL: 1.0, Option.CONCEAL: 1.5, Option.RESIST: 4.0}


@pytest.mark.parametrize("option", FACTORS)
@pytest.mark.parametrize(("sanction", "what"), [("fine", "FINES"), ("detention", "DETENTIONS")])
def test_personal_sanctions_fall_on_evaders_by_their_conduct(make, option, sanction, what):
    bench = crowd(make, {f"sanctions.{sanction}_rate": 0.1}, option)
    share = bench.count(Count[what]) / MANY
    assert abs(share - 0.1 * FACTORS[option]) < FIVE_SD
    events = bench.simulation.debtors.rows["events"]
    assert (events & PUNISHED != 0).sum() == bench.count(Count[what])
    assert not (events & UNFAIR).any()


@pytest.mark.parametrize("option", [Option.PAY, Option.NONE])
def test_who_pays_is_not_punished(make, option):
    rates = {f"sanctions.{name}_rate": 1.0 for name in ("fine", "detention", "prison")}
    bench = crowd(make, rates | {"comprehensive.list_rate": 1.0}, option)
    assert not (bench.simulation.debtors.rows["events"] & (PUNISHED | WAS_LISTED)).any()


@pytest.mark.parametrize("accuracy", [0.0, 0.6, 1.0])
def test_classified_measures_spare_those_who_cannot_pay(make, accuracy):
    paths = {"sanctions.detention_rate": 0.5, "collaborative.target_accuracy": accuracy}
    bench = crowd(make, paths, Option.UNABLE)
    share = bench.count(Count.DETENTIONS) / MANY
    assert abs(share - 0.5 * (1.0 - accuracy)) < FIVE_SD
    assert bench.count(Count.DETENTION_DAYS_UNABLE) == bench.count(Count.DETENTION_DAYS)
    events = bench.simulation.debtors.rows["events"]
    assert ((events & UNFAIR != 0) == (events & PUNISHED != 0)).all()


def test_a_fine_is_money_and_detention_is_felt(make):
    fined = crowd(make, {"sanctions.fine_rate": 1.0, "sanctions.fine_amount": 2.0}, Option.STALL)
    assert fined.flow(Flow.FINE) == pytest.approx(2000.0 * MANY)
    assert fined.count(Count.FELT_HARM) == 0.0
    held = crowd(make, {"sanctions.detention_rate": 1.0}, Option.STALL)
    assert held.flow(Flow.FINE) == 0.0
    assert held.count(Count.FELT_HARM) == pytest.approx(15 / 30 * 1000.0 * 3.0 * MANY)


@pytest.mark.parametrize(
    ("option", "factor"), [(Option.STALL, 1.0), (Option.CONCEAL, 1.2), (Option.RESIST, 1.5)]
)
def test_evaders_are_listed_by_their_conduct(make, option, factor):
    bench = crowd(make, {"comprehensive.list_rate": 0.4}, option)
    assert abs(bench.count(Count.LISTINGS) / MANY - 0.4 * factor) < FIVE_SD
    rows = bench.simulation.debtors.rows
    assert (rows["on_list"] == (rows["events"] & WAS_LISTED != 0)).all()
    assert (rows["events"][rows["on_list"]] & FAIR != 0).all()


@pytest.mark.parametrize("accuracy", [0.0, 0.5, 1.0])
def test_an_accurate_list_holds_nobody_who_cannot_pay(make, accuracy):
    paths = {"comprehensive.list_rate": 0.6, "comprehensive.list_accuracy": accuracy}
    bench = crowd(make, paths, Option.UNABLE)
    assert abs(bench.count(Count.LISTINGS) / MANY - 0.6 * (1.0 - accuracy)) < FIVE_SD
    rows = bench.simulation.debtors.rows
    assert (rows["events"][rows["on_list"]] & UNFAIR != 0).all()


def test_only_a_case_in_hand_brings_anyone_on_the_list(make):
    for stage in (Stage.UNPAID, Stage.TERMINATED, Stage.QUEUED):
        bench = make.bench(CALM | {"comprehensive.list_rate": 1.0}).set(option=Option.STALL)
        bench.claim(stage=stage)
        bench.play("sanction")
        assert bench.debtor().on_list == (stage == Stage.QUEUED)


def test_restrictions_are_felt_less_with_time_and_never_booked(make):
    felt = []
    for months in (0, 12, 36):
        bench = make.bench(CALM).set(option=Option.STALL, ability=Ability.LIQUID, income=1000.0)
        bench.set(on_list=True, listed=months)
        bench.claim()
        bench.play("sanction")
        felt.append(bench.count(Count.FELT_HARM))
        assert bench.count(Count.RESTRICTION_MONTHS) == 1.0
        flows = bench.simulation.totals().flows.copy()
        flows[Flow.CLAIM_INTEREST] = 0.0
        assert not flows.any()
    assert felt[0] > felt[1] > felt[2] > 0.5 * felt[0]


@pytest.mark.parametrize(("docket", "listed"), [(5, False), (6, True)])
def test_nobody_is_listed_before_the_latency_of_the_list(make, docket, listed):
    bench = make.bench({"comprehensive.list_rate": 1.0, "comprehensive.list_latency": 6.0})
    bench.set(option=Option.STALL, income=1000.0)
    bench.claim(docket=docket)
    bench.play("sanction")
    assert bench.debtor().on_list == listed
