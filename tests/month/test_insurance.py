"""Claims about cover: who pays first, what comes back, and premiums that follow experience."""

import numpy as np
import pytest

from sim.month.debts.insurance import settle_accounts
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.month.shared.journal import DOMAINS
from sim.terms import Domain, Stage

COVER = {
    "domains.traffic.insurable": True,
    "domains.traffic.disputed": 1.0,
    "at_source.insurance_coverage": 1.0,
    "at_source.insurance_compliance": 1.0,
}


def hurt(make, paths=None, *, stage=Stage.DUE, insured=1000.0, **fields):
    bench = make.bench(COVER | {"protection.recourse": 0.0} | (paths or {}))
    at = bench.claim(stage=stage, domain=Domain.TRAFFIC, due=1000.0, insured=insured, **fields)
    bench.play("performing")
    return bench, bench.at(at)


@pytest.mark.parametrize("stage", [Stage.DUE, Stage.OVERDUE, Stage.FILED, Stage.GRACE])
def test_the_insurer_pays_the_victim_of_one_who_has_nothing(make, stage):
    bench, claim = hurt(make, stage=stage)
    assert (claim.stage, claim.due, claim.received) == (Stage.PAID, 0.0, 1000.0)
    assert bench.flow(Flow.INSURED_PAID) == 1000.0
    assert bench.count(Count.INSURED_CLAIMS) == 1.0
    assert bench.debtor().surcharge == 0.0


def test_the_rest_beyond_the_limit_stays_the_debtors(make):
    bench, claim = hurt(make, insured=600.0)
    assert (claim.stage, claim.due) == (Stage.OVERDUE, 400.0)
    assert bench.flow(Flow.CLAIM_PAID) == 600.0


def test_an_insurer_pays_only_after_its_delay(make):
    slow = {"at_source.insurance_delay": 3.0}
    bench, claim = hurt(make, slow, stage=Stage.OVERDUE)
    assert (claim.stage, bench.flow(Flow.INSURED_PAID)) == (Stage.OVERDUE, 0.0)
    for _ in range(2):
        bench.play("performing")
    assert bench.at(0).stage == Stage.PAID


def test_what_an_insurer_takes_back_is_paid_over_time(make):
    bench, _ = hurt(make, {"protection.recourse": 1.0})
    assert bench.debtor().surcharge == 1000.0
    bench.own(bank=5000.0)
    bench.play("earning")
    assert bench.flow(Flow.SURCHARGE) == 100.0
    assert bench.debtor().surcharge == 900.0


RATED = {
    "domains.traffic.person": 0.5,
    "at_source.insurance_experience_rating": 1.0,
    "protection.malus_step": 0.5,
    "protection.malus_up": 2.0,
}


def test_a_paid_claim_raises_the_class_and_renewals_take_it_back(make):
    bench, _ = hurt(make)
    assert bench.debtor().malus == 2
    classes = []
    for _ in range(30):
        bench.play("earning")
        classes.append(bench.debtor().malus)
    assert classes[0] in (1, 2)
    assert classes == sorted(classes, reverse=True)
    assert (classes.count(1), classes[-1]) == (12, 0)


@pytest.mark.parametrize("rating", [0.0, 0.5, 1.0])
def test_who_has_accidents_pays_more_where_premiums_are_rated(make, rating):
    paths = RATED | {"at_source.insurance_experience_rating": rating}
    paid = []
    for malus in (0, 4):
        bench = make.bench(COVER | paths | {"protection.bonus_months": 60.0}).own(bank=5000.0)
        bench.set(malus=malus)
        bench.simulation.insurers.rows["premium"] = 40.0
        bench.play("earning")
        paid.append(bench.flow(Flow.PREMIUM))
    assert paid == [40.0, 40.0 * (1.0 + rating * 0.5 * 4)]


def test_rated_premiums_bring_in_what_the_same_for_all_would(make):
    income = []
    for rating in (0.0, 1.0):
        bench = make.bench(
            COVER | RATED | {"at_source.insurance_experience_rating": rating}, debtors=10
        )
        for row in range(10):
            bench.own(row, bank=1e6).set(row, malus=8 if row < 3 else 0)
        bench.play("earning")
        sums = bench.simulation.totals().counts
        sums[DOMAINS + Domain.TRAFFIC, Count.INSURED_PAID] = 5000.0
        settle_accounts(bench.simulation.insurers.rows, sums, 0.0, 1, 0.3)
        bench.play("earning")
        income.append(bench.flow(Flow.PREMIUM))
    assert income == pytest.approx([6500.0, 6500.0], rel=0.01)  # a renewal may fall between


def test_premiums_follow_what_a_years_cover_cost(make):
    bench = make.bench(COVER)
    insurers = bench.simulation.insurers.rows
    sums = np.zeros((DOMAINS + 9, len(Count)))
    sums[DOMAINS + Domain.TRAFFIC, Count.INSURED_WEIGHT] = 100.0
    sums[DOMAINS + Domain.TRAFFIC, Count.INSURED_PAID] = 5000.0
    settle_accounts(insurers, sums, 0.0, 1, 0.2)
    assert insurers["premium"][0] == pytest.approx(1.2 * 5000.0 / 100.0)
    assert insurers["reserve"][0] == -5000.0
    sums[DOMAINS + Domain.TRAFFIC, Count.INSURED_PAID] = 0.0
    settle_accounts(insurers, sums, 700.0, 2, 0.2)
    assert insurers["premium"][0] == pytest.approx(1.2 * 5000.0 / 200.0)
    assert insurers["reserve"][0] == -4300.0


def test_only_who_can_become_liable_pays_a_premium(make):
    paid = []
    for rate in (0.0, 0.5):
        bench = make.bench(COVER | {"domains.traffic.person": rate}).own(bank=5000.0)
        bench.simulation.insurers.rows["premium"] = 40.0
        bench.play("earning")
        paid.append(bench.flow(Flow.PREMIUM))
    assert paid == [0.0, 40.0]


def test_social_insurance_carries_a_share_of_ruin_and_of_bad_months(make):
    bench = make.bench(
        {"at_source.social_insurance": 0.5, "economy.ruin": 0.2, "economy.ruin_keeps": 0.0},
        debtors=60,
    )
    for row in range(60):
        bench.own(row, realty=10_000.0).set(row, usual=0.0, need=1000.0)
    bench.play("earning")
    lost = bench.flow(Flow.RUIN)
    assert lost > 0.0
    assert bench.flow(Flow.SOCIAL) == pytest.approx(0.5 * lost)
    bench = make.bench({"at_source.social_insurance": 0.5})
    bench.set(usual=1000.0, deviation=np.log(0.6) / 0.95, need=0.0)
    bench.play("earning")
    assert bench.flow(Flow.SOCIAL) == pytest.approx(0.5 * 400.0)
