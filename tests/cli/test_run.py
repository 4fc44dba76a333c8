"""Claims about ``servanda run``: what it shows, what it keeps, what it refuses."""

import json
import os
import subprocess
import sys
import time

import pandas as pd
import pytest

from sim.measure.indicators import INDICATORS
from sim.runs.output.folder import Folder
from sim.runs.output.lock import LOCK

SHORT = ("run", "village", "--months", 3)
LATE = '--set=policies=[{name = "p", start = 9, set = {"sanctions.late_interest" = 0.01}}]'


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_the_headline_goes_to_stdout_and_nothing_else(call):
    done = call(*SHORT)
    assert done.exit_code == 0
    assert "A village: 3 months, 400 debtors, seed 1" in done.stdout
    named = {line.partition(" ")[0] for line in done.stdout.splitlines()}
    assert {one.name for one in INDICATORS if one.headline} <= named
    assert not done.stderr


def test_json_on_stdout_is_pure(call):
    said = json.loads(call(*SHORT, "--json").stdout)
    assert said["months"] == 3
    assert set(said["headline"]) == {one.name for one in INDICATORS}


def test_options_are_put_over_the_scenario(call):
    done = call(*SHORT, "--debtors", 50, "--seed", 7, "--set", "economy.exit=0", "--json")
    said = json.loads(done.stdout)
    assert (said["debtors"], said["seed"]) == (50, 7)


def test_without_a_folder_nothing_is_written(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call(*SHORT).exit_code == 0
    assert not list(tmp_path.iterdir())


def test_a_folder_holds_the_tables_asked_for(call, tmp_path):
    assert call(*SHORT, "--out", tmp_path / "a", "--events", "--panel", 5).exit_code == 0
    kept = manifest(tmp_path / "a")
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "a").iterdir()}
    assert sizes == kept["files"] | {"manifest.json": sizes["manifest.json"]}
    panel = pd.read_parquet(tmp_path / "a" / "panel.parquet")
    assert panel.groupby("month").size().unique().tolist() == [5]
    assert len(pd.read_parquet(tmp_path / "a" / "events.parquet"))


def test_the_series_hold_all_breakdowns_burn_in_and_counts(call, tmp_path):
    call(*SHORT, "--out", tmp_path)
    series = pd.read_parquet(tmp_path / "series.parquet")
    assert set(series["breakdown"]) == {"all", "domain", "kind", "size", "district"}
    assert sorted(set(series["month"])) == list(range(-23, 4))
    assert {"refusal", "n_debtors_evading"} <= set(series)


def test_the_manifest_can_make_the_run_again(call, tmp_path):
    from sim import World

    call(*SHORT, "--seed", 5, "--out", tmp_path)
    kept = manifest(tmp_path)
    world = World(kept["scenario"])
    assert world.identity == kept["identity"]
    assert kept["schema"] == 1
    assert any("[population]" in text for text in kept["texts"].values())
    assert set(kept["seconds_by_phase"]) == {phase.__name__ for phase in world.calendar}


def test_warnings_are_said_shown_and_kept(call, tmp_path):
    done = call(*SHORT, LATE, "--out", tmp_path)
    assert "policy 'p' starts in month 9" in done.stderr
    assert "warning: policy 'p'" in done.stdout
    assert len(manifest(tmp_path)["warnings"]) == 1


def test_a_finished_run_is_not_run_again(call, tmp_path, monkeypatch):
    first = call(*SHORT, "--out", tmp_path)
    before = (tmp_path / "manifest.json").read_bytes()
    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", None)
    again = call(*SHORT, "--out", tmp_path)
    assert again.exit_code == 0
    assert again.stdout == first.stdout
    assert "already holds this run" in again.stderr
    assert (tmp_path / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("other", [("--seed", 2), ("--events",), ("--panel", 3), ("--months", 2)])
def test_another_run_takes_the_place_of_a_finished_one_when_forced(call, tmp_path, other):
    call(*SHORT, "--panel", 2, "--out", tmp_path)
    before = manifest(tmp_path)
    refused = call(*SHORT, *other, "--out", tmp_path)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"{tmp_path}: holds ")
    assert refused.stderr.endswith("give --force to replace it, or name another folder\n")
    assert manifest(tmp_path) == before
    done = call(*SHORT, *other, "--out", tmp_path, "--force")
    assert (done.exit_code, "already holds this run" in done.stderr) == (0, False)
    after = manifest(tmp_path)
    assert (before["identity"], before["measured"]) != (after["identity"], after["measured"])
    assert ("panel.parquet" in after["files"]) == (tmp_path / "panel.parquet").exists()


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


def test_a_refusal_names_the_finished_run(call, tmp_path):
    call(*SHORT, "--events", "--out", tmp_path)
    another = call(*SHORT, "--seed", 2, "--out", tmp_path).stderr
    identity = manifest(tmp_path)["identity"][:16]
    assert (
        f"another finished run: 'A village', seed 1, with events, identity {identity};" in another
    )


def test_an_unfinished_run_of_ours_is_replaced_without_a_question(call, tmp_path):
    call(*SHORT, "--out", tmp_path)
    (tmp_path / "books.parquet").unlink()
    assert call(*SHORT, "--seed", 2, "--out", tmp_path).exit_code == 0
    assert manifest(tmp_path)["seed"] == 2


def test_of_two_runs_with_one_folder_one_works_and_the_other_says_so(call, tmp_path):
    with Folder(tmp_path / "a"):
        second = call(*SHORT, "--out", tmp_path / "a")
        assert second.exit_code == 2
        busy = f"another `servanda run` is at work here, process {os.getpid()}"
        assert second.stderr.startswith(f"{tmp_path / 'a'}: {busy}; wait for it")
    assert not list(tmp_path.iterdir())


def test_a_stopped_run_takes_its_new_folder_away(call, tmp_path, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", stop)
    assert call(*SHORT, "--out", tmp_path / "new" / "deep").exit_code == 130
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_used_is_refused_before_the_run(call, tmp_path, monkeypatch):
    monkeypatch.setattr("sim.cli.simulate.run.run_to_month", None)
    (tmp_path / "mine.txt").write_text("dear", encoding="utf-8")
    for folder, why in [
        (tmp_path, "holds what no run has written (mine.txt)"),
        (tmp_path / "mine.txt", "this is a file"),
        (tmp_path / "mine.txt" / "below", "cannot be written"),
    ]:
        done = call(*SHORT, "--out", folder)
        assert done.exit_code == 2
        assert done.stderr.startswith(f"{folder}: {why}")
        assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_progress_is_told_in_lines_where_stderr_is_no_terminal(call, monkeypatch):
    monkeypatch.setattr("sim.cli.console.progress.EVERY", 0.0)
    assert "months: 1 of 27, about" in call(*SHORT).stderr


def test_a_run_says_whom_its_policies_reached(call):
    done = call("run", "special", "--debtors", 60, "--months", 1, "--set", "run.burn_in=1")
    assert done.exit_code == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "in force for 1 month, reached 4 courts, " in said
