"""Claims about ``servanda plan`` and ``experiments``: what is told, and that nothing is started."""

import csv
import json
from pathlib import Path

import pytest

from sim.experiment.experiment import Experiment
from sim.experiment.reading.file import load_experiment
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


def test_a_plan_tells_runs_time_disk_and_memory_and_starts_nothing(call, small, tmp_path):
    done = call("plan", small, "--jobs", 2)
    assert done.exit_code == 0, done.output
    assert "Is it small?" in done.stdout
    assert "6 points × 3 replicates = 18 runs" in done.stdout
    assert "60 debtors × 8 months" in done.stdout
    for word in ("time", "disk", "memory", "2 jobs", "comprehensive.officers"):
        assert word in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == [small]


def test_a_policy_that_starts_late_is_no_reason_for_a_warning(call, small, tmp_path):
    late = 'format = 1\ntitle = "T"\nextends = "village"\nrun.months = 6\n[[policies]]\n'
    late += 'name = "late"\nstart = 5\n[policies.scale]\n"comprehensive.officers" = 2.0\n'
    (tmp_path / "late.toml").write_text(late, encoding="utf-8")
    (tmp_path / small).write_text(SMALL.replace('"village"', '"late.toml"'), encoding="utf-8")
    done = call("plan", small, "--jobs", 2)
    assert done.exit_code == 0, done.stderr
    assert "starts in month" not in done.stderr


def test_json_tells_the_same_to_programs(call, small):
    told = json.loads(call("plan", small, "--jobs", 2, "--json").stdout)
    assert (told["points"], told["replicates"], told["runs"]) == (6, 3, 18)
    assert told["factors"] == ["comprehensive.officers", "choice.behaviour"]
    assert told["seconds"] == pytest.approx(told["seconds_a_run"] * 18 / 2)
    assert told["disk"] == pytest.approx(told["bytes_a_run"] * 18)
    assert 0.0 < told["seconds_a_run"] < 5.0
    assert 1e3 < told["bytes_a_run"] < 1e6
    assert 1e8 < told["memory_a_job"] < 4e9
    assert told["first_points"][1] == {
        "point": 1,
        "comprehensive.officers": 0.05,
        "choice.behaviour": "rule_of_thumb",
    }


def test_one_of_a_kind_is_told_in_the_singular(call, tmp_path):
    file = tmp_path / "one.toml"
    file.write_text('format = 1\ntitle = "One"\nbase = "village"\n', encoding="utf-8")
    shown = call("plan", file, "--no-measure").stdout
    assert "1 point × 1 replicate = 1 run\n" in shown


def test_runs_can_be_counted_without_measuring(call, small):
    told = json.loads(call("plan", small, "--no-measure", "--json").stdout)
    assert told["runs"] == 18
    assert "seconds" not in told


def test_the_command_line_stands_above_the_file(call, small):
    told = json.loads(
        call(
            *("plan", small, "--no-measure", "--json"),
            *("--replicates", 1, "--debtors", 30, "--months", 4),
        ).stdout
    )
    assert (told["runs"], told["debtors"], told["months"]) == (6, [30, 30], [6, 6])


def test_points_are_written_as_csv(call, small):
    done = call("plan", small, "--no-measure", "--points", "p.csv")
    assert done.exit_code == 0, done.output
    with Path("p.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert rows[5] == {
        "point": "5",
        "comprehensive.officers": "0.2",
        "choice.behaviour": "rule_of_thumb",
    }


def test_a_file_that_cannot_be_written_is_told_in_one_line(call, small):
    done = call("plan", small, "--no-measure", "--points", "none/p.csv")
    assert done.exit_code == 2
    assert done.stderr.startswith("none/p.csv: cannot be written: no such file")


def test_a_mistake_is_told_with_its_line_and_exit_2(call, small):
    Path(small).write_text(SMALL.replace("officers", "oficers"), encoding="utf-8")
    done = call("plan", small)
    assert done.exit_code == 2
    assert done.stderr == (
        "small.toml:14: factors.comprehensive.oficers: unknown lever; "
        "did you mean 'comprehensive.officers'?\n"
    )


def test_a_wrong_option_is_called_by_its_own_name(call, small):
    done = call("plan", small, "--debtors", 0, "--replicates", 0)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "--replicates: 0 is out of range; give 1 or more",
        "--debtors: 0 is out of range; give 1 to 100,000,000 (debtors)",
    ]


def test_a_factor_of_size_makes_some_runs_longer_than_others(call, small):
    text = SMALL.replace("debtors = 60\n", "") + '"population.size" = [60, 600]\n'
    Path(small).write_text(text, encoding="utf-8")
    told = json.loads(call("plan", small, "--no-measure", "--json").stdout)
    assert told["debtors"] == [60, 600]


def test_a_run_that_takes_long_is_broken_off_and_reckoned(call, small, monkeypatch):
    whole = json.loads(call("plan", small, "--json", "--months", 40).stdout)
    monkeypatch.setattr(cost_estimate, "PATIENCE", 0.0)
    part = json.loads(call("plan", small, "--json", "--months", 40).stdout)
    # what compresses how well is seen only in the end
    assert part["bytes_a_run"] == pytest.approx(whole["bytes_a_run"], rel=0.6)
    assert part["seconds_a_run"] > 0.0


def test_more_jobs_than_fit_into_memory_are_warned_of(call, small, monkeypatch):
    monkeypatch.setattr(cost_estimate, "memory_free", lambda: 1e9)
    monkeypatch.setattr(cost_estimate, "_resident", lambda: 3e8)
    done = call("plan", small, "--jobs", 4)
    assert done.exit_code == 0
    assert "warning: there is memory for 2 jobs at a time, not 4" in done.stdout


def test_more_results_than_there_is_space_for_are_warned_of(call, small, monkeypatch):
    monkeypatch.setattr(cost_estimate, "disk_free", lambda folder: 1e3)
    told = json.loads(call("plan", small, "--out", "there/later", "--json").stdout)
    (warning,) = [text for text in told["warnings"] if "of results are expected" in text]
    assert "only 1 kB are free in 'there/later'" in warning
    assert told["disk_free"] == 1e3
    monkeypatch.setattr(cost_estimate, "disk_free", lambda folder: None)
    assert "of results are expected" not in call("plan", small).stdout


def test_the_account_of_many_runs_counts_as_memory(call, small):
    few, many = (
        json.loads(call("plan", small, "--jobs", 1, "--replicates", n, "--json").stdout)
        for n in (1, 1_500)
    )
    # 400 bytes and 90 for each of two factors
    more = (many["memory"] - many["memory_a_job"]) - (few["memory"] - few["memory_a_job"])
    assert more == pytest.approx(6 * 1_499 * 580)


def test_sizes_of_points_are_counted_and_not_looked_at_one_by_one(monkeypatch):
    factors = {"comprehensive.list_rate": {"low": 0.0, "high": 1.0}}
    design = {"kind": "latin_hypercube", "points": 300}
    asked = {"base": "village", "design": design}
    one = load_experiment(asked | {"factors": factors})
    factors["population.size"] = {"values": [60, 600]}
    two = load_experiment(asked | {"factors": factors})
    calls = []
    size = Experiment.size
    monkeypatch.setattr(Experiment, "size", lambda *told: calls.append(told) or size(*told))
    assert list(one.sizes.values()) == [(300, 299)]
    assert len(calls) == 1
    assert {size[0]: count for size, (count, _) in two.sizes.items()} == {60: 150, 600: 150}
    assert len(calls) == 3
