import numpy as np
import pytest

from sim.evidence.fitting.emulator import FEWEST, emulator, slopes
from sim.evidence.fitting.responses import responses

RNG = np.random.default_rng(11)
PLACES = RNG.random((240, 3))
NOISE = 0.05
"""Standard deviation of the noise of the made-up runs."""


def made(curve=0.0):
    values = 1.0 + 2.0 * PLACES[:, 0] - PLACES[:, 1] + curve * PLACES[:, 0] * PLACES[:, 2]
    return values + NOISE * RNG.standard_normal(len(PLACES))


def test_a_line_is_found_and_its_error_is_the_noise():
    found = emulator(PLACES, made(), seed=1)
    assert found.form == "linear"
    assert found.at(np.array([[0.5, 0.5, 0.5]]))[0] == pytest.approx(1.5, abs=2 * NOISE)
    assert np.std(found.errors) == pytest.approx(NOISE, rel=0.25)
    assert found.share > 0.98


def test_a_product_needs_more_than_a_line():
    found = emulator(PLACES, made(curve=3.0), seed=1)
    assert found.form in {"quadratic", "process"}
    corners = np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    assert found.at(corners).tolist() == pytest.approx([6.0, 3.0], abs=4 * NOISE)


def test_errors_are_those_at_unseen_points():
    values = RNG.standard_normal(len(PLACES))  # nothing to learn
    found = emulator(PLACES, values, seed=1)
    assert found.share < 0.05
    assert np.std(found.errors) == pytest.approx(1.0, rel=0.2)


def test_runs_without_a_value_are_left_out():
    values = made()
    values[::7] = np.nan
    found = emulator(PLACES, values, seed=1)
    assert np.isnan(found.errors[::7]).all()
    assert np.isfinite(found.errors[1::7]).all()


@pytest.mark.parametrize("values", [np.full(240, 3.0), np.r_[np.ones(FEWEST - 1), [np.nan] * 221]])
def test_too_little_to_learn_gives_a_constant(values):
    found = emulator(PLACES, values, seed=1)
    assert found.form == "constant"
    assert np.ptp(found.at(PLACES)) == 0.0


def test_slopes_are_responses_over_the_whole_range():
    assert slopes(PLACES, made()).tolist() == pytest.approx([2.0, -1.0, 0.0], abs=0.1)


def test_chance_shrinks_with_the_size_of_the_court_and_errors_of_the_emulator_do_not():
    places = np.vstack([np.full((30, 3), np.nan), PLACES])
    values = np.r_[1.5 + NOISE * RNG.standard_normal(30), made()][:, None]
    found = responses(places, values, 30, seed=1)
    same_size, nation = found.variance(1.0)[0], found.variance(0.0)[0]
    assert same_size == pytest.approx(NOISE**2, rel=0.5)
    assert nation < 0.5 * same_size
