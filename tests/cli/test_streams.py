"""Claims about stdout and stderr: whatever they are, the work arrives or the reason is said."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from sim.cli.console.streams import safe_streams

FULL = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), {}); from sim.cli import main; main()"
SMALL = ("run", "village", "--debtors", 100, "--months", 2)
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")


def under(encoding):
    """The environment in which output is piped or redirected under a code page."""
    return os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}


@pytest.mark.parametrize(
    ("command", "encoding"),
    [
        *(("levers", "cp1252"), ("levers -h", "ascii"), ("indicators", "gbk")),
        ("run village --debtors 100 --months 2", "cp1252"),
    ],
)
def test_no_command_fails_for_a_code_page(spawn, command, encoding):
    words = command.split()
    done = spawn("-m", "sim", *words, env=under(encoding), encoding=encoding)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert words[0] == "run" or not done.stderr
    assert "refusal" in done.stdout or words[0] not in {"run", "indicators"}
    assert done.stdout


def test_json_loses_nothing_under_a_code_page(spawn):
    done = spawn("-m", "sim", "levers", "--json", env=under("ascii"), encoding="ascii")
    assert all(ord(max(row["zh"])) > 0x3000 for row in json.loads(done.stdout))


@full_disk
@pytest.mark.parametrize("command", [("indicators", "--json"), ("--help",)])
def test_a_full_disk_is_one_line_and_no_traceback(spawn, command):
    done = spawn("-c", FULL.format(1), *command)
    assert done.returncode == 2
    assert done.stderr == "standard output: cannot be written: no space left on device\n"


def test_a_stream_that_was_closed_before_is_no_error(spawn):
    again = "os.execv(sys.executable, [sys.executable, '-m', 'sim', 'scenarios'])"
    done = spawn("-c", f"import os, sys; os.close(1); {again}")
    assert (done.returncode, done.stderr) == (0, "")


def test_any_text_can_be_written_to_a_stream_of_a_code_page(monkeypatch):
    raw = {name: io.BytesIO() for name in ("stdout", "stderr")}
    for name, bytes_ in raw.items():
        monkeypatch.setattr(sys, name, io.TextIOWrapper(bytes_, "cp1252", newline="\n"))
    with safe_streams():
        for name in raw:
            print("中 ≤ ü", file=getattr(sys, name), flush=True)
    assert [found.getvalue().decode("cp1252") for found in raw.values()] == ["? <= ü\n"] * 2
