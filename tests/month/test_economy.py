"""Claims about incomes, fortunes, and who leaves and enters."""

import numpy as np
import pytest

from sim.books.accounts import Flow
from sim.engine.draw import CENTRAL, Now, normal, normal_share
from sim.terms import Decision, Option

SAME = 1e-12
"""Sums of a few numbers in another order."""


@pytest.mark.parametrize(
    ("income", "need", "own", "spent", "left"),
    [
        (3000.0, 2000.0, {"bank": 400.0}, 2040.0, [1360.0, 0.0]),
        # a tenth of what need and buffer leave of the money goes, and cash goes last
        (1500.0, 500.0, {"bank": 500.0, "cash": 2000.0}, 750.0, [1250.0, 2000.0]),
    ],
)
def test_a_debtor_spends_what_it_needs_and_by_and_by_what_is_above_its_buffer(
    make, income, need, own, spent, left
):
    bench = make.bench({"economy.spending": 0.1}).own(**own)
    bench.set(income=income, usual=income, need=need, buffer=1000.0).play("earning")
    assert bench.totals(Flow.INCOME, Flow.SPENDING) == pytest.approx([income, spent])
    assert [bench.debtor().assets[k] for k in (0, 2)] == pytest.approx(left)


def test_incomes_return_to_their_usual_level(make):
    bench = make.bench({"economy.persistence": 0.5}).set(usual=1000.0, deviation=0.8)
    for power in (0.4, 0.2, 0.1):
        income = bench.play("earning").debtor().income
        assert income == pytest.approx(1000.0 * np.exp(power), rel=SAME)


def test_each_debtor_has_a_shock_of_its_own_in_the_middle_and_in_the_tails(make):
    bench = make.bench({"economy.own_shock": 0.1}, debtors=150)  # two stretches and a part of one
    bench.crowd("earning", usual=1000.0, deviation=0.0)
    rows, now = bench.simulation.debtors.rows, Now(bench.simulation.inputs.seed, 1)
    shocks = np.array([normal(now, Decision.INCOME, int(who)) for who in rows["id"]])
    assert (rows["deviation"] == 0.1 * shocks).all()
    tails = np.abs([normal_share(shock) - 0.5 for shock in shocks]) > CENTRAL
    assert 0.05 < tails.mean() < 0.3


@pytest.mark.parametrize(("shock", "spread"), [("common_shock", False), ("own_shock", True)])
def test_common_shocks_move_all_alike_and_own_ones_do_not(make, shock, spread):
    bench = make.bench({f"economy.{shock}": 0.1}, debtors=50)
    bench.crowd("earning", usual=1000.0, deviation=0.0)
    incomes = bench.simulation.debtors.rows["income"]
    assert (np.abs(incomes - 1000.0) > 1e-3).all()
    assert (np.ptp(incomes) > 1.0) == spread


def test_ruin_takes_all_but_a_share_and_a_windfall_is_some_months_of_usual_income(make):
    paths = {"windfall": 0.2, "windfall_months": 12.0, "ruin": 0.2, "ruin_keeps": 0.1}
    bench = make.bench({f"economy.{name}": value for name, value in paths.items()}, debtors=400)
    bench.crowd("earning", own={"realty": 5000.0}, usual=100.0, deviation=0.0)
    money, realty = (bench.simulation.debtors.rows["assets"][:, k] for k in (0, 3))
    ruined, lucky = realty < 5000.0, money > 1000.0
    assert realty[ruined] == pytest.approx(np.full(ruined.sum(), 500.0))
    assert money[ruined] == pytest.approx(np.full(ruined.sum(), 10.0))
    assert money[lucky] == pytest.approx(np.full(lucky.sum(), 1300.0))
    moved = [4590.0 * ruined.sum(), 1200.0 * lucky.sum()]
    assert bench.totals(Flow.RUIN, Flow.WINDFALL) == pytest.approx(moved)
    for who in (ruined, lucky):  # five standard deviations of a binomial with 400 trials at .2
        assert abs(who.mean() - 0.2) < 5 * np.sqrt(0.2 * 0.8 / 400)
    assert not (lucky & ruined).any()


def test_who_leaves_is_replaced_and_no_claim_outlives_its_debtor(make):
    world = make.village({"economy.exit": 0.1, "obligations.intensity": 10.0})
    kinds = world.simulation.debtors.rows["kind"].copy()
    for month in range(-23, 13):
        world.run_to(month)
        claims, rows = world.simulation.claims.rows, world.simulation.debtors.rows
        assert len(claims)
        assert not rows["leaving"][claims["debtor"]].any()
        assert (rows["id"] >> 8 == np.arange(400)).all()
        assert (rows["kind"] == kinds).all()
    assert (rows["id"] & 255).max() > 1
    assert (world.measured.books()[["entry", "estate"]].sum() > 0.0).all()


def test_a_newcomer_is_another_one_with_a_clean_slate(make):
    bench = make.bench()
    bench.set(leaving=True, on_list=True, listed=7, option=Option.STALL, seen_listing=2.0)
    before, usual = bench.debtor().id, bench.debtor().usual
    new = bench.play("earning").debtor()
    assert (new.id, new.usual != usual) == (before + 1, True)
    assert (new.on_list, new.listed, new.option, new.seen_listing) == (False, 0, Option.NONE, 0.0)
    assert bench.flow(Flow.ENTRY) > 0.0
