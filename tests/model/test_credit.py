"""Credit repair, credit scores and rated premiums do what they are for."""

import pytest

from tests.model.worlds import Worlds

WORLD = {"population.size": 3000, "run.burn_in": 36, "run.months": 36, "obligations.intensity": 4.0}
SHARED = {"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0}


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, WORLD)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_short_delay_of_repair_leaves_the_way_out_that_a_long_one_takes_away(worlds, seed):
    at_once, short, long = worlds.each("comprehensive.repair_delay", 0.0, 3.0, 24.0, seed=seed)
    performing = [
        found.ratio("listed_paid_able", "listed_start_able") for found in (at_once, short, long)
    ]
    assert performing[0] > performing[1] > performing[2]
    assert performing[2] < 0.8 * performing[0]
    assert at_once.n["repair_months"] == 0.0 < short.n["repair_months"] < long.n["repair_months"]
    assert long.n["felt_harm"] > at_once.n["felt_harm"]


@pytest.mark.parametrize("seed", [1, 2])
def test_repair_reopens_credit_and_a_long_memory_keeps_it_closed(worlds, seed):
    short, repaired, long = (
        worlds(SHARED | way, seed=seed).ratio("credit_refused", "credit_sought")
        for way in ({"at_source.report_memory": 12.0}, {"comprehensive.credit_repair": 1.0}, {})
    )
    assert short < long
    assert repaired < 0.95 * long


def test_nobody_is_refused_and_no_score_moves_without_credit_reports(make):
    world = make.village(WORLD).run()
    series = world.series(burn_in=True, counts=True)
    assert series["n_credit_refused"].sum() == 0.0 < series["n_credit_sought"].sum()
    assert (world.debtors.column("score") == 50).all()
    assert series["credit_score"].isna().all()


def test_scores_are_lower_where_more_is_refused(make):
    world = make.village(WORLD | SHARED).run()
    frame = world.series(by="kind", counts=True)
    assert frame["credit_score"].min() > 0.0
    assert frame["credit_score"].max() < 1.0
    score = world.debtors.column("score")
    evading = world.debtors.column("option") >= 5
    assert score[evading].mean() < 20.0 < score[~evading].mean()
