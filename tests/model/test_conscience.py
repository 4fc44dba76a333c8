"""Claims about conscience, norms and education, each held against a world without them."""

import numpy as np
import pytest

from sim.agents.debtor.debtor import UPRIGHT
from sim.agents.debtor.norm import DISHONEST, UNKNOWN, susceptibility
from sim.books.counts import Count
from sim.parameters import Society

WORLD = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 60,
    "obligations.intensity": 4.0,
}


def conscience(world, month):
    return float(np.mean(world.run_to(month).debtors.column("conscience")))


def gaps(make, paths):
    """How much lower conscience stands with false listings: as they end, and four years later."""
    wrong = {"name": "wrong", "set": {"comprehensive.list_accuracy": 0.0}, "start": 1, "end": 12}
    right = {"comprehensive.list_accuracy": 1.0, "comprehensive.list_rate": 1.0}
    worlds = [make.village(WORLD | right | paths, policies=p) for p in ([], [wrong])]
    return [1.0 - conscience(worlds[1], month) / conscience(worlds[0], month) for month in (12, 60)]


def test_false_listing_lowers_conscience_and_it_recovers_when_the_error_ends(make):
    during, after = gaps(make, {"society.crowding_out_seen": 0.05})
    assert during > 0.005
    assert after < 0.25 * during
    # what is not felt as unfair wears nothing
    callous = {"society.crowding_out": 0.0, "society.crowding_out_seen": 0.0}
    assert gaps(make, callous)[0] == pytest.approx(0.0, abs=0.001)


def performed_by_the_able(make, norm, upright):
    """Voluntary performance of those able, with this share of debtors beyond temptation."""
    shares = {f"kinds.{kind}.honest_share": upright for kind in ("person", "firm")}
    world = make.village(WORLD | {"society.norm": norm, "run.months": 24} | shares).run()
    return world.headline()["grace_performance_able"]


def test_norms_raise_performance_among_the_honest_and_lower_it_among_the_dishonest(make):
    bound, free = (
        [performed_by_the_able(make, norm, upright) for upright in (0.1, 0.8)]
        for norm in (1.0, 0.0)
    )
    assert bound[0] < free[0] - 0.01
    assert bound[1] > free[1] + 0.01


def test_education_raises_performance_slowly_and_fades_slowly(make):
    lesson = {"at_source.integrity_education": 0.05}
    campaign = {"name": "lessons", "set": lesson, "start": 1, "end": 24}
    none, taught = (make.village(WORLD, policies=p).run() for p in ([], [campaign]))

    def performed(world, months):
        sums = world.measured.sums()[months, 0].sum(axis=0)
        return sums[Count.DUE_PAID] / sums[Count.DUE]

    first, last, after = slice(0, 3), slice(18, 24), slice(24, 30)
    gained = [performed(taught, m) - performed(none, m) for m in (first, last, after)]
    assert gained[1] > 0.01
    assert gained[1] > gained[0]
    assert gained[2] > 0.0


@pytest.mark.parametrize(("spread", "apart"), [(0.0, False), (1.0, True)])
def test_the_susceptible_follow_honest_neighbours_further_than_others(make, spread, apart):
    honest = {f"kinds.{kind}.honest_share": 0.8 for kind in ("person", "firm")}
    paths = WORLD | honest | {"society.norm": 2.0, "society.norm_sd": spread, "run.seed": 1}
    rows = make.village(paths | {"population.size": 4000}).run_to(36).debtors
    ids = [int(i) for i in rows.column("id")]
    factor = np.array([susceptibility(1, i, Society(norm_sd=1.0)) for i in ids])
    tempted = rows.column("conscience_origin") < UPRIGHT
    known = tempted & (rows.column("standing") != UNKNOWN)
    bad = rows.column("standing") == DISHONEST
    least, most = np.quantile(factor, [1 / 3, 2 / 3])
    low, high = (bad[known & part].mean() for part in (factor < least, factor > most))
    assert (low - high > 0.15) == apart
