"""Ten years of a busy world: counters stay in their fields, clocks run on, nothing overflows."""

import numpy as np

from sim.agents.claim import in_docket
from sim.terms import Stage


def test_ten_years_overflow_no_counter(make):
    paths = {"obligations.intensity": 4.0, "procedure.revive": 0.2, "run.months": 120}
    world = make.village(paths).run()
    claims, debtors = world.house.claims.rows, world.house.debtors.rows
    for name in ("months", "docket", "attempts", "fruitless", "wait", "intake"):
        assert (claims[name] >= 0).all(), name
    for name in ("listed", "frozen_months", "spell", "renewals"):
        assert (debtors[name] >= 0).all(), name
    asleep = claims[claims["stage"] == Stage.TERMINATED]
    assert (asleep["months"] <= 60).all()  # after that it is archived
    awake = claims[[in_docket(stage) for stage in claims["stage"]]]
    assert len(awake) > 10
    assert np.isfinite(world.house.books.stocks).all()
    assert (np.abs(world.house.books.stocks) < 1e15).all()  # a sum below keeps its cents
