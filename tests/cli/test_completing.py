"""Claims about what a shell completes, through the protocol in which it asks."""

import pytest
import typer

from sim.cli import app
from sim.cli.console.completion import COMPLETERS, OF_COMMANDS


@pytest.fixture
def complete(call, monkeypatch):
    """What bash is offered for a line that ends where the cursor stands."""

    def completed(line):
        words = line.split(" ")
        monkeypatch.setenv("_SERVANDA_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        done = call()
        assert done.exit_code == 0
        assert not done.stderr
        return done.stdout.split()

    return completed


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("servanda ru", "run"),
        ("servanda run vil", "village"),
        ("servanda run village --see", "--seed"),
        ("servanda run village --set sanctions.late", "sanctions.late_interest="),
        ("servanda run village --set population.si", "population.size="),
        ("servanda compare village chi", "china_2016"),
        ("servanda effects comprehensive.off", "comprehensive.officers"),
        ("servanda effects --pack spec", "special"),
        ("servanda lever sanctions.late", "sanctions.late_interest"),
        ("servanda indicator refus", "refusal"),
        ("servanda shapley x --measure refus", "refusal"),
        ("servanda optimise six_modes --maximise refus", "refusal"),
        ("servanda sweep six", "six_modes"),
        ("servanda check six", "six_modes"),
        ("servanda explain village --actor off", "officer"),
        ("servanda explain village --actor private_p", "private_prosecutor"),
        ("servanda report x --lang z", "zh"),
    ],
)
def test_the_beginning_of_a_name_is_completed(complete, line, offered):
    assert offered in complete(line)


def test_files_and_folders_are_completed_by_name_and_never_read(complete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text("this is [no TOML", encoding="utf-8")
    (tmp_path / "mine.txt").touch()
    (tmp_path / "mixed").mkdir()
    (tmp_path / "mixed" / "deep.toml").mkdir()
    (tmp_path / "m\x1bx.toml").touch()
    assert complete("servanda run mi") == ["mine.toml", "mixed/"]
    assert complete("servanda run ./mi") == ["./mine.toml", "./mixed/"]
    assert complete("servanda sweep mixed/") == ["mixed/deep.toml/"]
    assert complete("servanda status mi") == ["mixed/"]


@pytest.mark.parametrize("start", ["none/", "/nowhere/none/../", "mine.toml/"])
def test_a_folder_that_cannot_be_read_offers_nothing(complete, tmp_path, monkeypatch, start):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").touch()
    assert complete(f"servanda status {start}") == []


def test_completing_loads_nothing_heavy(spawn):
    code = """
import os, sys
os.environ |= {"_SERVANDA_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
os.environ["COMP_WORDS"] = "servanda run vil"
from sim.cli import main
try:
    main()
except SystemExit:
    heavy = {"duckdb", "matplotlib", "mesa", "numba", "pandas", "pyarrow", "scipy"}
    sys.stderr.write(" ".join(heavy & set(sys.modules)))
"""
    done = spawn("-c", code)
    assert (done.stdout, done.stderr) == ("village\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_is_shown_what_to_put_into_its_settings(call, monkeypatch, shell):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    done = call("--show-completion", shell)
    assert done.exit_code == 0
    assert "_SERVANDA_COMPLETE" in done.stdout


def test_what_completes_is_named_after_parameters_that_exist():
    commands = typer.main.get_command(app).commands
    there = {(name, one.name) for name, command in commands.items() for one in command.params}
    assert not set(OF_COMMANDS) - there
    assert not set(COMPLETERS) - {parameter for _, parameter in there}
