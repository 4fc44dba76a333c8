"""Claims about the effect of listing: the same debtors, months and draws, with and without it."""

import pytest

import sim
from sim.analysis.listing import effect_of_listing, without_listing
from sim.engine.blocks import Execution
from sim.measure.listing import at_risk, owing, performing
from sim.terms import Stage

LISTED = {
    "population.size": 300,
    "run.burn_in": 12,
    "run.months": 12,
    "obligations.intensity": 4.0,
    "comprehensive.list_rate": 0.3,
}
NOTHING_TO_FEAR = {
    "choice.stigma": 0.0,
    "sanctions.listing_income_loss": 0.0,
    "learning.notice": 1.0,
    "kinds.person.credit": 0.0,
    "kinds.firm.credit": 0.0,
    "procedure.listing_hours": 0.0,
    "procedure.delisting_hours": 0.0,
    "procedure.effort_gain": 0.0,  # with it, each case in a docket affects all others
} | {
    f"comprehensive.{name}": 0.0
    for name in ("procurement", "travel", "finance", "office", "honours")
}


def test_a_list_that_takes_nothing_moves_nobody():
    found = effect_of_listing("village", [1, 2], **LISTED, **NOTHING_TO_FEAR)
    assert (found.seeds["months"] > 0).all()
    assert found.effect.mean == found.effect.half == 0.0


def test_a_list_that_shuts_one_out_moves_those_who_can_pay():
    breadths = dict.fromkeys(NOTHING_TO_FEAR, 1.0)
    breadths |= {"choice.stigma": 3.0, "sanctions.listing_income_loss": 0.0}
    larger = LISTED | {"population.size": 2000}
    found = effect_of_listing("village", range(1, 5), **larger, **breadths)
    assert found.effect.low > 0.0
    assert found.effect.mean == pytest.approx(found.with_listing - found.without_listing)


def test_listing_is_off_whatever_policies_say():
    campaign = {"name": "campaign", "start": 3, "scale": {"comprehensive.list_rate": 3.0}}
    more = {"name": "more", "add": {"comprehensive.list_rate": 0.2, "comprehensive.officers": 0.1}}
    setup = sim.load({"extends": "village", "policies": [campaign, more]}, overrides=LISTED)
    other = sim.load(without_listing(setup))
    assert [p.name for p in other.policies] == ["more", "comprehensive.list_rate held"]
    world = sim.World(other, execution=Execution(compiled=False))
    simulation = world.run_to(4).simulation
    reached = simulation.levers["comprehensive"]["list_rate"][simulation.debtors.rows["treatment"]]
    assert (reached == 0.0).all()


def test_only_listed_able_debtors_who_owe_in_both_worlds_are_at_risk(make):
    worlds = [make.bench(debtors=6).simulation for _ in range(2)]
    for simulation in worlds:
        simulation.debtors.rows["ability"] = 4
    mine, theirs = (simulation.debtors.rows for simulation in worlds)
    mine["on_list"] = [True, True, True, True, True, False]
    theirs["on_list"][1] = True
    mine["ability"][2] = 0
    theirs["id"][3] += 1
    for simulation in worlds:
        simulation.claims.append(6)
        simulation.claims.rows["debtor"] = range(6)
        simulation.claims.rows["stage"] = Stage.QUEUED
    worlds[1].claims.rows["stage"][4] = Stage.PAID
    assert at_risk(*worlds).tolist() == [True, False, False, False, False, False]


def test_who_pays_and_owes_no_more_performs_and_so_does_who_enters_a_plan(make):
    simulation = make.bench(debtors=4).simulation
    simulation.debtors.rows["events"] = [32, 32, 0, 0]
    simulation.claims.append(4)
    claims = simulation.claims.rows
    claims["debtor"] = [0, 1, 2, 3]
    claims["stage"] = [Stage.PAID, Stage.QUEUED, Stage.PLAN, Stage.PLAN]
    claims["months"] = [0, 5, 0, 3]
    claims["closed"][0] = True
    assert performing(simulation).tolist() == [True, False, True, False]
    assert owing(simulation, Stage.UNPAID, plans=False).tolist() == [False, True, False, False]
