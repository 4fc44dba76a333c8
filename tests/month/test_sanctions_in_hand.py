"""Claims about sanctions as work: none without an officer at work, and hours for each."""

import pytest

from sim.books.counts import Count
from sim.terms import Option, Stage

HARSH = {
    "sanctions.fine_rate": 1.0,
    "sanctions.detention_rate": 1.0,
    "comprehensive.list_rate": 1.0,
}
HOURS = {
    "procedure.sanctions_in_hand": True,
    "procedure.listing_hours": 2.0,
    "procedure.fine_hours": 3.0,
    "procedure.detention_hours": 8.0,
}
EVADER = {"option": Option.STALL, "income": 1000.0}


def sanctions(bench):
    return bench.totals(Count.FINES, Count.DETENTIONS, Count.LISTINGS)


@pytest.mark.parametrize(("officers", "expected"), [(10.0, [1.0] * 3), (0.0, [0.0] * 3)])
def test_without_an_officer_at_work_there_is_no_sanction(make, officers, expected):
    paths = HARSH | HOURS | {"comprehensive.officers": officers}
    bench, _ = make.case(paths, "queueing", "sanction", who=EVADER, stage=Stage.QUEUED)
    assert sanctions(bench) == expected


def test_a_case_that_waits_brings_none_and_one_in_hand_elsewhere_does(make):
    bench, _ = make.case(HARSH | HOURS, who=EVADER, stage=Stage.QUEUED, wait=2)
    bench.play("queueing", "sanction")
    assert sanctions(bench) == [0.0] * 3
    bench.claim(stage=Stage.QUEUED)  # another case of the same debtor
    bench.play("queueing", "sanction")
    assert sanctions(bench) == [1.0] * 3


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_automatic_listing_needs_no_officer_and_no_hours(make, share):
    paths = (
        HARSH | HOURS | {"comprehensive.automatic_listing": share, "comprehensive.officers": 0.0}
    )
    bench, _ = make.case(paths, "queueing", "sanction", who=EVADER, stage=Stage.QUEUED)
    assert sanctions(bench) == [0.0, 0.0, share]
    bench.play("learn", "close")
    assert bench.simulation.courts.rows["sanctions"][0] == 0.0


def test_hours_of_sanctions_are_taken_from_the_next_month(make):
    paths = HARSH | HOURS | {"comprehensive.officers": 1.0, "procedure.hours": 1.0}
    paths |= {"procedure.trace_hours": 0.1}
    bench, _ = make.case(paths, who=EVADER, stage=Stage.QUEUED)
    bench.simulation.courts.rows["unused"] = 10.0
    bench.play("queueing", "sanction", "learn", "close")
    court = bench.simulation.courts.rows[0]
    assert court["sanctions"] == 2.0 + 3.0 + 8.0
    before = court["hours"] + court["unused"]
    bench.play("queueing")
    court = bench.simulation.courts.rows[0]
    assert court["sanctions"] == pytest.approx(13.0 - before)
    assert court["served"] == 0  # past sanctions come before the line


def test_where_sanctions_fall_from_the_sky_nobody_needs_to_work(make):
    paths = HARSH | {"comprehensive.officers": 0.0}
    bench, _ = make.case(paths, "queueing", "sanction", who=EVADER, stage=Stage.QUEUED)
    assert sanctions(bench) == [1.0] * 3
