"""Claims about what packages cost: what they move, by the dose, and a budget over several seeds."""

import warnings

import pytest

from sim.analysis.comparison.cost import Cost, costs, doses_within_budget
from sim.analysis.comparison.dose import LEAST, TOLERANCE, dosed, fullest, further, puts
from sim.analysis.paired import difference
from sim.errors import ServandaError, ServandaWarning
from sim.scenario.reading.file import load
from sim.world import World

SHORT = {"population.size": 400, "run.burn_in": 6, "run.months": 12}
OPEN = {"name": "open", "set": {"rule_of_law.openness": 1.0}}
OFFICERS = {"name": "officers", "scale": {"comprehensive.officers": 3.0}}
DETAIN = {"name": "detain", "set": {"sanctions.detention_rate": 0.5}}
DETAINED = {"obligations.intensity": 4.0, "sanctions.prison_months": 0.0}
"""What makes many be detained and none imprisoned: custody that differs much between seeds."""
SEEDS = (1, 2, 3, 4)


def package(*policies, **more):
    told = {"extends": "village", "policies": list(policies)}
    return load(told, overrides=SHORT | more)


def cost(setup, seeds=SEEDS) -> Cost:
    return costs({"it": setup}, seeds)["it"]


def bought(setup, budget, seeds=SEEDS) -> Cost:
    return doses_within_budget({"it": setup}, budget, seeds)["it"]


def parts(found: Cost) -> float:
    return sum(part.mean for part in (found.priced, found.staff, found.custody))


def test_a_package_costs_what_it_moves_and_not_what_stands_already():
    found = cost(package(OPEN))
    opened = found.levers["rule_of_law.openness"]
    assert (opened.mean, opened.half) == (pytest.approx(500.0), pytest.approx(0.0, abs=1e-9))
    assert "comprehensive.travel" not in found.levers
    assert found.total.mean == pytest.approx(parts(found))
    assert found.priced.mean == pytest.approx(sum(one.mean for one in found.levers.values()))
    half = cost(dosed(package(OPEN), 0.5))
    assert half.levers["rule_of_law.openness"].mean == pytest.approx(250.0)
    none = cost(dosed(package(OPEN, DETAIN), 0.0))
    assert (none.total.mean, none.levers) == (0.0, {})


def test_more_officers_cost_their_pay_and_transfers_stand_beside_the_cost():
    setup = package(OFFICERS)
    hours = setup.procedure.hours * setup.institutions.wage * 12.0
    more = 2.0 * setup.levers.comprehensive.officers
    assert cost(setup).staff.mean == pytest.approx(more * hours)
    found = cost(package({"name": "insure", "set": {"at_source.social_insurance": 0.5}}))
    assert found.transfers.mean > 0.0
    assert found.total.mean == pytest.approx(parts(found))


def test_the_total_is_what_public_outlay_says_of_the_same_runs():
    with_it, without = package(OPEN, DETAIN, **DETAINED), package(**DETAINED)
    outlays = [
        [World(one, **{"run.seed": seed}).run().headline()["public_outlay"] for seed in SEEDS]
        for one in (with_it, without)
    ]
    found = cost(with_it)
    assert found.custody.mean != 0.0
    assert found.total == difference(*outlays).times(1000.0)
    assert found.total.mean == pytest.approx(parts(found), rel=1e-9)


# ---------------------------------------------------------------- budgets


def costs_at(setup, dose) -> Cost:
    """The cost of a scenario whose policies have that dose already, said to be at that dose."""
    found = cost(dosed(setup, dose))
    return Cost(**{**vars(found), "dose": dose})


def test_the_dose_of_a_budget_is_that_of_the_mean_over_the_seeds_and_not_the_luck_of_one():
    setup = package(OFFICERS, DETAIN, **DETAINED)
    budget = cost(setup).total.mean / 2.0
    alone, together = bought(setup, budget, SEEDS[:1]), bought(setup, budget)
    for found in (alone, together):
        assert found.total.mean == pytest.approx(budget, rel=TOLERANCE)
        assert 0.0 < found.dose < 1.0
    assert costs_at(setup, alone.dose).total.mean < 0.8 * budget
    assert repr(together) == repr(costs_at(setup, together.dose))
    assert together.total.half > TOLERANCE * budget  # and other seeds would cost another sum


def test_what_costs_no_more_than_the_budget_is_taken_whole():
    whole = cost(package(OPEN))
    assert repr(bought(package(OPEN), 2000.0)) == repr(whole)
    assert whole.dose == 1.0


def test_packages_are_priced_together_as_they_are_alone_by_one_process_or_two():
    packages = {"open": package(OPEN), "officers": package(OFFICERS)}
    one = doses_within_budget(packages, 300.0, SEEDS[:2])
    assert repr(one) == repr(doses_within_budget(packages, 300.0, SEEDS[:2], jobs=2))
    alone = {name: bought(setup, 300.0, SEEDS[:2]) for name, setup in packages.items()}
    assert repr(one) == repr(alone)


def test_where_the_cost_jumps_over_the_budget_the_dose_below_is_taken_and_it_is_said():
    setup = package(DETAIN, **DETAINED)
    with pytest.warns(ServandaWarning, match="it: its cost jumps over the budget, from 0 yuan at"):
        found = bought(setup, 50.0, [1])
    assert found.dose < 1.0
    assert found.total.mean <= 50.0


