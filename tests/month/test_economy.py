"""Claims about incomes, fortunes, and who leaves and enters."""

import numpy as np
import pytest

from sim.month.shared.accounts import Flow
from sim.terms import Option, Stage

SAME = 1e-12
"""Sums of a few numbers in another order."""


def test_a_debtor_without_shocks_earns_and_spends_what_it_needs(make):
    bench = make.bench().set(income=3000.0, usual=3000.0, need=2000.0, buffer=1e9).own(bank=500.0)
    bench.play("earning")
    assert bench.debtor().assets[0] == 1500.0
    assert bench.flow(Flow.INCOME) == 3000.0
    assert bench.flow(Flow.SPENDING) == 2000.0


def test_who_has_too_little_spends_what_there_is(make):
    bench = make.bench().set(income=1000.0, usual=1000.0, need=2000.0)
    bench.play("earning")
    assert bench.debtor().assets[0] == 0.0
    assert bench.flow(Flow.SPENDING) == 1000.0


def test_money_above_the_buffer_is_spent_by_and_by_and_cash_last(make):
    bench = make.bench({"economy.spending": 0.1})
    bench.set(income=0.0, usual=1.0, deviation=-700.0, need=0.0, buffer=1000.0)
    bench.own(bank=500.0, cash=2500.0)
    bench.play("earning")
    assert bench.flow(Flow.SPENDING) == pytest.approx(200.0)
    assert bench.debtor().assets[0] == pytest.approx(300.0)
    assert bench.debtor().assets[2] == 2500.0


def test_incomes_return_to_their_usual_level(make):
    bench = make.bench({"economy.persistence": 0.5}).set(usual=1000.0, deviation=0.8)
    for power in (0.4, 0.2, 0.1):
        bench.play("earning")
        assert bench.debtor().income == pytest.approx(1000.0 * np.exp(power), rel=SAME)


@pytest.mark.parametrize(("shock", "spread"), [("common_shock", False), ("own_shock", True)])
def test_common_shocks_move_all_alike_and_own_ones_do_not(make, shock, spread):
    bench = make.bench({f"economy.{shock}": 0.1}, debtors=50)
    bench.simulation.debtors.rows["usual"] = 1000.0
    bench.simulation.debtors.rows["deviation"] = 0.0
    bench.play("earning")
    incomes = bench.simulation.debtors.rows["income"]
    assert (np.abs(incomes - 1000.0) > 1e-3).all()
    assert (np.ptp(incomes) > 1.0) == spread


def test_ruin_takes_all_but_a_share(make):
    bench = make.bench({"economy.ruin": 0.2, "economy.ruin_keeps": 0.1}, debtors=400)
    for row in range(400):
        bench.set(row, usual=1e-9, deviation=0.0).own(row, bank=1000.0, realty=9000.0)
    bench.play("earning")
    left = bench.simulation.debtors.rows["assets"].sum(axis=1)
    ruined = left < 5000.0
    assert left[ruined] == pytest.approx(np.full(ruined.sum(), 1000.0), rel=1e-6)
    assert bench.flow(Flow.RUIN) == pytest.approx(9000.0 * ruined.sum(), rel=1e-6)
    # five standard deviations of a binomial with 400 trials at .2
    assert abs(ruined.mean() - 0.2) < 5 * np.sqrt(0.2 * 0.8 / 400)


def test_a_windfall_is_some_months_of_usual_income(make):
    paths = {"economy.windfall": 0.2, "economy.windfall_months": 12.0, "economy.ruin": 0.2}
    bench = make.bench(paths, debtors=400)
    for row in range(400):
        bench.set(row, usual=100.0, deviation=0.0).own(row, realty=5000.0)
    bench.play("earning")
    money = bench.simulation.debtors.rows["assets"][:, 0]
    lucky = money > 1000.0
    assert money[lucky] == pytest.approx(np.full(lucky.sum(), 1300.0))
    assert bench.flow(Flow.WINDFALL) == pytest.approx(1200.0 * lucky.sum())
    assert abs(lucky.mean() - 0.2) < 5 * np.sqrt(0.2 * 0.8 / 400)
    assert not (lucky & (bench.simulation.debtors.rows["assets"][:, 3] < 5000.0)).any()


def test_listed_debtors_lose_income_in_proportion_to_what_is_closed_to_them(make):
    bench = make.bench({"sanctions.listing_income_loss": 0.5, "comprehensive.match_rate": 0.6})
    bench.set(usual=1000.0, deviation=0.0, on_list=True)
    bench.play("earning")
    # a person of the defaults uses all five domains, one whole in sum
    assert bench.flow(Flow.LISTING_LOSS) == pytest.approx(0.5 * 0.6 * 1000.0)
    assert bench.debtor().assets[0] == pytest.approx(700.0)


def test_who_leaves_is_replaced_so_that_there_are_always_as_many(make):
    world = make.village({"economy.exit": 0.05, "obligations.intensity": 5.0}).run_to(0)
    kinds = world.simulation.debtors.rows["kind"].copy()
    world.run_to(24)
    rows = world.simulation.debtors.rows
    generation = rows["id"] & 255
    assert len(rows) == 400
    assert generation.max() > 1
    assert (rows["id"] >> 8 == np.arange(400)).all()
    assert (rows["kind"] == kinds).all()
    assert world.measured.books()["entry"].sum() > 0.0
    assert world.measured.books()["estate"].sum() > 0.0


def test_a_newcomer_is_another_one_with_a_clean_slate(make):
    bench = make.bench()
    bench.set(leaving=True, on_list=True, listed=7, option=Option.STALL, seen_listing=2.0)
    before = int(bench.debtor().id)
    usual = bench.debtor().usual
    bench.play("earning")
    new = bench.debtor()
    assert new.id == before + 1
    assert new.usual != usual
    assert (new.on_list, new.listed, new.option, new.seen_listing) == (False, 0, Option.NONE, 0.0)
    assert bench.flow(Flow.ENTRY) > 0.0


def test_no_claim_outlives_its_debtor(make):
    world = make.village({"economy.exit": 0.1, "obligations.intensity": 10.0}, events=True)
    for month in range(-23, 13):
        world.run_to(month)
        claims, debtors = world.simulation.claims.rows, world.simulation.debtors.rows
        assert len(claims)
        assert not debtors["leaving"][claims["debtor"]].any()
    assert (world.transitions.frame()["stage"] == "written_off").any()


def test_a_leaving_debtor_owes_nothing_at_the_end_of_its_last_month(make):
    bench = make.bench().own(bank=100.0).set(leaving=True)
    bench.claim(stage=Stage.QUEUED, due=1000.0)
    bench.play("leaving")
    assert bench.at(0).closed
    assert sum(bench.debtor().assets[k] for k in range(6)) == 0.0
