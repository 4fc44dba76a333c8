"""Claims about who is served first and what becomes of terminated cases."""

import pytest

from tests.model.worlds import Worlds

BUSY = {"population.size": 2000, "run.burn_in": 24, "run.months": 24, "obligations.intensity": 4.0}
LIVELIHOOD = ["wages", "maintenance", "injury"]
OTHERS = ["bank_loan", "private_loan", "trade"]


def age(world, domains):
    """Mean months in the docket of the open cases of some domains."""
    told = world.series(by="domain", counts=True)
    told = told[told["cell"].isin(domains)]
    return told["n_docket_age"].sum() / told["n_docket"].sum()


@pytest.mark.parametrize("seed", [1, 2])
def test_livelihood_cases_wait_less_at_the_cost_of_all_others(make, seed):
    thin = {"comprehensive.officers": 0.12, "run.seed": seed}
    by_age, first = (
        make.village(BUSY | thin | {"special.livelihood_priority": x}).run() for x in (0.0, 1.0)
    )
    assert age(first, LIVELIHOOD) < 0.85 * age(by_age, LIVELIHOOD)
    assert age(first, OTHERS) > age(by_age, OTHERS)


def test_periodic_tracing_revives_terminated_cases_and_recovers_from_them(make):
    worlds = Worlds(make, BUSY | {"procedure.revive": 0.0}, burn_in=False)
    asleep, awake = (w.n for w in worlds.each("rule_of_law.periodic_tracing", 0.0, 0.17))
    assert awake["revived"] > 5.0 * asleep["revived"]
    assert awake["shadow"] < asleep["shadow"]
    assert awake["recovered_by_force"] > 1.1 * asleep["recovered_by_force"]


def test_a_standard_makes_terminations_fewer_and_each_of_them_sound(make):
    worlds = Worlds(make, BUSY | {"obligations.intensity": 3.0})
    loose, strict = (w.n for w in worlds.each("rule_of_law.termination_standard", 0.0, 1.0))
    assert 0.0 < loose["terminated_checked"] < loose["terminated"]
    assert strict["terminated_checked"] == strict["terminated"] < loose["terminated"]
    assert strict["docket"] > loose["docket"]


def test_who_applies_anew_fills_the_docket_again(make):
    worlds = Worlds(make, BUSY | {"rule_of_law.termination_standard": 0.0})
    once, again = (w.n for w in worlds.each("procedure.reapply", 0.0, 0.2))
    assert again["revived"] > once["revived"]
    assert again["docket"] > once["docket"]
