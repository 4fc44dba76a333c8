"""Claims about ``servanda check``."""

import json
from pathlib import Path

import pytest

GOOD = 'format = 1\ntitle = "Good"\n[kinds.person]\nshare = 1.0\n'
WRONG = "bad.toml:6: run.month: unknown key; did you mean 'months'?"
SIX = "The six modes of governance, alone and together"
ODD = "[[policies]]\nname = 'p'\nstart = 99\nset = { sanctions.fine_rate = 0.1 }\n"
EXPERIMENT = 'format = 1\ntitle = "E"\nbase = "good.toml"\nreplicates = 3\n'
FILES = {
    "good": GOOD,
    "bad": f"{GOOD}[run]\nmonth = 3\n",
    "odd": GOOD + ODD,
    "e": EXPERIMENT,
    "wrong": EXPERIMENT.replace("replicates", "replicate"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder with sound and faulty files."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "code", "out", "errors"),
    [
        ("good.toml china_2016", 0, "good.toml: ok (Good)\nchina_2016: ok (China, 2016)\n", ""),
        (
            *("e.toml wrong.toml six_modes", 2),
            f"e.toml: ok (E: 3 runs)\nsix_modes: ok ({SIX}: 640 runs)\n",
            "wrong.toml:4: replicate: unknown key; did you mean 'replicates'?\n",
        ),
    ],
)
def test_every_file_is_checked_before_the_command_fails(call, names, code, out, errors):
    done = call("check", *names.split())
    assert (done.exit_code, done.stdout, done.stderr) == (code, out, errors)


def test_programs_get_a_result_for_every_file(call):
    done = call("check", "bad.toml", "good.toml", "--json")
    assert (done.exit_code, done.stderr) == (2, f"{WRONG}\n")
    bad, good = json.loads(done.stdout)
    assert [error["what"] for error in bad["errors"]] == ["unknown key"]
    assert (bad["file"], bad["ok"], bad["title"]) == ("bad.toml", False, None)
    assert (good["file"], good["ok"], good["title"]) == ("good.toml", True, "Good")


def test_a_warning_is_shown_and_the_file_is_sound(call):
    done = call("check", "odd.toml")
    assert done.exit_code == 0
    assert "odd.toml: warning: policy 'p' starts in month 99" in done.stderr
