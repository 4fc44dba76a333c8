"""Claims about commands that ask the same question: they give one answer, to the last digit."""

import pytest

from sim.analysis.comparison.compare import compare, comparison
from sim.analysis.comparison.cost import costs
from sim.analysis.comparison.effects import INDICATOR, effects
from sim.analysis.comparison.interventions import Reference, pack
from sim.analysis.comparison.pairing import TOO_FEW
from sim.runs.results import results
from sim.runs.sweep import sweep
from sim.runs.workers import InProcess
from sim.scenario.reading.file import load

BASE = """
format = 1
title = "Base"
extends = "village"
population.size = 300
run = { burn_in = 6, months = 12 }
obligations.intensity = 4.0
"""
MORE = """
format = 1
title = "More"
extends = "base.toml"
policies = [
    { name = "officers", scale = { "comprehensive.officers" = 3.0 } },
    { name = "detain", set = { "sanctions.detention_rate" = 0.5 } },
]
"""


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """What the three commands find of the same files."""

    def found(base, replicates):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "base.toml").write_text(base, encoding="utf-8")
        (tmp_path / "more.toml").write_text(MORE, encoding="utf-8")
        asked = comparison(["base.toml", "more.toml"], replicates=replicates)
        sweep(asked, tmp_path / "runs", workers=lambda _: InProcess())
        seeds = asked.experiment.seeds
        (row,) = effects([pack(Reference(load("base.toml")), "base.toml", "more.toml")], seeds)
        cost = costs({"more": load("more.toml")}, seeds)["more"]
        return compare(results(tmp_path / "runs"))[1], row.effects, cost

    return found


@pytest.mark.parametrize("replicates", [4, 7])
def test_compare_effects_and_cost_give_one_answer(answers, replicates):
    standing, effect, cost = answers(BASE, replicates)
    compared = standing.differences
    assert set(effect) < set(INDICATOR)  # the runs are too short for cohorts
    for part, one in effect.items():
        # What a comparison says beside: how many replicates a precision needs.
        assert repr(one) == repr(compared[INDICATOR[part]])
    assert compared["backlog"].known
    assert compared["public_outlay"].spread > 0.0
    assert not cost.few
    assert cost.total == compared["public_outlay"].times(1000.0)
    assert repr(cost.transfers) == repr(compared["transfers"].times(1000.0))


def test_where_policies_reach_too_few_claims_none_of_them_gives_an_interval(answers):
    standing, effect, cost = answers(BASE.replace("intensity = 4.0", "intensity = 0.05"), 4)
    assert standing.few
    assert cost.few
    found = [standing.differences["public_outlay"], effect["cost"], cost.total]
    found += [cost.priced, cost.staff, *cost.levers.values()]
    assert {one.reason for one in found} == {TOO_FEW}
    assert not any(one.known for one in found)
    assert cost.total.mean > 0.0
