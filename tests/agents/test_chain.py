"""Claims about the chain of steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.court.chain import power_mean

STEPS = st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4)


@given(steps=STEPS)
def test_at_nought_four_equal_steps_come_to_the_product(steps):
    a, b, c, d = steps
    assert power_mean(*steps, 0.0) ** 4 == pytest.approx(a * b * c * d)
    assert power_mean(*steps, 1e-6) ** 4 == pytest.approx(a * b * c * d, rel=1e-4)


@given(steps=STEPS, low=st.floats(-10.0, 10.0), more=st.floats(0.0, 10.0))
def test_the_chain_grows_with_the_exponent_between_weakest_and_strongest_link(steps, low, more):
    one, other = (power_mean(*steps, e) for e in (low, low + more))
    assert one <= other + 1e-9
    assert min(steps) - 1e-9 <= one <= max(steps) + 1e-9


def test_a_large_exponent_makes_the_weakest_link_matter_less():
    assert power_mean(0.0, 1.0, 1.0, 1.0, 0.0) == 0.0
    assert power_mean(0.0, 1.0, 1.0, 1.0, 8.0) > 0.9
