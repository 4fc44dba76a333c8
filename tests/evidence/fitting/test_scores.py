import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from sim.analysis.components import components
from sim.evidence.fitting.scores import crps, crps_normal, last_value, linear_trend

RNG = np.random.default_rng(5)


def test_the_score_of_a_sample_is_that_of_its_definition():
    values, weights = RNG.normal(size=40), RNG.dirichlet(np.ones(40))
    gaps = np.abs(values[:, None] - values[None, :])
    by_definition = weights @ np.abs(values - 0.3) - 0.5 * weights @ gaps @ weights
    assert crps(values, weights, 0.3) == pytest.approx(by_definition)


def test_the_score_of_a_normal_distribution_is_its_integral():
    def missed(x):
        return (norm.cdf(x, 1.0, 2.0) - (x >= 2.5)) ** 2

    integral = quad(missed, -20.0, 2.5)[0] + quad(missed, 2.5, 30.0)[0]
    assert crps_normal(1.0, 2.0, 2.5) == pytest.approx(integral, rel=1e-6)


def test_a_certain_forecast_scores_its_error():
    assert crps_normal(1.0, 0.0, 1.5) == 0.5
    assert crps(np.array([1.0]), np.array([1.0]), 1.5) == 0.5


def test_a_random_walk_is_less_certain_further_ahead():
    before = np.array([1.0, 2.0, 1.0, 2.0])
    assert last_value(before, 1) == pytest.approx((2.0, 1.0))
    assert last_value(before, 4) == pytest.approx((2.0, 2.0))


def test_a_straight_line_goes_on():
    mean, sd = linear_trend(np.array([1.0, 2.0, 3.0, 4.0]), 2)
    assert mean == pytest.approx(6.0)
    assert sd == pytest.approx(0.0, abs=1e-9)


def test_variance_is_divided_between_parameters_and_chance():
    sets = RNG.normal(0.0, 3.0, size=(4000, 1))
    found = components(10.0 + sets + RNG.normal(0.0, 1.0, size=(4000, 2)))
    assert found.mean == pytest.approx(10.0, abs=0.2)
    assert found.chance == pytest.approx(1.0, rel=0.1)
    assert found.parameters == pytest.approx(9.0, rel=0.1)
    assert found.share == pytest.approx(0.9, abs=0.02)


def test_chance_alone_leaves_parameters_no_share():
    found = components(RNG.normal(size=(2000, 2)))
    assert found.share < 0.06
