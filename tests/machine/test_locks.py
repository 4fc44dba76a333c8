"""Claims about locks: one holder, no leftovers, and nothing of the user's is ever overwritten."""

import os

import pytest

from sim.errors import ServandaError
from sim.machine.locks import give_back, is_held, note, noted, take


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lock"


def test_a_lock_has_one_holder_and_its_file_goes_with_it(path):
    handle = take(path)
    note(handle, "12 run\n")
    assert take(path) is None
    assert is_held(path)
    assert noted(path) == "12 run"
    give_back(handle, path)
    assert not path.exists()
    assert not is_held(path)


def test_a_shared_lock_keeps_out_who_wants_it_alone_until_the_last_is_gone(path):
    first, second = take(path, shared=True), take(path, shared=True)
    assert take(path) is None
    give_back(first, path)
    assert path.exists()
    give_back(second, path)
    assert not path.exists()


def test_a_lock_is_not_taken_of_a_file_that_its_holder_has_just_removed(path, monkeypatch):
    first, opened = take(path), os.open

    def late(*arguments, **more):
        handle = opened(*arguments, **more)
        if path.exists() and first is not None:
            monkeypatch.undo()
            give_back(first, path)
        return handle

    monkeypatch.setattr(os, "open", late)
    second = take(path)
    assert second is not None
    assert os.path.samestat(os.fstat(second), path.stat())
    os.close(second)


@pytest.mark.parametrize("kind", ["link", "hard", "pipe"])
def test_what_is_no_plain_file_is_refused_and_not_touched(path, tmp_path, kind):
    mine = tmp_path / "thesis.txt"
    mine.write_text("ten years of work", encoding="utf-8")
    {
        "link": lambda: path.symlink_to(mine),
        "hard": lambda: path.hardlink_to(mine),
        "pipe": lambda: os.mkfifo(path),
    }[kind]()
    with pytest.raises(ServandaError):
        take(path)
    assert mine.read_text(encoding="utf-8") == "ten years of work"
