"""Claims about means of batches and their standard errors."""

import numpy as np
import pytest

from sim.classics.estimate import deviation_of, mean_of


def test_a_mean_has_the_standard_error_of_the_means_of_its_batches():
    assert mean_of(np.array([1.0, 2.0, 3.0])) == pytest.approx((2.0, 3**-0.5))


def test_a_deviation_is_that_of_all_values_and_its_error_is_half_that_of_the_variance_over_it():
    values = np.array([[1.0, 3.0], [5.0, 7.0]])
    found = deviation_of(values.mean(axis=1), (values**2).mean(axis=1))
    assert found.value == pytest.approx(values.std())
    variances = ((values - 4.0) ** 2).mean(axis=1)
    assert found.standard_error == pytest.approx(mean_of(variances).standard_error / (2.0 * 5**0.5))
    assert deviation_of(np.array([2.0, 2.0]), np.array([4.0, 4.0])) == (0.0, 0.0)


def test_the_standard_error_says_how_far_means_of_independent_values_are_from_the_truth():
    """Of 400 means of 40 standard normal batches, about 95 % are within two standard errors."""
    rng = np.random.default_rng(3)
    found = [mean_of(one) for one in rng.standard_normal((400, 40))]
    within = np.mean([abs(one.value) <= 2.0 * one.standard_error for one in found])
    assert within == pytest.approx(0.95, abs=0.03)  # 2.75 standard errors of a share of 400
