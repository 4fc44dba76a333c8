"""Claims about lending: whom lenders refuse, and what makes them lend more."""

from typing import Any

import numpy as np
import pytest

from sim.books.counts import Count
from sim.mechanisms.lending import break_even, expected_repayment, granting
from sim.parameters import LenderTraits, Obligations

WEIGHS = {"obligations.lending_weighs": 1.0}
MOVES = {"obligations.lending_weighs": (1.0, "n_credit_unpromising", {})}
"""A parameter, its value, the count that it changes, and in which world; see `test_declaring`."""

LENT = {"domains.bank_loan.person": 500.0, "domains.bank_loan.credit": True}
REPORTED = WEIGHS | {"at_source.credit_reporting": 1.0}


def requests(make, paths, trust=0.5, court=None, **who):
    """Credit sought, refused, refused for lack of expected repayment, and the claims that arise."""
    bench = make.bench(LENT | paths, debtors=400)
    bench.simulation.creditors.rows["trust"] = trust
    for name, value in (court or {}).items():
        bench.simulation.courts.rows[name] = value
    bench.crowd("new_claims", own={"bank": 1e9}, **({"income": 1e6} | who))
    counted = (Count.CREDIT_SOUGHT, Count.CREDIT_REFUSED, Count.CREDIT_UNPROMISING)
    return *bench.totals(*counted), set(bench.simulation.claims.rows["id"].tolist())


GOOD: dict[str, Any] = {"court": {"known_due": 90.0, "known_kept": 90.0}}
BETTER = [({"trust": 0.9}, {}), (GOOD, {}), ({}, {"income": 0.0}), ({"score": 100}, {})]


@pytest.mark.parametrize(
    ("better", "worse"), BETTER, ids=["recovered", "performed", "income", "record"]
)
def test_more_is_lent_where_more_is_expected_back_and_to_the_same_debtors(make, better, worse):
    more, less = requests(make, REPORTED, **better), requests(make, REPORTED, **worse)
    assert less[1] == less[2] > more[1] > 0.0
    assert less[3] < more[3]  # who was granted credit still is
    for sought, refused, _, claims in (more, less):
        assert sought - refused == len(claims)


def test_who_has_defaulted_is_refused_for_it_once(make):
    sought, refused, unpromising, _ = requests(make, REPORTED, score=0)
    assert (refused, unpromising) == (sought, 0.0)


def test_nobody_weighs_at_zero_whatever_is_expected(make):
    for trust, income in ((0.0, 0.0), (1.0, 1e6)):
        assert requests(make, {}, trust=trust, income=income)[1:3] == (0.0, 0.0)


def test_lenders_refuse_as_often_as_they_expect_too_little(make):
    sought, refused, *_ = requests(make, WEIGHS, trust=0.2)
    terms = Obligations()
    expected = expected_repayment(0.5, 1.0, 0.0, 0.2)
    chance = 1.0 - granting(expected, break_even(LenderTraits(), terms), 0.1)
    assert expected == 0.6
    assert abs(refused / sought - chance) <= 5.0 * np.sqrt(chance * (1.0 - chance) / sought)


def test_a_district_remembers_about_a_year_of_claims(make):
    bench = make.bench(WEIGHS | {"economy.exit": 0.0})
    bench.simulation.courts.rows["known_due"] = 12.0
    bench.play("institutions")
    assert bench.simulation.courts.rows["known_due"][0] == pytest.approx(11.0)


def test_courts_that_recover_more_bring_more_credit(make):
    world = {"population.size": 2000, "run.burn_in": 24, "run.months": 36}
    world |= WEIGHS | {"obligations.intensity": 4.0}
    weak, strong = (
        make.village(world | {"comprehensive.officers": number}).run().series(counts=True).sum()
        for number in (0.1, 2.0)
    )
    shares = [one["n_credit_unpromising"] / one["n_credit_sought"] for one in (weak, strong)]
    assert shares[1] < shares[0] - 0.02
