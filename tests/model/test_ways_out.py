"""Claims about honest ways out of debt, each held against a world without them."""

import pytest

from tests.model.worlds import Worlds

YEARS = {
    "run.burn_in": 12,
    "run.months": 36,
    "obligations.intensity": 4.0,
    "population.size": 2000,
    "procedure.bankruptcy_cost": 0.0,
}
FIRMS = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49}


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, YEARS)


def test_plans_let_debtors_pay_out_of_income_and_most_instalments_are_kept(worlds):
    off, on = (
        worlds({"rule_of_law.plans": share, "population.size": 6000}) for share in (0.0, 1.0)
    )
    assert off.yuan["instalment"] == 0.0 < on.yuan["instalment"]
    assert on.n["plans_completed"] > 0.0
    assert on.n["instalments_kept"] > 0.5 * on.n["instalments_due"]


def test_conversion_frees_officers_and_clears_the_shadow_of_terminated_cases(worlds):
    # more hours than work, so that hours used say how much work there is
    spare = FIRMS | {"comprehensive.officers": 2.0}
    off, on = worlds.each("at_source.conversion", 0.0, 1.0, common=spare)
    assert on.n["hours_used"] < off.n["hours_used"]
    assert on.n["shadow"] < off.n["shadow"]
    assert off.yuan["collective"] == 0.0 < on.yuan["collective"]


def test_personal_bankruptcy_spares_those_who_cannot_pay_restrictions(worlds):
    off, on = (found.n for found in worlds.each("at_source.personal_bankruptcy", 0.0, 1.0))
    assert on["discharged"] + on["insolvent"] > 0.0 == off["discharged"]
    assert on["restriction_months_unable"] < off["restriction_months_unable"]


def test_the_threat_of_liquidation_makes_firms_that_can_pay_perform(worlds):
    off, on = worlds.each("special.compulsory_liquidation", 0.0, 0.1, common=FIRMS)
    assert on.n["liquidated"] > off.n["liquidated"]
    # what liquidation itself takes away, it takes after grace: those who leave grace are all there
    paid = [found.ratio("grace_paid_able", "grace_left_able") for found in (off, on)]
    assert paid[1] > paid[0] + 0.03
