"""Claims about rewards and personal sanctions: who they move, and whom they strike by error."""

import numpy as np

from sim.books.counts import Count
from sim.mechanisms.prosecution.declaration import REPORTED
from sim.mechanisms.prosecution.refusal import FALSE_CONVICTIONS

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


def test_a_reward_for_honesty_raises_performance_and_is_felt(make):
    none, given = (over_seeds(make, {"comprehensive.honesty_reward": w}) for w in (0.0, 0.5))
    paid = [share(f, Count.DUE_PAID, Count.DUE) for f in (none, given)]
    gap, error = make.paired(paid[1], paid[0])
    assert gap > 3.0 * error
    assert none[:, Count.FELT_REWARD].sum() == 0.0 < given[:, Count.FELT_REWARD].sum()


def test_fines_and_the_list_move_those_who_can_pay(make):
    none = {"sanctions.fine_rate": 0.0, "comprehensive.list_rate": 0.0}
    bare = over_seeds(make, none)
    for path, rate in (("sanctions.fine_rate", 0.3), ("comprehensive.list_rate", 0.5)):
        struck = over_seeds(make, none | {path: rate})
        refusing = [share(f, Count.DEBTORS_EVADING, Count.DEBTORS_ABLE) for f in (bare, struck)]
        gap, error = make.paired(*refusing)
        assert gap > 3.0 * error, path


HARSH = {
    "sanctions.prison_rate": 0.02,
    "sanctions.detention_rate": 0.05,
    "collaborative.target_accuracy": 0.0,
}


def test_personal_sanctions_move_the_able_and_classified_measures_spare_the_unable(make):
    mild = over_seeds(make, {"sanctions.detention_rate": 0.0, "sanctions.fine_rate": 0.0})
    harsh, aimed = (
        over_seeds(make, HARSH | {"collaborative.target_accuracy": a}) for a in (0.0, 1.0)
    )
    refusing = [share(f, Count.DEBTORS_EVADING, Count.DEBTORS_ABLE) for f in (mild, harsh)]
    gap, error = make.paired(*refusing)
    assert gap > 3.0 * error
    unable = [f[:, Count.DETENTION_DAYS_UNABLE].sum() for f in (harsh, aimed)]
    assert unable[0] > 0.0 == unable[1]


def test_good_evidence_prevents_false_convictions_and_not_true_ones(make):
    poor, good = (over_seeds(make, HARSH | {"special.evidence": e}).sum(axis=0) for e in (0.0, 0.9))
    false = [f[FALSE_CONVICTIONS] for f in (poor, good)]
    true = [f[Count.PRISONS] - f[FALSE_CONVICTIONS] for f in (poor, good)]
    assert 0.0 < false[1] < 0.3 * false[0]
    assert true[1] > 0.7 * true[0]


def test_prosecutors_charge_no_more_than_they_have_room_for(make):
    law = {"sanctions.prison_rate": 0.05}
    few, free = (
        over_seeds(make, law | {"institutions.prosecutors": n}).sum(axis=0) for n in (0.02, 10.0)
    )
    charged = [f[Count.PRISONS] / f[REPORTED] for f in (few, free)]
    assert charged[0] < 0.3 * charged[1]
    assert charged[1] > 0.5
