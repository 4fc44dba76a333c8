"""Claims about creditors who charge, a supervisor who inspects and obstruction foreseen."""

import numpy as np
import pytest

from sim.books.counts import Count
from sim.mechanisms.prosecution.declaration import PRIVATE_CHARGES
from sim.month.shared.journal import DISTRICTS

SEEDS = range(1, 7)
WIDE = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 24,
    "obligations.intensity": 2.0,
}


def over_seeds(make, paths):
    """Counts of all measured months, a row a seed."""
    worlds = (make.village(WIDE | paths | {"run.seed": seed}).run() for seed in SEEDS)
    return np.array([world.measured.sums()[:, 0].sum(axis=0) for world in worlds])


def share(found, above, below):
    return found[:, above] / found[:, below]


SHORT = {"sanctions.prison_rate": 0.05, "institutions.prosecutors": 0.0}


def test_private_prosecution_makes_up_for_missing_room_and_more_of_the_able_perform(make):
    short = over_seeds(make, SHORT)
    private = over_seeds(make, SHORT | {"special.private_prosecution": 1.0})
    assert short[:, PRIVATE_CHARGES].sum() == 0.0
    assert private[:, Count.PRISONS].sum() > short[:, Count.PRISONS].sum() + 10.0
    refusing = [share(f, Count.DEBTORS_EVADING, Count.DEBTORS_ABLE) for f in (short, private)]
    gap, error = make.paired(*refusing)
    assert gap > 3.0 * error


BOUGHT = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}


def test_who_foresees_a_bribe_performs_less(make):
    blind = over_seeds(make, BOUGHT)
    foreseen = over_seeds(make, BOUGHT | {"choice.foresees_obstruction": 1.0})
    paid = [share(f, Count.GRACE_PAID_ABLE, Count.GRACE_LEFT_ABLE) for f in (blind, foreseen)]
    gap, error = make.paired(*paid)
    assert gap > 3.0 * error


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


def test_inspections_fall_on_the_court_that_shirks_and_it_works_more(make):
    alone = districts(make, INSPECTED | {"institutions.inspection_cost": 0.0})
    inspected = districts(make, INSPECTED)
    assert alone[:, Count.INSPECTIONS].sum() == 0.0
    upright, idle = inspected[:, Count.INSPECTIONS] / inspected[:, Count.COURTS]
    assert idle > 0.2
    assert upright < 0.02
    unworked = [f[1, Count.HOURS_UNWORKED] for f in (alone, inspected)]
    assert unworked[1] < 0.9 * unworked[0]


def test_inspections_keep_to_their_room(make):
    few = districts(make, INSPECTED | {"institutions.inspections": 0.1})
    assert few[:, Count.INSPECTIONS].sum() < 0.2 * few[:, Count.COURTS].sum()


@pytest.mark.parametrize("off", ["institutions.inspection_cost", "rule_of_law.supervision"])
def test_without_a_cost_or_without_supervision_nobody_is_inspected(make, off):
    small = {"population.size": 300, "run.months": 6}
    world = make.village(WIDE | INSPECTED | small | {off: 0.0}).run()
    assert not world.simulation.courts.rows["watched"].any()
    assert world.measured.sums(burn_in=True)[:, 0, Count.INSPECTIONS].sum() == 0.0
