"""Claims about help: one screen for all commands, and of each a job, examples and a duration."""

import shlex

import pytest
import typer

from sim.cli import app
from sim.cli.console.guide import GUIDE, JOBS, OF_GROUPS

PROGRAM = typer.main.get_command(app)
COMMANDS = {name: PROGRAM.commands[name] for name in PROGRAM.commands}
GROUPS = {name: one.commands for name, one in COMMANDS.items() if hasattr(one, "commands")}
OF_GROUP = {f"{name} {one}": command for name, of in GROUPS.items() for one, command in of.items()}
WITHOUT_JSON = {"schema"}
"""What it prints is JSON already."""


def test_every_command_has_a_job_and_an_entry_of_the_guide():
    assert {name: one.rich_help_panel for name, one in COMMANDS.items()} == {
        name: entry.job for name, entry in GUIDE.items()
    }
    assert {entry.job for entry in GUIDE.values()} == set(JOBS)
    assert OF_GROUP.keys() == OF_GROUPS.keys()


@pytest.mark.parametrize("arguments", [(), ("-h",)])
def test_the_overview_fits_a_screen_of_80_by_48(call, arguments):
    done = call(*arguments)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert len(lines) <= 48
    assert max(map(len, lines)) <= 80
    assert "servanda run village" in done.stdout
    for name in COMMANDS:
        assert sum(name in line.split()[:2] for line in lines) == 1


@pytest.mark.parametrize("name", [*COMMANDS, *OF_GROUP])
def test_every_command_explains_itself(call, name):
    entry = (GUIDE | OF_GROUPS)[name]
    command = (COMMANDS | OF_GROUP)[name]
    shown = call(*name.split(), "--help").stdout
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    *_, last = shown.split("On two cores: ")
    assert " ".join(last.split()) == f"{entry.takes}."
    for example in entry.examples:
        assert f"  servanda {example}" in lines
        words = shlex.split(example)
        words = words[: words.index(">")] if ">" in words else words
        own = len(name.split())
        assert " ".join(words[:own]) == name
        command.make_context(name, words[own:])  # or the example is not understood
    assert not [one.name for one in command.params if not getattr(one, "help", "")]
    options = {option for one in command.params for option in one.opts}
    assert ("--json" in options) != (name in WITHOUT_JSON or name in GROUPS)


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
