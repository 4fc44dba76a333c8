"""Claims about administrators: how likely abuse is found out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.institutions.administrator import discounted, monthly

SHARES = st.floats(0.0, 1.0)
MONTHS = st.integers(1, 120).map(float)
RATES = st.floats(1e-4, 0.1)


@given(found=SHARES, months=MONTHS)
def test_months_of_examination_together_find_the_share_that_is_said(found, months):
    never = (1.0 - monthly(found, months)) ** months
    assert 1.0 - never == pytest.approx(found, abs=1e-9)


@given(found=SHARES, months=MONTHS, rate=RATES)
def test_the_closed_form_is_the_sum_over_months(found, months, rate):
    m, q = monthly(found, months), 1.0 / (1.0 + rate)
    series = sum(m * (1.0 - m) ** (t - 1) * q**t for t in range(1, int(months) + 1))
    assert discounted(found, months, rate) == pytest.approx(series, abs=1e-9)
    assert 0.0 <= discounted(found, months, rate) <= found + 1e-9  # later is less than now