def test_without_policies_there_is_nothing_to_pay_for():
    with pytest.raises(ServandaError, match="it has none"):
        cost(package())
    with pytest.raises(ServandaError, match="pays for nothing"):
        bought(package(OPEN), 0.0)


def test_a_run_that_fails_names_the_package_and_the_seed(fragile):
    told = {"extends": str(fragile), "policies": [{"name": "load", "set": {"fragile.load": 0.8}}]}
    setup = load(told, overrides=SHORT)
    with pytest.raises(ServandaError, match="it, seed 1: month 1, phase straining"):
        cost(setup)


# ---------------------------------------------------------------- the search


def searched(curve, budget=1.0, most=1.0):
    """What is tried of a curve of costs."""
    tried = {0.0: 0.0, 1.0: curve(1.0)}
    while (dose := further(tried, budget, most)) is not None:
        assert dose not in tried
        tried[dose] = curve(dose)
    return tried


@pytest.mark.parametrize(
    "curve",
    [
        lambda dose: 3.0 * dose,
        lambda dose: 200.0 * dose,
        lambda dose: 3.0 * dose**4,
        lambda dose: 3.0 * dose**0.25,
        lambda dose: -2.0 * dose if dose < 0.7 else -1.4 + 20.0 * (dose - 0.7),
        lambda dose: 9.0 * dose * (1.2 - dose),
    ],
)
def test_the_dose_of_a_budget_is_found_in_few_tries(curve):
    tried = searched(curve)
    assert min(abs(yuan - 1.0) for yuan in tried.values()) <= TOLERANCE
    assert len(tried) < 16


def test_a_jump_is_closed_in_upon_to_the_last_digit():
    tried = searched(lambda dose: 0.5 if dose < 0.4 else 2.0)
    assert max(dose for dose in tried if dose < 0.4) == 0.399
    assert min(dose for dose in tried if dose >= 0.4) == 0.4
    assert len(tried) < 30


def test_a_package_that_saves_money_needs_no_other_dose_and_next_to_no_budget_ends_the_search():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert searched(lambda dose: -dose) == {0.0: 0.0, 1.0: -1.0}
    tried = searched(lambda dose: dose, 1e-300)
    assert len(tried) < 16
    assert 0.0 < min(dose for dose in tried if dose) <= LEAST


def test_a_cheap_package_is_taken_farther_but_no_farther_than_its_levers_go():
    tried = searched(lambda dose: 0.03 * dose, 1.0, most=250.0)
    assert abs(tried[max(tried)] - 1.0) <= TOLERANCE
    assert len(tried) < 6
    assert max(searched(lambda dose: 0.03 * dose, 1.0, most=1.25)) == 1.25
    assert max(searched(lambda dose: -dose, 1.0, most=100.0)) == 100.0


# ---------------------------------------------------------------- doses beyond 1


def test_beyond_the_whole_each_move_goes_so_many_times_as_far():
    added = {"name": "more", "add": {"collaborative.pooling": 0.1}, "dose": 0.5}
    setup = package(OPEN | {"set": {"rule_of_law.openness": 0.4}}, OFFICERS, added)
    opened, officers, more = dosed(setup, 2.0).policies
    start = setup.levers.rule_of_law.openness
    assert opened.set["rule_of_law.openness"] == pytest.approx(start + 2.0 * (0.4 - start))
    assert officers.scale["comprehensive.officers"] == pytest.approx(5.0)
    assert (more.dose, more.add) == (1.0, {"collaborative.pooling": 0.1})
    assert dosed(setup, 2.0, keep={"officers"}).policies[1] == setup.policies[1]


def test_what_a_dose_puts_over_a_file_makes_the_same_scenario():
    told = {"extends": "village", "policies": [OPEN, OFFICERS | {"dose": 0.8}]}
    setup = load(told, overrides=SHORT)
    for dose in (0.3, 1.0, 1.25):
        values = dict(puts(setup, dose, keep={"open"}))
        assert load(told, overrides=SHORT | values) == dosed(setup, dose, keep={"open"})


def test_the_fullest_dose_brings_the_first_lever_to_the_end_of_its_range():
    setup = package(OFFICERS)
    most = fullest(setup)
    moved = dosed(setup, most).policies[0].scale["comprehensive.officers"]
    assert moved * setup.levers.comprehensive.officers == pytest.approx(10.0)
    assert fullest(package(OFFICERS, OPEN)) == 1.0
    assert fullest(package(OFFICERS, OPEN), keep={"open"}) == most


def test_a_cheap_package_is_bought_beyond_the_whole_where_that_is_asked_for():
    setup = package(OFFICERS)
    budget = 3.0 * cost(setup).total.mean
    assert bought(setup, budget).dose == 1.0
    found = doses_within_budget({"it": setup}, budget, SEEDS, beyond=True)["it"]
    assert found.total.mean == pytest.approx(budget, rel=TOLERANCE)
    assert 1.0 < found.dose < found.most


def test_a_baseline_may_have_policies_of_its_own_and_a_budget_depend_on_the_cases_without_any():
    base, both = package(OPEN), package(OPEN, OFFICERS)
    alone, seen = cost(package(OFFICERS)), []
    budget = lambda cases: seen.append(cases) or 1e9
    found = doses_within_budget({"it": both}, budget, SEEDS, base=base)["it"]
    assert found.staff.mean == pytest.approx(alone.staff.mean)
    assert "rule_of_law.openness" not in found.levers
    assert seen[0] > 0.0
