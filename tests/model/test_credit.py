"""Credit repair does what it is for."""

from tests.model.worlds import Worlds

WORLD = {"population.size": 3000, "run.burn_in": 36, "run.months": 36, "obligations.intensity": 4.0}


def test_a_short_delay_of_repair_leaves_the_way_out_that_a_long_one_takes_away(make):
    at_once, short, long = Worlds(make, WORLD).each("comprehensive.repair_delay", 0.0, 3.0, 24.0)
    performing = [
        found.ratio("listed_paid_able", "listed_start_able") for found in (at_once, short, long)
    ]
    assert performing[0] > performing[1] > performing[2]
    assert performing[2] < 0.8 * performing[0]
    assert at_once.n["repair_months"] == 0.0 < short.n["repair_months"] < long.n["repair_months"]
    assert long.n["felt_harm"] > at_once.n["felt_harm"]
