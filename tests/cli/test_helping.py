"""Claims about help: one screen for all commands, and of each a job, examples and a duration."""

import shlex

import pytest
import typer

from sim.cli import app
from sim.cli.console.guide import GUIDE, JOBS

PROGRAM = typer.main.get_command(app)
COMMANDS = {name: PROGRAM.commands[name] for name in PROGRAM.commands}

ANSWERS_ITSELF = {
    "schema": "what it prints is JSON already",
}
"""Commands without ``--json``, and why."""


def options(command):
    return {option for parameter in command.params for option in parameter.opts}


def test_every_command_has_a_job_and_none_is_told_of_that_is_not_there():
    assert set(GUIDE) == set(COMMANDS)
    assert {entry.job for entry in GUIDE.values()} == set(JOBS)
    assert {name: one.rich_help_panel for name, one in COMMANDS.items()} == {
        name: entry.job for name, entry in GUIDE.items()
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_programs(name):
    assert ("--json" in options(COMMANDS[name])) != (name in ANSWERS_ITSELF)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_the_overview_fits_a_screen_of_80_by_40(call, arguments):
    done = call(*arguments)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert len(lines) < 40
    assert max(map(len, lines)) <= 80
    assert "servanda run village" in done.stdout
    for name in COMMANDS:
        assert sum(name in line.split()[:2] for line in lines) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_examples_and_a_duration(call, name):
    shown = call(name, "--help").stdout
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    for example in GUIDE[name].examples:
        assert f"  servanda {example}" in lines
    *_, last = shown.split("On two cores: ")
    assert " ".join(last.split()) == f"{GUIDE[name].takes}."


@pytest.mark.parametrize("name", COMMANDS)
def test_every_parameter_is_explained(name):
    unexplained = [one.name for one in COMMANDS[name].params if not getattr(one, "help", "")]
    assert not unexplained


@pytest.mark.parametrize(
    ("name", "example"), [(name, one) for name, entry in GUIDE.items() for one in entry.examples]
)
def test_every_example_is_a_command_line_that_is_understood(name, example):
    words = shlex.split(example)
    words = words[: words.index(">")] if ">" in words else words
    assert words[0] == name
    COMMANDS[name].make_context(name, words[1:])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "servanda: no such command 'rnu'; did you mean 'run'?\n"),
        (["run"], "servanda run: missing argument 'SCENARIO'; see `servanda run --help`\n"),
        (["--what"], "servanda: no such option: --what; see `servanda --help`\n"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_line(call, arguments, said):
    done = call(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == said


def test_what_a_user_typed_cannot_act_on_the_terminal(call):
    done = call("r\x1b[31mun")
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
