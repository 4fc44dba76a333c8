"""Claims about who is served first and what becomes of terminated cases."""

import pytest

from sim.books.counts import Count

BUSY = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 24,
    "obligations.intensity": 4.0,
}
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
    left, traced = (
        make.village(BUSY | {"procedure.revive": 0.0, "rule_of_law.periodic_tracing": chance}).run()
        for chance in (0.0, 0.17)
    )
    asleep, awake = (world.measured.sums()[:, 0].sum(axis=0) for world in (left, traced))
    assert awake[Count.REVIVED] > 5.0 * asleep[Count.REVIVED]
    assert awake[Count.SHADOW] < asleep[Count.SHADOW]
    assert awake[Count.RECOVERED_BY_FORCE] > 1.1 * asleep[Count.RECOVERED_BY_FORCE]
