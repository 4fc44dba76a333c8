"""Claims about a supervisor who inspects the courts."""

from sim.books.counts import Count
from sim.month.shared.journal import DISTRICTS
from tests.model.worlds import SEEDS, WIDE

INSPECTED = {
    "rule_of_law.supervision": 0.2,
    "institutions.shirk_value": 8.0,
    "institutions.duty": 30_000.0,
    "institutions.inspection_cost": 200.0,
    "institutions.inspections": 0.5,
    "institutions.inspection_reach": 0.8,
}


def districts(make, paths):
    """Counts of both districts; the officers of the first are professional."""
    upright = {"name": "upright", "districts": [0], "set": {"systemic.professionalism": 1.0}}
    found = 0.0
    for seed in SEEDS:
        world = make.village(WIDE | paths | {"run.seed": seed}, policies=[upright | {"start": 1}])
        found = found + world.run().measured.sums()[3:, DISTRICTS:].sum(axis=0)
    return found


def test_inspections_fall_on_the_court_that_shirks_and_keep_to_their_room(make):
    alone, inspected, few = (
        districts(make, INSPECTED | paths)
        for paths in ({"institutions.inspection_cost": 0.0}, {}, {"institutions.inspections": 0.1})
    )
    assert alone[:, Count.INSPECTIONS].sum() == 0.0
    upright, idle = inspected[:, Count.INSPECTIONS] / inspected[:, Count.COURTS]
    assert idle > 0.2
    assert upright < 0.02
    unworked = [found[1, Count.HOURS_UNWORKED] for found in (alone, inspected)]
    assert unworked[1] < 0.9 * unworked[0]
    assert few[:, Count.INSPECTIONS].sum() < 0.2 * few[:, Count.COURTS].sum()
