"""Claims about who is served first."""

BUSY = {"population.size": 2000, "run.burn_in": 24, "run.months": 24, "obligations.intensity": 4.0}
LIVELIHOOD = ["wages", "maintenance", "injury"]
OTHERS = ["bank_loan", "private_loan", "trade"]


def age(world, domains):
    """Mean months in the docket of the open cases of some domains."""
    told = world.series(by="domain", counts=True)
    told = told[told["cell"].isin(domains)]
    return told["n_docket_age"].sum() / told["n_docket"].sum()


def test_livelihood_cases_wait_less_at_the_cost_of_all_others(make):
    thin = {"comprehensive.officers": 0.12}
    by_age, first = (
        make.village(BUSY | thin | {"special.livelihood_priority": x}).run() for x in (0.0, 1.0)
    )
    assert age(first, LIVELIHOOD) < 0.85 * age(by_age, LIVELIHOOD)
    assert age(first, OTHERS) > age(by_age, OTHERS)
