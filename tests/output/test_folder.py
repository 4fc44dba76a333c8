"""Claims about a run's folder: written whole or not at all."""

import errno
import json
import os
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import ServandaError, ServandaWarning
from sim.runs.output.folder import Folder

TABLES = {
    "series.parquet": pd.DataFrame({"month": [1, 2]}),
    "books.parquet": pd.DataFrame({"a": [1.0]}),
}
ABOUT = {
    "schema": 1,
    "identity": "first",
    "title": "a run",
    "seed": 1,
    "months": 2,
    "debtors": 3,
    "measured": {"events": False, "panel": 0},
    "headline": {"recovery": 0.5, "load": None},
    "warnings": [],
    "started": "2026-01-01T00:00:00+00:00",
    "finished": "2026-01-01T00:00:01+00:00",
    "seconds": 1.0,
    "seconds_by_phase": {},
    "versions": {"servanda": "0"},
    "code": "",
    "cpu": "",
    "threads": 1,
    "scenario": {"title": "a run"},
    "texts": {},
}
"""What a manifest must say."""


def write(path: Path, identity: str = "first") -> None:
    with Folder(path) as folder:
        folder.write(TABLES, ABOUT | {"identity": identity})


def names(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_was_written_is_found_again(tmp_path):
    write(tmp_path)
    found = Folder(tmp_path).finished()
    assert found is not None
    assert found["identity"] == "first"
    assert pd.read_parquet(tmp_path / "series.parquet").equals(TABLES["series.parquet"])


def test_files_that_others_may_read_stay_so(tmp_path):
    write(tmp_path)
    plain = tmp_path / "plain"
    plain.touch()
    assert (tmp_path / "manifest.json").stat().st_mode == plain.stat().st_mode


def test_a_full_disk_leaves_the_earlier_run_as_it_was(tmp_path, monkeypatch):
    write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ServandaError, match="cannot be written: no space left on device"):
        write(tmp_path, "second")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_leaves_no_new_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ServandaError, match="no space"):
        write(tmp_path / "new" / "run")
    assert not names(tmp_path)


def test_a_stop_between_two_renames_leaves_no_manifest(tmp_path, monkeypatch):
    write(tmp_path)
    rename = Path.replace

    def once(self: Path, target: Path) -> Path:
        if target.name != "series.parquet":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", once)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "second")
    assert names(tmp_path) == set(TABLES)
    assert Folder(tmp_path).finished() is None


def test_a_run_of_which_a_file_is_missing_is_not_finished(tmp_path):
    write(tmp_path)
    (tmp_path / "books.parquet").unlink()
    with pytest.warns(ServandaWarning, match=r"books\.parquet is missing; the run that lies there"):
        assert Folder(tmp_path).finished() is None


@pytest.mark.parametrize("content", ["{", "[]", '{"name": "app"}', '{"schema": 1, "files": {}}'])
def test_a_manifest_of_someone_else_is_refused(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ServandaError, match="no manifest of a run"):
        Folder(tmp_path).finished()


def test_a_newer_manifest_is_refused(tmp_path):
    write(tmp_path)
    place = tmp_path / "manifest.json"
    place.write_text(json.dumps(json.loads(place.read_text()) | {"schema": 2, "seal": ""}))
    with pytest.raises(ServandaError, match="newer Servanda, in schema 2"):
        Folder(tmp_path).finished()


def test_a_table_of_someone_else_is_never_overwritten(tmp_path):
    pd.DataFrame({"mine": [1]}).to_parquet(tmp_path / "series.parquet")
    with pytest.raises(ServandaError, match="no run has written"):
        Folder(tmp_path)
