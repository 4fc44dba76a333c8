"""Claims about room: memory is what can be had, and space that of the file system asked about."""

import pytest

from sim.machine import room

INFO = "MemTotal:       8000000 kB\nMemFree:         100000 kB\nMemAvailable:   3000000 kB\n"


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system that tells what a test writes."""
    monkeypatch.setattr(room, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(room, "GROUP", tmp_path)

    def told(info="", **group):
        (tmp_path / "meminfo").write_text(info, encoding="ascii")
        for name, text in group.items():
            (tmp_path / f"memory.{name}").write_text(text, encoding="ascii")

    return told


def test_caches_that_would_be_given_up_count_as_free(system):
    system(INFO)
    assert room.memory_free() == 3_000_000 * 1024


@pytest.mark.parametrize(
    ("limit", "free"), [("max\n", 3_072_000_000), ("2000\n", 900.0), ("1000\n", 0.0)]
)
def test_the_limit_of_a_container_counts_without_what_it_has_used(system, limit, free):
    system(INFO, max=limit, current="1500", stat="anon 900\ninactive_file 400\n")
    assert room.memory_free() == free


def test_where_nothing_is_told_free_pages_or_nothing_are(system, monkeypatch):
    system("no such line\n")
    assert room.memory_free() == room._pages()
    monkeypatch.setattr(room, "_pages", lambda: None)
    assert room.memory_free() is None


def test_space_is_that_of_the_nearest_folder_that_is_there(tmp_path, monkeypatch):
    asked = []

    class Usage:
        free = 7

    def usage(place):
        asked.append(place)
        if not place.exists():
            raise FileNotFoundError
        return Usage

    monkeypatch.setattr(room.shutil, "disk_usage", usage)
    assert room.disk_free(tmp_path / "a" / "b") == 7
    assert asked == [tmp_path / "a" / "b", tmp_path / "a", tmp_path]
