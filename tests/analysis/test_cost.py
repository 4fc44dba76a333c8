"""Claims about what packages cost: what they move, by the dose, and a budget over several seeds."""

import pytest

from sim.analysis.comparison.cost import Cost, _chosen, costs, doses_within_budget
from sim.analysis.comparison.dose import TOLERANCE, dosed, fullest, further
from sim.analysis.comparison.pairing import TOO_FEW
from sim.analysis.paired import Difference, difference
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
    assert found.total.mean == pytest.approx(parts(found))
    assert found.priced.mean == pytest.approx(sum(one.mean for one in found.levers.values()))
    half = cost(dosed(package(OPEN), 0.5))
    assert half.levers["rule_of_law.openness"].mean == pytest.approx(250.0)
    none = cost(dosed(package(OPEN, DETAIN), 0.0))
    assert (none.total.mean, none.levers) == (0.0, {})
    assert repr(bought(package(OPEN), 2000.0)) == repr(cost(package(OPEN)))  # taken whole


def test_more_officers_cost_their_pay_and_transfers_stand_beside_the_cost():
    setup = package(OFFICERS)
    wage = setup.institutions.wage * (1.0 + setup.institutions.overhead)
    hours = setup.procedure.hours * wage * 12.0
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


def test_a_dose_is_that_of_a_budget_on_the_mean_over_the_seeds():
    setup = package(OFFICERS, OPEN)
    budget = cost(setup).total.mean / 2.0
    found = bought(setup, budget)
    assert found.total.mean == pytest.approx(budget, rel=TOLERANCE)
    assert 0.0 < found.dose < 1.0
    assert cost(dosed(setup, found.dose)).total == found.total
    detained = package(DETAIN, **DETAINED)
    alone = [cost(detained, [seed]).total.mean for seed in SEEDS[:2]]
    assert alone[0] != alone[1]
    assert cost(detained, SEEDS[:2]).total.mean == pytest.approx(sum(alone) / 2.0)


def test_where_the_cost_jumps_over_the_budget_the_dose_below_is_taken_and_it_is_said():
    nil = Difference.symmetric(0.0, 0.0, 4)
    yuan = {0.0: 0.0, 0.399: 40.0, 0.4: 90.0, 1.0: 200.0}
    tried = {
        dose: Cost(dose, 1.0, {}, nil, nil, nil, Difference.symmetric(mean, 0.0, 4), nil)
        for dose, mean in yuan.items()
    }
    with pytest.warns(
        ServandaWarning, match="its cost jumps from below the budget to above it, from 40 yuan at"
    ):
        assert _chosen("it", tried, 50.0) is tried[0.399]


def test_where_policies_reach_too_few_claims_there_is_no_interval():
    few = cost(package(OPEN, **{"obligations.intensity": 0.05}))
    assert few.few
    assert {one.reason for one in (few.total, few.priced, few.staff)} == {TOO_FEW}
    assert few.total.mean > 0.0


def test_without_policies_there_is_nothing_to_pay_for():
    with pytest.raises(ServandaError, match="it has none"):
        cost(package())
    with pytest.raises(ServandaError, match="buys nothing"):
        bought(package(OPEN), 0.0)


def test_a_run_that_fails_names_the_package_and_the_seed(fragile):
    told = {"extends": str(fragile), "policies": [{"name": "load", "set": {"fragile.load": 0.8}}]}
    setup = load(told, overrides=SHORT)
    with pytest.raises(ServandaError, match="it, seed 1: month 1, phase straining"):
        cost(setup)


def searched(curve, most=1.0):
    """What is tried of a curve of costs for a budget of 1."""
    tried = {0.0: 0.0, 1.0: curve(1.0)}
    while (dose := further(tried, 1.0, most)) is not None:
        assert dose not in tried
        tried[dose] = curve(dose)
    return tried


