"""Claims about real units: what a district's people stand for, budgets and currencies."""

import math

import pytest

from sim.analysis.comparison.district import CASES, Budget, Currency, District, district, restored
from sim.errors import ServandaError


def test_a_district_has_as_many_cases_as_its_debtors_bring_unless_their_number_is_given():
    found = district(800_000, given=None, intake=0.0155)
    assert found.measured
    assert found.debtors * 0.0155 == pytest.approx(800.0 * CASES)
    found = district(800_000, given=250.0, intake=math.nan)
    assert not found.measured
    assert found.debtors == 200_000.0
    with pytest.raises(ServandaError, match="--debtors-per-1000"):
        district(800_000, given=None, intake=0.0)


def test_sums_go_back_and_forth_between_the_district_and_a_thousand_debtors():
    found = District(800_000, 250.0, False, Currency("EUR", 8.0), 3e6)
    assert found.per_thousand(3e6) == pytest.approx(3e6 * 8.0 / 200.0)
    assert found.money(found.per_thousand(3e6) / 1000.0) == pytest.approx(3e6)
    assert found.people(2.5) == pytest.approx(500.0)


def test_a_budget_is_a_number_and_a_period_and_a_currency_a_name_and_its_yuan():
    assert Budget.of("3e6/year") == Budget.of("3,000,000/year") == (3e6, "year")
    assert Currency.of("EUR=7.8") == ("EUR", 7.8)


@pytest.mark.parametrize(
    ("read", "option", "texts"),
    [
        (Budget.of, "--budget", ["3 million a year", "3e6/week", "inf/year", "-5", "0", "1e300"]),
        (Currency.of, "--currency", ["EUR", "=7", "EUR=0", "EUR=nan", "E R=7"]),
    ],
)
def test_what_is_no_budget_and_no_currency_is_refused(read, option, texts):
    for text in texts:
        with pytest.raises(ServandaError, match=option):
            read(text)


def test_a_folder_restores_its_district():
    told = {"adults": 1000, "debtors_per_1000": None, "currency": ["EUR", 7.8], "budget": 5.0}
    currency = Currency("EUR", 7.8)
    made = district(1000, given=None, intake=0.0155, currency=currency, budget=5.0)
    assert restored(told, 0.0155) == made
    assert restored(None, 0.0155) is None
