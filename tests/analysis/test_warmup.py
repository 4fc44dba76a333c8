"""Claims about warm-up: where a series settles, and which drift is worth a word."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.warmup import COUNTED, drifts, mser, trend, warmup
from sim.errors import ServandaError

MONTHS = 120


def noise(seed=1, size=MONTHS, memory=0.5):
    """Numbers that remember a half of the month before, with a standard deviation near 1.15."""
    rng = np.random.default_rng(seed)
    told = [0.0]
    for step in rng.normal(size=size + 50):
        told.append(memory * told[-1] + step)
    return np.array(told[-size:])


def frame(**stocks):
    table = {name: np.full(MONTHS, 10.0) for name in COUNTED}
    return pd.DataFrame({"month": np.arange(1 - 60, MONTHS - 59)} | table | stocks)


def test_what_rises_settles_at_its_level_and_what_is_at_rest_has_nothing_to_leave_out():
    rise = 100.0 * (1.0 - np.exp(-np.arange(MONTHS) / 6.0))
    assert 15 <= mser(rise + noise()) <= 40
    left = [mser(100.0 + noise(seed)) for seed in range(20)]
    assert sum(one is not None and one <= 20 for one in left) >= 14
    assert mser(np.where(np.arange(MONTHS) < 80, 0.0, 50.0) + noise()) is None
    assert mser(np.zeros(39)) is None  # too few months


def test_a_stock_that_grows_is_told_with_what_it_changes_by_in_a_year():
    (found,) = drifts(frame(backlog=20.0 + np.arange(MONTHS) + noise()), 10_000)
    assert found.name == "backlog"
    # 12 a year on 109.5, the mean of the later half
    assert found.a_year == pytest.approx(12.0 / 109.5, rel=0.05)
    assert drifts(frame(backlog=200.0 + np.arange(MONTHS) + noise()), 10_000) == []


def test_drift_before_the_first_month_of_a_policy_is_looked_at_alone():
    grows = np.where(np.arange(MONTHS) < 60, 50.0, 50.0 + 3.0 * (np.arange(MONTHS) - 60))
    assert drifts(frame(backlog=grows + noise()), 10_000)
    assert drifts(frame(backlog=grows + noise()), 10_000, until=0) == []


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_what_only_remembers_the_month_before_seldom_looks_like_drift(memory):
    series = (20.0 + 3.0 * noise(seed, memory=memory) for seed in range(200))
    assert sum(bool(drifts(frame(backlog=one), 10_000)) for one in series) <= 2


def test_the_error_of_a_trend_is_that_of_least_squares_where_nothing_is_remembered():
    values = 0.3 * np.arange(50) + np.resize([1.0, -1.0], 50)
    slope, error = trend(values)
    fitted, covariance = np.polyfit(np.arange(50), values, 1, cov=True)
    assert slope == pytest.approx(fitted[0])
    assert error == pytest.approx(np.sqrt(covariance[0, 0]))


def test_a_world_is_run_without_its_policies_and_told_by_stock():
    small = {"population.size": 100, "run.burn_in": 20, "run.months": 20}
    told = warmup("special", replicates=2, overrides=small)
    bare = warmup("china_2016", replicates=2, overrides=small)
    assert told.series.equals(bare.series)
    assert (told.burn_in, told.months, told.replicates) == (20, 40, 2)
    assert told.series["month"].tolist() == list(range(-19, 21))
    assert {one.name for one in told.stocks} <= set(told.series)
    assert told.suffices == (told.needed is not None and told.needed <= 20)
    with pytest.raises(ServandaError, match="5 months are too few to see when stocks settle"):
        warmup("village", replicates=1, overrides={"run.burn_in": 2, "run.months": 3})


def test_mser_is_that_of_the_definition():
    values = noise() + 5.0 * np.exp(-np.arange(MONTHS) / 10.0)
    means = values.reshape(-1, 5).mean(axis=1)
    scores = [np.var(means[d:]) / (len(means) - d) for d in range(len(means) - 4)]
    assert mser(values) == 5 * int(np.argmin(scores))