@pytest.mark.parametrize(
    ("curve", "most"),
    [
        (lambda dose: 200.0 * dose, 1.0),
        (lambda dose: 3.0 * dose**0.25, 1.0),
        (lambda dose: -2.0 * dose if dose < 0.7 else -1.4 + 20.0 * (dose - 0.7), 1.0),
        (lambda dose: 9.0 * dose * (1.2 - dose), 1.0),
        (lambda dose: 0.03 * dose, 250.0),
    ],
)
def test_the_dose_of_a_budget_is_found_in_few_tries(curve, most):
    tried = searched(curve, most=most)
    assert min(abs(yuan - 1.0) for yuan in tried.values()) <= TOLERANCE
    assert len(tried) < 16


def test_a_jump_is_closed_in_upon_and_a_cheap_package_goes_no_farther_than_its_levers():
    tried = searched(lambda dose: 0.5 if dose < 0.4 else 2.0)
    assert max(dose for dose in tried if dose < 0.4) == 0.399
    assert searched(lambda dose: -dose) == {0.0: 0.0, 1.0: -1.0}
    assert max(searched(lambda dose: 0.03 * dose, most=1.25)) == 1.25


def test_beyond_the_whole_each_move_goes_so_many_times_as_far():
    added = {"name": "more", "add": {"collaborative.pooling": 0.1}, "dose": 0.5}
    setup = package(OPEN | {"set": {"rule_of_law.openness": 0.4}}, OFFICERS, added)
    opened, officers, more = dosed(setup, 2.0).policies
    start = setup.levers.rule_of_law.openness
    assert opened.set["rule_of_law.openness"] == pytest.approx(start + 2.0 * (0.4 - start))
    assert officers.scale["comprehensive.officers"] == pytest.approx(5.0)
    assert (more.dose, more.add) == (1.0, {"collaborative.pooling": 0.1})
    assert dosed(setup, 2.0, keep={"officers"}).policies[1] == setup.policies[1]


def test_the_fullest_dose_brings_the_first_lever_to_the_end_of_its_range():
    setup = package(OFFICERS)
    most = fullest(setup)
    moved = dosed(setup, most).policies[0].scale["comprehensive.officers"]
    assert moved * setup.levers.comprehensive.officers == pytest.approx(10.0)
    assert fullest(package(OFFICERS, OPEN)) == 1.0


def test_a_baseline_may_have_policies_of_its_own_and_a_budget_depend_on_the_cases_without_any():
    base, both, seen = package(OPEN), package(OPEN, OFFICERS), []
    budget = lambda cases: seen.append(cases) or 1e9
    found = doses_within_budget({"it": both}, budget, SEEDS, base=base)["it"]
    assert found.staff.mean == pytest.approx(cost(package(OFFICERS)).staff.mean)
    assert "rule_of_law.openness" not in found.levers
    assert seen[0] > 0.0


def known(yuan: float) -> Difference:
    return Difference(yuan, yuan, yuan, 4)


def of(levers: dict[str, float], staff: float = 0.0) -> Cost:
    nil = known(0.0)
    total = sum(levers.values()) + staff
    found = {path: known(yuan) for path, yuan in levers.items()}
    return Cost(1.0, 1.0, found, nil, known(staff), nil, known(total), nil)


def test_an_order_by_cost_holds_if_no_price_within_its_range_turns_it_round():
    opened, network = "rule_of_law.openness", "collaborative.trace_cash"  # a third to three times
    cheap, dear = of({opened: 90.0}, staff=40.0), of({opened: 90.0, network: 60.0}, staff=40.0)
    assert cheap.range == (pytest.approx(30.0 + 30.0), pytest.approx(270.0 + 60.0))
    assert of({opened: -90.0}).range == (pytest.approx(-270.0), pytest.approx(-30.0))
    # what both use alike decides nothing, however wide the ranges of their totals overlap
    assert cheap.surely_below(dear)
    assert not dear.surely_below(cheap)
    other = of({network: 100.0})
    assert not of({opened: 90.0}).surely_below(other)
    assert of({opened: 10.0}).surely_below(other)
    assert not cheap.surely_below(cheap)
