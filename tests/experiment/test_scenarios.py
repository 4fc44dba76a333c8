"""Claims about scenarios from memory: they are swept like any experiment, and kept in a folder."""

import pytest

import sim
from sim.errors import ServandaError
from sim.experiment.task import Task
from sim.runs.scenarios import ScenarioRuns, refuse_failed
from sim.runs.workers import InProcess


def scenarios(*sizes):
    small = {"months": 2, "burn_in": 0}
    return {f"of {n}": sim.load("village", overrides=small | {"debtors": n}) for n in sizes}


def test_runs_in_a_named_folder_are_kept_and_not_done_again(tmp_path, monkeypatch):
    done, wait = [], InProcess.wait
    monkeypatch.setattr(InProcess, "wait", lambda self: done.extend(made := wait(self)) or made)
    for sizes in ((60,), (60, 70)):
        with ScenarioRuns([4, 5], folder=tmp_path / "kept") as runs:
            found = runs.run(scenarios(*sizes), indicators=("load",))
    assert sum(len(one.report.identities) for one in done) == 4
    kept = sim.results(tmp_path / "kept")
    assert kept.points["scenario"].tolist() == ["of 60", "of 70"]
    assert found.runs.equals(kept.runs)
    assert kept.runs["seed"].tolist() == [4, 5, 4, 5]


def test_a_run_that_failed_is_refused_with_its_scenario_and_its_seed(monkeypatch):
    def broken(*args, **more):
        raise ValueError("it broke")

    monkeypatch.setattr("sim.runs.worker.World", broken)
    with ScenarioRuns([4]) as runs:
        found = runs.run(scenarios(60))
    with pytest.raises(ServandaError, match="scenario of 60, seed 4: ValueError: it broke"):
        refuse_failed(found, lambda name: f"scenario {name}")


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_a_saved_scenario_that_is_none_is_refused_in_a_line(tmp_path, text):
    file = tmp_path / "saved.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ServandaError, match=r"saved\.json: is not a"):
        Task(0, 0, 1, str(file)).scenario()
