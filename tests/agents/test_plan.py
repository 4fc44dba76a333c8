"""Claims about what a plan is worth and who offers or accepts one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.debtor import Means
from sim.agents.debtor.plan import acceptable, offer, present_value
from sim.parameters import Procedure

RULES = Procedure()
ROUNDING = 1e-9
"""Relative: closed form against a sum of some hundred terms."""


@given(instalment=st.floats(10.0, 1e5), total=st.floats(1.0, 1e6), rate=st.floats(0.001, 0.1))
def test_the_closed_form_is_the_sum_of_discounted_instalments(instalment, total, rate):
    if total / instalment > 500:
        total = 500 * instalment
    left, month, worth = total, 0, 0.0
    while left > 1e-9 * instalment:
        month += 1
        worth += min(left, instalment) / (1.0 + rate) ** month
        left -= instalment
    assert present_value(instalment, total, rate) == pytest.approx(worth, rel=ROUNDING, abs=1e-6)


def test_a_plan_costs_less_than_its_sum_and_the_less_the_longer_it_runs():
    worth = [present_value(1000.0 / n, 1000.0, 0.04) for n in (1, 6, 12, 36)]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] < 1000.0


@pytest.mark.parametrize(
    ("of", "made"),
    [
        (Means(0.0, 0.0, 3000.0), True),
        (Means(0.0, 0.0, 0.0), False),  # nothing comes in
        (Means(9000.0, 0.0, 3000.0), False),  # could pay at once
        (Means(0.0, 1e6, 3000.0), True),  # goods need not be sold
        (Means(0.0, 0.0, 600.0), False),  # it would take longer than the longest plan
    ],
)
def test_who_has_income_to_come_and_no_money_at_hand_offers_a_plan(of, made):
    assert offer(10_000.0, of, 0.0, RULES).made == made


def test_instalments_already_promised_are_not_promised_twice():
    of = Means(0.0, 0.0, 3000.0)
    first = offer(10_000.0, of, 0.0, RULES)
    assert not offer(10_000.0, of, first.instalment, RULES).made


def test_a_creditor_that_hopes_for_more_from_enforcement_refuses():
    it = offer(10_000.0, Means(0.0, 0.0, 3000.0), 0.0, RULES)
    assert acceptable(10_000.0, 0.5, it, RULES)
    assert not acceptable(10_000.0, 0.75, it, RULES)
