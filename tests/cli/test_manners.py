"""Claims about how every command starts, fails and stops."""

import os
import signal
import tempfile

import pytest

from sim import __version__
from sim.cli.simulate import run

HELP = """
import sys
from sim.cli import app
try:
    app(["--help"])
except SystemExit:
    heavy = {"duckdb", "matplotlib", "mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic"}
    sys.stderr.write(" ".join(heavy & set(sys.modules)))
"""


def test_help_loads_nothing_heavy(spawn):
    done = spawn("-c", HELP)
    assert "explain" in done.stdout
    assert not done.stderr


def test_the_package_runs_as_a_module_and_says_its_version(spawn):
    done = spawn("-m", "sim", "--version")
    assert (done.returncode, done.stdout) == (0, f"servanda {__version__}\n")


def test_errors_are_lines_on_stderr_named_as_they_were_written(refused):
    said = refused("run", "vilage", "--months", 2)
    assert said == "there is no scenario 'vilage'; did you mean 'village'?\n"
    options = ("--set choice.nois", "--months", "--debtors")
    words = ("--months", 0, "--debtors", 0, "--set", "choice.nois=1")
    found = refused("run", "village", *words, lines=3).splitlines()
    assert [line.partition(":")[0] for line in found] == [*options]


@pytest.mark.parametrize("number", [None, signal.SIGTERM, signal.SIGHUP])
def test_the_keyboard_a_queue_and_a_closed_terminal_stop_a_command(call, monkeypatch, number):
    def stop(*_, **__):
        if number is None:
            raise KeyboardInterrupt
        signal.raise_signal(number)

    if number is not None:
        signal.signal(number, signal.SIG_DFL)  # nohup has the tests ignore it
    monkeypatch.setattr(run, "scenario_from_options", stop)
    done = call("run", "village")
    assert (done.exit_code, done.stderr) == (128 + (number or signal.SIGINT), "stopped\n")


def test_every_command_removes_what_a_killed_one_has_left(call, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"servanda-{os.getuid()}-abcdefgh"
    left.mkdir(mode=0o700)
    (left / "lock").touch()
    call("scenarios")
    assert not left.exists()


def test_nobody_reading_is_no_error_to_speak_of(spawn):
    closed = "import os; r, w = os.pipe(); os.dup2(w, 1); os.close(r)"
    for command in (["scenarios"], ["indicators", "--json"]):
        assert not spawn("-c", f"{closed}; from sim.cli import main; main()", *command).stderr
