"""The circle of the model: enforcement that works, debtors who expect it, performance, a docket."""

import numpy as np
import pytest

from sim import World

SMALL = {"population.size": 3000, "run.months": 36}
SEEDS = (1, 2, 3)
WINDOWS = (slice(10, 13), slice(33, 36))
"""Months 11 to 13, and the last three."""


def run(factor):
    """Monthly counts of the measured months, a table a seed, with so many times the officers."""
    policy = {"name": "officers", "scale": {"comprehensive.officers": factor}}
    scenario = {"extends": "china_2016", "policies": [policy]}
    worlds = [World(scenario, **SMALL, **{"run.seed": seed}).run() for seed in SEEDS]
    return [world.series(counts=True) for world in worlds]


@pytest.fixture(scope="module")
def runs():
    return {factor: run(factor) for factor in (0.0, 0.25, 1.0, 2.0)}


def perceived(table):
    """Geometric mean of the perceived hazard of recovery among evaders in the docket, 1/month."""
    return np.exp(table["n_log_perceived"].sum() / table["n_exposed"].sum())


def performed(table):
    """Share of the able who pay a judgment before enforcement."""
    return table["n_grace_paid_able"].sum() / table["n_grace_left_able"].sum()


def test_without_officers_the_perceived_hazard_is_halfway_down_within_a_year(runs):
    left = [
        [perceived(none[months]) / perceived(usual[months]) for months in WINDOWS]
        for none, usual in zip(runs[0.0], runs[1.0], strict=True)
    ]
    assert np.mean(left, axis=0)[0] < 0.5
    assert np.max(left, axis=0)[1] < 0.15


def test_without_officers_fewer_of_the_able_perform_and_the_docket_grows(runs):
    gaps = [
        performed(b[24:]) - performed(a[24:]) for a, b in zip(runs[0.0], runs[1.0], strict=True)
    ]
    assert np.mean(gaps) > 0.15
    assert min(gaps) > 0.05
    for none, usual in zip(runs[0.0], runs[1.0], strict=True):
        assert none["n_docket"].iloc[-1] > 1.8 * usual["n_docket"].iloc[-1]


def test_without_officers_nobody_is_listed_fined_or_detained(runs):
    for table in runs[0.0]:
        assert table[["n_listings", "n_fines", "n_detentions"]].to_numpy()[1:].sum() == 0.0


def test_more_officers_find_more_and_each_further_one_less(runs):
    seized = [sum(table["n_seizures"].sum() for table in tables) for tables in runs.values()]
    assert seized == sorted(seized)
    per_officer = np.diff(seized) / np.diff([*runs])
    assert per_officer[0] > per_officer[1] > per_officer[2] > 0.0
    paid = [np.mean([performed(table) for table in tables]) for tables in runs.values()]
    assert paid == sorted(paid)
