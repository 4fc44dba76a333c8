"""Claims about the police: with few hours, fewer debtors are found and detained."""

import pytest

from sim.agents.institutions.police import YEAR
from sim.books.counts import Count
from sim.terms import Option

MANY = 400
WANTED = {
    "comprehensive.find_person": 1.0,
    "comprehensive.list_rate": 0.0,
    "sanctions.fine_rate": 0.0,
    "sanctions.prison_rate": 0.0,
    "sanctions.detention_rate": 0.5,
    "institutions.police_find_hours": 2.0,
    "institutions.police_detention_hours": 8.0,
}

SEEN = {"collaborative.trace_bank": 1.0}


def after_a_month(make, hours, support=0.0):
    """The second month of searches and detentions of evading debtors in the docket."""
    paths = {"institutions.police_hours": hours, "comprehensive.police_support": support}
    bench = make.bench(WANTED | paths, debtors=MANY)
    bench.crowd(own={}, claim={}, option=Option.STALL, income=1000.0)
    bench.play("queueing", "trace", "sanction", "institutions")
    bench.simulation.claims.rows["wait"] = 0
    return bench.play("queueing", "trace", "sanction")


@pytest.mark.parametrize(("hours", "support", "room"), [
    (0.0, 0.0, 1.0), (100.0, 0.0, 0.2), (100.0, 1.0, 0.4), (1000.0, 0.0, 1.0),
])  # fmt: skip
def test_the_police_find_and_detain_as_far_as_their_hours_go(make, hours, support, room):
    bench = after_a_month(make, hours, support)
    # each month 2 hours to search for each debtor, and 8 for each of the half to be detained
    load = 6.0 * MANY / YEAR
    share = min(1.0, hours * (1.0 + support) * MANY / 1000.0 / load) if hours else 1.0
    assert share == pytest.approx(room)
    assert bench.simulation.courts.rows["police_room"][0] == pytest.approx(room)
    # five standard deviations of a share of four hundred
    assert bench.count(Count.DETENTIONS) / MANY == pytest.approx(0.5 * room, abs=0.125)
    if hours:
        had = bench.count(Count.POLICE_HAD) / bench.count(Count.POLICE_WANTED)
        assert had == pytest.approx(room)
    else:
        assert bench.count(Count.POLICE_WANTED) == 0.0


def test_where_the_police_have_no_time_few_debtors_are_found(make):
    found = []
    for hours in (0.0, 100.0):
        bench = make.bench(WANTED | SEEN | {"institutions.police_hours": hours}, debtors=MANY)
        bench.simulation.courts.rows["police_room"] = 1.0 if hours == 0.0 else 0.25
        bench.crowd("queueing", "trace", own={"bank": 1e5}, claim={})
        found.append(bench.count(Count.TRACES_HIT) / MANY)
    assert found[1] == pytest.approx(0.25 * found[0], abs=0.125)
    assert found[0] > 0.5
