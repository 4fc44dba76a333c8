"""Claims about ``servanda plan`` and ``experiments``: what is told, and that nothing is started."""

from pathlib import Path

import pytest

from sim.runs import cost_estimate

SMALL = """format = 1
title = "Small"
question = "Is it small?"
base = "village"
months = 6
burn_in = 2
debtors = 60
replicates = 3

[design]
kind = "grid"

[factors]
"comprehensive.officers" = [0.05, 0.1, 0.2]
"choice.behaviour" = ["prospect", "rule_of_thumb"]
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The name of a small experiment in the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL, encoding="utf-8")
    return "small.toml"


def test_a_plan_shows_runs_time_disk_and_memory_and_starts_nothing(shown, told, small, tmp_path):
    said = shown("plan", small, "--jobs", 2)
    for word in (
        *("Is it small?", "6 points × 3 replicates = 18 runs", "60 debtors × 8 months"),
        *("time", "disk", "memory", "2 jobs"),
    ):
        assert word in said
    assert [path.name for path in tmp_path.iterdir()] == [small]
    found = told("plan", small, "--jobs", 2)
    assert (found["points"], found["replicates"], found["runs"]) == (6, 3, 18)
    assert found["seconds"] == pytest.approx(found["seconds_a_run"] * 18 / 2)
    assert found["disk"] == pytest.approx(found["bytes_a_run"] * 18)
    assert 0.0 < found["seconds_a_run"] < 5.0
    assert 1e3 < found["bytes_a_run"] < 1e6
    assert 1e8 < found["memory_a_job"] < 4e9
    assert found["first_points"][1]["choice.behaviour"] == "rule_of_thumb"


def test_runs_that_share_a_burn_in_are_estimated_without_it(shown, told):
    size = ("--debtors", 60, "--months", 3, "--replicates", 2, "--jobs", 2)
    alike = told("plan", "six_modes", *size)
    assert alike["share_of_runs_after_a_shared_burn_in"] == pytest.approx(62 / 64)
    assert "97% of the runs go on from the burn-in" in shown("plan", "six_modes", *size)
    apart = told("plan", "officers_tipping", *size)
    assert apart["share_of_runs_after_a_shared_burn_in"] == 0.0


def test_runs_can_be_counted_without_measuring(told, small):
    found = told("plan", small, "--no-measure")
    assert found["runs"] == 18
    assert "seconds" not in found
    options = ("--replicates", 1, "--debtors", 30, "--months", 4)  # they override the file
    found = told("plan", small, "--no-measure", *options)
    assert (found["runs"], found["debtors"], found["months"]) == (6, [30, 30], [6, 6])
    text = SMALL.replace("debtors = 60\n", "") + '"population.size" = [60, 600]\n'
    Path(small).write_text(text, encoding="utf-8")
    assert told("plan", small, "--no-measure")["debtors"] == [60, 600]


def test_points_are_written_as_csv(shown, small):
    shown("plan", small, "--no-measure", "--points", "p.csv")
    rows = Path("p.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "point,comprehensive.officers,choice.behaviour"
    assert rows[2] == "1,0.05,rule_of_thumb"
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--no-measure --points none/p.csv", "none/p.csv: cannot be written: no such file"),
        ("--replicates 0", "--replicates: 0 is out of range"),
    ],
)
def test_what_cannot_be_planned_is_refused(refused, small, words, said):
    assert refused("plan", small, *words.split()).startswith(said)


def test_lack_of_memory_or_space_is_warned_of(shown, told, small, monkeypatch):
    monkeypatch.setattr(cost_estimate, "memory_free", lambda: 1e9)
    monkeypatch.setattr(cost_estimate, "_resident", lambda: 3e8)
    monkeypatch.setattr(cost_estimate, "disk_free", lambda folder: None)
    said = shown("plan", small, "--jobs", 4)
    assert "warning: there is memory for 2 jobs at a time, not 4: set --jobs" in said
    monkeypatch.setattr(cost_estimate, "disk_free", lambda folder: 1e3)
    found = told("plan", small, "--out", "there/later")
    assert any("only 1 kB are free in 'there/later'" in text for text in found["warnings"])
