"""Claims about naming: whom it moves."""

NAMED = {
    "comprehensive.match_rate": 0.0,  # nothing is restricted: a listing only names
    "comprehensive.list_rate": 0.5,
    "sanctions.listing_income_loss": 0.0,
    "comprehensive.visibility": 1.0,
    "obligations.intensity": 4.0,
    "population.size": 2000,
    "run.burn_in": 12,
}
SMALL, LARGE = ["below_10k", "to_100k"], ["to_1m", "above_1m"]


def refusing(world, sizes):
    """Share of able debtors who refuse, by size of what they owe, over the measured months."""
    told = world.series("size", counts=True)
    told = told[told["cell"].isin(sizes)]
    return told["n_debtors_evading"].sum() / told["n_debtors_able"].sum()


def test_naming_moves_small_debts_more_than_large_ones(make):
    without, with_it = (make.village(NAMED | {"choice.stigma": s}).run_to(36) for s in (0.0, 4.0))
    small, large = (refusing(without, sizes) - refusing(with_it, sizes) for sizes in (SMALL, LARGE))
    assert small > 0.05
    assert small > 2.0 * large
