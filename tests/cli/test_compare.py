"""Claims about ``servanda compare`` and ``servanda shapley``: what they show, keep and refuse."""

import json
import math
import re

import pytest

from sim.experiment.file import load_experiment
from sim.experiment.sweep import sweep
from tests.analysis.filled import filled
from tests.experiment.small import Small, inline

QUICK = ("--debtors", 120, "--months", 2, "--replicates", 2)


@pytest.fixture
def two(tmp_path, monkeypatch):
    """A baseline and a dearer world, and a crew in this process."""
    monkeypatch.chdir(tmp_path)
    head = 'format = 1\ntitle = "{}"\nextends = "village"\nrun.burn_in = 2\n'
    moves = '[[policies]]\nname = "more"\n[policies.scale]\n"comprehensive.officers" = 3.0\n'
    (tmp_path / "base.toml").write_text(head.format("Base"), encoding="utf-8")
    (tmp_path / "dear.toml").write_text(head.format("Dear") + moves, encoding="utf-8")
    monkeypatch.setattr("sim.experiment.sweep._here", lambda jobs: inline)
    return "base.toml", "dear.toml"


def test_programs_get_every_difference_and_runs_are_kept(call, two):
    done = call("compare", *two, *QUICK, "--out", "kept", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["baseline"], told["replicates"]) == ("base.toml", 2)
    base, dear = told["scenarios"]
    assert base["differences"] == {}
    cost = dear["differences"]["public_outlay"]
    assert cost["mean"] > 0.0
    assert cost["pairs"] == 2
    assert set(cost) == {"base", "mean", "low", "high", "pairs", "dropped", "saved", "needed"}
    assert "base.toml against dear.toml: 4 of 4 runs done" in call("status", "kept").stdout
    again = call("compare", *two, *QUICK, "--out", "kept", "--json")
    assert again.stdout == done.stdout


def test_people_see_a_block_a_scenario(call, two):
    done = call("compare", *two, *QUICK)
    assert done.exit_code == 0, done.stderr
    assert "baseline: base.toml; 2 replicates" in done.stdout
    for word in ("public_outlay", "net_received", "saved", "on the frontier in", "for 0.01"):
        assert word in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("base.toml",), "cannot be compared"),
        (("base.toml", "base.toml"), "named twice"),
        (("base.toml", "nowhere.toml"), "nowhere.toml"),
        (("base.toml", "dear.toml", "--debtors", 0), "out of range"),
        (("base.toml", "dear.toml", "--precision", 0), "--precision"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(call, two, monkeypatch, words, said):
    monkeypatch.setattr("sim.experiment.sweep.sweep", None)
    done = call("compare", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_factorial_sweep_is_taken_apart(call, tmp_path):
    asked = {
        "base": "village",
        "debtors": 100,
        "months": 3,
        "burn_in": 0,
        "replicates": 2,
        "indicators": ["harm", "public_outlay"],
        "design": {"kind": "factorial"},
        "factors": {
            "comprehensive.officers": {"values": [0.1, 0.4]},
            "sanctions.late_interest": {"values": [0.0, 0.01]},
        },
    }
    sweep(load_experiment(asked), tmp_path, crew=inline)
    (told,) = json.loads(call("shapley", tmp_path, "--measure", "public_outlay", "--json").stdout)
    assert told["measure"] == "public_outlay"
    values = [part["value"]["mean"] for part in told["parts"].values()]
    assert told["total"]["mean"] > 0.0
    assert sum(values) == pytest.approx(told["total"]["mean"])
    assert told["pairs"][0]["between"] == ["comprehensive.officers", "sanctions.late_interest"]
    shown = call("shapley", tmp_path)
    assert shown.exit_code == 0, shown.stderr
    for word in (
        "public_outlay",
        "Shapley value",
        "alone",
        "as the last",
        "beyond the sum",
        "officers × sanctions.late_interest\n",
    ):
        assert word in shown.stdout


def test_columns_stand_apart_however_long_an_effect_is(call, tmp_path):
    factors = {"comprehensive.officers": [0.1, 0.4], "sanctions.late_interest": [0.0, 0.01]}

    def told(row, replicate):
        if replicate == 2:
            return {"harm": math.nan}
        return {"harm": 1e6 * row["comprehensive.officers"] + 1e-5 * replicate}

    design = {"kind": "factorial"}
    asked = {"base": "village", "replicates": 3, "design": design, "factors": factors}
    filled(tmp_path, load_experiment(asked), told)
    (row,) = [r for r in call("shapley", tmp_path).stdout.splitlines() if r.endswith("officers")]
    effects = re.split(r" {2,}", row.strip())
    assert len(effects) == 4
    assert all(one.endswith("(2 of 3 pairs)") for one in effects[:3])


def test_what_cannot_be_taken_apart_is_said_in_a_line(call, tmp_path):
    assert "holds no experiment" in call("shapley", tmp_path).stderr
    sweep(Small(count=3, replicates=1), tmp_path / "three", crew=inline)
    done = call("shapley", tmp_path / "three")
    assert done.exit_code == 2
    assert "no full factorial" in done.stderr
    assert len(done.stderr.splitlines()) == 1
