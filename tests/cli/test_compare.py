"""Claims about ``servanda compare`` and ``servanda shapley``: what they show, keep and refuse."""

import json
import math
import re
import tempfile

import pytest

from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.analysis.filled import filled
from tests.experiment.small import Inline, Small, inline

QUICK = ("--debtors", 120, "--months", 2, "--replicates", 2)


@pytest.fixture
def two(tmp_path, monkeypatch):
    """A baseline and a dearer world, and a crew in this process."""
    monkeypatch.chdir(tmp_path)
    head = 'format = 1\ntitle = "{}"\nextends = "village"\nrun.burn_in = 2\n'
    head += "obligations.intensity = 40.0\n"  # so that cases come in two months
    moves = '[[policies]]\nname = "more"\n[policies.scale]\n"comprehensive.officers" = 3.0\n'
    (tmp_path / "base.toml").write_text(head.format("Base"), encoding="utf-8")
    (tmp_path / "dear.toml").write_text(head.format("Dear") + moves, encoding="utf-8")
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
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
    assert set(cost) == {
        "base",
        "mean",
        "low",
        "high",
        "pairs",
        "dropped",
        "saved",
        "needed",
        "reason",
        "spread",
    }
    assert "base.toml against dear.toml: 4 of 4 runs done" in call("status", "kept").stdout
    again = call("compare", *two, *QUICK, "--out", "kept", "--json")
    assert again.stdout == done.stdout


@pytest.mark.parametrize("ends", [KeyboardInterrupt, RuntimeError("a fault"), None])
def test_without_a_folder_none_is_left_however_it_ends(call, two, tmp_path, monkeypatch, ends):
    class Ending(Inline):
        def wait(self):
            if ends is not None:
                raise ends
            return super().wait()

    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: lambda _: Ending())
    done = call("compare", *two, *QUICK)
    assert done.exit_code == {None: 0, KeyboardInterrupt: 130}.get(ends, 1)
    assert not list((tmp_path / "tmp").iterdir())


def test_people_read_a_conclusion_then_tables_that_fit_a_pipe(call, two):
    done = call("compare", *two, *QUICK, "--precision", 0.05)
    assert done.exit_code == 0, done.stderr
    text = done.stdout
    assert "baseline: base.toml; 120 debtors, 2 months, 2 replicates" in text
    heads = ("Conclusion", "What changes under dear.toml", "Who pays and who receives")
    heads += ("How many replicates it takes", "No scenario beats it")
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert all(len(line) <= 80 for line in text.splitlines())
    for word in ("net_received, yuan a debtor and", "common draws", "±0.05", "the state"):
        assert word in text
    assert "replicates it takes" not in call("compare", *two, *QUICK).stdout


def test_what_is_clear_has_a_mark_and_its_interval_says_what_it_covers(call, two):
    text = call("compare", *two, *QUICK).stdout
    (row,) = (line for line in text.splitlines() if line.startswith("public_outlay"))
    assert re.search(r"\+\S+\*", row)
    assert "covers chance between seeds only" in " ".join(text.split())
    assert "policy more: in force for 2 months, reached 2 courts" in " ".join(text.split())


def test_programs_get_the_conclusion_the_money_and_the_reach(call, two):
    told = json.loads(call("compare", *two, *QUICK, "--json").stdout)
    assert told["district"] is None
    assert told["conclusion"][-1]["key"] == "interval"
    _, dear = told["scenarios"]
    assert dear["money"]["lines"]["officers_pay"]["mean"] > 0.0
    assert dear["money"]["parties"]["state"]["mean"] < 0.0
    (reach,) = dear["reach"]
    assert (reach["policy"], reach["replicates"], reach["few"]) == ("more", 2, False)


def test_a_policy_that_reaches_nobody_is_no_precise_zero(call, two, tmp_path):
    moves = '[[policies]]\nname = "late"\ndomains = ["wages"]\namount = [5e8, 6e8]\n'
    moves += '[policies.set]\n"at_source.mediation" = 1.0\n'
    text = (tmp_path / "base.toml").read_text(encoding="utf-8")
    (tmp_path / "late.toml").write_text(text + moves, encoding="utf-8")
    done = call("compare", "base.toml", "late.toml", *QUICK)
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "late.toml reached 0 claims in 2 replicates: too few to say anything of it" in said
    assert "Too few cases reached: no interval, no conclusion" in said
    assert "Who pays" not in said


