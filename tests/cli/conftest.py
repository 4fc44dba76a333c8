"""How tests call the command line."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app

Call = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def call() -> Call:
    """Call ``servanda`` in this process."""

    def called(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments)], prog_name="servanda")

    return called


@pytest.fixture(scope="session")
def shown(call: Call) -> Callable[..., str]:
    """The stdout of a command that succeeds, with one blank between any two words."""

    def succeeded(*arguments: object) -> str:
        done = call(*arguments)
        assert done.exit_code == 0, done.output
        return " ".join(done.stdout.split())

    return succeeded


@pytest.fixture(scope="session")
def told(call: Call) -> Callable[..., Any]:
    """The JSON of a command that succeeds."""

    def succeeded(*arguments: object) -> Any:
        done = call(*arguments, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return succeeded


@pytest.fixture(scope="session")
def refused(call: Call) -> Callable[..., str]:
    """The stderr of a command that is refused: one line unless said, and nothing on stdout."""

    def failed(*arguments: object, lines: int = 1) -> str:
        done = call(*arguments)
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert done.stderr.count("\n") == lines, done.stderr
        return done.stderr

    return failed


@pytest.fixture(scope="session")
def spawn() -> Spawn:
    """Call a Python of its own."""

    def spawned(*arguments: object, **more: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(  # type: ignore[call-overload]
            command, text=True, capture_output=True, timeout=60, check=False, **more
        )

    return spawned
