"""Claims about sweeps: nothing is lost, nothing is done twice, and where it ran is not seen."""

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.errors import ServandaError
from sim.runs.output.folder import Folder
from sim.runs.shard import Shard
from sim.runs.storage.store import Store
from sim.runs.supervisor import KILLED
from sim.runs.sweep import retry, sweep
from sim.runs.sweep_lock import LOCK, Lock, held
from sim.runs.workers import Processes
from tests.experiment.small import TELLS, Inline, Small, inline, swept

ROOT = Path(__file__).resolve().parents[2]
ONE = Small(count=1, replicates=1)
SIXTY = Small(count=10, replicates=6)
SWEEP = """
import sys
from sim.runs.sweep import sweep
from tests.experiment.small import Small
sweep(Small(count=10, replicates=6), sys.argv[1], jobs=2, seconds=0.2)
"""


class Searching(Small):
    """An experiment that chooses its points itself."""

    def described(self):
        return {"design": {"kind": "search"}}


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Sixty runs done in one process."""
    folder = tmp_path_factory.mktemp("alone")
    swept(folder, SIXTY)
    return sim.results(folder)


def same(found, wanted):
    """Whether two sweeps hold the same bits, and each run once."""
    left, right = (r.runs.drop(columns=TELLS) for r in (found, wanted))
    pd.testing.assert_frame_equal(left, right, check_exact=True)
    for name in ("series", "survival", "ledgers"):
        kept = getattr(wanted, name)
        assert len(kept) > 0
        pd.testing.assert_frame_equal(getattr(found, name), kept, check_exact=True)


def count(folder):
    return len(list(folder.glob("chunks/*.runs.parquet")))


def rows(folder):
    """Rows of runs in all chunks, whichever counts."""
    files = Path(folder, "chunks").glob("*.runs.parquet")
    return pd.concat([pd.read_parquet(f) for f in files])


def failing(kind, after=0):
    """What a call to the disk does that fails with an error of the system, at first or later."""
    left = [after]

    def fail(*_, **__):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(kind, os.strerror(kind))

    return fail


# ---------------------------------------------------------------- what a sweep leaves


def test_each_run_of_a_sweep_is_the_run_of_a_world(alone):
    runs = alone.runs
    places = [[point, replicate] for point in range(10) for replicate in range(6)]
    assert runs[["point", "replicate"]].to_numpy().tolist() == places
    assert runs["seed"].tolist() == [task.seed for task in SIXTY.tasks()]
    assert runs["status"].eq("ok").all()
    assert runs["sanctions.late_interest"].tolist() == [p / 1000 for p in runs["point"]]
    assert len(alone.series) == 60 * 2
    task, row = SIXTY.tasks()[7], runs.iloc[7]
    world = sim.World(task.scenario()).run()
    for name, value in world.headline().items():
        assert row[name] == value or (pd.isna(row[name]) and pd.isna(value)), name
    mine = alone.series.query(f"point == {task.point} and replicate == {task.replicate}")
    told = mine[list(world.series())].reset_index(drop=True)
    pd.testing.assert_frame_equal(told, world.series(), check_exact=True, check_dtype=False)


def test_only_the_tables_breakdowns_and_indicators_of_the_experiment_are_kept(tmp_path):
    swept(tmp_path, replace(ONE, tables=(), breakdowns=("domain", "size"), indicators=("load",)))
    found = sim.results(tmp_path)
    assert found.survival.empty
    assert found.ledgers.empty
    assert found.panel.empty
    assert set(found.series["breakdown"]) == {"domain", "size"}
    assert swept(tmp_path, ONE).done == 1


def test_what_is_done_is_not_done_again_nor_what_a_changed_experiment_shares(tmp_path):
    assert swept(tmp_path, Small(count=3), limit=4)[1:3] == (0, 4)
    assert len(sim.results(tmp_path).runs) == 4
    assert swept(tmp_path, Small(count=3))[1:3] == (4, 5)
    before = sim.results(tmp_path).runs
    assert swept(tmp_path, Small(count=3, first=2))[1:3] == (3, 6)
    now = sim.results(tmp_path).runs
    assert now["sanctions.late_interest"].tolist() == [r / 1000 for r in (2, 3, 4) for _ in "abc"]
    kept = set(before["identity"]) & set(now["identity"])
    assert len(kept) == 3
    assert now[now["identity"].isin(kept)]["point"].eq(0).all()


def test_points_that_are_the_same_world_share_a_run_that_is_none_done_before(tmp_path):
    class Twice(Small):
        def rate(self, point):
            return 0.001

    assert swept(tmp_path, Twice()) == (3, 0, 3, 0)
    assert len(sim.results(tmp_path).runs) == 6
    assert swept(tmp_path, Twice()) == (3, 3, 0, 0)


# ---------------------------------------------------------------- what fails


def test_a_failing_run_is_a_row_and_the_sweep_goes_on(tmp_path, monkeypatch):
    def burst(simulation):
        if simulation.month == 2:
            raise ValueError("burst")

    from sim.month import calendar

    monkeypatch.setattr("sim.world.CALENDAR", (*calendar.CALENDAR[:-1], burst))
    assert swept(tmp_path)[2:] == (6, 6)
    runs = sim.results(tmp_path).runs
    told = runs[["error", "error_month", "error_phase"]].to_numpy().tolist()
    assert told == [["burst", 2, "burst"]] * 6
    assert runs["seed"].tolist() == [task.seed for task in Small().tasks()]


def test_an_unsound_point_fails_and_is_tried_again_only_by_a_retry(tmp_path):
    unsound = Small(unsound=(1,))
    assert swept(tmp_path, unsound)[2:] == (6, 3)
    runs = sim.results(tmp_path).runs
    assert runs["status"].tolist() == ["ok"] * 3 + ["failed"] * 3
    assert "late_interest" in runs["error"][3]
    assert runs["error_phase"][3] == "build"
    assert swept(tmp_path, unsound).done == 0
    assert retry(tmp_path, workers=inline).failed == 3
    assert len(sim.results(tmp_path).runs) == 6


def test_what_failed_by_chance_is_whole_after_a_retry(tmp_path, alone):
    swept(tmp_path, SIXTY, workers=lambda _: Inline(lambda task: task.point == 3))
    runs = sim.results(tmp_path).runs
    assert runs[runs["status"] == "failed"]["point"].unique().tolist() == [3]
    assert runs.loc[18, "error"] == KILLED
    assert retry(tmp_path, workers=inline).done == 6
    same(sim.results(tmp_path), alone)
    Store(tmp_path).compact()
    assert len(rows(tmp_path)) == 60
    same(sim.results(tmp_path), alone)


def test_a_full_disk_is_said_and_loses_nothing(tmp_path, monkeypatch):
    swept(tmp_path, limit=3)
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC, after=12))
    with pytest.raises(ServandaError, match=r"no space left on device; make room"):
        swept(tmp_path, Small(count=9), seconds=0.01)
    monkeypatch.undo()
    assert 3 < len(sim.results(tmp_path).runs) < 27
    swept(tmp_path, Small(count=9))
    assert len(rows(tmp_path)) == 27
    assert not list((tmp_path / "chunks").glob(".servanda-*"))


def test_a_folder_that_cannot_be_written_or_is_someone_elses_is_refused(tmp_path, monkeypatch):
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(ServandaError, match=r"not made by a sweep \(thesis.doc\)"):
        swept(tmp_path)
    monkeypatch.setattr(Path, "mkdir", failing(errno.EROFS))
    with pytest.raises(ServandaError, match="cannot be written: read-only file system"):
        swept(tmp_path / "new")


# ---------------------------------------------------------------- folders in use


def test_one_command_at_a_time_in_a_folder_but_shards_beside_each_other(tmp_path):
    with Lock(tmp_path, command="compact"):
        message = f"another `servanda compact` is using this folder, process {os.getpid()}; wait"
        with pytest.raises(ServandaError, match=message):
            swept(tmp_path)
        assert held(tmp_path)
    with Lock(tmp_path, Shard(1, 2)), Lock(tmp_path, Shard(2, 2)):
        for lock in (Lock(tmp_path), Lock(tmp_path, Shard(1, 2))):
            with pytest.raises(ServandaError, match=f"servanda sweep` is using.*{os.getpid()}"):
                lock.__enter__()
        assert held(tmp_path)
    assert not held(tmp_path)
    with Folder(tmp_path), pytest.raises(ServandaError, match="servanda run` is using this folder"):
        swept(tmp_path)
    assert not list(tmp_path.iterdir())
    (tmp_path / LOCK).write_text("99999999 sweep\n")  # of one that was killed
    assert swept(tmp_path, ONE).done == 1


def test_a_sweeps_folder_is_not_a_runs_nor_a_searchs(tmp_path):
    swept(tmp_path / "sweep", ONE)
    swept(tmp_path / "search", Searching(), limit=1)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "manifest.json").touch()
    refused = "holds a {}, not a {}; name another folder".format
    with pytest.raises(ServandaError, match=refused("sweep", "run")):
        Folder(tmp_path / "sweep")
    for found, wanted in (("sweep", "search"), ("search", "sweep"), ("run", "sweep")):
        with pytest.raises(ServandaError, match=refused(found, wanted)):
            swept(tmp_path / found, Searching() if wanted == "search" else ONE)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["manifest.json"]


def test_shards_together_are_the_whole(tmp_path, alone):
    parts = [tmp_path / str(n) for n in (1, 2, 3)]
    done = [swept(folder, SIXTY, shard=Shard(n, 3)).done for n, folder in enumerate(parts, 1)]
    assert sum(done) == 60
    assert min(done) > 0
    same(sim.results(*parts), alone)
    for n in (1, 2):
        swept(tmp_path / "both", SIXTY, shard=Shard(n, 2))
    same(sim.results(tmp_path / "both"), alone)


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b"])
def test_a_shard_is_a_part_of_a_whole(text):
    with pytest.raises(ServandaError, match="--shard"):
        Shard.parsed(text)


# ---------------------------------------------------------------- what is killed


def test_workers_that_die_as_they_start_end_the_sweep(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr("sim.runs.workers.serve", os._exit)  # which wants a number, and fails
    with pytest.raises(ServandaError, match="worker processes die as they start"):
        sweep(Small(), tmp_path, jobs=1)
    assert "TypeError" in capfd.readouterr().err


def test_killed_workers_cost_nothing_but_time(tmp_path, alone):
    crews = []

    def make(runs):
        crews.append(Processes(2))
        return crews[0]

    chance, killed = random.Random(), []

    def tell(done, failed, total):
        if len(killed) < 2 and done > 15 * (1 + len(killed)):
            killed.append(chance.choice(crews[0].processes))
            os.kill(killed[-1], (signal.SIGKILL, signal.SIGTERM)[len(killed) - 1])

    swept(tmp_path, SIXTY, workers=make, progress=tell, seconds=0.1)
    assert len(killed) == 2
    same(sim.results(tmp_path), alone)


def test_a_sweep_killed_again_and_again_ends_whole(tmp_path, alone):
    chance = random.Random()
    for _ in range(2):
        begun, wanted = count(tmp_path), chance.randint(1, 6)
        child = subprocess.Popen([sys.executable, "-c", SWEEP, str(tmp_path)], cwd=ROOT)
        while child.poll() is None and count(tmp_path) < begun + wanted:
            time.sleep(0.005)
        child.kill()
        child.wait()
    before = len(sim.results(tmp_path).runs)
    assert swept(tmp_path, SIXTY).before == before > 0
    same(sim.results(tmp_path), alone)
    assert not list((tmp_path / "chunks").glob(".servanda-*"))


@pytest.fixture
def keyboard():
    """SIGINT is heard, also where the tests run in the background of a shell, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("keyboard")
def test_a_stopped_sweep_seals_what_is_finished(tmp_path):
    class Slower(Small):
        """Five short runs, then such as take minutes together."""

        def tasks(self):
            long = (("run.months", 1_200), ("population.size", 20_000))
            short, rest = super().tasks()[:5], super().tasks()[5:]
            return short + [replace(one, values=(*one.values, *long)) for one in rest]

    stops = []

    def tell(done, failed, total):
        if done and not stops:
            stops.append(threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)))
            stops[0].start()

    slower = Slower(count=1, replicates=40, values=(("population.size", 2000),))
    with pytest.raises(KeyboardInterrupt):
        sweep(slower, tmp_path, jobs=2, progress=tell, seconds=60.0)
    stops[0].join()
    runs = sim.results(tmp_path).runs
    assert 1 <= len(runs) <= 5
    assert runs["status"].eq("ok").all()
