"""Claims about private agents: effort and abuse by their fee."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.mechanisms.private_agents import FEE, abuse_chance, effort
from sim.parameters import Procedure
from sim.terms import Stage

MOVES = {"collaborative.private_agents": (1.0, "agent_fee", {})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

PROCEDURE = Procedure()


@given(low=st.floats(0.0, 0.4), step=st.floats(0.001, 0.05))
def test_effort_is_concave_and_abuse_convex_in_the_fee(low, step):
    e = [effort(low + k * step, PROCEDURE) for k in range(3)]
    a = [abuse_chance(low + k * step, PROCEDURE) for k in range(3)]
    assert e[2] - e[1] <= e[1] - e[0] + 1e-12
    assert a[2] - a[1] >= a[1] - a[0] - 1e-12
    assert e[0] < e[2]
    assert a[0] < a[2]


UNTRACED = {f"collaborative.trace_{n}": 0.0 for n in ("bank", "online", "cash")}


def test_a_private_agent_is_paid_out_of_what_it_recovers(make):
    paths = UNTRACED | {
        "sanctions.enforcement_fee": 0.0,
        "sanctions.late_interest": 0.0,
        "rule_of_law.avoidance": 1.0,
        "collaborative.private_agents": 1.0,
        "collaborative.private_agents_fee": 0.2,
    }
    bench = make.bench(paths)
    bench.set(transferred=[600.0, 0.0, 0.0], usual=100.0)
    claim = bench.at(bench.claim(due=1000.0))
    bench.play("queueing", "trace")
    bench.play("queueing", "distribute")
    assert bench.flow(FEE) == pytest.approx(120.0)
    assert claim.paid == pytest.approx(480.0)


@pytest.mark.parametrize(
    ("brought", "disposal", "stages"),
    [
        (0.0, 1.0, (Stage.QUEUED, Stage.SEIZED)),
        (1.0, 0.0, (Stage.TRACED, Stage.SEIZED)),
        (1.0, 1.0, (Stage.TRACED, Stage.SOLD)),
    ],
)
def test_agents_bring_hours_and_sell_only_where_they_may(make, brought, disposal, stages):
    paths = {
        "comprehensive.officers": 0.0,
        "comprehensive.find_person": 1.0,
        "procedure.agent_hours": brought,
        "procedure.sale_rate": 1.0,
        "collaborative.trace_bank": 1.0,
        "collaborative.private_agents": 1.0,
        "collaborative.private_agents_disposal": disposal,
    }
    bench = make.bench(paths, debtors=2).own(bank=1e5)
    waiting, attached = (bench.at(bench.claim(row=row, due=1000.0)) for row in range(2))
    attached.stage, attached.attached[0], attached.wait = Stage.SEIZED, 5000.0, 0
    bench.debtor(1).frozen = 5000.0
    bench.play("queueing", "trace", "sell")
    assert (waiting.stage, attached.stage) == stages
