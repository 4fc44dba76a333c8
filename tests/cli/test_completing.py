"""Claims about what a shell completes, through the protocol in which it asks."""

import pytest
import typer

from sim.cli import app
from sim.cli.console.completion import COMPLETERS, OF_COMMANDS


@pytest.fixture
def complete(call, monkeypatch):
    """What bash is offered for a line that ends where the cursor stands."""

    def completed(line):
        monkeypatch.setenv("_SERVANDA_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        done = call()
        assert (done.exit_code, done.stderr) == (0, "")
        return done.stdout.split()

    return completed


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("ru", "run"),
        ("run village --see", "--seed"),
        ("run village --set sanctions.late", "sanctions.late_interest="),
        ("effects comprehensive.off", "comprehensive.officers"),
        ("effects --pack spec", "special"),
        ("indicator refus", "refusal"),
        ("sweep six", "six_modes"),
        ("explain village --actor private_p", "private_prosecutor"),
        ("report x --lang z", "zh"),
    ],
)
def test_the_beginning_of_a_name_is_completed(complete, line, offered):
    assert offered in complete(f"servanda {line}")


def test_files_and_folders_are_completed_by_name_and_never_read(complete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text("this is [no TOML", encoding="utf-8")
    for name in ("mine.txt", "m\x1bx.toml"):
        (tmp_path / name).touch()
    (tmp_path / "mixed" / "deep.toml").mkdir(parents=True)
    for words, offered in {
        "run mi": ["mine.toml", "mixed/"],
        "run ./mi": ["./mine.toml", "./mixed/"],
        "sweep mixed/": ["mixed/deep.toml/"],
        "status mi": ["mixed/"],
        "status none/": [],  # a folder that cannot be read offers nothing
    }.items():
        assert complete(f"servanda {words}") == offered, words


def test_what_completes_is_named_after_parameters_that_exist():
    commands = typer.main.get_command(app).commands
    there = {(name, one.name) for name, command in commands.items() for one in command.params}
    assert not set(OF_COMMANDS) - there
    assert not set(COMPLETERS) - {parameter for _, parameter in there}
