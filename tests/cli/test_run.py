"""Claims about ``servanda run``: what it shows, what it keeps, what it refuses."""

import json
import subprocess
import sys
import time

import pandas as pd
import pytest

from sim import World
from sim.errors import ServandaWarning
from sim.measure.indicators import INDICATORS
from sim.runs.output.lock import LOCK

SHORT = ("run", "village", "--months", 3)
LATE = '--set=policies=[{name = "p", start = 9, set = {"sanctions.late_interest" = 0.01}}]'


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_the_headline_goes_to_stdout_and_nothing_is_written(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.cli.console.progress.EVERY", 1e9)  # however slow the machine is
    done = call(*SHORT)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "A village: 3 months, 400 debtors, seed 1" in done.stdout
    named = {line.partition(" ")[0] for line in done.stdout.splitlines()}
    assert {one.name for one in INDICATORS if one.headline} <= named
    assert not list(tmp_path.iterdir())


def test_options_override_the_scenario_and_json_is_pure(told):
    said = told(*SHORT, "--debtors", 50, "--seed", 7, "--set", "economy.exit=0")
    assert (said["debtors"], said["seed"], said["months"]) == (50, 7, 3)
    assert set(said["headline"]) == {one.name for one in INDICATORS}


def test_a_folder_holds_all_tables_and_what_makes_the_run_again(call, tmp_path):
    words = ("--seed", 5, "--events", "--panel", 5, LATE)
    done = call(*SHORT, *words, "--out", tmp_path)
    assert done.exit_code == 0
    assert "warning: policy 'p'" in done.stdout
    kept = manifest(tmp_path)
    assert len(kept["warnings"]) == 1
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sizes == kept["files"] | {"manifest.json": sizes["manifest.json"]}
    panel = pd.read_parquet(tmp_path / "panel.parquet")
    assert panel.groupby("month").size().unique().tolist() == [5]
    assert len(pd.read_parquet(tmp_path / "events.parquet"))
    series = pd.read_parquet(tmp_path / "series.parquet")
    assert set(series["breakdown"]) == {"all", "domain", "kind", "size", "district"}
    assert sorted(set(series["month"])) == list(range(-23, 4))
    with pytest.warns(ServandaWarning, match="starts in month 9"):
        world = World(kept["scenario"])
    assert world.identity == kept["identity"]


def test_choices_cohorts_and_groups_are_stored_if_asked_for(call, refused, tmp_path):
    asked = ("--choices", "--cohort", 0, "--cohort", 2, "--group", "belief", "--group", "asset")
    assert call(*SHORT, *asked, "--out", tmp_path).exit_code == 0
    measured = {"choices": True, "cohorts": [0, 2], "groups": ["belief", "asset"]}
    assert measured.items() <= manifest(tmp_path)["measured"].items()
    assert len(pd.read_parquet(tmp_path / "choices.parquet"))
    cohorts = pd.read_parquet(tmp_path / "cohorts.parquet")
    assert cohorts.groupby("cohort")["month"].agg(list).to_dict() == {0: [0, 1, 2, 3], 2: [2, 3]}
    groups = pd.read_parquet(tmp_path / "groups.parquet")
    assert set(groups["breakdown"]) == {"belief", "asset"}
    again = call(*SHORT, *asked, "--out", tmp_path)
    assert "already contains this run" in again.stderr
    said = refused(*SHORT, "--out", tmp_path)
    assert "with choices and cohorts and groups" in said
    assert "--cohort: records tables that only a folder can keep" in refused(*SHORT, "--cohort", 0)


def test_a_finished_run_is_not_run_again(call, tmp_path, monkeypatch):
    first = call(*SHORT, "--out", tmp_path)
    before = (tmp_path / "manifest.json").read_bytes()
    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", None)
    again = call(*SHORT, "--out", tmp_path)
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert "already contains this run" in again.stderr
    assert (tmp_path / "manifest.json").read_bytes() == before


def test_another_run_replaces_a_finished_one_only_by_force(call, refused, tmp_path):
    folder = tmp_path / "run"
    call(*SHORT, "--panel", 2, "--out", folder)
    before = manifest(folder)
    words = (*SHORT, "--seed", 2, "--out", folder)
    assert refused(*words).startswith(
        f"{folder}: contains another finished run: 'A village', seed 1"
    )
    assert manifest(folder) == before
    done = call(*words, "--force")
    assert (done.exit_code, "already contains this run" in done.stderr) == (0, False)
    assert before["identity"] != manifest(folder)["identity"]
    assert not (folder / "panel.parquet").exists()


def test_a_killed_run_leaves_no_manifest_and_can_be_run_again(call, tmp_path):
    folder = tmp_path / "killed"
    long = ("run", "village", "--debtors", "20000", "--months", "1200", "--out", str(folder))
    running = subprocess.Popen([sys.executable, "-m", "sim", *long], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1.0)
    running.kill()
    assert running.wait() != 0
    assert [path.name for path in folder.iterdir()] == [LOCK]
    assert call(*SHORT, "--out", folder).exit_code == 0
    assert not (folder / LOCK).exists()


def test_a_folder_that_cannot_be_used_is_refused_before_the_run(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", None)
    (tmp_path / "mine.txt").write_text("dear", encoding="utf-8")
    for folder, why in [
        (tmp_path, "holds files not made by a run (mine.txt)"),
        (tmp_path / "mine.txt", "this is a file"),
        (tmp_path / "mine.txt" / "below", "cannot be written"),
    ]:
        assert refused(*SHORT, "--out", folder).startswith(f"{folder}: {why}")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
