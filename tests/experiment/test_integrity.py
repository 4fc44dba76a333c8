"""Claims about a folder of results: what is lost, foreign or altered in it is never passed over."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest
from pyarrow import parquet

import sim
from sim.analysis.optimisation.front import NOTE, read_note
from sim.errors import ServandaError, ServandaWarning
from sim.report.page import publish
from sim.runs.output import declared
from sim.runs.storage.chunks import ChunkFolder
from sim.runs.storage.housekeeping import ASIDE
from sim.runs.storage.store import CHUNKS, MANIFEST, Store
from sim.runs.storage.writing import RUNS
from sim.runs.sweep import retry, sweep
from tests.experiment.small import TELLS, Small, inline
from tests.good_folders import small, small_run

ALL = """
SELECT (SELECT sum(hash(runs)::HUGEINT) FROM runs) AS runs,
(SELECT sum(hash(series)::HUGEINT) FROM series) AS series,
(SELECT sum(hash(survival)::HUGEINT) FROM survival) AS survival
"""
"""Three numbers that change with any value in the tables."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A finished sweep of twelve runs in three chunks."""
    return small(tmp_path_factory.mktemp("whole") / "sweep")


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it."""
    return shutil.copytree(whole, tmp_path / "sweep")


def held(folder):
    return sim.results(folder).query(ALL).iloc[0].tolist()


def files(folder, kind):
    return sorted((folder / CHUNKS).glob(f"*.{kind}.parquet"))


def aged(folder):
    """The folder as an earlier version would have written it: no seals, no records."""
    for file in folder.rglob("*.parquet"):
        rows = parquet.read_table(file)
        parquet.write_table(rows.replace_schema_metadata(), file)
    place = folder / MANIFEST
    told = json.loads(place.read_text("utf-8"))
    for key in ("seal", "files", "unrecorded"):
        del told[key]
    place.write_text(json.dumps(told), "utf-8")


def lose(file, other):
    file.unlink()


def exchange(file, other):
    shutil.copy(other, file)


def empty(file, other):
    parquet.write_table(parquet.read_table(file).slice(0, 0), file)


def cut(file, other):
    os.truncate(file, file.stat().st_size // 2)


def nothing(file, other):
    os.truncate(file, 0)


def link(file, other):
    file.unlink()
    file.symlink_to(other)


HARMS = (lose, exchange, empty, cut, nothing, link)


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("kind", ["series", "survival"])
def test_a_table_that_is_not_what_was_written_costs_its_runs_and_nothing_is_answered(
    folder, kind, harm
):
    harm(*files(folder, kind)[:2])
    (fault,) = Store(folder).inventory().faults
    assert fault.file == files(folder, kind)[0] if harm is not lose else fault.what == "is missing"
    assert len(fault.runs) == 4
    assert len(Store(folder).index()) == 8
    for ask in (held, lambda one: sim.results(one).runs, lambda one: Store(one).compact()):
        with pytest.raises(ServandaError, match=r"4 runs count as not done.*servanda sweep"):
            ask(folder)


@pytest.mark.parametrize("harm", HARMS)
def test_runs_that_are_damaged_count_as_not_done(folder, harm):
    harm(*files(folder, "runs")[:2])
    if harm is lose:
        assert len(Store(folder).inventory().lone) == 2
    else:
        with pytest.raises(ServandaError, match="count as not done"):
            held(folder)
    left = 8
    if harm is exchange:  # with the runs of another chunk nobody knows whose tables these are
        assert "with" in Store(folder).inventory().faults[0].what
    assert len(Store(folder).index()) == left


def flipped(whole, copy, count, ask):
    """Ask a folder with one bit of it flipped, again and again; how often that was noticed."""
    right, chance, noticed = ask(whole), random.Random(10), 0
    names = sorted(file.relative_to(whole) for file in whole.rglob("*") if file.is_file())
    sizes = [(whole / name).stat().st_size for name in names]
    shutil.copytree(whole, copy)
    for name in chance.choices(names, sizes, k=count):
        data = bytearray((whole / name).read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (copy / name).write_bytes(data)
        try:
            assert ask(copy) == right, name
        except ServandaError:
            noticed += 1
        shutil.copy(whole / name, copy / name)
    return noticed


def test_every_flipped_bit_of_a_sweep_is_noticed_or_harms_nothing(whole, tmp_path):
    assert flipped(whole, tmp_path / "copy", 300, held) > 250


def test_every_flipped_bit_of_a_run_is_noticed_or_harms_nothing(tmp_path):
    def ask(folder):
        found = sim.results(folder)
        return found.runs.to_csv() + found.series.to_csv()

    assert flipped(small_run(tmp_path / "run"), tmp_path / "copy", 100, ask) > 80


def test_a_table_that_a_listing_missed_while_it_was_written_is_read(folder, monkeypatch):
    before, listed = held(folder), ChunkFolder._listed

    def early(shelf):
        found = listed(shelf)
        next(iter(found.values())).pop("series")
        return found

    monkeypatch.setattr(ChunkFolder, "_listed", early)
    assert held(folder) == before


def test_a_sweep_does_again_what_is_lost_and_keeps_the_remains(tmp_path):
    sweep(Small(), tmp_path, workers=inline, limit=2)
    sweep(Small(), tmp_path, workers=inline)
    before = sim.results(tmp_path)
    runs, series = before.runs, before.series
    lost = files(tmp_path, "series")[0]
    lost.unlink()
    with pytest.warns(ServandaWarning, match=f"{lost.name}: is missing; . runs? counts? as not"):
        done = sweep(Small(), tmp_path, workers=inline)
    assert done.before + done.done == 6
    assert 0 < done.done < 6
    after = sim.results(tmp_path)
    assert after.runs.drop(columns=TELLS).equals(runs.drop(columns=TELLS))
    assert after.series.equals(series)
    assert len(list((tmp_path / ASIDE).glob(f"*{RUNS}"))) == 1
    assert sweep(Small(), tmp_path, workers=inline).done == 0


def test_a_retry_that_is_refused_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    sweep(Small(), tmp_path, workers=inline)
    os.truncate(files(tmp_path, "ledgers")[0], 100)
    before = sorted(path for path in tmp_path.rglob("*"))
    monkeypatch.setattr("sim.runs.run_plan.code_hash", lambda: "another")
    with pytest.raises(ServandaError, match="has changed since"):
        retry(tmp_path, workers=inline)
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_retry_does_again_what_is_lost_without_the_experiment(tmp_path):
    sweep(Small(), tmp_path, workers=inline, limit=2)
    sweep(Small(), tmp_path, workers=inline)
    os.truncate(files(tmp_path, "ledgers")[0], 100)
    with pytest.warns(ServandaWarning, match="ledgers"):
        done = retry(tmp_path, workers=inline)
    assert (done.planned, done.before + done.done, done.failed) == (6, 6, 0)
    assert done.done > 0
    assert len(sim.results(tmp_path).ledgers) > 0


def test_a_retry_does_again_what_stood_in_a_file_of_runs_that_cannot_be_read(tmp_path):
    sweep(Small(), tmp_path, workers=inline, limit=2)
    sweep(Small(), tmp_path, workers=inline)
    os.truncate(files(tmp_path, "runs")[0], 100)
    with pytest.warns(ServandaWarning, match="runs"):
        done = retry(tmp_path, workers=inline)
    assert (done.planned, done.before + done.done, done.failed) == (6, 6, 0)
    assert done.done > 0
    assert len(sim.results(tmp_path).runs) == 6


def test_a_chunk_whose_name_has_dots_is_compacted_like_any_other(folder):
    before = held(folder)
    (name, *_) = [file.name.removesuffix(RUNS) for file in files(folder, "runs")]
    for file in (folder / CHUNKS).glob(f"{name}.*"):
        file.rename(file.with_name(f"host1.{file.name}"))
    assert held(folder) == before
    assert Store(folder).compact() == 3
    assert held(folder) == before
    assert len(files(folder, "runs")) == 1


def test_a_compaction_killed_at_any_step_loses_nothing(whole, tmp_path, monkeypatch):
    right, stopped = held(whole), 0
    for last in range(39):
        copy, left = shutil.copytree(whole, tmp_path / str(last)), [last]

        def counted(step, left=left):
            def take(*arguments, **more):
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt
                return step(*arguments, **more)

            return take

        with monkeypatch.context() as patched:
            for step in ("replace", "unlink", "rename", "chmod"):
                patched.setattr(Path, step, counted(getattr(Path, step)))
            patched.setattr(os, "fsync", counted(os.fsync))
            try:
                Store(copy).compact()
            except KeyboardInterrupt:
                stopped += 1
        assert held(copy) == right, last
        Store(copy).compact()
        assert held(copy) == right, last
    assert stopped > 15


def test_nothing_is_removed_if_what_was_written_reads_back_otherwise(folder, monkeypatch):
    before, names = held(folder), sorted((folder / CHUNKS).iterdir())
    monkeypatch.setattr("sim.runs.storage.compact._read_back", lambda file: {})
    with pytest.raises(ServandaError, match="does not hold what it is to replace; nothing was"):
        Store(folder).compact()
    assert sorted((folder / CHUNKS).iterdir()) == names
    assert held(folder) == before


def test_files_that_are_no_chunks_of_ours_are_left_alone(folder):
    before = held(folder)
    for name in (".DS_Store", "._x.runs.parquet", "notes.txt", ".runs.parquet", "x.parquet"):
        (folder / CHUNKS / name).write_bytes(b"")
    assert held(folder) == before
    Store(folder).compact()
    assert (folder / CHUNKS / "._x.runs.parquet").exists()


@pytest.mark.parametrize("name", ["plan.parquet", "points.parquet"])
@pytest.mark.parametrize("harm", HARMS)
def test_a_plan_or_points_of_another_sweep_are_noticed(folder, name, harm, tmp_path):
    other = small(tmp_path / "other")
    rows = parquet.read_table(other / name)
    parquet.write_table(rows.slice(1), other / name)
    harm(folder / name, other / name)
    with pytest.raises(ServandaError, match=name):
        held(folder)


def test_a_folder_of_an_earlier_version_is_read_and_told_of(folder):
    before = held(folder)
    aged(folder)
    assert held(folder) == before
    assert all(one.record is None for one in Store(folder).inventory().sound)
    assert Store(folder).compact() == 3
    (one,) = Store(folder).inventory().sound
    assert one.record is not None
    assert held(folder) == before


def test_chunks_of_an_earlier_version_stay_known_when_the_sweep_goes_on(tmp_path):
    sweep(Small(), tmp_path, workers=inline, limit=2)
    aged(tmp_path)
    assert sweep(Small(), tmp_path, workers=inline).before == 2
    named = sim.results(tmp_path).manifest["unrecorded"]
    assert len(named) == 2
    assert sweep(Small(), tmp_path, workers=inline).done == 0
    assert sim.results(tmp_path).manifest["unrecorded"] == named
    # A chunk of this version that has lost its record is none of an earlier one.
    (new, *_) = [f for f in files(tmp_path, "runs") if f.name.removesuffix(RUNS) not in named]
    rows = parquet.read_table(new)
    parquet.write_table(rows.replace_schema_metadata(), new)
    with pytest.raises(ServandaError, match="has lost the record of its tables"):
        held(tmp_path)


def test_an_altered_manifest_is_noticed_and_written_anew_by_the_sweep(tmp_path):
    sweep(Small(), tmp_path, workers=inline)
    place = tmp_path / MANIFEST
    told = json.loads(place.read_text("utf-8"))
    place.write_text(json.dumps(told | {"runs": 7}), "utf-8")
    with pytest.raises(ServandaError, match=r"experiment\.json: was altered since"):
        sim.results(tmp_path)
    assert sweep(Small(), tmp_path, workers=inline).done == 0
    assert len(sim.results(tmp_path).runs) == 6
    assert not declared.altered(json.loads(place.read_text("utf-8")))


def test_points_with_names_of_the_runs_own_columns_are_refused(tmp_path):
    class Shadowing(Small):
        def points(self):
            return super().points().rename(columns={"sanctions.late_interest": "Status"})

    sweep(Shadowing(), tmp_path, workers=inline)
    with pytest.raises(ServandaError, match="column 'status', which is one of the runs' own"):
        held(tmp_path)


def test_points_that_are_one_world_are_not_runs_that_were_there(tmp_path):
    class Twice(Small):
        def rate(self, point):
            return 0.001

    assert sweep(Twice(), tmp_path, workers=inline) == (3, 0, 3, 0)
    assert sweep(Twice(), tmp_path, workers=inline) == (3, 3, 0, 0)


def test_nothing_of_a_folder_is_reached_through_a_link(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine", "utf-8")
    for name in ("report", ASIDE):
        (folder / name).symlink_to(outside)
    os.truncate(files(folder, "series")[0], 10)
    with pytest.raises(ServandaError, match="damaged: is a link; no file or folder of results"):
        Store(folder).set_aside()
    (folder / ASIDE).unlink()
    with pytest.warns(ServandaWarning):
        Store(folder).set_aside()
    with pytest.raises(ServandaError, match="report: is a link; no file or folder of results"):
        publish(folder)
    (folder / CHUNKS).rename(outside / CHUNKS)
    (folder / CHUNKS).symlink_to(outside / CHUNKS)
    before = sorted(outside.rglob("*"))
    for ask in (held, lambda one: Store(one).compact(), lambda one: Store(one).prepare()):
        with pytest.raises(ServandaError, match="chunks: is a link; no file or folder of results"):
            ask(folder)
    assert sorted(outside.rglob("*")) == before


def test_a_note_of_a_search_is_read_strictly(folder):
    note = {"design": {}, "replicates": 1, "seed": 1, "front": [], "fresh": []}
    for odd in (
        {"front": "x"},
        {"replicates": 0},
        {"fresh": [1.5]},
        {"design": []},
        {"seed": None},
    ):
        (folder / NOTE).write_text(json.dumps(note | odd), "utf-8")
        with pytest.raises(ServandaError, match=f"'{next(iter(odd))}"):
            read_note(folder)
    (folder / NOTE).write_text("[" * 9_999, "utf-8")
    with pytest.raises(ServandaError, match="this is no manifest of a search"):
        read_note(folder)
