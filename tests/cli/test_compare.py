"""Claims about ``servanda compare`` and ``servanda shapley``: what they show, keep and refuse."""

import re

import pytest

from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.experiment.small import Small, inline

QUICK = ("--debtors", 120, "--months", 2, "--replicates", 2)
DISTRICT = ("--population", 800_000, "--debtors-per-1000", 250)
POLICY = '[[policies]]\nname = "more"\n[policies.scale]\n"comprehensive.officers" = 3.0\n'
OFFICERS, INTEREST = "comprehensive.officers", "sanctions.late_interest"
FACTORIAL = {
    "base": "village",
    "design": {"kind": "factorial"},
    "factors": {OFFICERS: [0.1, 0.4], INTEREST: [0.0, 0.01]},
}


@pytest.fixture(autouse=True)
def two(tmp_path, monkeypatch):
    """A working folder with a baseline and other worlds, and a crew in this process."""
    monkeypatch.chdir(tmp_path)
    head = 'format = 1\ntitle = "{}"\nextends = "village"\nrun.burn_in = 2\n'
    head += "obligations.intensity = 40.0\n"  # so that cases come in two months
    far = f"population.districts = 3\n{POLICY}"
    for name, more in {"base": "", "dear": POLICY, "far": far}.items():
        text = head.format(name.title()) + more
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
    return "base.toml", "dear.toml"


def test_programs_get_every_number_and_runs_are_kept(told, shown, two):
    found = told("compare", *two, *QUICK, "--out", "kept")
    base, dear = found["scenarios"]
    assert base["differences"] == {}
    cost = dear["differences"]["public_outlay"]
    assert cost["mean"] > 0.0
    assert cost["pairs"] == 2
    assert dear["money"]["parties"]["state"]["mean"] < 0.0
    (reach,) = dear["reach"]
    assert (reach["policy"], reach["replicates"], reach["few"]) == ("more", 2, False)
    assert "base.toml against dear.toml: 4 of 4 runs done" in shown("status", "kept")
    assert told("compare", *two, *QUICK, "--out", "kept") == found


def test_people_read_a_conclusion_then_tables_that_fit_a_pipe(call, two):
    done = call("compare", *two, *QUICK, "--precision", 0.05)
    assert done.exit_code == 0, done.stderr
    text = done.stdout
    assert text.index("Conclusion") < text.index("What changes under dear.toml")
    assert all(len(line) <= 80 for line in text.splitlines())
    (row,) = (line for line in text.splitlines() if line.startswith("public_outlay, "))
    assert re.search(r"\+\S+\*", row)
    for words in ("Replicates needed", "random variation between seeds", "reached 2 courts"):
        assert words in " ".join(text.split())


def test_a_district_reads_sums_in_its_own_money(told, shown, two):
    words = ("compare", *two, *QUICK, *DISTRICT, "--currency", "EUR=8")
    found = told(*words)
    assert found["district"]["debtors"] == 200_000
    cost = found["scenarios"][1]["differences"]["public_outlay"]["mean"]
    said = shown(*words)
    assert f"{cost * 200_000 / 8:,.0f} EUR a year for the district of 800,000 adults" in said


def test_at_a_budget_scenarios_run_at_the_doses_that_cost_it(told, two):
    words = ("compare", *two, *QUICK, *DISTRICT, "--jobs", 1, "--budget")
    found = told(*words, "24e6/year")
    _, dear = found["scenarios"]
    assert dear["dose"] != 1.0
    assert 200_000 * dear["differences"]["public_outlay"]["mean"] == pytest.approx(24e6, rel=0.03)
    assert "equal_cost" in [one["key"] for one in found["conclusion"]]
    assert told(*words, "2e6/month")["scenarios"][1]["dose"] == dear["dose"]


def test_other_worlds_are_refused_or_named(refused, shown):
    words = ("compare", "base.toml", "far.toml", *QUICK)
    assert "population.districts 3 against 2" in refused(*words)
    assert "far.toml differs from base.toml not only in its policies" in shown(
        *words, "--across-worlds"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nowhere.toml", "nowhere.toml"),
        ("dear.toml --debtors 0", "out of range"),
        ("dear.toml --budget 3e6/year", "needs a population"),
        ("dear.toml --budget 3e6 --population 9", "has no period"),
        ("dear.toml --currency EUR=8", "needs --population"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_line(refused, monkeypatch, words, said):
    monkeypatch.setattr("sim.runs.sweep.sweep", None)
    assert said in refused("compare", "base.toml", *words.split())


# ---------------------------------------------------------------- shapley


def test_a_factorial_sweep_is_taken_apart(told, shown, tmp_path):
    small = {"debtors": 100, "months": 3, "burn_in": 0, "replicates": 2}
    asked = FACTORIAL | small | {"indicators": ["harm", "public_outlay"]}
    sweep(load_experiment(asked), tmp_path / "out", workers=inline)
    (found,) = told("shapley", tmp_path / "out", "--measure", "public_outlay")
    values = [part["value"]["mean"] for part in found["parts"].values()]
    assert found["total"]["mean"] > 0.0
    assert sum(values) == pytest.approx(found["total"]["mean"])
    assert found["pairs"][0]["between"] == [OFFICERS, INTEREST]
    assert f"{OFFICERS} × {INTEREST}" in shown("shapley", tmp_path / "out")


def test_what_cannot_be_taken_apart_is_refused_in_a_line(refused, tmp_path):
    assert "holds no experiment" in refused("shapley", tmp_path)
    sweep(Small(count=3, replicates=1), tmp_path / "three", workers=inline)
    assert "not a full factorial" in refused("shapley", tmp_path / "three")
