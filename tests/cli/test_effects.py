"""Claims about ``servanda effects``: rows, the page, and what is refused before anything runs."""

import json
import math
import re

import pytest

from sim.analysis.paired import Difference
from sim.cli.simulate.effects_page import lists, spread
from tests.analysis.test_effects import row

SMALL = ("--scenario", "village", "--debtors", 200, "--months", 6, "--set", "run.burn_in=6")
QUICK = (*SMALL, "--replicates", 2, "--jobs", 1)
BUSY = (
    *("--scenario", "village", "--debtors", 400, "--months", 6, "--replicates", 3, "--jobs", 1),
    *("--set", "run.burn_in=6", "--set", "obligations.intensity=8"),
)
"""A world of which enough claims are reached for intervals."""
OFFICERS = "comprehensive.officers"


def test_levers_and_packs_are_rows_for_programs(told):
    rows = told("effects", OFFICERS, "--pack", "special@0.5", *QUICK)
    assert [(r["name"], r["end"], r["to"]) for r in rows] == [
        *((OFFICERS, "low", 0.0), (OFFICERS, "high", 10.0), ("special@0.5", None, None))
    ]
    measures = ["refusal", "harm", "cost", "performance", "recovery", "backlog"]
    assert all(list(r["effects"]) == measures for r in rows)
    assert all(one["pairs"] + one["dropped"] == 2 for r in rows for one in r["effects"].values())
    assert rows[1]["effects"]["cost"]["mean"] > 0.0


def test_people_see_paths_whole_units_signs_and_a_mark_at_what_is_clear(call):
    text = call("effects", OFFICERS, "special.publicity", "--biting", *BUSY).stdout
    assert all(len(line) <= 80 for line in text.splitlines())
    assert re.search(r"± \S+\*", text)
    said = " ".join(text.split())
    for words in (
        "A village: 400 debtors, 6 months after 6 of burn-in, 3 seeds",
        *(OFFICERS, "where sanctions.detention_rate 0.05", "nil"),
        "voluntary performance: grace_performance, share of claims leaving grace",
        "public cost: public_outlay, yuan a debtor and year",
        "covers chance between seeds only",
    ):
        assert words in said


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


def test_packs_are_also_at_the_dose_that_a_budget_pays_for(told, tmp_path):
    out = tmp_path / "effects.md"
    words = ("effects", "--pack", "rule_of_law", "--budget", 200, *QUICK)
    full, dosed = (row["name"] for row in told(*words, "--out", out))
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
    assert (done.exit_code, done.stdout) == (0, "")
    assert "written" in done.stderr
    text = out.read_text(encoding="utf-8")
    for part in (
        "servanda effects comprehensive.officers special.publicity",
        "## Comprehensive governance 综合治理",
        "| `special.publicity` | 0 → 1; where `sanctions.detention_rate` 0.05 |",
        "| `special@0.5` |",
        "## What is nil, and what surprises",
    ):
        assert part in text
    assert "{" not in text
    assert text.count(f"\n| `{OFFICERS}`") == 2


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
        ("comprehensive.officer", "did you mean 'comprehensive.officers'?"),
        ("--pack rule_of_la", "did you mean 'rule_of_law'?"),
        ("--pack special@2", "'2' is no dose"),
        ("--set run.month=3", "unknown key"),
        ("--months 0", "months"),
        ("--out no/such/folder.md", "cannot be written"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_runs(refused, monkeypatch, words, said):
    monkeypatch.setattr("sim.analysis.comparison.effects.effects", None)
    assert said in refused("effects", *words.split())


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ((0.0123, 0.0041, 9), "+.0123 ± .0041"),
        ((-12.34, 5.6, 9), "−12.3 ± 5.6"),
        ((1234.5, 300.0, 9), "+1,234 ± 300"),
        ((0.0, 0.0, 9), "0 ± 0"),
        ((667.0, 1e-12, 9), "+667 ± 0"),
        ((math.nan, math.nan, 9), "–"),
        ((0.25, math.nan, 9), "+.25 ± –"),
        ((0.25, 0.1, 9, 11), "+.25 ± .10 (9 of 20 pairs)"),
    ],
)
def test_a_mean_has_the_digits_that_its_interval_allows_and_names_lost_pairs(found, text):
    assert spread(Difference.symmetric(*found)) == text


@pytest.mark.parametrize(("end", "mean", "way"), [("high", 3.0, "down"), ("low", -3.0, "up")])
def test_a_surprise_says_which_way_was_expected_at_this_end_of_the_range(end, mean, way):
    _, surprise = lists([row(end, expected="R-", recovery=mean)])
    assert surprise.endswith(f"expected {way}")
