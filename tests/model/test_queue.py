"""The docket as a queue: Little's law, and what overload teaches debtors."""

import pytest

from sim.agents.claim import in_docket
from sim.agents.debtor.plan import IN_ENFORCEMENT
from sim.books.counts import Count
from sim.month.enforcement.docket import slack
from sim.terms import Stage, label
from tests.model.worlds import WIDE, Worlds, beyond_chance

OPEN = {label(s) for s in Stage if in_docket(s)}


def stays(world):
    """Months that each case was in the docket at the month's end, from the event log alone."""
    last = world.month
    found = []
    for _, path in world.transitions.frame().groupby("claim", sort=False):
        since = None
        for month, stage in zip(path["month"], path["stage"], strict=True):
            if stage in OPEN and since is None:
                since = month
            elif stage not in OPEN and since is not None:
                found.append(month - since)
                since = None
        if since is not None:
            found.append(last - since + 1)
    return found


def docket(world):
    return world.measured.sums(burn_in=True)[:, 0, Count.DOCKET]


@pytest.mark.parametrize("officers", [0.02, 1.0])
def test_months_in_the_docket_are_the_same_in_log_stocks_and_counters(make, officers):
    paths = {"comprehensive.officers": officers, "obligations.intensity": 3.0}
    world = make.village(paths, events=True).run_to(36)
    spent, stocks = stays(world), docket(world)
    assert len(spent) > 50
    assert sum(spent) == stocks.sum()  # whole numbers: exact
    sums = world.measured.sums(burn_in=True)[:, 0]
    claims = world.simulation.claims.rows
    served = (claims["stage"] >= Stage.QUEUED) & (claims["stage"] <= Stage.SOLD)
    resting = (claims["stage"] == Stage.PLAN) & (claims["plan"] == IN_ENFORCEMENT)
    still = claims["docket"][served | resting]
    assert sums[:, Count.CLOSED_MONTHS].sum() + still.sum() == stocks.sum()
    inflow = sums[:, Count.ENTERED].sum() + sums[:, Count.REVIVED].sum()
    assert inflow - sums[:, Count.CLOSED].sum() == stocks[-1] + resting.sum()


def test_a_strict_line_serves_the_oldest_case_first(make):
    hours = {"procedure.trace_hours": 3.0, "comprehensive.officers": 0.1, "procedure.hours": 70.0}
    bench = make.bench(hours, debtors=1000)  # 7 hours a month: two steps, and one hour is kept
    rows = [bench.claim(row) for row in range(5)]
    bench.play("queueing")
    assert [bench.at(r).served for r in rows] == [True, True, False, False, False]
    court = bench.simulation.courts.rows[0]
    assert (court["served"], court["waiting"]) == (2, 3)
    assert court["unused"] == pytest.approx(1.0)
    bench.play("queueing")
    assert court["hours_used"] == pytest.approx(6.0)
    assert court["unused"] == pytest.approx(2.0)


def test_idle_hours_are_kept_up_to_the_slack_of_a_year(make):
    bench = make.bench({"comprehensive.officers": 0.5, "procedure.sale_hours": 20.0}, debtors=1000)
    limit = slack(70.0, bench.world.setup.procedure)
    kept = []
    for _ in range(5):
        bench.play("queueing")
        kept.append(float(bench.simulation.courts.rows["unused"][0]))
    assert kept == pytest.approx([70.0, 140.0, 210.0, limit, limit])
    assert 210.0 < limit < 280.0


def test_overload_lowers_perceived_risk_and_raises_evasion(make):
    base = {name: WIDE[name] for name in ("population.size", "run.months")}
    worlds = Worlds(make, base | {"run.burn_in": 48}, burn_in=False)
    calm, overloaded = (worlds.over_seeds({"comprehensive.officers": o}) for o in (0.2, 0.01))
    belief, refusal = (
        [found[above] / found[below] for found in (overloaded, calm)]
        for above, below in (("log_perceived", "exposed"), ("debtors_evading", "debtors_able"))
    )
    assert beyond_chance(*belief[::-1])
    assert beyond_chance(*refusal)
