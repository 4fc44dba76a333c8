"""Claims about naming: whom it moves, and how it can do the opposite of what is meant."""

import numpy as np
import pytest

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


@pytest.fixture(scope="module")
def named(make):
    """The same world with names that carry no stigma, and with names that do."""
    return [make.village(NAMED | {"choice.stigma": s}).run_to(36) for s in (0.0, 4.0)]


def test_naming_moves_small_debts_more_than_large_ones(named):
    without, with_it = named
    small, large = (refusing(without, sizes) - refusing(with_it, sizes) for sizes in (SMALL, LARGE))
    assert small > 0.05
    assert small > 2.0 * large


def test_naming_those_who_cannot_pay_backfires_on_those_who_can(make):
    # No stigma, no restriction: all that a listing does is to be seen as fair or unfair, by people
    # few of whom are beyond all temptation.
    paths = NAMED | {
        "choice.stigma": 0.0,
        "comprehensive.list_accuracy": 0.0,
        "society.crowding_out_seen": 0.5,
        "society.recovery": 0.0,
        "kinds.person.honest_share": 0.3,
        "kinds.person.conscience": 0.4,
    }
    nobody, wrong = (
        make.village(paths | {"comprehensive.list_rate": rate}).run_to(36) for rate in (0.0, 1.0)
    )
    consciences = [np.mean(w.debtors.column("conscience")) for w in (nobody, wrong)]
    assert consciences[1] < 0.9 * consciences[0]
    for paid in ("due_performance", "grace_performance_able"):
        assert wrong.headline()[paid] < nobody.headline()[paid] - 0.01, paid
