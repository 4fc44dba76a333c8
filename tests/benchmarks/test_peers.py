"""Claims about the comparison with peers: what is timed side by side does the same."""

import mesa
import numpy as np
import pytest

from benchmarks.peers import reference, vectors
from benchmarks.peers.agents import as_agents
from benchmarks.peers.months import compared, counts_of
from benchmarks.peers.runners import headline
from sim import ServandaError, World

SMALL = {"population.size": 150, "run.burn_in": 24, "run.months": 3}


@pytest.mark.parametrize("scenario", ["china_2016", "campaign_then_nothing"])
def test_plain_mesa_agents_count_the_same_as_compiled_rules(scenario):
    one, two = (World(scenario, **SMALL).run_to(0) for _ in range(2))
    simulation = as_agents(two)
    first = simulation.debtors.agents[0]
    assert isinstance(first, mesa.Agent)
    assert type(first).__name__ == "Debtor"
    assert type(vars(first)["income"]) is float
    assert type(vars(first)["assets"]) is list
    assert counts_of(one.run()).same(counts_of(two.run()))
    # Agents, not the arrays behind them, are what rules have changed.
    kept = simulation.debtors.agents[0]
    assert kept is first
    assert [vars(a)["income"] for a in simulation.debtors.agents] == (
        one.simulation.debtors.rows["income"].tolist()
    )
    assert {a.id for a in simulation.model.agents_by_type[simulation.claims.cls]} == (
        set(one.simulation.claims.rows["id"].tolist())
    )


def test_counts_differ_when_one_agent_does():
    one, two = (World("china_2016", **SMALL).run_to(0) for _ in range(2))
    for agent in as_agents(two).debtors.agents:
        agent.need = agent.need * 5.0
    assert not counts_of(one.run()).same(counts_of(two.run()))


def test_each_round_of_the_comparison_is_timed_and_measured():
    paces = {pace.name: pace for pace in compared(60, months=1, burn_in=6, repeats=2)}
    assert len(paces) == 3
    for pace in paces.values():
        assert (len(pace.seconds), pace.steps) == (2, 60)
        assert pace.per_second > 0.0
        assert all(0.0 < r < s for r, s in zip(pace.rules, pace.seconds, strict=True))
        assert pace.bytes_per_agent > 300.0


def test_earning_with_numpy_gives_the_compiled_numbers(monkeypatch):
    earned = vectors.side_by_side(400, months=13, burn_in=12)
    assert (len(earned.compiled), len(earned.vectors)) == (13, 13)
    monkeypatch.setattr(vectors, "meet_fortune", lambda *_: None)
    with pytest.raises(ServandaError, match=r"differs for \d+ debtors"):
        vectors.side_by_side(400, months=2, burn_in=12)


def test_other_runners_do_the_same_run():
    told = {"population.size": 60, "run.burn_in": 0, "run.months": 2}
    mine = World("china_2016", rng=7, **told).run().headline()
    others = headline(7, population__size=60, run__burn_in=0, run__months=2)
    np.testing.assert_equal(others, mine)


def test_what_is_not_installed_is_left_out(monkeypatch):
    monkeypatch.setattr(reference, "find_spec", lambda _: None)
    assert reference.of_starsim(100) == []
