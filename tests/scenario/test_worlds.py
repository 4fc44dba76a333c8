"""Claims about worlds that differ in more than policies."""

import pytest

import sim
from sim.errors import ServandaError
from sim.scenario.differences import SHOWN, refuse_unlike, summary, unlike


def worlds(*names):
    return {name: sim.load(name) for name in names}


def test_policies_words_and_seeds_are_no_difference():
    told = worlds("china_2016", "all_six", "officers_only")
    told["other seed"] = sim.load("special", overrides={"run.seed": 77})
    assert unlike(told) == []


def test_size_courts_months_and_burn_in_are_named_first():
    found = unlike(worlds("village", "special"))
    paths = {"population.size", "population.districts", "run.months", "run.burn_in"}
    assert {one.path for one in found} == paths
    assert all(one.scenario == "special" for one in found)
    with pytest.raises(ServandaError, match=r"special: .*population\.size 10,000 against 400"):
        refuse_unlike(found)
    found = unlike(worlds("china_2016", "tipping"))
    assert f"and {len(found) - SHOWN} more" in summary(found)


def test_what_makes_a_policy_possible_is_named_and_not_refused_as_levers_are():
    (one,) = unlike(worlds("china_2016", "insurance_only"))
    assert str(one) == "domains.injury.insurable true against false"
    assert one.opening
    refuse_unlike([one])
    found = unlike(worlds("china_2016", "thin_enforcement"))
    assert any(one.path == "levers.comprehensive.officers" for one in found)
    with pytest.raises(ServandaError, match="in more than its policies"):
        refuse_unlike(found)
