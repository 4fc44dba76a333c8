"""Claims about fronts and hypervolumes: who is unbeaten, and how much is ruled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.optimisation.pareto import RIM, hypervolume, hypervolume_share, non_dominated

CUBES = arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=st.floats(0, 1))


def test_a_point_is_beaten_by_one_that_is_nowhere_worse_and_somewhere_better():
    told = non_dominated(np.array([[1.0, 3.0], [2.0, 2.0], [2.0, 3.0], [3.0, 1.0], [1.0, 3.0]]))
    assert told.tolist() == [True, True, False, True, True]


def test_hypervolumes_are_those_of_boxes():
    assert hypervolume(np.array([[0.25]]), np.ones(1)) == pytest.approx(0.75)
    assert hypervolume(np.array([[0.5, 0.0], [0.0, 0.5]]), np.ones(2)) == pytest.approx(0.75)
    corners = np.array([[0.5, 0.0, 0.0], [0.0, 0.5, 0.0], [0.0, 0.0, 0.5]])
    assert hypervolume(corners, np.ones(3)) == pytest.approx(1 - 0.5**3)
    assert hypervolume(np.array([[1.0, 0.0], [0.0, 2.0]]), np.ones(2)) == 0.0


def test_three_dimensions_agree_with_counting_darts():
    rng = np.random.default_rng(1)
    for values in rng.random((4, 9, 3)):
        darts = rng.random((40_000, 3))
        hit = (values[:, None] <= darts).all(axis=2).any(axis=0).mean()
        # a share of 40,000 darts has an error of .0025 at most
        assert hypervolume(values, np.ones(3)) == pytest.approx(hit, abs=0.01)


@given(CUBES)
def test_one_more_point_never_takes_from_the_volume_and_beaten_ones_add_nothing(values):
    corner = np.ones(values.shape[1])
    whole = hypervolume(values, corner)
    assert whole >= hypervolume(values[1:], corner) - 1e-12
    assert whole == pytest.approx(hypervolume(values[non_dominated(values)], corner), abs=1e-12)


def test_the_share_that_is_ruled_does_not_depend_on_units():
    values = np.random.default_rng(2).random((20, 2))
    one, other = hypervolume_share(values[:5], values), values * [100, 0.01] + [7, -3]
    assert one == pytest.approx(hypervolume_share(other[:5], other))
    square = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert hypervolume_share(square[:1], square) == pytest.approx(1.0)
    assert hypervolume_share(square[1:], square) == pytest.approx(((RIM - 1) / RIM) ** 2)
