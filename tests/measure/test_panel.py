"""Claims about the panel of debtors."""

import numpy as np
import pytest

from sim.measure.panel import sample


def test_a_larger_panel_holds_a_smaller_one():
    ids = np.arange(500) << 8
    panels = [set(sample(3, ids, size).tolist()) for size in (5, 50, 500)]
    assert panels[0] < panels[1] < panels[2]
    assert [len(p) for p in panels] == [5, 50, 500]


def test_debtors_added_last_leave_the_order_of_the_others():
    few, many = (sample(3, np.arange(n) << 8, 20) for n in (200, 220))
    kept = [row for row in many if row < 200]
    assert set(kept) <= set(few.tolist())
    assert len(kept) >= 10


def test_another_seed_follows_others():
    ids = np.arange(500) << 8
    assert set(sample(3, ids, 20).tolist()) != set(sample(4, ids, 20).tolist())


def test_the_panel_tells_what_the_debtors_were_at_the_end_of_each_month(make):
    world = make.village({"run.burn_in": 2, "obligations.intensity": 5.0}, panel=30)
    told = []
    for month in (-1, 0, 1, 2):
        world.run_to(month)
        told.append(world.simulation.debtors.rows[world.panel.rows].copy())
    frame = world.panel.frame()
    assert frame.groupby("month").size().tolist() == [30] * 4
    for month, rows in zip((-1, 0, 1, 2), told, strict=True):
        part = frame[frame["month"] == month]
        assert part["debtor"].tolist() == rows["id"].tolist()
        assert part["income"].tolist() == rows["income"].tolist()
        assert part["assets_realty"].tolist() == rows["assets"][:, 3].tolist()
        assert part["option"].cat.codes.tolist() == rows["option"].tolist()


@pytest.mark.parametrize("size", [1, 10_000])
def test_a_panel_is_never_larger_than_the_population(make, size):
    world = make.village({"run.burn_in": 0}, panel=size).run_to(1)
    assert len(world.panel.frame()) == min(size, 400)


def test_following_debtors_and_logging_events_changes_no_bit(make):
    watched = make.village({"obligations.intensity": 4.0}, panel=50, events=True).run_to(12)
    alone = make.village({"obligations.intensity": 4.0}).run_to(12)
    assert make.differing(watched, alone) == []
