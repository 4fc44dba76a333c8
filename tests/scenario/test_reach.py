"""Claims about whom a policy reached: in force times in its target, nobody twice."""

import sim
from sim.scenario.reach import Reach
from sim.terms import Domain

SMALL = {
    "extends": "village",
    "run": {"months": 8, "burn_in": 4},
    "population": {"size": 120},
    "obligations": {"intensity": 40.0},
}


def world(**policy):
    one = {"name": "one", "scale": {"at_source.reminder": 1.0}}
    return sim.World(SMALL | {"policies": [one | policy] if policy else []})


def watched(made, chosen, reached=lambda claim: True):
    """How many debtors, claims and cases stood in a target at the ends of some months."""
    claims, cases, debtors = set(), set(), set()
    for month in range(1, made.setup.run.months + 1):
        made.run_to(month, before="close")
        if month in chosen:
            there = [c for c in made.simulation.claims.rows if reached(c)]
            claims |= {int(c["id"]) for c in there}
            cases |= {int(c["id"]) for c in there if c["intake"]}
            debtors |= {int(d) for d in made.simulation.debtors.rows["id"]}
        made.step()
    assert len(claims) > len(cases) > 0
    return len(debtors), len(claims), len(cases)


def test_what_stands_in_the_target_while_a_policy_is_in_force_is_counted_once():
    made = world(start=3, end=6)
    counts = watched(made, range(3, 7))
    assert made.reach() == [Reach("one", 4, 2, *counts)]


def test_a_target_of_one_domain_and_district_reaches_neither_courts_nor_debtors():
    target = {"domains": ["private_loan"], "districts": [1]}
    made = world(**target, scale={"at_source.mediation": 1.0})
    loans = Domain.PRIVATE_LOAN.value
    _, *counts = watched(
        made, range(1, 9), lambda claim: claim["domain"] == loans and claim["district"] == 1
    )
    assert made.reach() == [Reach("one", 8, 0, 0, *counts)]


def test_sanctions_for_a_domain_reach_each_debtor_once_whose_oldest_case_is_in_it():
    target = {"domains": ["private_loan"], "start": 2}
    made = world(**target, scale={"sanctions.fine_rate": 3.0})
    met = set()
    for month in range(1, made.setup.run.months + 1):
        made.run_to(month, before="close")
        debtors = made.simulation.debtors.rows
        reached = made.treatments.members["one"][debtors["treatment"]]
        met |= set(debtors["id"][reached].tolist()) if month > 1 else set()
        made.step()
    (found,) = made.reach()
    assert 0 < found.debtors == len(met) < found.claims


def test_worlds_that_share_a_burn_in_reach_as_those_that_run_alone():
    setup, other = world(start=1).setup, world(dose=0.5).setup
    alone = sim.World(setup).run().reach()
    assert sim.World(other).run_to(0).under(setup).run().reach() == alone
