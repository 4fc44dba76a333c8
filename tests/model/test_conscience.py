"""Claims about conscience and norms, each held against a world without them."""

import numpy as np

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
    during, after = gaps(make, {"society.crowding_out_seen": 0.2})
    assert during > 0.005
    assert after < 0.35 * during


def performed_by_the_able(make, norm, upright):
    """Voluntary performance of those able, with this share of debtors beyond temptation."""
    shares = {f"kinds.{kind}.honest_share": upright for kind in ("person", "firm")}
    # so little fear of enforcement that few of the others pay
    usual = {"learning.optimism": 0.1, "run.months": 24}
    world = make.village(WORLD | usual | {"society.norm": norm} | shares).run()
    return world.headline()["grace_performance_able"]


def test_norms_raise_performance_among_the_honest_and_lower_it_among_the_dishonest(make):
    bound, free = (
        [performed_by_the_able(make, norm, upright) for upright in (0.1, 0.8)]
        for norm in (1.0, 0.0)
    )
    assert bound[0] < free[0] - 0.01
    assert bound[1] > free[1] + 0.01
