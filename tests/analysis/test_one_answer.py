"""Claims about commands that ask the same question: they give one answer, to the last digit."""

from sim.analysis.comparison.compare import compare, comparison
from sim.analysis.comparison.cost import costs
from sim.analysis.comparison.effects import INDICATOR, effects
from sim.analysis.comparison.interventions import Reference, pack
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


def test_compare_effects_and_cost_give_one_answer(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")
    (tmp_path / "more.toml").write_text(MORE, encoding="utf-8")
    asked = comparison(["base.toml", "more.toml"], replicates=7)
    sweep(asked, tmp_path / "runs", workers=lambda _: InProcess())
    seeds = asked.experiment.seeds
    (row,) = effects([pack(Reference(load("base.toml")), "base.toml", "more.toml")], seeds)
    cost = costs({"more": load("more.toml")}, seeds)["more"]
    compared = compare(results(tmp_path / "runs"))[1].differences
    assert set(row.effects) < set(INDICATOR)  # the runs are too short for cohorts
    for part, one in row.effects.items():
        assert repr(one) == repr(compared[INDICATOR[part]])
    assert compared["public_outlay"].spread > 0.0
    assert not cost.few
    assert cost.total == compared["public_outlay"].times(1000.0)
    assert repr(cost.transfers) == repr(compared["transfers"].times(1000.0))
