"""Claims about stdout and stderr: whatever they are, the work arrives or the reason is said."""

import json
import os
import sys
from pathlib import Path

import pytest

from sim.cli.console.streams import escaped, legible

LEGACY = ("cp1252", "gbk", "ascii")
SMALL = ("run", "village", "--debtors", 100, "--months", 2)


def under(encoding):
    """The environment in which output is piped or redirected under a code page."""
    return os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}


@pytest.mark.parametrize("encoding", LEGACY)
@pytest.mark.parametrize(
    "command", [("levers",), ("indicators",), ("scenarios",), ("levers", "-h")]
)
def test_no_command_fails_for_a_code_page(spawn, command, encoding):
    done = spawn("-m", "sim", *command, env=under(encoding), encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_finished_run_is_shown_under_a_code_page(spawn):
    done = spawn("-m", "sim", *SMALL, env=under("cp1252"), encoding="cp1252")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "refusal" in done.stdout


@pytest.mark.parametrize("encoding", LEGACY)
def test_json_loses_nothing_under_a_code_page(spawn, encoding):
    done = spawn("-m", "sim", "levers", "--json", env=under(encoding), encoding="ascii")
    assert all(ord(max(row["zh"])) > 0x3000 for row in json.loads(done.stdout))


def test_a_title_of_other_letters_is_checked_under_a_code_page(spawn, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('format = 1\nextends = "village"\ntitle = "村 – ü"\n', encoding="utf-8")
    done = spawn("-m", "sim", "check", str(file), env=under("cp1252"), encoding="cp1252")
    assert done.returncode == 0
    assert "(? – ü)" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", [("scenarios",), ("indicators", "--json"), ("--help",)])
def test_a_full_disk_is_one_line_and_no_traceback(spawn, command):
    full = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1)"
    done = spawn("-c", f"{full}; from sim.cli import main; main()", *command)
    assert done.returncode == 2
    assert done.stderr == "standard output: cannot be written: no space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_work_goes_on_where_its_log_cannot_be_written(spawn, tmp_path):
    full = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 2)"
    done = spawn("-c", f"{full}; from sim.cli import main; main()", *SMALL, "--out", tmp_path / "a")
    assert done.returncode == 0
    assert "refusal" in done.stdout
    assert (tmp_path / "a" / "manifest.json").exists()


@pytest.mark.parametrize("stream", [1, 2])
def test_a_stream_that_was_closed_before_is_no_error(spawn, stream):
    done = spawn(
        "-c",
        f"import os, sys; os.close({stream}); os.execv(sys.executable, "
        "[sys.executable, '-m', 'sim', 'scenarios'])",
    )
    assert done.returncode == 0
    assert not done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_a_working_folder_that_is_gone_is_said_in_a_line(spawn, tmp_path):
    (tmp_path / "gone").mkdir()
    code = "import os; from sim.cli import main; os.rmdir(os.getcwd()); main()"
    done = spawn("-c", code, "run", "village", "--out", "here", cwd=tmp_path / "gone")
    assert done.returncode == 2
    assert done.stderr == (
        "working folder: it was removed while in use; go to one that exists: cd …\n"
    )


def test_what_acts_on_a_terminal_is_shown_in_errors(call):
    done = call("run", "vil\x1b[31mlage")
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
    assert r"vil\x1b[31mlage" in done.stderr


def test_lines_and_other_scripts_stay_as_they_are():
    text = "two\nlines\tand 中文, עברית, ü – ×"
    assert escaped(text) == text


class Stream:
    encoding = "cp1252"


def test_what_a_code_page_lacks_is_written_in_ascii():
    assert legible("1 − 2 ≤ 3 → 中 ü", Stream()) == "1 - 2 <= 3 -> ? ü"
