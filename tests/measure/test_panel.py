"""Claims about the panel of debtors."""

import numpy as np

from sim.measure.panel import sample


def test_panels_are_nested_by_size_and_keep_their_order_and_depend_on_the_seed():
    ids = np.arange(500) << 8
    five, fifty, everyone = (set(sample(3, ids, size).tolist()) for size in (5, 50, 500))
    assert five < fifty < everyone
    assert (len(five), len(fifty), len(everyone)) == (5, 50, 500)
    assert set(sample(4, ids, 50).tolist()) != fifty
    kept = {row for row in sample(3, np.arange(550) << 8, 50).tolist() if row < 500}
    assert kept <= fifty  # debtors added last leave the order of the others


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


def test_following_debtors_and_logging_events_changes_no_bit(make):
    watched = make.village({"obligations.intensity": 4.0}, panel=50, events=True).run_to(12)
    alone = make.village({"obligations.intensity": 4.0}).run_to(12)
    assert make.differing(watched, alone) == []
