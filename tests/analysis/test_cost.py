"""Claims about what packages cost: what they move, in proportion to the dose, within a budget."""

import pytest

from sim.analysis.cost import Package
from sim.errors import ServandaError
from sim.scenario.file import load

SHORT = {"population.size": 400, "run.burn_in": 6, "run.months": 12}
OPEN = {"name": "open", "set": {"rule_of_law.openness": 1.0}}


def package(*policies, **more):
    return Package(load({"extends": "village", "policies": list(policies)} | more, overrides=SHORT))


def test_a_package_costs_what_it_moves_and_not_what_stands_already():
    cost = package(OPEN).cost()
    assert cost.levers["rule_of_law.openness"] == pytest.approx(500.0)
    assert "comprehensive.travel" not in cost.levers
    assert cost.total == pytest.approx(sum(cost.levers.values()) + cost.staff + cost.custody)


def test_half_a_dose_costs_half_of_a_lever_priced_by_the_head():
    opened = package(OPEN)
    assert opened.cost(0.5).levers["rule_of_law.openness"] == pytest.approx(250.0)
    assert opened.cost(0.0).total == 0.0


def test_more_officers_cost_their_pay():
    more = package({"name": "officers", "scale": {"comprehensive.officers": 2.0}})
    cost = more.cost()
    setting = more.scenario
    hours = setting.procedure.hours * setting.institutions.wage * 12.0
    assert cost.staff == pytest.approx(setting.levers.comprehensive.officers * hours)


def test_the_largest_dose_within_a_budget_is_found():
    opened = package(OPEN, {"name": "teach", "set": {"at_source.integrity_education": 0.1}})
    whole = opened.cost().total
    part = opened.within(whole / 3)
    assert 0.0 < part.dose < 1.0
    assert part.total == pytest.approx(whole / 3, rel=0.02)
    assert opened.within(2 * whole).dose == 1.0


def test_without_policies_there_is_nothing_to_pay_for():
    with pytest.raises(ServandaError, match="this scenario has none"):
        package()
    with pytest.raises(ServandaError, match="pays for nothing"):
        package(OPEN).within(0.0)


def test_transfers_stand_beside_the_cost():
    insured = package({"name": "insure", "set": {"at_source.social_insurance": 0.5}})
    cost = insured.cost()
    assert cost.transfers > 0.0
    assert not cost.levers
    assert cost.total == cost.staff + cost.custody
