"""N is resolution, not the size of the country; and memory a debtor."""

from typing import Any

import numpy as np
import pytest

from sim import World
from sim.measure.indicators import INDICATORS

HEADLINE = [one.name for one in INDICATORS if one.headline]
RUN: dict[str, Any] = {"run.burn_in": 36, "run.months": 12}
BUDGET = 480
"""Bytes per debtor: all tables, indices and spare room at up to .6 open claims per debtor."""


def headlines(size, seeds):
    runs = (RUN | {"population.size": size, "run.seed": seed} for seed in seeds)
    worlds = (World("china_2016", **run) for run in runs)
    return np.array([[world.run().headline()[name] for name in HEADLINE] for world in worlds])


@pytest.fixture(scope="module")
def by_size():
    # Different seeds, so that the two samples are independent.
    return headlines(4_000, range(100, 140)), headlines(40_000, range(200, 216))


@pytest.mark.parametrize("name", HEADLINE)
def test_a_tenth_of_the_debtors_tell_the_same(by_size, name):
    small, large = (runs[:, HEADLINE.index(name)] for runs in by_size)
    error = np.sqrt(small.var(ddof=1) / len(small) + large.var(ddof=1) / len(large))
    assert abs(small.mean() - large.mean()) <= 3.0 * error


def test_a_debtor_takes_no_more_memory_than_promised():
    size: dict[str, Any] = {"population.size": 20_000}
    world = World("china_2016", **size).run_to(0)
    held = world.simulation.bytes_held()
    assert len(world.simulation.claims) <= 0.6 * 20_000
    per_debtor = {name: bytes_ / 20_000 for name, bytes_ in held.items()}
    assert sum(per_debtor.values()) <= BUDGET, per_debtor
