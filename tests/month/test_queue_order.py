"""Claims about the order of a court's queue, and about hours that always buy something."""

import pytest

from sim.agents.claim import Claim
from sim.agents.court.court import effort, with_effort
from sim.engine.draw import Now
from sim.month.endings.termination import month_of_tip
from sim.parameters import Procedure
from sim.terms import Stage
from tests import build

ONE_STEP = {"comprehensive.officers": 0.001, "procedure.hours": 1.0, "procedure.trace_hours": 1.0}
ELASTIC = Procedure(effort_gain=0.5, effort_least=0.6, effort_most=3.0)


@pytest.mark.parametrize(("by_date", "first"), [(False, 0), (True, 1)])
def test_a_revived_case_queues_anew_where_the_date_counts(make, by_date, first):
    bench = make.bench(ONE_STEP | {"procedure.queue_by_date": by_date}, debtors=2)
    claims = [
        bench.claim(0, stage=Stage.QUEUED, docket=1, again=True),  # the older claim, revived
        bench.claim(1, stage=Stage.QUEUED, docket=9),
    ]
    bench.simulation.courts.rows["unused"] = 1.0
    bench.play("queueing")
    served = [bool(bench.at(at).served) for at in claims]
    assert served.index(True) == first
    assert sum(served) == 1


def test_a_livelihood_case_goes_ahead_of_older_ones(make):
    paths = ONE_STEP | {"procedure.queue_by_date": True, "special.livelihood_priority": 1.0}
    bench = make.bench(paths, debtors=2)
    old = bench.claim(0, stage=Stage.QUEUED, docket=90)
    urgent = bench.claim(1, stage=Stage.QUEUED, livelihood=True)
    bench.simulation.courts.rows["unused"] = 1.0
    bench.play("queueing")
    assert (bool(bench.at(old).served), bool(bench.at(urgent).served)) == (False, True)


@pytest.mark.parametrize(
    ("hours", "work", "expected"),
    [(0.0, 10.0, 0.6), (8.0, 10.0, 0.8), (20.0, 10.0, 2.0), (90.0, 10.0, 3.0), (5.0, 0.0, 3.0)],
)
def test_effort_is_the_hours_there_are_for_the_work_within_bounds(hours, work, expected):
    assert effort(hours, work, ELASTIC) == pytest.approx(expected)
    assert effort(hours, work, Procedure()) == 1.0


def test_hours_buy_success_at_a_falling_rate_and_none_where_they_have_no_effect():
    chances = [with_effort(0.4, e, ELASTIC) for e in (0.5, 1.0, 2.0, 4.0)]
    assert chances[1] == pytest.approx(0.4)
    gains = [(b - a) / a for a, b in zip(chances, chances[1:], strict=False)]
    assert all(one > 0.0 for one in gains)
    assert gains == sorted(gains, reverse=True)
    assert with_effort(1.0, 0.5, ELASTIC) == 1.0
    assert with_effort(0.4, 9.0, Procedure()) == 0.4


@pytest.mark.parametrize(("spare", "steps"), [(0.0, 1), (20.0, 1)])
def test_searches_take_the_hours_that_are_put_into_them(make, spare, steps):
    paths = {"procedure.effort_gain": 0.5, "procedure.trace_hours": 1.0, "procedure.hours": 1.0}
    bench = make.bench(paths | {"comprehensive.officers": 1.0}, debtors=1)
    bench.claim(stage=Stage.QUEUED)
    bench.simulation.courts.rows["unused"] = spare
    bench.play("queueing")
    court = bench.simulation.courts.rows[0]
    hours = court["hours"] + spare
    assert court["effort"] == pytest.approx(min(3.0, max(0.6, hours)))
    assert court["served"] == (steps if court["effort"] <= hours else 0)


@pytest.mark.parametrize(
    ("yuan", "bounty", "revived"), [(40.0, 0.1, False), (60.0, 0.1, True), (60.0, 0.0, False)]
)
def test_a_tip_revives_what_the_court_itself_would_revive_and_once_a_termination(
    make, yuan, bounty, revived
):
    paths = {"procedure.revive": 0.0, "collaborative.bounty": bounty, "pursuit.tips": 10.0}
    months = []
    for month in range(1, 14):
        bench = make.bench(paths).own(cash=yuan)  # a case is worth reviving from 50 yuan on
        at = bench.claim(stage=Stage.TERMINATED, due=1000.0, months=month)
        bench.play("leaving")
        if bench.at(at).stage == Stage.TRACED:
            months.append(month)
    assert len(months) == revived


def test_tips_come_in_all_months_of_the_first_year():
    months = {month_of_tip(build.row(Claim, id=n), Now(1, 40)) for n in range(300)}
    assert months == set(range(1, 13))
