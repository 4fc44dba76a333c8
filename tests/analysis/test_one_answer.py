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
[population]
size = 300
[run]
burn_in = 6
months = 12
[obligations]
intensity = 4.0
"""
MORE = """
format = 1
title = "More"
extends = "base.toml"
[[policies]]
name = "officers"
scale = { "comprehensive.officers" = 3.0 }
[[policies]]
name = "detain"
set = { "sanctions.detention_rate" = 0.5 }
"""


@pytest.mark.parametrize("replicates", [4, 7])
def test_compare_effects_and_cost_give_one_answer(tmp_path, monkeypatch, replicates):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.toml").write_text(BASE, encoding="utf-8")
    (tmp_path / "more.toml").write_text(MORE, encoding="utf-8")
    asked = comparison(["base.toml", "more.toml"], replicates=replicates)
    sweep(asked, tmp_path / "runs", workers=lambda _: InProcess())
    compared = compare(results(tmp_path / "runs"))[1].differences
    seeds = asked.experiment.seeds
    base, more = load("base.toml"), load("more.toml")
    (row,) = effects([pack(Reference(base), "base.toml", "more.toml")], seeds)
    for part, name in INDICATOR.items():
        one, other = row.effects[part], compared[name]
        # What a comparison says beside: how many replicates a precision needs.
        assert repr(one) == repr(other)
    assert compared["backlog"].known
    assert compared["public_outlay"].spread > 0.0
    cost = costs({"more": more}, seeds)["more"]
    assert not cost.few
    assert cost.total == compared["public_outlay"].times(1000.0)
    assert repr(cost.transfers) == repr(compared["transfers"].times(1000.0))


def test_where_policies_reach_too_few_claims_none_of_them_gives_an_interval(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    quiet = BASE.replace("intensity = 4.0", "intensity = 0.05")
    (tmp_path / "base.toml").write_text(quiet, encoding="utf-8")
    (tmp_path / "more.toml").write_text(MORE, encoding="utf-8")
    asked = comparison(["base.toml", "more.toml"], replicates=4)
    sweep(asked, tmp_path / "runs", workers=lambda _: InProcess())
    standing = compare(results(tmp_path / "runs"))[1]
    seeds = asked.experiment.seeds
    base, more = load("base.toml"), load("more.toml")
    (row,) = effects([pack(Reference(base), "base.toml", "more.toml")], seeds)
    cost = costs({"more": more}, seeds)["more"]
    assert standing.few
    assert cost.few
    found = [standing.differences["public_outlay"], row.effects["cost"], cost.total]
    found += [cost.priced, cost.staff, *cost.levers.values()]
    assert {one.reason for one in found} == {TOO_FEW}
    assert not any(one.known for one in found)
    assert cost.total.mean > 0.0
