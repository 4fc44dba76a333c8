"""How tests call the command line."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app

Call = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def call() -> Call:
    """Call ``servanda`` in this process."""

    def called(*arguments: object) -> Result:
        words = [str(argument) for argument in arguments]
        return CliRunner().invoke(app, words, prog_name="servanda")

    return called


@pytest.fixture
def spawn() -> Spawn:
    """Call a Python of its own."""

    def spawned(*arguments: object, **more: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(  # type: ignore[call-overload]
            command, text=True, capture_output=True, timeout=60, check=False, **more
        )

    return spawned
