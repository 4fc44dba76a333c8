"""Claims about what policy costs the public: prices, bases, officers, custody, transfers."""

import pytest

from sim.levers.catalogue import catalogue

FREE = {entry.path: entry.lever.off for entry in catalogue() if entry.lever.cost > 0.0}
"""Every lever with a price at its off value."""
YEARS = 2
QUIET = FREE | {"run.burn_in": 6, "run.months": 12 * YEARS, "obligations.intensity": 3.0}


def costs(make, paths=None, **options):
    return make.village(QUIET | (paths or {}), **options).run()


def total(world, what, breakdown="all"):
    return world.series(breakdown, counts=True).groupby("cell")[f"n_{what}"].sum()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("rule_of_law.openness", 0.4, 0.5 * 0.4 * 400),
        ("comprehensive.travel", 1.0, 150.0 * 0.4),
    ],
)
def test_a_lever_costs_its_price_for_each_head_it_reaches(make, path, value, expected):
    assert costs(make, {path: value}).lever_costs()[path] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("path", "value", "price", "by", "times"),
    [
        ("rule_of_law.live_freeze", 0.5, 50.0, "entered", 1),
        ("at_source.reminder", 1.0, 2.0, "due", 1),
        ("rule_of_law.supervision", 0.5, 8_000.0, "officers", 12),
    ],
)
def test_a_lever_costs_its_price_for_each_case_claim_or_officer(
    make, path, value, price, by, times
):
    world = costs(make, {path: value, "procedure.revive": 0.0})
    counted = total(world, by)["all"] / (times * YEARS)
    assert world.lever_costs()[path] == pytest.approx(price * value * counted)
    assert counted > 0.0


def test_a_policy_costs_where_and_while_it_is_in_force(make):
    aimed = {"name": "p", "set": {"rule_of_law.openness": 1.0}, "districts": [1], "start": 13}
    world = costs(make, policies=[aimed])
    spent = total(world, "levers_cost", "district")
    here = (world.simulation.debtors.rows["district"] == 1).sum()
    assert spent["0"] == 0.0
    assert spent["1"] == pytest.approx(0.5 * here)
    assert world.lever_costs()["rule_of_law.openness"] == pytest.approx(0.5 * here / YEARS)


def test_officers_are_paid_for_all_their_hours(make):
    world = costs(make, {"institutions.shirk_value": 10.0})
    of = world.setup.institutions
    month = world.setup.procedure.hours * of.wage * (1.0 + of.overhead)
    pay = month * total(world, "officers")["all"]
    assert total(world, "staff_cost")["all"] == pytest.approx(pay)


def test_custody_costs_its_days(make):
    hard = {"sanctions.detention_rate": 0.3, "sanctions.prison_rate": 0.2}
    world = costs(make, hard | {"institutions.custody_day": 10.0})
    days = total(world, "detention_days")["all"] + 30.0 * total(world, "prison_months")["all"]
    assert days > 0.0
    assert total(world, "custody_cost")["all"] == pytest.approx(10.0 * days)


def test_transfers_stand_apart_from_what_policy_costs(make):
    quiet = costs(make)
    assert sum(quiet.lever_costs().values()) == 0.0
    world = costs(make, {"comprehensive.relief_fund": 4_000.0, "at_source.social_insurance": 0.5})
    books = world.measured.books().query("month >= 1")
    given = books[["social", "funding"]].to_numpy().sum()
    assert total(world, "transfers")["all"] == pytest.approx(given)
    assert total(world, "transfers")["all"] > 0.0 == total(quiet, "transfers")["all"]
