"""Claims about whom a policy reached: in force times in its target, nobody twice."""

import pytest

import sim
from sim.scenario.reach import Reach
from sim.terms import Domain

SMALL = {
    "extends": "village",
    "format": 1,
    "title": "Small",
    "run": {"months": 8, "burn_in": 4},
    "population": {"size": 120},
    "obligations": {"intensity": 40.0},
}


def world(*policies, **more):
    return sim.World(SMALL | {"policies": list(policies)} | more, events=True)


def policy(name="one", **more):
    return {"name": name, "scale": {"at_source.reminder": 1.0}, **more}


def watched(made, chosen):
    """Ids of claims and debtors that stood in a target at the ends of some months."""
    claims, cases, debtors = set(), set(), set()
    for month in range(1, made.setup.run.months + 1):
        made.run_to(month, before="close")
        if month in chosen:
            simulation = made.simulation
            claims |= {int(c["id"]) for c in simulation.claims.rows if not made.skip(c)}
            cases |= {
                int(c["id"]) for c in simulation.claims.rows if c["intake"] and not made.skip(c)
            }
            debtors |= {int(d) for d in simulation.debtors.rows["id"]}
        made.step()
    return claims, cases, debtors


def test_a_scenario_without_policies_reaches_nobody():
    assert world().run().reach() == []


def test_what_stands_in_the_target_while_a_policy_is_in_force_is_counted_once():
    made = world(policy(start=3, end=6))
    made.skip = lambda claim: False
    claims, cases, debtors = watched(made, range(3, 7))
    (found,) = made.reach()
    assert claims
    assert cases
    assert found == Reach("one", 4, 2, len(debtors), len(claims), len(cases))


def test_a_target_of_one_domain_and_district_reaches_neither_courts_nor_debtors():
    target = {"domains": ["private_loan"], "districts": [1]}
    made = world(policy(**target, scale={"at_source.mediation": 1.0}))
    loans = Domain.PRIVATE_LOAN.value
    made.skip = lambda claim: claim["domain"] != loans or claim["district"] != 1
    claims, cases, _ = watched(made, range(1, 9))
    (found,) = made.reach()
    assert claims
    assert found == Reach("one", 8, 0, 0, len(claims), len(cases))


def test_a_policy_that_comes_back_counts_only_who_is_new():
    trigger = {"indicator": "backlog", "on": -1.0, "off": -2.0}
    whole = world(policy(trigger=trigger, start=2))
    whole.run()
    broken = world(policy(trigger=trigger, start=2))
    # It goes out of force for two months, as its indicator would bring about.
    real = broken.treatments.observe

    def observe(month, values):
        real(month, {"backlog": -3.0 if month in {4, 5} else 3.0})

    broken.treatments.observe = observe
    broken.run()
    (first,), (second,) = whole.reach(), broken.reach()
    assert (first.months, second.months) == (7, 5)
    assert 0 < second.claims <= first.claims
    assert second.debtors <= first.debtors


def test_a_policy_that_never_comes_into_force_reaches_nobody():
    waiting = world(policy(trigger={"indicator": "backlog", "on": 1e9, "off": 0.0}))
    assert waiting.run().reach() == [Reach("one")]


def test_worlds_that_share_a_burn_in_reach_as_those_that_run_alone():
    setup = world(policy()).setup
    alone = sim.World(setup).run().reach()
    other = world(policy(dose=0.5)).setup
    assert sim.World(other).run_to(0).under(setup).run().reach() == alone


@pytest.mark.parametrize("name", ["special", "rule_of_law"])
def test_policies_of_shipped_scenarios_reach_everybody(name):
    made = sim.World(name, **{"population.size": 100, "run.months": 2, "run.burn_in": 2}).run()
    assert {one.policy for one in made.reach()} == {p.name for p in made.setup.policies}
    assert all(one.courts == made.setup.population.districts for one in made.reach())
