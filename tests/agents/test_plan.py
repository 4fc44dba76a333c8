"""Claims about what a plan is worth and who offers or accepts one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.debtor import Means
from sim.agents.debtor.plan import acceptable, offer, present_value
from sim.parameters import Procedure

RULES = Procedure()


@given(instalment=st.floats(10.0, 1e5), total=st.floats(1.0, 1e6), rate=st.floats(0.001, 0.1))
def test_the_closed_form_is_the_sum_of_discounted_instalments(instalment, total, rate):
    if total / instalment > 500:
        total = 500 * instalment
    left, month, worth = total, 0, 0.0
    while left > 1e-9 * instalment:
        month += 1
        worth += min(left, instalment) / (1.0 + rate) ** month
        left -= instalment
    assert present_value(instalment, total, rate) == pytest.approx(worth, rel=1e-9, abs=1e-6)


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


def test_instalments_are_not_promised_twice_and_who_hopes_for_more_from_enforcement_refuses():
    of = Means(0.0, 0.0, 3000.0)
    it = offer(10_000.0, of, 0.0, RULES)
    assert not offer(10_000.0, of, it.instalment, RULES).made
    assert acceptable(10_000.0, 0.5, it, RULES)
    assert not acceptable(10_000.0, 0.75, it, RULES)
