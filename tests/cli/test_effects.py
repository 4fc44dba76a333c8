"""Claims about ``servanda effects``: rows, the page, and what is refused before anything runs."""

import json
import re

import pytest

from sim.analysis.paired import Difference
from sim.cli.simulate.effects_page import spread

SMALL = ("--scenario", "village", "--debtors", 200, "--months", 6, "--set", "run.burn_in=6")
QUICK = (*SMALL, "--replicates", 2, "--jobs", 1)
BUSY = (
    *("--scenario", "village", "--debtors", 400, "--months", 6, "--replicates", 3, "--jobs", 1),
    *("--set", "run.burn_in=6", "--set", "obligations.intensity=8"),
)
"""A world of which enough claims are reached for intervals."""
OFFICERS = "comprehensive.officers"


def test_levers_and_packs_are_rows_for_programs(call):
    done = call("effects", OFFICERS, "--pack", "special@0.5", *QUICK, "--json")
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [(r["name"], r["end"], r["to"]) for r in rows] == [
        (OFFICERS, "low", 0.0),
        (OFFICERS, "high", 10.0),
        ("special@0.5", None, None),
    ]
    measures = ["performance", "recovery", "backlog", "harm", "cost"]
    assert all(list(r["effects"]) == measures for r in rows)
    assert all(one["pairs"] + one["dropped"] == 2 for r in rows for one in r["effects"].values())
    assert rows[1]["effects"]["cost"]["mean"] > 0.0


def test_people_see_paths_whole_and_the_signs(call):
    done = call("effects", OFFICERS, "special.publicity", "--biting", *BUSY)
    assert "A village: 400 debtors, 6 months after 6 of burn-in, 3 seeds" in done.stdout
    assert done.stdout.count(OFFICERS) >= 1
    assert "where sanctions.detention_rate 0.05" in done.stdout
    assert "nil" in done.stdout


def test_columns_name_their_indicators_and_units_and_what_is_clear_has_a_mark(call):
    done = call("effects", OFFICERS, *BUSY)
    text = done.stdout
    assert "voluntary performance: grace_performance, share of claims leaving grace" in text
    assert "public cost: public_outlay, yuan a debtor and year" in text
    assert "covers chance between seeds only" in " ".join(text.split())
    assert re.search(r"± \S+\*", text)
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_packs_come_when_asked_for_and_levers_when_nothing_is(call, monkeypatch):
    run = []

    def noted(points, *_):
        run.append([point.name for point in points])
        return []

    monkeypatch.setattr("sim.analysis.comparison.effects.effects", noted)
    for words in (("--packs",), ("special.publicity", "--packs"), ()):
        assert call("effects", *words, *QUICK).exit_code == 0
    packs, both, levers = run
    assert packs[0] == "rule_of_law"
    assert packs[-1] == "all_six"
    assert both == ["special.publicity", *packs]
    assert len(set(levers)) > 100


def test_packs_are_also_at_the_dose_that_a_budget_pays_for(call, tmp_path):
    out = tmp_path / "effects.md"
    done = call("effects", "--pack", "rule_of_law", "--budget", 200, *QUICK, "--json", "--out", out)
    assert done.exit_code == 0, done.stderr
    full, dosed = (row["name"] for row in json.loads(done.stdout))
    assert full == "rule_of_law"
    assert dosed.startswith("rule_of_law@0.")
    text = out.read_text(encoding="utf-8")
    assert "more than 200 yuan a year per 1,000 debtors" in text
    assert "the budget, or misses it by\n2 % at most" in text
    assert "--budget 200" in text


def test_the_page_is_written_whole_and_names_its_command(call, tmp_path):
    out = tmp_path / "effects.md"
    words = ("effects", OFFICERS, "special.publicity", "--pack", "special@0.5", "--biting")
    done = call(*words, *QUICK, "--out", out)
    assert done.exit_code == 0
    assert not done.stdout
    assert "written" in done.stderr
    text = out.read_text(encoding="utf-8")
    assert "servanda effects comprehensive.officers special.publicity" in text
    assert "## Comprehensive governance 综合治理" in text
    assert "| `special.publicity` | 0 → 1; where `sanctions.detention_rate` 0.05 |" in text
    assert "| `special@0.5` |" in text
    assert "## What is nil, and what surprises" in text
    assert "{" not in text
    lines = [line for line in text.splitlines() if line.startswith(f"| `{OFFICERS}`")]
    assert len(lines) == 2


def test_a_run_that_fails_is_told_in_the_page_and_by_programs(call, tmp_path):
    (tmp_path / "fragile.py").write_text(
        "from sim.levers.lever import Lever\n"
        "def extend(model):\n"
        "    model.lever('fragile.load', Lever(title='Load', zh='负载', unit='share', low=0.0,\n"
        "        high=1.0, off=0.0, reads='court', expected='R+'))\n"
        "    def straining(world):\n"
        "        '''Whatever carries too much breaks.'''\n"
        "        if world.lever('fragile.load').max() > 0.5: raise ValueError('it broke')\n"
        "    model.phase(straining, after='trace')\n",
        encoding="utf-8",
    )
    file = tmp_path / "fragile.toml"
    head = 'format = 1\ntitle = "Fragile"\nextends = "village"\nextensions = ["fragile.py"]\n'
    file.write_text(head, encoding="utf-8")
    words = ("effects", "fragile", "--scenario", file, *QUICK[2:], "--json", "--allow-code")
    done = call(*words, "--out", tmp_path / "page.md")
    assert done.exit_code == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert "it broke" in row["error"]
    assert row["effects"] == {}
    assert "**Stopped:**" in (tmp_path / "page.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("comprehensive.officer",), "did you mean 'comprehensive.officers'?"),
        (("--pack", "rule_of_la"), "did you mean 'rule_of_law'?"),
        (("--pack", "special@2"), "'2' is no dose"),
        (("--set", "run.month=3"), "unknown key"),
        (("--months", "0", "--scenario", "nowhere"), "months"),
        (("--out", "no/such/folder.md"), "cannot be written"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(call, monkeypatch, words, said):
    monkeypatch.setattr("sim.analysis.comparison.effects.effects", None)
    done = call("effects", *words)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("mean", "half", "text"),
    [
        (0.0123, 0.0041, "+.0123 ± .0041"),
        (-12.34, 5.6, "−12.3 ± 5.6"),
        (1234.5, 300.0, "+1,234 ± 300"),
        (0.0, 0.0, "0 ± 0"),
        (667.0, 1e-12, "+667 ± 0"),
        (float("nan"), float("nan"), "–"),
        (0.25, float("nan"), "+.25 ± –"),
    ],
)
def test_a_mean_is_written_as_far_as_its_interval_is_known(mean, half, text):
    assert spread(Difference.symmetric(mean, half, 9)) == text


def test_pairs_left_out_are_told():
    assert spread(Difference.symmetric(0.25, 0.1, 9, 11)) == "+.25 ± .10 (9 of 20 pairs)"
