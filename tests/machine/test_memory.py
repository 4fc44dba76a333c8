"""Claims about memory that a process can get, and space in the file system of a folder."""

from types import SimpleNamespace

import pytest

from sim.machine import memory

AVAILABLE, INSTALLED = 3_000_000_000, 8_000_000_000


@pytest.fixture
def group(tmp_path, monkeypatch):
    """A machine of 8 GB, 3 GB of them available, and a control group that a test writes."""
    machine = SimpleNamespace(available=AVAILABLE, total=INSTALLED)
    monkeypatch.setattr(memory.psutil, "virtual_memory", lambda: machine)
    monkeypatch.setattr(memory, "GROUP", tmp_path)

    def written(**files):
        for name, text in files.items():
            (tmp_path / f"memory.{name}").write_text(text, encoding="ascii")

    return written


@pytest.mark.parametrize(
    ("limit", "free", "total"),
    [
        ("max\n", AVAILABLE, INSTALLED),
        ("2000\n", 900.0, 2000.0),
        ("1000\n", 0.0, 1000.0),
    ],
)
def test_the_limit_of_a_container_counts_without_what_it_has_used(group, limit, free, total):
    if limit:
        group(max=limit, current="1500", stat="anon 900\ninactive_file 400\n")
    assert (memory.memory_free(), memory.memory_total()) == (free, total)
