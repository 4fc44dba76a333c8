"""Claims about ``servanda optimise``: what it shows, keeps, goes on with and refuses."""

from pathlib import Path

import pytest

from tests.experiment.small import Formula

FILE = """
format = 1
title = "Mixes"
base = "village"
replicates = 3

[design]
kind = "search"
population = 6
trials = 18

[factors]
"comprehensive.list_rate" = { low = 0.0, high = 1.0 }
"comprehensive.match_rate" = { low = 0.0, high = 1.0 }
"""
FACTORS = {"comprehensive.list_rate", "comprehensive.match_rate"}
QUICK = ("--trials", 12, "--population", 6, "--confirm", 2)


def formula(values, task):
    a, b = (values.get(name, 0.0) for name in sorted(FACTORS))
    luck = (task.seed % 7) / 10
    return {"received": a + luck, "harm": b + luck * a, "public_outlay": (a + b) / 100}


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A search whose runs are a formula."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: lambda runs: Formula(formula))

    Path("mixes.toml").write_text(FILE, encoding="utf-8")
    return "mixes.toml"


def test_programs_get_the_front_with_intervals_and_the_runs_are_kept(told, shown, file):
    words = ("optimise", file, *QUICK, "--budget", 5, "--out", "kept")
    found = told(*words)
    assert (found["trials"], found["confirmed"], found["budget"]) == (12, 2, 5.0)
    assert found["objectives"] == {"received": 1, "harm": -1, "public_outlay": -1}
    for one in found["front"]:
        assert one["differences"]["added_outlay"]["mean"] <= 5.0
        assert set(one["values"]) == FACTORS
        assert set(one["fresh"]) == {*found["objectives"], "added_outlay"}
    assert [row["trials"] for row in found["generations"]] == [6, 12]
    assert " runs done" in shown("status", "kept")
    assert told(*words) == found


def test_people_see_a_block_a_point_and_whether_the_search_has_converged(call, file):
    done = call("optimise", file, "--confirm", 3, "--trials", 24)
    assert done.exit_code == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for word in (
        "more received, less harm, less public_outlay; 24 trials, 3 replicates",
        "point 0: the start, with nothing chosen",
        "; holds on fresh seeds",
        "the last quarter of the generations added ",
    ):
        assert word in shown
    assert "results/mixes: 24 trials" in done.stderr


def test_a_plain_sweep_of_a_search_does_its_first_generation_and_says_so(call, shown, file):
    said = call("sweep", file, "--out", "kept").stderr
    assert "the first generation of a search of 18 trials; `servanda optimise` continues" in said
    assert "Mixes: 21 of 21 runs done" in shown("status", "kept")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--budget 0", "--budget: 0 is out of range; give more than 0"),
        ("--trials 5", "5 are fewer than a generation of 6"),
        ("--maximise recieved", "--maximise: unknown indicator"),
        ("--replicates 1", "one run of each point gives no estimate of chance"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_a_line(refused, file, words, said):
    assert said in refused("optimise", file, *words.split())


def test_finished_runs_of_a_stopped_search_are_kept(call, file, monkeypatch):
    stopping = Formula(formula, most=30)
    monkeypatch.setattr("sim.runs.sweep._local_workers", lambda jobs: lambda runs: stopping)
    done = call("optimise", file, "--out", "kept")
    assert done.exit_code == 130
    assert "kept: finished runs are kept; the same command resumes the search" in done.stderr
