"""Claims about help: one screen for all commands, and of each a job, examples and a duration."""

import shlex

import pytest
import typer

from sim.cli import app
from sim.cli.console.guide import GUIDE, JOBS

PROGRAM = typer.main.get_command(app)
COMMANDS = {name: PROGRAM.commands[name] for name in PROGRAM.commands}
WITHOUT_JSON = {"schema"}
"""What it prints is JSON already."""


def test_every_command_has_a_job_and_an_entry_of_the_guide():
    assert {name: one.rich_help_panel for name, one in COMMANDS.items()} == {
        name: entry.job for name, entry in GUIDE.items()
    }
    assert {entry.job for entry in GUIDE.values()} == set(JOBS)


@pytest.mark.parametrize("arguments", [(), ("-h",)])
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
def test_every_command_explains_itself(call, name):
    shown = call(name, "--help").stdout
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    *_, last = shown.split("On two cores: ")
    assert " ".join(last.split()) == f"{GUIDE[name].takes}."
    for example in GUIDE[name].examples:
        assert f"  servanda {example}" in lines
        words = shlex.split(example)
        words = words[: words.index(">")] if ">" in words else words
        assert words[0] == name
        COMMANDS[name].make_context(name, words[1:])  # or the example is not understood
    parameters = COMMANDS[name].params
    assert not [one.name for one in parameters if not getattr(one, "help", "")]
    options = {option for one in parameters for option in one.opts}
    assert ("--json" in options) != (name in WITHOUT_JSON)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "servanda: no such command 'rnu'; did you mean 'run'?\n"),
        (["run"], "servanda run: missing argument 'SCENARIO'; see `servanda run --help`\n"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_refused_in_one_line(refused, arguments, said):
    assert refused(*arguments) == said


def test_what_a_user_typed_cannot_act_on_the_terminal(refused):
    assert "\x1b" not in refused("r\x1b[31mun")
    assert r"vil\x1b[31mlage" in refused("run", "vil\x1b[31mlage")
