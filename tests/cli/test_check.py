"""Claims about the commands that only look at files: check and schema."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sim.cli.inspect import catalogues, check

GOOD = 'format = 1\ntitle = "Good"\n[kinds.person]\nshare = 1.0\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.toml").write_text(GOOD, encoding="utf-8")
    Path("bad.toml").write_text(GOOD + "[run]\nmonth = 3\n", encoding="utf-8")
    return tmp_path


def call(*arguments: str) -> Result:
    app = typer.Typer()
    check.register(app)
    catalogues.register(app)
    return CliRunner().invoke(app, [*arguments])


@pytest.mark.usefixtures("folder")
def test_a_sound_file_is_called_so_on_stdout() -> None:
    done = call("check", "good.toml", "china_2016")
    assert done.exit_code == 0
    assert done.stdout == "good.toml: ok (Good)\nchina_2016: ok (China, 2016)\n"
    assert not done.stderr


@pytest.mark.usefixtures("folder")
def test_every_file_is_checked_before_the_command_fails() -> None:
    done = call("check", "bad.toml", "none.toml", "good.toml")
    assert done.exit_code == 2
    assert done.stdout == "good.toml: ok (Good)\n"
    assert done.stderr.splitlines() == [
        "bad.toml:6: run.month: unknown key; did you mean 'months'?",
        "none.toml: there is no such file",
    ]


@pytest.mark.usefixtures("folder")
def test_programs_are_told_of_every_file() -> None:
    done = call("check", "bad.toml", "good.toml", "--json")
    assert done.exit_code == 2
    bad, good = json.loads(done.stdout)
    assert [error["what"] for error in bad["errors"]] == ["unknown key"]
    assert (bad["file"], bad["ok"], bad["title"]) == ("bad.toml", False, None)
    assert (good["file"], good["ok"], good["title"]) == ("good.toml", True, "Good")
    assert done.stderr == "bad.toml:6: run.month: unknown key; did you mean 'months'?\n"


@pytest.mark.usefixtures("folder")
def test_what_is_odd_is_told_and_allowed() -> None:
    policy = "[[policies]]\nname = 'p'\nstart = 99\nset = { sanctions.fine_rate = 0.1 }\n"
    Path("odd.toml").write_text(GOOD + policy, encoding="utf-8")
    done = call("check", "odd.toml")
    assert done.exit_code == 0
    assert "odd.toml: warning: policy 'p' starts in month 99" in done.stderr


@pytest.mark.usefixtures("folder")
def test_experiments_are_checked_as_scenarios_are() -> None:
    head = 'format = 1\ntitle = "E"\nbase = "good.toml"\n'
    Path("e.toml").write_text(head + "replicates = 3\n", encoding="utf-8")
    Path("wrong.toml").write_text(head + "replicate = 3\n", encoding="utf-8")
    done = call("check", "e.toml", "wrong.toml", "six_modes")
    assert done.exit_code == 2
    assert done.stdout.splitlines() == [
        "e.toml: ok (E: 3 runs)",
        "six_modes: ok (The six modes of governance, alone and together: 640 runs)",
    ]
    assert done.stderr == "wrong.toml:4: replicate: unknown key; did you mean 'replicates'?\n"


def test_the_schema_is_json_on_stdout() -> None:
    assert json.loads(call("schema").stdout)["required"] == ["format", "title"]
    of_experiments = json.loads(call("schema", "--experiment").stdout)
    assert "factors" in of_experiments["properties"]
