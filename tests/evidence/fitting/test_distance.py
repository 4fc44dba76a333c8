import numpy as np
import pytest
from scipy.stats import t

from sim.evidence.fitting.distance import (
    FREEDOM,
    Observed,
    effective,
    implausibility,
    log_likelihood,
    standardised,
    weights,
)


def observed(values, sd=0.1, above=None, scaled=None):
    values = np.array(values, float)
    count = len(values)
    return Observed(
        values,
        np.full(count, sd),
        np.full(count, sd if above is None else above),
        np.zeros(count, bool) if scaled is None else np.array(scaled),
    )


def test_a_difference_is_measured_by_the_error_on_its_own_side():
    z = standardised(observed([1.0], sd=0.1, above=0.5), np.array([[0.8], [1.5]]), np.zeros(1))
    # The truth below the figure: error .1. The truth above it: error .5.
    assert z[:, 0].tolist() == pytest.approx([2.0, -1.0])


def test_the_variance_of_what_is_expected_is_added():
    z = standardised(observed([1.0], sd=0.3), np.array([[0.5]]), np.array([0.16]))
    assert z[0, 0] == pytest.approx(1.0)


def test_a_common_factor_of_all_counts_says_nothing():
    figures = observed([2.0, 3.0, 0.5], scaled=[True, True, False])
    expected = np.array([[2.0, 3.0, 0.5]])
    more = expected + np.array([[4.2, 4.2, 0.0]])
    nothing = np.zeros(3)
    assert standardised(figures, more, nothing) == pytest.approx(
        standardised(figures, expected, nothing)
    )


def test_counts_that_are_not_in_proportion_differ():
    figures = observed([2.0, 3.0], scaled=[True, True])
    z = standardised(figures, np.array([[2.0, 3.4]]), np.zeros(2))
    assert z[0].tolist() == pytest.approx([2.0, -2.0])


def test_a_missing_value_leaves_the_common_factor_of_the_others():
    figures = observed([2.0, 3.0, 4.0], scaled=[True, True, True])
    z = standardised(figures, np.array([[1.0, 2.0, np.nan]]), np.zeros(3))
    assert z[0, :2].tolist() == pytest.approx([0.0, 0.0])


def test_implausibility_takes_the_difference_of_its_rank():
    z = np.array([[0.5, -4.0, 2.0]])
    assert [implausibility(z, rank)[0] for rank in (1, 2, 3, 9)] == [4.0, 2.0, 0.5, 0.5]


def test_the_likelihood_is_that_of_student():
    z = np.array([[0.3, -2.0], [0.0, 9.0]])
    assert log_likelihood(z) == pytest.approx(t(FREEDOM).logpdf(z).sum(axis=1))


def test_weights_undo_the_density_of_the_draw():
    z = np.zeros((2, 1))
    assert weights(z, np.log([3.0, 1.0])).tolist() == pytest.approx([0.25, 0.75])


def test_equal_weights_are_all_effective():
    assert effective(np.full(40, 1 / 40)) == pytest.approx(40.0)
    assert effective(np.array([1.0, 0.0])) == pytest.approx(1.0)
