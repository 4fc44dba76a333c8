"""Claims about cover: who pays first, what comes back, and premiums that follow experience."""

import numpy as np
import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.blocks import Execution
from sim.engine.plain import view
from sim.month.debts.insurance import arriving, may_arrive, settle_accounts
from sim.month.shared.journal import BANDS, DISTRICTS, DOMAINS, KINDS, OVERALL
from sim.month.shared.state import market_of
from sim.terms import Domain, Stage

COVER = {
    "domains.traffic.insurable": True,
    "domains.traffic.disputed": 1.0,
    "at_source.insurance_coverage": 1.0,
    "at_source.insurance_compliance": 1.0,
    "protection.recourse": 0.0,
}


def hurt(make, paths=None, **fields):
    usual = {"stage": Stage.DUE, "domain": Domain.TRAFFIC, "insured": 1000.0}
    return make.case(COVER | (paths or {}), "performing", **usual | fields)


@pytest.mark.parametrize("stage", [Stage.DUE, Stage.FILED])
@pytest.mark.parametrize(("insured", "after"), [(1000.0, Stage.PAID), (600.0, None)])
def test_the_insurer_pays_the_victim_of_one_who_has_nothing_up_to_its_limit(
    make, stage, insured, after
):
    bench, claim = hurt(make, stage=stage, insured=insured)
    late = Stage.OVERDUE if stage == Stage.DUE else stage
    assert (claim.stage, claim.due, claim.received) == (after or late, 1000.0 - insured, insured)
    assert bench.totals(Flow.INSURED_PAID, Count.INSURED_CLAIMS) == [insured, 1.0]


def test_what_an_insurer_takes_back_is_paid_over_time(make):
    bench, _ = hurt(make, {"protection.recourse": 1.0})
    assert bench.debtor().surcharge == 1000.0
    bench.own(bank=5000.0).play("earning")
    assert (bench.flow(Flow.SURCHARGE), bench.debtor().surcharge) == (100.0, 900.0)


RATED = COVER | {"domains.traffic.person": 0.5, "protection.malus_step": 0.5}


def test_a_paid_claim_raises_the_class_and_renewals_take_it_back(make):
    bench, _ = hurt(make, {"protection.malus_up": 2.0})
    assert bench.debtor().malus == 2
    classes = [bench.play("earning").debtor().malus for _ in range(30)]
    assert classes[0] in (1, 2)
    assert classes == sorted(classes, reverse=True)
    assert (classes.count(1), classes[-1]) == (12, 0)


@pytest.mark.parametrize(
    ("rate", "rating", "malus", "premium"),
    [(0.5, 0.0, 4, 40.0), (0.5, 0.5, 4, 80.0), (0.5, 1.0, 0, 40.0), (0.0, 0.0, 0, 0.0)],
)
def test_who_can_become_liable_pays_and_who_had_accidents_pays_more_where_premiums_are_rated(
    make, rate, rating, malus, premium
):
    paths = {"domains.traffic.person": rate, "at_source.insurance_experience_rating": rating}
    bench = make.bench(RATED | paths | {"protection.bonus_months": 60.0}).own(bank=5000.0)
    bench.simulation.insurers.rows["premium"] = 40.0
    assert bench.set(malus=malus).play("earning").flow(Flow.PREMIUM) == premium


def test_premiums_follow_what_a_years_cover_cost(make):
    insurers = make.bench(COVER).simulation.insurers.rows
    sums = np.zeros((DOMAINS + 9, len(Count)))
    traffic = sums[DOMAINS + Domain.TRAFFIC]
    traffic[Count.INSURED_WEIGHT] = 100.0
    for month, paid, back, heads, reserve in (
        (1, 5000.0, 0.0, 100.0, -5000.0),
        (2, 0.0, 700.0, 200.0, -4300.0),
    ):
        traffic[Count.INSURED_PAID] = paid
        settle_accounts(insurers, sums, back, month, 0.2)
        assert insurers["premium"][0] == pytest.approx(1.2 * 5000.0 / heads)
        assert insurers["reserve"][0] == reserve


def test_premiums_are_counted_once_in_each_group_of_cells(make):
    world = make.village(COVER, execution=Execution(block=64)).run_to(1)
    totals = world.simulation.totals()
    whats = [Count.INSURED, Count.INSURED_WEIGHT, Count.PREMIUM_YUAN]
    counts = totals.counts[:, whats]
    assert counts[OVERALL, 0] > 64
    assert counts[OVERALL, 2] == pytest.approx(totals.flows[Flow.PREMIUM])
    for first, last in ((DOMAINS, KINDS), (KINDS, BANDS), (DISTRICTS, None)):
        assert counts[first:last].sum(axis=0) == pytest.approx(counts[OVERALL])


@pytest.mark.parametrize("paths", [{}, COVER | {"protection.care": 0.5}])
def test_whoever_has_a_claim_may_have_had_one(make, paths):
    world = make.village({"obligations.intensity": 10.0} | paths)
    came = ruled_out = 0
    for month in range(-23, -20):
        world.run_to(month)
        state = view(world.simulation.state())
        market, parameters = market_of(state), state.parameters[0]
        for row in range(len(state.debtors)):
            debtor, covers = state.debtors[row], state.covers[row]
            claims = arriving(debtor, covers, market, parameters, state.now)
            may = may_arrive(debtor, market, parameters, state.now)
            assert may or not claims
            came, ruled_out = came + claims, ruled_out + (not may)
    assert came > 10
    assert ruled_out > 10
