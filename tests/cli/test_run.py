"""Claims about ``servanda run``: what it shows, what it keeps, what it refuses."""

import json
import os
import shutil
import subprocess
import sys
import time

import pandas as pd
import pytest

from sim import World
from sim.errors import ServandaWarning
from sim.measure.indicators import INDICATORS
from sim.runs.output.folder import Folder
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
    assert "policy 'p' starts in month 9" in done.stderr
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
    assert {"refusal", "n_debtors_evading"} <= set(series)
    with pytest.warns(ServandaWarning, match="starts in month 9"):
        world = World(kept["scenario"])
    assert world.identity == kept["identity"]
    assert kept["schema"] == 1
    assert any("[population]" in text for text in kept["texts"].values())
    assert set(kept["seconds_by_phase"]) == {phase.__name__ for phase in world.calendar}


def test_a_finished_run_is_not_run_again(call, tmp_path, monkeypatch):
    first = call(*SHORT, "--out", tmp_path)
    before = (tmp_path / "manifest.json").read_bytes()
    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", None)
    again = call(*SHORT, "--out", tmp_path)
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert "already holds this run" in again.stderr
    assert (tmp_path / "manifest.json").read_bytes() == before


@pytest.fixture(scope="module")
def finished(call, tmp_path_factory):
    """A run with a panel."""
    folder = tmp_path_factory.mktemp("run")
    call(*SHORT, "--panel", 2, "--out", folder)
    return folder


@pytest.mark.parametrize("other", [("--seed", 2), ("--events",), ("--panel", 3), ("--months", 2)])
def test_another_run_replaces_a_finished_one_only_by_force(
    call, refused, finished, tmp_path, other
):
    folder = shutil.copytree(finished, tmp_path / "run")
    before = manifest(folder)
    words = (*SHORT, *other, "--out", folder)
    about = f"'A village', seed 1, with panel, identity {before['identity'][:16]};"
    how = "give --force to replace it, or name another folder\n"
    assert refused(*words) == f"{folder}: holds another finished run: {about} {how}"
    assert manifest(folder) == before
    done = call(*words, "--force")
    assert (done.exit_code, "already holds this run" in done.stderr) == (0, False)
    after = manifest(folder)
    assert (before["identity"], before["measured"]) != (after["identity"], after["measured"])
    assert ("panel.parquet" in after["files"]) == (folder / "panel.parquet").exists()


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


def test_an_unfinished_run_of_ours_is_replaced_without_a_question(call, finished, tmp_path):
    folder = shutil.copytree(finished, tmp_path / "run")
    (folder / "books.parquet").unlink()
    assert call(*SHORT, "--seed", 2, "--out", folder).exit_code == 0
    assert manifest(folder)["seed"] == 2


def test_of_two_runs_with_one_folder_one_works_and_the_other_says_so(refused, tmp_path):
    with Folder(tmp_path / "a"):
        second = refused(*SHORT, "--out", tmp_path / "a")
        busy = f"another `servanda run` is at work here, process {os.getpid()}"
        assert second.startswith(f"{tmp_path / 'a'}: {busy}; wait for it")
    assert not list(tmp_path.iterdir())


def test_a_stopped_run_takes_its_new_folder_away(call, tmp_path, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", stop)
    assert call(*SHORT, "--out", tmp_path / "new" / "deep").exit_code == 130
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_used_is_refused_before_the_run(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", None)
    (tmp_path / "mine.txt").write_text("dear", encoding="utf-8")
    for folder, why in [
        (tmp_path, "holds what no run has written (mine.txt)"),
        (tmp_path / "mine.txt", "this is a file"),
        (tmp_path / "mine.txt" / "below", "cannot be written"),
    ]:
        assert refused(*SHORT, "--out", folder).startswith(f"{folder}: {why}")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_progress_and_the_reach_of_policies_are_shown(call, monkeypatch):
    monkeypatch.setattr("sim.cli.console.progress.EVERY", 0.0)
    done = call("run", "special", "--debtors", 60, "--months", 1, "--set", "run.burn_in=1")
    assert done.exit_code == 0, done.stderr
    assert "months: 1 of 2, about" in done.stderr
    assert "in force for 1 month, reached 4 courts, " in " ".join(done.stdout.split())
