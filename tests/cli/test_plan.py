"""Claims about ``servanda plan`` and ``experiments``: what is told, and that nothing is started."""

import csv
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
UNKNOWN = "small.toml:14: factors.comprehensive.oficers: unknown lever; "
UNKNOWN += "did you mean 'comprehensive.officers'?\n"
OUT_OF_RANGE = """--replicates: 0 is out of range; give 1 or more
--debtors: 0 is out of range; give 1 to 100,000,000 (debtors)
"""
POINTS = [
    {"comprehensive.officers": officers, "choice.behaviour": behaviour}
    for officers in (0.05, 0.1, 0.2)
    for behaviour in ("prospect", "rule_of_thumb")
]


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
        *("time", "disk", "memory", "2 jobs", "comprehensive.officers"),
    ):
        assert word in said
    assert [path.name for path in tmp_path.iterdir()] == [small]
    found = told("plan", small, "--jobs", 2)
    assert (found["points"], found["replicates"], found["runs"]) == (6, 3, 18)
    assert found["factors"] == ["comprehensive.officers", "choice.behaviour"]
    assert found["seconds"] == pytest.approx(found["seconds_a_run"] * 18 / 2)
    assert found["disk"] == pytest.approx(found["bytes_a_run"] * 18)
    assert 0.0 < found["seconds_a_run"] < 5.0
    assert 1e3 < found["bytes_a_run"] < 1e6
    assert 1e8 < found["memory_a_job"] < 4e9
    assert found["first_points"][1] == {"point": 1, **POINTS[1]}


def test_a_policy_that_starts_late_is_no_reason_for_a_warning(call, small, tmp_path):
    late = 'format = 1\ntitle = "T"\nextends = "village"\nrun.months = 6\n[[policies]]\n'
    late += 'name = "late"\nstart = 5\n[policies.scale]\n"comprehensive.officers" = 2.0\n'
    (tmp_path / "late.toml").write_text(late, encoding="utf-8")
    (tmp_path / small).write_text(SMALL.replace('"village"', '"late.toml"'), encoding="utf-8")
    done = call("plan", small, "--jobs", 2)
    assert done.exit_code == 0, done.stderr
    assert "starts in month" not in done.stderr


def test_runs_can_be_counted_without_measuring(shown, told, small):
    found = told("plan", small, "--no-measure")
    assert found["runs"] == 18
    assert "seconds" not in found
    options = ("--replicates", 1, "--debtors", 30, "--months", 4)  # they override the file
    found = told("plan", small, "--no-measure", *options)
    assert (found["runs"], found["debtors"], found["months"]) == (6, [30, 30], [6, 6])
    text = SMALL.replace("debtors = 60\n", "") + '"population.size" = [60, 600]\n'
    Path(small).write_text(text, encoding="utf-8")
    assert told("plan", small, "--no-measure")["debtors"] == [60, 600]
    Path(small).write_text('format = 1\ntitle = "One"\nbase = "village"\n', encoding="utf-8")
    assert "1 point × 1 replicate = 1 run " in shown("plan", small, "--no-measure")


def test_points_are_written_as_csv(shown, small):
    shown("plan", small, "--no-measure", "--points", "p.csv")
    with Path("p.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [{name: str(value) for name, value in point.items()} for point in POINTS]
    assert rows == [{"point": str(number), **text} for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("old", "new", "words", "said"),
    [
        ("", "", "--no-measure --points none/p.csv", "none/p.csv: cannot be written: no such file"),
        ("officers", "oficers", "", UNKNOWN),
        ("", "", "--debtors 0 --replicates 0", OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_planned_is_refused_with_its_place(refused, small, old, new, words, said):
    Path(small).write_text(SMALL.replace(old, new) if old else SMALL, encoding="utf-8")
    lines = max(1, said.count("\n"))
    assert refused("plan", small, *words.split(), lines=lines).startswith(said)


def test_a_run_that_takes_long_is_stopped_and_extrapolated(told, small, monkeypatch):
    whole = told("plan", small, "--months", 40)
    monkeypatch.setattr(cost_estimate, "PATIENCE", 0.0)
    part = told("plan", small, "--months", 40)
    # what compresses how well is seen only in the end
    assert part["bytes_a_run"] == pytest.approx(whole["bytes_a_run"], rel=0.6)
    assert part["seconds_a_run"] > 0.0


def test_lack_of_memory_or_space_is_warned_of(shown, told, small, monkeypatch):
    monkeypatch.setattr(cost_estimate, "memory_free", lambda: 1e9)
    monkeypatch.setattr(cost_estimate, "_resident", lambda: 3e8)
    monkeypatch.setattr(cost_estimate, "disk_free", lambda folder: None)
    said = shown("plan", small, "--jobs", 4)
    assert "warning: there is memory for 2 jobs at a time, not 4" in said
    assert "of results are expected" not in said
    monkeypatch.setattr(cost_estimate, "disk_free", lambda folder: 1e3)
    found = told("plan", small, "--out", "there/later")
    (warning,) = [text for text in found["warnings"] if "of results are expected" in text]
    assert "only 1 kB are free in 'there/later'" in warning
    assert found["disk_free"] == 1e3


def test_the_records_of_many_runs_count_as_memory(told, small):
    few, many = (told("plan", small, "--jobs", 1, "--replicates", n) for n in (1, 1_500))
    # 400 bytes and 90 for each of two factors
    more = (many["memory"] - many["memory_a_job"]) - (few["memory"] - few["memory_a_job"])
    assert more == pytest.approx(6 * 1_499 * 580)


def test_sizes_of_points_are_counted_and_not_looked_at_one_by_one(monkeypatch):
    factors = {"comprehensive.list_rate": {"low": 0.0, "high": 1.0}}
    asked = {"base": "village", "design": {"kind": "latin_hypercube", "points": 300}}
    one = load_experiment(asked | {"factors": factors})
    two = load_experiment(asked | {"factors": factors | {"population.size": [60, 600]}})
    calls, size = [], Experiment.size
    monkeypatch.setattr(Experiment, "size", lambda *told: calls.append(told) or size(*told))
    assert list(one.sizes.values()) == [(300, 299)]
    assert len(calls) == 1
    assert {size[0]: count for size, (count, _) in two.sizes.items()} == {60: 150, 600: 150}
    assert len(calls) == 3
