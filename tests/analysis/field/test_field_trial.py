"""Claims about trials in small worlds: tables agree with the world's arms, arms share debtors."""

import numpy as np
import pytest

from sim import World
from sim.analysis.field.reading import load_field
from sim.analysis.field.trial import trial
from sim.runs.arm_claims import ABILITY, NEVER, arm_claims
from sim.world import beginning, identity_of

TRIAL = {
    "name": "trial",
    "start": 5,
    "assign": {"share": 0.5, "unit": "debtor"},
    "set": {"at_source.reminder": 1.0, "rule_of_law.persuasion": 0.2},
}


@pytest.fixture(scope="module")
def worlds():
    """A village with a strong policy from month 5 on, and the same without it."""
    found = []
    for dose in (1.0, 0.0):
        scenario = {"extends": "village", "policies": [TRIAL | {"dose": dose}]}
        paths = {"run.months": 24, "run.burn_in": 0, "population.size": 800}
        found.append(World(scenario, groups=[ABILITY], **paths).run())
    return found


def test_the_table_has_the_claims_and_shares_of_the_worlds_own_arms(worlds):
    table = arm_claims(worlds[0])
    for arm in worlds[0].arms():
        mine = table[table["arm"] == arm.arm]
        assert mine["claims"].sum() == arm.claims
        # `performed_12` uses only claims that have been followed for twelve months
        old = mine[mine["month"] <= 12]
        paid = old[(old["months"] != NEVER) & (old["months"] <= 12)]
        share = paid["claims"].sum() / old["claims"].sum()
        assert share == pytest.approx(arm.outcomes["performed_12"])


def test_nothing_differs_before_the_policy_starts_and_something_does_later(worlds):
    """Debtors do not foresee a policy: an announcement has no effect (experiment X12)."""
    tables = [arm_claims(world) for world in worlds]
    keys = ["arm", "ability", "domain", "month", "claims"]
    at_once = [one[one["months"] == 0][keys] for one in tables]
    before = [one[one["month"] < TRIAL["start"]].to_numpy() for one in at_once]
    assert len(before[0]) > 0
    assert (before[0] == before[1]).all()
    after = [one[one["month"] >= TRIAL["start"]]["claims"].sum() for one in at_once]
    assert after[0] > after[1]


def test_a_world_without_a_trial_has_an_empty_table():
    found = arm_claims(World("village", **{"run.months": 1, "run.burn_in": 0}).run())
    assert found.empty
    assert list(found.columns[:2]) == ["policy", "arm"]


def test_arms_for_the_same_debtors_share_a_burn_in_and_one_world_without_policy():
    made = trial(load_field("x04_tax_nudges"), debtors=200)
    assert len({beginning(world) for world in made.worlds.values()}) == 1
    assert len(set(made.untreated.values())) == 1
    assert len({identity_of(world) for world in made.worlds.values()}) == len(made.worlds) == 4
    sizes = trial(load_field("x13_shaming_by_size"), debtors=200)
    assert len({beginning(world) for world in sizes.worlds.values()}) == 2
    assert len(set(sizes.untreated.values())) == 2


def test_without_the_policy_nothing_happens_to_anybody():
    """A policy without dose gives the numbers of a world that has none."""
    made = trial(load_field("x01_text_messages"), debtors=300)
    short = {"run.burn_in": 0, "run.months": 6}
    scenario = made.worlds[made.untreated["text"]].model_dump()
    without = World(scenario, **short).run().headline()
    bare = World(scenario | {"policies": []}, **short).run().headline()
    assert np.array_equal([*without.values()], [*bare.values()], equal_nan=True)
