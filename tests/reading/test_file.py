"""Claims about files: only regular ones are read, of a bounded size, and nothing is waited for."""

import os
import socket
from pathlib import Path

import pytest

from sim.reading.file import Missing, Unreadable, contents
from sim.reading.within import inside


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pipe", "this is a pipe, not a scenario file"),
        ("/dev/zero", "this is a device, not"),
        ("socket", "a socket"),
        (".", "this is a folder"),
        ("a", "its symbolic links lead in a circle"),
        ("x" * 300, "its name is too long"),
        ("none", "there is no such file"),
        ("file/below", "there is no such file"),
        ("file", "larger than 99 bytes"),
    ],
)
def test_what_is_no_file_of_bounded_size_is_called_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("a").symlink_to("b")
    Path("b").symlink_to("a")
    Path("file").write_bytes(b"x" * 100)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
    with pytest.raises(Unreadable, match=told) as caught:
        contents(Path(name), 99)
    assert isinstance(caught.value, Missing) == told.startswith("there is no")
    assert contents(Path("file"), 100) == b"x" * 100


@pytest.mark.parametrize("name", ["sub/a.toml", "a..b.toml", "same.toml"])
def test_what_lies_beside_or_below_may_be_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "same.toml").symlink_to(tmp_path / "a.toml")
    assert inside(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize(
    "name", ["../a", "sub/../../a", "..\\a", "/etc/passwd", "c:a", "~/a", "link", "folder/a"]
)
def test_what_lies_elsewhere_may_not_be_named(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (home / "link").symlink_to(tmp_path / "secret")
    (home / "folder").symlink_to(tmp_path)
    with pytest.raises(Unreadable, match="in its own folder or below"):
        inside(home, name)
