"""Claims about restrictions: they wear off, and each further one adds less."""

import pytest

from sim.books.counts import Count
from tests.model.worlds import Worlds

LISTED = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 24,
    "obligations.intensity": 4.0,
    # nobody pays whatever the law says, and what is felt are restrictions alone
    "choice.behaviour": "rule_of_thumb",
    "choice.thumb_share": 0.001,
    "sanctions.listing_income_loss": 0.0,
    "sanctions.detention_rate": 0.0,
    "sanctions.prison_rate": 0.0,
}

LONG = {
    "sanctions.listing_term": 60.0,
    "comprehensive.list_rate": 0.0,
    "comprehensive.officers": 0.0,
    "procedure.term_unserved": 240.0,
    "economy.exit": 0.0,
    "economy.own_shock": 0.0,
    "economy.common_shock": 0.0,
}
"""Incomes stand still and no case ends, so that who is listed at once stays so for years."""


@pytest.mark.parametrize(("lasting", "second_year"), [(0.5, (0.55, 0.85)), (1.0, (0.97, 1.03))])
def test_the_second_year_of_a_restriction_weighs_less_than_the_first(make, lasting, second_year):
    once = {"name": "once", "set": {"comprehensive.list_rate": 1.0}, "start": 1, "end": 1}
    world = make.village(LISTED | LONG | {"choice.lasting": lasting}, policies=[once]).run()
    sums = world.measured.sums()[:, 0]
    harm, months = sums[:, Count.FELT_HARM], sums[:, Count.RESTRICTION_MONTHS]
    assert months[-1] > 0.9 * months[1] > 100.0  # the same people in both years
    years = [harm[y].sum() / months[y].sum() for y in (slice(0, 12), slice(12, 24))]
    assert second_year[0] < years[1] / years[0] < second_year[1]


DOMAINS = ("procurement", "travel", "finance", "office", "honours")


@pytest.mark.parametrize(("exponent", "together"), [(0.45, (0.1, 0.75)), (1.0, (0.98, 1.02))])
def test_restrictions_have_diminishing_returns_in_their_sum(make, exponent, together):
    worlds = Worlds(make, LISTED | {"choice.breadth_exponent": exponent}, burn_in=False)

    def harm(*restricted):
        return worlds({f"comprehensive.{name}": float(name in restricted) for name in DOMAINS}).n[
            "felt_harm"
        ]

    alone = [harm(name) for name in DOMAINS]
    assert min(alone) > 0.0 == harm()
    assert together[0] < harm(*DOMAINS) / sum(alone) < together[1]
