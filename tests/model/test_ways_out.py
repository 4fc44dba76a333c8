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
BANKRUPTCY = {"at_source.personal_bankruptcy": 1.0, "procedure.bankruptcy_stigma": 0.0}


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, YEARS)


def test_plans_let_debtors_pay_out_of_income_and_most_instalments_are_kept(worlds):
    off, on = worlds.each("rule_of_law.plans", 0.0, 1.0)
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


def test_the_more_is_exempt_in_bankruptcy_the_more_of_those_with_something_to_share_ask(worlds):
    none, some, most = worlds.each(
        "at_source.bankruptcy_exempt", 0.0, 24.0, 60.0, common=BANKRUPTCY
    )
    assert none.n["discharge_asked"] < some.n["discharge_asked"] < most.n["discharge_asked"]
    assert most.yuan["collective"] > 1.2 * none.yuan["collective"]  # not by the poorest, that is


def test_few_administrators_make_bankruptcies_wait(worlds):
    law = FIRMS | {"at_source.conversion": 1.0, "at_source.personal_bankruptcy": 1.0}
    few, free = (w.n for w in worlds.each("at_source.administrators", 0.1, 1000.0, common=law))
    capacity = 0.1 * 2.0 * (YEARS["run.burn_in"] + YEARS["run.months"])
    assert free["openings"] == free["openings_wanted"] > 2.0 * capacity
    # what is opened scatters about the capacity; four standard deviations of a Poisson count
    assert 0.0 < few["openings"] < capacity + 4.0 * capacity**0.5
    assert few["openings_wanted"] > 2.0 * few["openings"]


def test_an_administrator_who_looks_finds_abuse_and_deters_it(worlds):
    law = BANKRUPTCY | {"at_source.discharge_years": 2.0}
    law |= {"kinds.person.honest_share": 0.0, "kinds.person.conscience": 0.0}
    law |= {"economy.ruin": 0.02, "economy.ruin_keeps": 0.2}
    found = worlds.each("at_source.bankruptcy_examination", 0.0, 0.5, 1.0, common=law)
    none, some, all_of_it = (world.n["bankruptcy_abused"] for world in found)
    assert none >= some >= all_of_it < none
    assert found[0].n["bankruptcy_abuse_found"] == 0.0


def test_sanctions_on_those_without_anything_bring_harm_and_no_money(worlds):
    # nobody owns or saves anything, and no list is accurate
    poor = {f"economy.{x}": 0.0 for x in ("windfall", "ruin", "own_shock", "common_shock")}
    poor |= {"comprehensive.list_accuracy": 0.0, "population.size": 400}
    for kind in ("person", "firm", "public_body"):
        poor |= {f"kinds.{kind}.wealth": 0.1, f"kinds.{kind}.need": 2.0}
        poor |= {f"kinds.{kind}.need_sd": 0.0, f"kinds.{kind}.zombie": 0.0}
    off, on = worlds.each("comprehensive.list_rate", 0.0, 0.5, common=poor)
    assert on.n["felt_harm"] > off.n["felt_harm"]
    got = [
        sum(found.yuan[name] for name in ("paid_voluntarily", "distributed", "instalment"))
        for found in (off, on)
    ]
    assert got[1] <= got[0]
