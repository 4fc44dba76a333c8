"""Claims about ``servanda report``."""

import pytest

import sim
from sim.report import page
from sim.report.material import material
from sim.report.page import written
from sim.runs.output.lock import FolderLock
from tests.good_folders import small_run


def test_a_run_is_reported_like_a_sweep_of_one(shown, tmp_path):
    folder = tmp_path / "run"
    words = ("run", "village", "--debtors", 200, "--out", folder)
    shown(*words, "--months", 14)
    found = material(folder)
    assert (found.kind, found.count, found.replicates) == ("run", 1, 1)
    world = sim.World("village", **{"population.size": 200, "run.months": 14}).run()
    assert found.runs["backlog"].iloc[0] == world.headline()["backlog"]
    names = {one.name for one in written(found).chapters}
    assert {"headline", "series", "survival", "ledgers", "size", "provenance"} <= names
    assert shown("report", folder, "--lang", "zh") == str(folder / "report" / "report.zh.html")
    shown(*words, "--months", 15, "--force")


def test_what_cannot_be_reported_is_refused_before_it_is_composed(refused, tmp_path, monkeypatch):
    said = refused("report", tmp_path)
    assert "contains neither a run nor a sweep" in said
    assert "servanda run" in said
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(page, "written", lambda *_: pytest.fail("it was composed"))
    folder = small_run(tmp_path / "run")
    with FolderLock(folder / "report", "report"):
        assert "another `servanda report` is using this folder" in refused("report", folder)
