"""Claims about the setup: what is installed when, and that nothing fails silently."""

import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim import setup

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def steps(monkeypatch, tmp_path: Path) -> list[str]:
    """The steps of a setup, recorded and not done; the environment is a link to this Python."""
    done: list[str] = []

    def make(place: Path) -> None:
        done.append("make")
        setup.python_in(place).parent.mkdir(parents=True)
        setup.python_in(place).symlink_to(sys.executable)

    def install(_: Path, extras: str, newer: list[str]) -> None:
        done.append(" ".join(["install", extras, *newer]).strip())

    class Process:
        def __init__(self, *_: Any, **__: Any) -> None:
            done.append("compile")

        def wait(self) -> int:
            done.append("wait")
            return 0

        def poll(self) -> int:
            return 0

    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "make_environment", make)
    monkeypatch.setattr(setup, "install", install)
    monkeypatch.setattr(setup, "version_of", lambda _: setup.NEWEST)
    monkeypatch.setattr(setup.subprocess, "Popen", Process)
    for name in ("pyproject.toml", "constraints.txt", "sim/a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    return done


def prepared(steps: list[str], extras: str, *newer: str) -> list[str]:
    """The steps of one call."""
    steps.clear()
    setup.prepare(setup.ROOT / ".venv", extras, list(newer))
    return list(steps)


def test_extras_are_installed_while_the_rules_are_compiled_and_nothing_twice(steps) -> None:
    assert prepared(steps, "") == ["make", "install", "compile", "wait"]
    assert prepared(steps, "") == []
    assert prepared(steps, "view") == ["install view"]
    assert prepared(steps, "dev") == ["install dev"]
    for extras in ("dev", "view", "", "teach,view"):
        assert prepared(steps, extras) == []
    (setup.ROOT / "sim/a.py").write_text("1", encoding="utf-8")
    assert prepared(steps, "") == ["compile", "wait"]
    (setup.ROOT / "constraints.txt").write_text("1", encoding="utf-8")
    assert prepared(steps, "") == ["install", "compile", "wait"]
    assert prepared(steps, "dev") == ["install dev"]


def test_a_fresh_environment_with_extras_compiles_before_they_are_installed(steps) -> None:
    assert prepared(steps, "dev") == ["make", "install", "compile", "install dev", "wait"]


def test_newer_packages_come_last_so_that_the_extras_do_not_undo_them(steps) -> None:
    assert prepared(steps, "dev", "mesa>=4") == ["make", "install dev mesa>=4", "compile", "wait"]


def test_the_extras_that_dev_includes_are_those_of_the_project_file() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (own,) = [
        one
        for one in tomllib.loads(text)["project"]["optional-dependencies"]["dev"]
        if one.startswith("servanda[")
    ]
    assert setup.INCLUDED["dev"] == set(own[len("servanda[") : -1].split(","))


def compiler(folder: Path, monkeypatch, text: str) -> None:
    """Let the setup run this program, where it would compile the rules."""
    (folder / "sim.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(setup, "ROOT", folder)
    monkeypatch.setattr(setup, "python_in", lambda _: Path(sys.executable))


def test_a_failure_of_compiling_is_an_error_of_the_setup(monkeypatch, tmp_path: Path) -> None:
    compiler(tmp_path, monkeypatch, "raise SystemExit(3)")
    failed = pytest.raises(setup.SetupError, match=r"failed \(exit 3\): .* -m sim compile")
    with failed, setup.compiling(tmp_path):
        pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, setup.SetupError])
def test_when_installing_ends_early_so_does_compiling(monkeypatch, tmp_path: Path, error) -> None:
    compiler(tmp_path, monkeypatch, "import time\ntime.sleep(60)")
    begun = time.monotonic()
    with pytest.raises(error), setup.compiling(tmp_path):
        raise error
    assert time.monotonic() - begun < 30


def test_ctrl_c_ends_the_setup_in_one_line(monkeypatch, capsys) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "prepare", interrupted)
    assert setup.main([]) == 130
    assert capsys.readouterr().err == "setup: interrupted; the next call continues\n"
