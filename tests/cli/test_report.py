"""Claims about ``servanda report``."""

import pytest

import sim
from sim.report import page
from sim.report.material import material
from sim.report.page import written
from sim.runs.output.lock import FolderLock


def test_a_run_is_reported_like_a_sweep_of_one(call, tmp_path):
    call("run", "village", "--debtors", 200, "--months", 14, "--out", tmp_path / "run")
    found = material(tmp_path / "run")
    assert (found.kind, found.count, found.replicates) == ("run", 1, 1)
    world = sim.World("village", **{"population.size": 200, "run.months": 14}).run()
    assert found.runs["backlog"].iloc[0] == world.headline()["backlog"]
    names = {one.name for one in written(found).chapters}
    assert {"headline", "series", "survival", "ledgers", "size", "provenance"} <= names
    told = call("report", tmp_path / "run", "--lang", "zh")
    assert told.stdout.strip() == str(tmp_path / "run" / "report" / "report.zh.html")
    other = ("run", "village", "--debtors", 200, "--months", 15, "--force")
    again = call(*other, "--out", tmp_path / "run")
    assert again.exit_code == 0, again.stderr


def test_a_folder_without_either_is_refused(call, tmp_path):
    told = call("report", tmp_path)
    assert told.exit_code == 2
    assert "holds neither a run nor a sweep" in told.stderr
    assert "servanda run" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_second_report_is_refused_before_it_is_composed(call, tmp_path, monkeypatch):
    call("run", "village", "--debtors", 60, "--months", 2, "--out", tmp_path / "run")
    monkeypatch.setattr(page, "written", lambda *_: pytest.fail("it was composed"))
    with FolderLock(tmp_path / "run" / "report", "report"):
        second = call("report", tmp_path / "run")
    assert second.exit_code == 2
    assert "another `servanda report` is at work here" in second.stderr
