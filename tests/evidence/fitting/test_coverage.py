"""The estimator on courts of a known, simple world: intervals contain what they promise."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import binom

from sim.evidence.fitting.budget import Budget
from sim.evidence.fitting.coverage import coverage
from sim.evidence.fitting.distance import Observed
from sim.evidence.fitting.pool import prior_places

TRUTHS, PARAMETERS, REPEATS = 100, 3, 30
RUNS = 420
SLOPES = np.array([[2.0, 0.0, 0.0], [0.5, 1.5, 0.0], [0.0, 1.0, 0.1], [1.0, -1.0, 0.0]])
"""Four statistics see two of three parameters well, and the third hardly."""
CHANCE, ERROR = 0.05, 0.1
"""Standard deviations between seeds, and of figures."""
RARE = 1e-3
"""Probability below which a deviation is no chance."""


def a_fit(figures):
    """A fit with the runs of a linear world in place of simulated ones."""
    rng = np.random.default_rng(8)
    places = prior_places(PARAMETERS, RUNS, seed=4)
    every = np.vstack([np.full((REPEATS, PARAMETERS), 0.5), places])
    values = every @ SLOPES.T + CHANCE * rng.standard_normal((len(every), len(SLOPES)))
    error = np.full(len(SLOPES), ERROR)
    observed = Observed(np.asarray(figures, float), error, error, np.zeros(len(SLOPES), bool))
    problem = SimpleNamespace(
        names=("a", "b", "c"),
        statistics=tuple(range(len(SLOPES))),
        spec=SimpleNamespace(seed=4),
        observed=observed,
    )
    shown = np.vstack([np.full((REPEATS, PARAMETERS), np.nan), places])
    budget = Budget(REPEATS, 64, RUNS, 0, 0, 0)
    return SimpleNamespace(
        problem=problem, budget=budget, places=shown, values=values, observed=observed, share=1.0
    )


@pytest.fixture(scope="module")
def tested():
    return coverage(a_fit(SLOPES @ [0.5, 0.5, 0.5]), TRUTHS)


def test_intervals_of_learned_parameters_contain_the_truth_as_often_as_they_say(tested):
    for level in (0.5, 0.9):
        low, high = binom.ppf([RARE, 1.0 - RARE], TRUTHS, level) / TRUTHS
        assert ((low <= tested.covered(level)) & (tested.covered(level) <= high)).all()
    assert 0.85 <= tested.covered(0.9)[:2].mean() <= 0.95


def test_ranks_of_the_truth_are_uniform(tested):
    assert (tested.uniform() > RARE).all()


def test_figures_of_such_a_world_are_plausible_and_others_are_not(tested):
    assert tested.plausible > 0.05
    # The fourth statistic contradicts the first two.
    assert coverage(a_fit(SLOPES @ [0.5, 0.5, 0.5] + [0, 0, 0, 3.0]), TRUTHS).plausible < 0.01
