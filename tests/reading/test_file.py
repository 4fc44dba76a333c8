"""Claims about files: only regular ones are read, of a bounded size, and nothing is waited for."""

import os
import socket
from pathlib import Path

import pytest

from sim.reading.file import Missing, Unreadable, contents
from sim.reading.within import inside


def refused(path: Path, most: int = 100) -> str:
    with pytest.raises(Unreadable) as caught:
        contents(path, most)
    return str(caught.value)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "this is a pipe, not a scenario file" in refused(tmp_path / "pipe")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_a_device_is_not_read(device: str) -> None:
    assert "this is a device, not a scenario file" in refused(Path(device))


def test_a_socket_and_a_folder_are_called_so(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert "a socket" in refused(Path("s"))
    assert "this is a folder" in refused(tmp_path)


def test_links_in_a_circle_and_impossible_names_are_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert "its symbolic links lead in a circle" in refused(tmp_path / "a")
    assert "its name is too long" in refused(tmp_path / ("x" * 300))
    assert "no file can have this name" in refused(tmp_path / "x\0y")


@pytest.mark.parametrize("name", ["none", "file/below"])
def test_what_is_not_there_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Missing, match="there is no such file"):
        contents(tmp_path / name, 100)


def test_more_than_the_most_is_refused_also_where_the_size_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 100)
    assert contents(tmp_path / "f", 100) == b"x" * 100
    assert "larger than 99 bytes" in refused(tmp_path / "f", 99)
    if Path("/proc/self/status").exists():  # of which the system says that it has no bytes
        assert "larger than 10 bytes" in refused(Path("/proc/self/status"), 10)


@pytest.mark.parametrize("name", ["a.toml", "sub/a.toml", "./a.toml", "a..b.toml", "same.toml"])
def test_what_lies_beside_or_below_may_be_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "same.toml").symlink_to(tmp_path / "a.toml")
    assert inside(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize(
    "name",
    [
        *("../a", "sub/../../a", "..", "..\\a", "/etc/passwd", "\\a", "C:\\a", "c:a", "~/a"),
        *("link", "folder/a", "sub/../a"),
    ],
)
def test_what_lies_elsewhere_may_not_be_named(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (home / "link").symlink_to(tmp_path / "secret")
    (home / "folder").symlink_to(tmp_path)
    with pytest.raises(Unreadable, match="in its own folder or below"):
        inside(home, name)
