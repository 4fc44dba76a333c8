"""Courts that pool their hours wait as one queue does."""

import numpy as np
import pytest

from sim.terms import Stage


def backlog(capacity, arrivals):
    """Mean cases left waiting each month: B' = max(0, B + A − c), A Poisson; to equilibrium."""
    size = 600
    chances = np.exp(-arrivals) * np.cumprod(np.r_[1.0, arrivals / np.arange(1, 80)])
    line = np.zeros(size)
    line[0] = 1.0
    for _ in range(3000):
        joined = np.convolve(line, chances)
        line = joined[capacity : capacity + size].copy()
        line[0] += joined[:capacity].sum()
        line /= line.sum()
    return float(line @ np.arange(size))


CAPACITY, LOAD, DISTRICTS, MONTHS = 5, 0.8, 4, 400
PARTS = 4
"""A case of the formula is so many small ones, which come together: few hours are stranded."""


def waiting(make, pooling):
    """Mean cases left waiting in all courts together, each month after fifty."""
    bench = make.bench(
        {
            "population.districts": DISTRICTS,
            "collaborative.pooling": pooling,
            "comprehensive.officers": 10.0,
            "procedure.hours": 10.0 * CAPACITY,
            "procedure.trace_hours": 1.0 / PARTS,
        },
        debtors=40,
    )
    rows = np.array([bench.claim(n % 40, stage=Stage.UNPAID) for n in range(1200)])
    claims, courts = bench.simulation.claims.rows, bench.simulation.courts.rows
    assert courts["hours"].sum() == 0.0
    rng = np.random.default_rng(1)
    seen = []
    for month in range(MONTHS):
        for district, coming in enumerate(rng.poisson(LOAD * CAPACITY, DISTRICTS)):
            free = rows[(claims["district"] == district) & (claims["stage"] == Stage.UNPAID)]
            claims["stage"][free[: PARTS * coming]] = Stage.QUEUED
        bench.play("queueing")
        courts["unused"][courts["waiting"] == 0] = 0.0  # a plain queue saves no idle hours
        claims["stage"][claims["served"]] = Stage.UNPAID
        claims["served"] = False
        if month >= 50:
            seen.append(int(courts["waiting"].sum()) / PARTS)
    assert courts["hours"].tolist() == pytest.approx([CAPACITY] * DISTRICTS)
    return float(np.mean(seen))


QUEUE_TOLERANCE = 0.25
"""Relative; a line forgets in some ten months, so that 350 are worth thirty independent ones."""


def test_pooling_shortens_waiting_as_the_queue_formula_says(make):
    split, pooled = waiting(make, 0.0), waiting(make, 1.0)
    arrivals = LOAD * CAPACITY
    lines = DISTRICTS * backlog(CAPACITY, arrivals)
    line = backlog(DISTRICTS * CAPACITY, DISTRICTS * arrivals)
    assert lines > 4.0 * line
    assert split == pytest.approx(lines, rel=QUEUE_TOLERANCE)
    assert pooled == pytest.approx(line, rel=2.0 * QUEUE_TOLERANCE, abs=0.2)
    assert split > 3.0 * pooled
