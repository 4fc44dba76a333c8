"""Claims about temporary folders: private, and gone with the next command at the latest."""

import os
import subprocess
import sys
import tempfile

import pytest

from sim.machine.private import remove_orphans, temporary

KILLED = """
import os, signal
from sim.machine.private import temporary
with temporary() as folder:
    (folder / "runs").mkdir()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def orphan(place, name="abcdefgh"):
    """A folder as a killed command leaves it."""
    folder = place / f"servanda-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700)
    (folder / "lock").touch()
    (folder / "files").mkdir()
    return folder


def test_a_temporary_folder_is_private_and_goes_with_its_block(place):
    def stopped():
        with temporary() as folder:
            assert folder.parent.stat().st_mode & 0o777 == 0o700
            (folder / "file").touch()
            remove_orphans()
            assert folder.is_dir()  # a command is at work there
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert not list(place.iterdir())


def test_the_folder_of_a_killed_command_is_removed_by_the_next(place):
    subprocess.run([sys.executable, "-c", KILLED], check=False)
    assert len(list(place.iterdir())) == 1
    remove_orphans()
    assert not list(place.iterdir())


def test_only_folders_of_our_own_that_nobody_else_can_enter_are_removed(place, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "lock").touch()
    orphan(place, "openopen").chmod(0o755)
    (place / f"servanda-{os.getuid()}-linklink").symlink_to(elsewhere)
    (place / f"servanda-{os.getuid()}-filefile").touch()
    orphan(place, "too_long_for_ours")
    (place / "servanda-notes").mkdir(mode=0o700)
    before = sorted(place.iterdir())
    ours = orphan(place)
    (ours / "files" / "link").symlink_to(elsewhere)
    remove_orphans()
    assert sorted(place.iterdir()) == before
    assert (elsewhere / "lock").exists()
