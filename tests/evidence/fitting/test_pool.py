import numpy as np
import pytest

from sim.evidence.fitting.distance import Observed
from sim.evidence.fitting.pool import pooled, prior_places
from sim.evidence.fitting.quantiles import quantiles, resampled, spread
from sim.evidence.fitting.responses import responses

SLOPES = np.array([[4.0, 0.0, 0.0, 0.0], [0.0, 4.0, 0.0, 0.0]])


def linear(sd):
    """Emulators of two linear statistics that see two of four parameters, and figures at .5."""
    places = prior_places(4, 128, seed=1)
    rng = np.random.default_rng(3)
    values = places @ SLOPES.T + 0.01 * rng.standard_normal((128, 2))
    repeats = np.vstack([np.full((30, 4), np.nan), places])
    found = responses(repeats, np.vstack([values[:30], values]), 30, seed=1)
    observed = Observed(np.full(2, 2.0), np.full(2, sd), np.full(2, sd), np.zeros(2, bool))
    return found, observed


def test_a_longer_sequence_of_positions_begins_with_the_shorter_one():
    assert (prior_places(3, 512, 7)[:100] == prior_places(3, 100, 7)).all()


def test_seen_parameters_shrink_and_unseen_ones_keep_their_prior():
    found, observed = linear(sd=0.2)
    pool = pooled(found, observed, np.full(2, 1e-4), 1 << 13, seed=5)
    seen, unseen = (spread(pool.places[:, j], pool.weights) for j in (0, 3))
    # Student's t with 5 degrees of freedom has the standard deviation √(5/3).
    assert seen == pytest.approx(0.05 * np.sqrt(5 / 3), rel=0.15)
    assert unseen == pytest.approx(1 / np.sqrt(12), rel=0.05)
    assert quantiles(pool.places[:, 0], pool.weights, np.array([0.5]))[0] == pytest.approx(
        0.5, abs=0.01
    )


def test_exact_figures_are_met_by_drawing_where_the_first_positions_fit():
    found, observed = linear(sd=0.004)
    pool = pooled(found, observed, np.full(2, 1e-6), 1 << 12, seed=5)
    assert pool.effective > 200.0
    assert spread(pool.places[:, 0], pool.weights) < 0.01
    # The density of the draw is undone: what figures do not see stays as the prior.
    assert spread(pool.places[:, 2], pool.weights) == pytest.approx(1 / np.sqrt(12), rel=0.15)


def test_quantiles_follow_the_weights():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.6, 0.3])
    assert quantiles(values, weights, np.array([0.5, 0.7, 0.95])).tolist() == [1.0, 2.0, 3.0]


def test_resampling_draws_in_proportion():
    drawn = resampled(np.array([0.5, 0.0, 0.25, 0.25]), 8, np.random.default_rng(1))
    assert np.bincount(drawn, minlength=4).tolist() == [4, 0, 2, 2]
