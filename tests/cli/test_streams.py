"""Claims about stdout and stderr: whatever they are, the work arrives or the reason is said."""

import io
import json
import os
import sys
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.cli.console.streams import escaped, legible, safe_streams

LEGACY = ("cp1252", "gbk", "ascii")
SMALL = ("run", "village", "--debtors", 100, "--months", 2)
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")


def under(encoding):
    """The environment in which output is piped or redirected under a code page."""
    return os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}


@pytest.mark.parametrize(
    ("command", "encoding"),
    [
        *product(("levers", "levers -h"), LEGACY),
        *(("indicators", "gbk"), ("scenarios", "cp1252"), ("experiments", "ascii")),
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


def onto_full(stream):
    """Code that calls ``servanda`` with a stream onto a full disk."""
    full = f"import os; os.dup2(os.open('/dev/full', os.O_WRONLY), {stream})"
    return f"{full}; from sim.cli import main; main()"


@full_disk
@pytest.mark.parametrize("command", [("scenarios",), ("indicators", "--json"), ("--help",)])
def test_a_full_disk_is_one_line_and_no_traceback(spawn, command):
    done = spawn("-c", onto_full(1), *command)
    assert done.returncode == 2
    assert done.stderr == "standard output: cannot be written: no space left on device\n"


@full_disk
def test_work_goes_on_where_its_log_cannot_be_written(spawn, tmp_path):
    done = spawn("-c", onto_full(2), *SMALL, "--out", tmp_path / "a")
    assert done.returncode == 0
    assert "refusal" in done.stdout
    assert (tmp_path / "a" / "manifest.json").exists()


@pytest.mark.parametrize("stream", [1, 2])
def test_a_stream_that_was_closed_before_is_no_error(spawn, stream):
    again = "os.execv(sys.executable, [sys.executable, '-m', 'sim', 'scenarios'])"
    done = spawn("-c", f"import os, sys; os.close({stream}); {again}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_a_working_folder_that_is_gone_is_refused_in_a_line(spawn, tmp_path):
    (tmp_path / "gone").mkdir()
    code = "import os; from sim.cli import main; os.rmdir(os.getcwd()); main()"
    done = spawn("-c", code, "run", "village", "--out", "here", cwd=tmp_path / "gone")
    why = "working folder: it was removed while in use; go to one that exists: cd …\n"
    assert (done.returncode, done.stderr) == (2, why)


def test_texts_keep_their_scripts_or_become_ascii_where_a_code_page_lacks_them():
    text = "two\nlines\tand 中文, עברית, ü – ×"
    assert escaped(text) == text
    legacy = SimpleNamespace(encoding="cp1252")
    assert legible("1 − 2 ≤ 3 → 中 ü", legacy) == "1 - 2 <= 3 -> ? ü"


def test_any_text_can_be_written_to_a_stream_of_a_code_page(monkeypatch):
    raw = {name: io.BytesIO() for name in ("stdout", "stderr")}
    for name, bytes_ in raw.items():
        monkeypatch.setattr(sys, name, io.TextIOWrapper(bytes_, "cp1252", newline="\n"))
    with safe_streams():
        for name in raw:
            print("中 ≤ ü", file=getattr(sys, name), flush=True)
    assert [found.getvalue().decode("cp1252") for found in raw.values()] == ["? <= ü\n"] * 2
