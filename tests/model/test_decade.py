"""Ten years of a busy world: counters stay in their fields, clocks run on, nothing overflows."""

from typing import Any

import numpy as np
import pytest

from sim.agents.claim import in_docket
from sim.levers.catalogue import catalogue
from sim.terms import Stage

WORN: dict[str, Any] = {
    "institutions.bribe_share": 0.1,
    "institutions.corruptible": 0.5,
    "institutions.client_share": 0.5,
    "institutions.connected_firms": 0.5,
    "institutions.local_weight": 0.1,
    "institutions.recovery_value": 0.1,
    "institutions.strip_share": 0.02,
    "institutions.inspection_cost": 500.0,
    "procedure.displacement": 0.1,
    "procedure.hide_innovation": 0.02,
    "procedure.hide_learning": 0.02,
    "procedure.leakage": 0.02,
    "procedure.payout_delay": 2.0,
    "procedure.reapply": 0.05,
    "pursuit.petition": 0.1,
    "pursuit.negotiate": 0.2,
    "obligations.credit_elasticity": 0.5,
    "society.fair_gain": 0.01,
}
HALF = {e.path: 0.5 * (e.lever.off + e.lever.high) for e in catalogue() if e.mode != "sanctions"}
HALF |= {"comprehensive.officers": 0.3, "at_source.administrators": 5.0}
HALF |= {"special.compulsory_liquidation": 0.01, "comprehensive.relief_fund": 5e4}
"""Every mechanism at work: each lever half-way, but for those that would leave no case open."""


@pytest.mark.parametrize("mechanisms", [{}, WORN | HALF], ids=["as it is", "all at work"])
def test_ten_years_overflow_no_counter(make, mechanisms):
    paths = {"obligations.intensity": 12.0, "procedure.revive": 0.2, "run.months": 120}
    world = make.village(mechanisms | paths).run()
    claims, debtors = world.simulation.claims.rows, world.simulation.debtors.rows
    for name in ("months", "docket", "attempts", "fruitless", "wait", "intake"):
        assert (claims[name] >= 0).all(), name
    for name in ("listed", "frozen_months", "spell", "renewals"):
        assert (debtors[name] >= 0).all(), name
    asleep = claims[claims["stage"] == Stage.TERMINATED]
    assert (asleep["months"] <= 60).all()  # after that it is archived
    awake = claims[[in_docket(stage) for stage in claims["stage"]]]
    assert len(awake) > 10
    assert np.isfinite(world.simulation.books.stocks).all()
    assert (np.abs(world.simulation.books.stocks) < 1e15).all()  # a sum below keeps its cents
