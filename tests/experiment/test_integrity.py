"""Claims about a folder of results: what is lost, foreign or altered in it is never passed over."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest
from pyarrow import parquet

import sim
from sim.errors import ServandaError, ServandaWarning
from sim.runs.output import declared, table
from sim.runs.storage.housekeeping import ASIDE
from sim.runs.storage.store import CHUNKS, MANIFEST, Store
from sim.runs.storage.writing import RUNS
from sim.runs.sweep import retry
from tests.experiment.small import TELLS, inline, swept
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


HARMS = {
    "lose": lambda file, other: file.unlink(),
    "exchange": lambda file, other: shutil.copy(other, file),
    "empty": lambda file, other: parquet.write_table(parquet.read_table(file).slice(0, 0), file),
    "cut": lambda file, other: os.truncate(file, file.stat().st_size // 2),
    "nothing": lambda file, other: os.truncate(file, 0),
    "link": lambda file, other: (file.unlink(), file.symlink_to(other)),
}
"""What is done to a file, with another of its kind."""


@pytest.mark.parametrize("harm", HARMS)
def test_a_table_that_is_not_what_was_written_costs_its_runs_and_nothing_is_answered(folder, harm):
    first, second, _ = files(folder, "series")
    HARMS[harm](first, second)
    (fault,) = Store(folder).inventory().faults
    assert fault.file == first
    assert (fault.what == "is missing") == (harm == "lose")
    assert len(fault.runs) == 4
    assert len(Store(folder).index()) == 8
    for ask in (held, lambda one: sim.results(one).runs, lambda one: Store(one).compact()):
        with pytest.raises(ServandaError, match=r"4 runs count as not done.*servanda sweep"):
            ask(folder)


def test_a_sound_table_of_the_same_size_with_other_values_is_not_taken_for_what_was_written(folder):
    first = files(folder, "series")[0]
    before, rows = table.peek(first), table.read(first)
    rows = rows.set_column(4, "recovery", rows["recovery"].take(list(range(len(rows)))[::-1]))
    with first.open("w+b") as file:
        assert table.store(rows, file).seal.size == before.size
    (fault,) = Store(folder).inventory().faults
    assert (fault.file, len(fault.runs)) == (first, 4)


@pytest.mark.parametrize("harm", HARMS)
def test_runs_that_are_damaged_count_as_not_done(folder, harm):
    HARMS[harm](*files(folder, "runs")[:2])
    if harm == "lose":
        assert len(Store(folder).inventory().lone) == 2
    else:
        with pytest.raises(ServandaError, match="count as not done"):
            held(folder)
    if harm == "exchange":  # with the runs of another chunk nobody knows whose tables these are
        assert "with" in Store(folder).inventory().faults[0].what
    assert len(Store(folder).index()) == 8


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


def test_every_flipped_bit_of_a_sweep_or_a_run_is_noticed_or_harms_nothing(whole, tmp_path):
    def run(folder):
        found = sim.results(folder)
        return found.runs.to_csv() + found.series.to_csv()

    assert flipped(whole, tmp_path / "sweep", 150, held) > 120
    assert flipped(small_run(tmp_path / "run"), tmp_path / "copy", 50, run) > 40


def test_a_sweep_does_again_what_is_lost_and_keeps_the_remains(tmp_path):
    swept(tmp_path, limit=2)
    swept(tmp_path)
    before = sim.results(tmp_path)
    runs, series = before.runs, before.series
    lost = files(tmp_path, "series")[0]
    lost.unlink()
    with pytest.warns(ServandaWarning, match=f"{lost.name}: is missing; . runs? counts? as not"):
        done = swept(tmp_path)
    assert done.before + done.done == 6
    assert 0 < done.done < 6
    after = sim.results(tmp_path)
    assert after.runs.drop(columns=TELLS).equals(runs.drop(columns=TELLS))
    assert after.series.equals(series)
    assert len(list((tmp_path / ASIDE).glob(f"*{RUNS}"))) == 1
    assert swept(tmp_path).done == 0


def test_a_retry_does_again_what_is_lost_unless_the_rules_have_changed(tmp_path, monkeypatch):
    swept(tmp_path, limit=2)
    swept(tmp_path)
    os.truncate(files(tmp_path, "ledgers")[0], 100)
    before = sorted(tmp_path.rglob("*"))
    with monkeypatch.context() as patched:
        patched.setattr("sim.runs.run_plan.code_hash", lambda: "another")
        with pytest.raises(ServandaError, match="has changed since"):
            retry(tmp_path, workers=inline)
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.warns(ServandaWarning, match="ledgers"):
        done = retry(tmp_path, workers=inline)
    assert (done.planned, done.before + done.done, done.failed) == (6, 6, 0)
    assert done.done > 0
    assert len(sim.results(tmp_path).runs) == 6
    assert len(sim.results(tmp_path).ledgers) > 0


def test_a_chunk_whose_name_has_dots_is_compacted_and_files_of_others_are_left_alone(folder):
    before = held(folder)
    name = files(folder, "runs")[0].name.removesuffix(RUNS)
    for file in (folder / CHUNKS).glob(f"{name}.*"):
        file.rename(file.with_name(f"host1.{file.name}"))
    others = ("._x.runs.parquet", "notes.txt", ".runs.parquet", "x.parquet")
    for other in others:
        (folder / CHUNKS / other).write_bytes(b"")
    assert held(folder) == before
    assert Store(folder).compact() == 3
    assert held(folder) == before
    assert {path.name for path in (folder / CHUNKS).iterdir()} > set(others)
    assert len(Store(folder).inventory().sound) == 1


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
    with pytest.raises(
        ServandaError, match="does not contain all rows of the old ones; nothing was"
    ):
        Store(folder).compact()
    assert sorted((folder / CHUNKS).iterdir()) == names
    assert held(folder) == before


@pytest.mark.parametrize("name", ["plan.parquet", "points.parquet"])
@pytest.mark.parametrize("harm", ["exchange", "cut"])
def test_a_plan_or_points_of_another_sweep_are_noticed(folder, name, harm, tmp_path):
    other = tmp_path / name
    parquet.write_table(parquet.read_table(folder / name).slice(1), other)
    HARMS[harm](folder / name, other)
    with pytest.raises(ServandaError, match=name):
        held(folder)


def test_a_folder_of_an_earlier_version_without_seals_and_records_is_read(folder):
    before = held(folder)
    for file in folder.rglob("*.parquet"):
        parquet.write_table(parquet.read_table(file).replace_schema_metadata(), file)
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    for key in ("seal", "files", "unrecorded"):
        del told[key]
    (folder / MANIFEST).write_text(json.dumps(told), "utf-8")
    assert held(folder) == before
    assert Store(folder).compact() == 3
    assert held(folder) == before


def test_an_altered_manifest_is_noticed_and_written_anew_by_the_sweep(tmp_path):
    swept(tmp_path)
    place = tmp_path / MANIFEST
    place.write_text(json.dumps(json.loads(place.read_text("utf-8")) | {"runs": 7}), "utf-8")
    with pytest.raises(ServandaError, match=r"experiment\.json: was altered since"):
        sim.results(tmp_path)
    assert swept(tmp_path).done == 0
    assert len(sim.results(tmp_path).runs) == 6
    assert not declared.altered(json.loads(place.read_text("utf-8")))


def test_nothing_of_a_folder_is_reached_through_a_link(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine", "utf-8")
    (folder / ASIDE).symlink_to(outside)
    os.truncate(files(folder, "series")[0], 10)
    with pytest.raises(ServandaError, match="damaged: is a link"):
        Store(folder).set_aside()
    (folder / CHUNKS).rename(outside / CHUNKS)
    (folder / CHUNKS).symlink_to(outside / CHUNKS)
    before = sorted(outside.rglob("*"))
    for ask in (held, lambda one: Store(one).compact()):
        with pytest.raises(ServandaError, match="chunks: is a link"):
            ask(folder)
    assert sorted(outside.rglob("*")) == before