def test_a_district_reads_sums_in_its_own_money(call, two):
    words = ("--population", 800_000, "--debtors-per-1000", 250, "--currency", "EUR=8")
    told = json.loads(call("compare", *two, *QUICK, *words, "--json").stdout)
    assert told["district"]["debtors"] == 200_000
    cost = told["scenarios"][1]["differences"]["public_outlay"]["mean"]
    said = " ".join(call("compare", *two, *QUICK, *words).stdout.split())
    assert f"{cost * 200_000 / 8:,.0f} EUR a year for the district of 800,000 adults" in said
    assert "800,000 adults stand for 200,000 debtors of the model" in said
    assert "EUR a year" in said


def test_a_district_without_a_number_has_the_cases_that_its_people_bring(call, two):
    told = json.loads(call("compare", *two, *QUICK, "--population", 1000, "--json").stdout)
    assert told["district"]["measured"]
    assert told["district"]["debtors_per_1000"] > 0.0


def test_at_a_budget_scenarios_run_at_the_doses_that_cost_it(call, two):
    words = ("--population", 800_000, "--debtors-per-1000", 250, "--budget")
    done = call("compare", *two, *QUICK, *words, "24e6/year", "--jobs", 1, "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    _, dear = told["scenarios"]
    assert dear["dose"] != 1.0
    assert 200_000 * dear["differences"]["public_outlay"]["mean"] == pytest.approx(24e6, rel=0.03)
    assert "equal_cost" in [one["key"] for one in told["conclusion"]]
    monthly = call("compare", *two, *QUICK, *words, "2e6/month", "--jobs", 1, "--json")
    assert json.loads(monthly.stdout)["scenarios"][1]["dose"] == dear["dose"]


def test_other_worlds_are_refused_or_named(call, two, tmp_path):
    text = (tmp_path / "dear.toml").read_text(encoding="utf-8")
    (tmp_path / "far.toml").write_text(f"population.districts = 3\n{text}", encoding="utf-8")
    refused = call("compare", "base.toml", "far.toml", *QUICK)
    assert refused.exit_code == 2
    assert "far.toml: differs from the baseline in more than policies" in refused.stderr
    assert "population.districts 3 against 2" in refused.stderr
    done = call("compare", "base.toml", "far.toml", *QUICK, "--across-worlds")
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert said.index("far.toml is another world") < said.index("What changes under far.toml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("base.toml",), "cannot be compared"),
        (("base.toml", "base.toml"), "named twice"),
        (("base.toml", "nowhere.toml"), "nowhere.toml"),
        (("base.toml", "dear.toml", "--debtors", 0), "out of range"),
        (("base.toml", "dear.toml", "--precision", 0), "--precision"),
        (("base.toml", "dear.toml", "--budget", "3e6/year"), "needs a population"),
        (("base.toml", "dear.toml", "--budget", "3e6", "--population", 9), "has no period"),
        (("base.toml", "dear.toml", "--budget", "3 million"), "'3 million' is no sum"),
        (("base.toml", "dear.toml", "--budget", "1e-300"), "no budget between"),
        (("base.toml", "dear.toml", "--currency", "EUR=8"), "needs --population"),
        (("base.toml", "dear.toml", "--debtors-per-1000", 3), "needs --population"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(call, two, monkeypatch, words, said):
    monkeypatch.setattr("sim.runs.sweep.sweep", None)
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
    sweep(load_experiment(asked), tmp_path, workers=inline)
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
        "added last",
        "beyond the sum",
        "comprehensive.officers × sanctions.late_interest",
    ):
        assert word in " ".join(shown.stdout.split())


def test_lost_pairs_are_told_beside_each_effect(call, tmp_path):
    factors = {"comprehensive.officers": [0.1, 0.4], "sanctions.late_interest": [0.0, 0.01]}

    def told(row, replicate):
        if replicate == 2:
            return {"harm": math.nan}
        return {"harm": 1e6 * row["comprehensive.officers"] + 1e-5 * replicate}

    design = {"kind": "factorial"}
    asked = {"base": "village", "replicates": 3, "design": design, "factors": factors}
    filled(tmp_path, load_experiment(asked), told)
    shown = call("shapley", tmp_path).stdout
    first = shown[: shown.index("together")]
    assert " ".join(first.split()).count("(2") == 6
    assert max(map(len, shown.splitlines())) <= 80


def test_what_cannot_be_taken_apart_is_said_in_a_line(call, tmp_path):
    assert "holds no experiment" in call("shapley", tmp_path).stderr
    sweep(Small(count=3, replicates=1), tmp_path / "three", workers=inline)
    done = call("shapley", tmp_path / "three")
    assert done.exit_code == 2
    assert "not a full factorial" in done.stderr
    assert len(done.stderr.splitlines()) == 1
