"""Claims about PAWN: distances, parts of points, and what chance would show."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from sim.analysis.factors import Factor
from sim.analysis.sensitivity.pawn import cut, distances, pawn


def rng(seed=1):
    return np.random.default_rng(seed)


def factor(path, kind="number"):
    return Factor(path, path, kind)


@pytest.mark.parametrize("digits", [1, 9])
def test_a_distance_is_that_of_kolmogorov_and_smirnov(digits):
    values = rng().normal(size=200).round(digits)
    part = rng(2).integers(0, 4, 200)
    wanted = [ks_2samp(values[part == s], values).statistic for s in range(4)]
    assert distances(part, values) == pytest.approx(wanted)


def test_of_numbers_the_library_says_the_same():
    """The library drops the point with the largest value of each factor, no more."""
    analyze = pytest.importorskip("SALib.analyze.pawn").analyze
    points = pd.DataFrame(rng().random((1000, 2)), columns=["a", "b"])
    values = np.sin(6 * points["a"].to_numpy()) + points["b"].to_numpy() / 5
    ours = pawn([factor("a"), factor("b")], points, values)
    theirs = analyze({"num_vars": 2, "names": ["a", "b"]}, points.to_numpy(), values, S=10)
    for index in ("median", "maximum"):
        assert ours[index].to_numpy() == pytest.approx(theirs[index], abs=0.01)


def test_numbers_are_cut_into_equal_parts_and_few_values_one_by_one():
    assert np.bincount(cut(pd.Series(rng().random(400)), number=True)).tolist() == [40] * 10
    assert np.bincount(cut(pd.Series(rng().random(60)), number=True)).tolist() == [20] * 3
    assert cut(pd.Series([3.0, 1.0, 3.0, 2.0] * 20), number=True)[:4].tolist() == [2, 0, 2, 1]
    assert cut(pd.Series(["x", "y", "x"]), number=False).tolist() == [0, 1, 0]


def test_what_does_nothing_stays_within_chance_about_nineteen_times_in_twenty():
    points = pd.DataFrame(rng().random((300, 60)), columns=[f"x{n}" for n in range(60)])
    values = rng(2).normal(size=300)
    told = pawn([factor(name) for name in points], points, values)
    above = (told["median"] > told["by_chance"]).mean()
    assert 0.0 <= above <= 0.15
    assert told["by_chance"].nunique() == 1  # it depends on the sizes of the parts alone


def test_the_interval_is_as_wide_as_other_samples_would_differ():
    def told(seed):
        points = pd.DataFrame({"a": rng(seed).random(300)})
        values = points["a"].to_numpy() + rng(seed + 99).normal(size=300) / 2
        return pawn([factor("a")], points, values).iloc[0]

    many = pd.DataFrame([told(seed) for seed in range(20)])
    half = ((many["high"] - many["low"]) / 2).mean()
    assert half == pytest.approx(1.96 * many["median"].std(), rel=0.5)
