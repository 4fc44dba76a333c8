"""Claims about a run's folder: written whole or not at all."""

import errno
import json
import os
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import ServandaError, ServandaWarning
from sim.runs.output.folder import Folder
from tests.good_folders import ABOUT

TABLES = {
    "series.parquet": pd.DataFrame({"month": [1, 2]}),
    "books.parquet": pd.DataFrame({"a": [1.0]}),
}


def write(path: Path, identity: str = "first") -> None:
    with Folder(path) as folder:
        folder.write(TABLES, ABOUT | {"identity": identity})


def contents(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.iterdir()}


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_was_written_is_found_again(tmp_path):
    write(tmp_path)
    found = Folder(tmp_path).finished()
    assert found is not None
    assert found["identity"] == "first"
    assert pd.read_parquet(tmp_path / "series.parquet").equals(TABLES["series.parquet"])


def test_a_full_disk_leaves_the_earlier_run_as_it_was_and_no_new_folder(tmp_path, monkeypatch):
    place = tmp_path / "run"
    write(place)
    before = contents(place)
    monkeypatch.setattr(os, "fsync", full)
    for folder in (place, tmp_path / "new" / "run"):
        with pytest.raises(ServandaError, match="cannot be written: no space left on device"):
            write(folder, "second")
    assert contents(place) == before
    assert list(tmp_path.iterdir()) == [place]


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
    assert contents(tmp_path).keys() == TABLES.keys()
    assert Folder(tmp_path).finished() is None


def test_a_run_of_which_a_file_is_missing_is_not_finished(tmp_path):
    write(tmp_path)
    (tmp_path / "books.parquet").unlink()
    with pytest.warns(ServandaWarning, match=r"books\.parquet is missing; the run in this folder"):
        assert Folder(tmp_path).finished() is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "not a manifest of a run"),
        ('{"schema": 1, "files": {}}', "not a manifest of a run"),
        (json.dumps(ABOUT | {"schema": 2}), "newer Servanda, in schema 2"),
    ],
)
def test_a_manifest_of_someone_else_or_a_newer_one_is_refused(tmp_path, content, told):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ServandaError, match=told):
        Folder(tmp_path).finished()


def test_a_table_of_someone_else_is_never_overwritten(tmp_path):
    pd.DataFrame({"mine": [1]}).to_parquet(tmp_path / "series.parquet")
    with pytest.raises(ServandaError, match="not made by a run"):
        Folder(tmp_path)
