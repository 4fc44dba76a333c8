"""Claims about the lock of a folder: who writes there is alone, and tidies up after the killed."""

import os

import pytest

from sim.errors import ServandaError
from sim.runs.output.lock import LOCK, FolderLock, alone, held


def test_who_writes_is_alone_and_removes_what_the_killed_have_left(tmp_path):
    place = tmp_path / "report"
    (place / "figures").mkdir(parents=True)
    for left in (place / ".servanda-old", place / "figures" / ".servanda-old", place / "mine"):
        left.touch()
    with alone(place, "report", "figures"):
        assert {path.name for path in place.iterdir()} == {"figures", "mine", LOCK}
        assert not list((place / "figures").iterdir())
        busy = f"another `servanda report` is using this folder, process {os.getpid()}"
        with pytest.raises(ServandaError, match=busy):
            FolderLock(place, "report").__enter__()
    assert not held(place)
    assert {path.name for path in place.iterdir()} == {"figures", "mine"}


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "figures").touch()
    with (
        pytest.raises(ServandaError, match="cannot be written: file exists"),
        alone(tmp_path, "report", "figures"),
    ):
        pytest.fail("nobody can write here")
    with pytest.raises(ServandaError, match="this is a file, not a folder"):
        FolderLock(tmp_path / "figures", "run").__enter__()


def test_what_a_holder_has_not_written_is_not_believed(tmp_path):
    with FolderLock(tmp_path, "run"):
        (tmp_path / LOCK).write_text("\x1b[31m1 run; rm -rf", encoding="ascii")
        with pytest.raises(ServandaError, match="another command is using this folder; wait"):
            FolderLock(tmp_path, "sweep").__enter__()
