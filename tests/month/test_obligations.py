"""Claims about how claims arise, are performed, sued for and judged."""

import numpy as np
import pytest

from sim.agents.claim import size_band
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Ability, Domain, Option, Size, Stage

RATES = {"domains.bank_loan.person": 500.0, "domains.bank_loan.credit": True}


def arising(make, paths, **fields):
    bench = make.bench(RATES | paths, debtors=400)
    for row in range(400):
        bench.own(row, bank=1e9).set(row, **fields)
    bench.play("new_claims")
    return bench


def test_claims_arrive_at_their_rate(make):
    bench = arising(make, {})
    assert abs(bench.count(Count.DUE) - 200) < 5 * np.sqrt(200)  # five sd of a Poisson count
    assert bench.flow(Flow.CLAIM_NEW) == pytest.approx(bench.simulation.claims.rows["due"].sum())
    ids = bench.simulation.claims.rows["id"]
    assert (np.diff(ids) > 0).all()


@pytest.mark.parametrize("screening", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("who", ["listed", "empty", "sound"])
def test_screening_refuses_the_listed_and_the_empty(make, screening, who):
    free = arising(make, {}).count(Count.DUE)
    bench = make.bench(RATES | {"at_source.screening": screening}, debtors=400)
    for row in range(400):
        bench.own(row, bank=0.0 if who == "empty" else 1e9).set(row, on_list=who == "listed")
    bench.play("new_claims")
    refused = 1.0 - bench.count(Count.DUE) / free
    expected = 0.0 if who == "sound" else screening
    assert abs(refused - expected) <= (5 * np.sqrt(0.25 / free) if 0 < expected < 1 else 0.0)


def test_what_is_not_credit_cannot_be_screened(make):
    paths = {"at_source.screening": 1.0, "domains.bank_loan.credit": False}
    assert arising(make, paths, on_list=True).count(Count.DUE) > 100


def test_growth_and_intensity_scale_arrivals(make):
    counts = [arising(make, {"obligations.intensity": i}).count(Count.DUE) for i in (0.5, 2.0)]
    assert 3.0 < counts[1] / counts[0] < 5.5  # four times, within sampling error


def test_claims_grow_with_the_means_of_who_owes_them(make):
    def correlation(tie):
        bench = make.bench(RATES | {"obligations.size_by_means": tie}, debtors=1500)
        bench.world.simulation.debtors.rows["buffer"] = bench.simulation.debtors.rows["usual"] * 8.0
        bench.play("new_claims")
        claims = bench.simulation.claims.rows
        usual = bench.simulation.debtors.rows["usual"][claims["debtor"]]
        return np.corrcoef(np.log(usual), np.log(claims["principal"]))[0, 1]

    assert abs(correlation(0.0)) < 0.15
    assert correlation(0.9) > 0.6


@pytest.mark.parametrize(
    ("yuan", "band"),
    [(9_999.99, Size.BELOW_10K), (10_000.0, Size.TO_100K), (1e6, Size.ABOVE_1M)],
)
def test_a_debt_of_exactly_a_limit_belongs_to_the_band_above(yuan, band):
    assert size_band(yuan) == band


# ---------------------------------------------------------------- performance


def falls_due(make, paths=None, money=1e5, **fields):
    bench = make.bench({"domains.private_loan.disputed": 0.0} | (paths or {})).own(bank=money)
    bench.set(discount=0.04, trust=0.5, **fields)
    at = bench.claim(stage=Stage.DUE, due=1000.0)
    bench.play("performing")
    return bench, bench.at(at)


def test_the_willing_and_able_perform_when_due(make):
    bench, claim = falls_due(make, conscience=100.0)
    assert claim.stage == Stage.PAID
    assert bench.flow(Flow.PAID_DUE) == 1000.0
    assert bench.count(Count.DUE_PAID) == 1.0


def test_who_cannot_pay_is_counted_apart_from_who_will_not(make):
    bench, claim = falls_due(make, money=10.0, conscience=100.0)
    assert claim.stage == Stage.OVERDUE
    assert (claim.able, bench.count(Count.OVERDUE_UNABLE)) == (False, 1.0)
    bench, claim = falls_due(make, {"choice.noise": 0.0, "society.norm": 0.0})
    assert claim.stage == Stage.OVERDUE
    assert (claim.able, bench.count(Count.OVERDUE_UNABLE)) == (True, 0.0)


def test_a_disputed_claim_waits_for_its_court(make):
    _, claim = falls_due(make, {"domains.private_loan.disputed": 1.0}, conscience=100.0)
    assert claim.stage == Stage.OVERDUE


# ---------------------------------------------------------------- creditors and courts


@pytest.mark.parametrize(
    ("due", "trust", "sues"), [(10_000.0, 0.5, True), (500.0, 0.5, False), (10_000.0, -0.5, False)]
)
def test_a_creditor_sues_when_it_hopes_for_more_than_it_costs(make, due, trust, sues):
    bench = make.bench({"procedure.sue": 1.0})
    bench.simulation.creditors.rows["trust"] = trust
    at = bench.claim(stage=Stage.OVERDUE, due=due)
    bench.play("suing")
    assert (bench.at(at).stage == Stage.FILED) == sues
    assert bench.flow(Flow.SUIT_COSTS) == (0.025 * due if sues else 0.0)
    assert bench.at(at).spent == (0.025 * due if sues else 0.0)


@pytest.mark.parametrize("stage", [Stage.OVERDUE, Stage.UNPAID])
def test_time_runs_out_for_who_does_not_act(make, stage):
    bench = make.bench(
        {"procedure.prescription": 24.0, "procedure.sue": 0.0, "procedure.apply": 0.0}
    )
    early, late = (bench.claim(stage=stage, months=m) for m in (23, 24))
    bench.play("suing")
    assert [bench.at(r).stage for r in (early, late)] == [stage, Stage.WRITTEN_OFF]


def test_an_application_opens_a_case_and_remembers_whether_the_debtor_could_pay(make):
    for money, able in ((0.0, False), (1e6, True)):
        bench = make.bench({"procedure.apply": 1.0}).own(bank=money).set(option=Option.STALL)
        at = bench.claim(stage=Stage.UNPAID, due=5000.0)
        bench.play("suing")
        claim = bench.at(at)
        assert (claim.stage, claim.claimed, claim.able) == (Stage.QUEUED, 5000.0, able)
        assert bench.count(Count.ENTERED_UNABLE) == (not able)
        assert bench.count(Count.ENTERED_COLLECTABLE) == (5000.0 if able else 0.0)
        assert bench.flow(Flow.APPLICATION) == 300.0


def test_a_creditor_is_patient_with_one_who_is_selling_to_pay(make):
    stages = []
    for option, months in ((Option.PAY, 5), (Option.PAY, 6), (Option.STALL, 0)):
        bench = make.bench({"procedure.apply": 1.0, "procedure.patience": 6.0}).set(option=option)
        at = bench.claim(stage=Stage.UNPAID, due=5000.0, months=months)
        bench.play("suing")
        stages.append(bench.at(at).stage)
    assert stages == [Stage.UNPAID, Stage.QUEUED, Stage.QUEUED]


@pytest.mark.parametrize(("win", "stage"), [(1.0, Stage.GRACE), (0.0, Stage.DISMISSED)])
def test_who_loses_owes_the_costs_and_who_wins_has_a_judgment(make, win, stage):
    bench = make.bench({"procedure.win": win, "procedure.trial_months": 1.0})
    at = bench.claim(stage=Stage.FILED, due=1000.0)
    bench.play("judging")
    assert bench.at(at).stage == stage
    assert bench.at(at).due == pytest.approx(1025.0 if win else 0.0)
    assert bench.flow(Flow.CLAIM_COSTS) == pytest.approx(25.0 if win else 0.0)
    assert bench.flow(Flow.CLAIM_OFF) == (0.0 if win else 1000.0)
    assert bench.count(Count.JUDGED) == 1.0


def test_trials_last_their_months_on_average(make):
    bench = make.bench({"procedure.trial_months": 4.0, "procedure.win": 1.0})
    for _ in range(50):
        bench.claim(stage=Stage.FILED, domain=Domain.TRADE)
    bench.simulation.claims.rows["id"] += np.arange(50) * 64 * 16
    bench.play("judging")
    judged = (bench.simulation.claims.rows["stage"] == Stage.GRACE).mean()
    assert abs(judged - 0.25) < 5 * np.sqrt(0.25 * 0.75 / 50)  # five standard deviations


def test_the_ability_states_of_a_debtor_are_ordered():
    assert list(Ability) == sorted(Ability)


def test_notice_of_enforcement_makes_the_debtor_choose_anew(make):
    bench = make.bench({"procedure.apply": 1.0}).set(option=Option.STALL)
    bench.claim(stage=Stage.UNPAID, due=5000.0)
    bench.play("suing")
    assert bench.debtor().prompted


REPORTED = {"at_source.credit_reporting": 1.0}


def test_low_scores_are_refused_more_than_middling_ones_and_middling_ones_not_at_all(make):
    due = []
    for score in (0, 20, 40, 50, 100):
        bench = arising(make, REPORTED, score=score)
        due.append(bench.count(Count.DUE))
        sought, refused = bench.count(Count.CREDIT_SOUGHT), bench.count(Count.CREDIT_REFUSED)
        assert sought - refused == due[-1]
        chance = max(0.0, 1.0 - score / 50.0)
        assert abs(refused / sought - chance) <= 5 * np.sqrt(chance * (1 - chance) / sought)
    assert due == sorted(due)
    assert due[0] == 0.0
    assert due[-2] == due[-1]


@pytest.mark.parametrize("paths", [{}, REPORTED | {"at_source.report_memory": 0.0}])
def test_without_reports_or_memory_a_score_is_nothing(make, paths):
    assert arising(make, paths, score=0).count(Count.DUE) > 100.0


def test_trade_partners_see_only_what_is_shared(make):
    trade = {"domains.bank_loan.person": 0.0, "domains.trade.person": 500.0}
    trade |= {"domains.trade.credit": True, "at_source.credit_reporting": 1.0}
    due = []
    for shared in (0.0, 1.0):
        paths = trade | {"at_source.cross_sector_sharing": shared}
        due.append(arising(make, paths, on_list=True).count(Count.DUE))
    assert due[0] > 100.0 > due[1] == 0.0
