"""Help output: an overview that fits a screen, and examples and duration for each command.

In: the commands registered with typer, and `GUIDE`. Out: texts on stdout.
"""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from sim.cli.console.guide import GUIDE, JOBS, OF_GROUPS

START = (
    "Start with `servanda run village` (seconds) or `servanda view`. COMMAND --help shows "
    "examples and durations; COMMAND --json writes JSON."
)


class Command(TyperCommand):
    """A command whose help ends with examples and how long it takes."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, arguments, options, examples and duration."""
        from sim.cli.console.writing import about, say

        say(self.get_usage(ctx))
        say()
        for paragraph in (self.help or "").strip().split("\n\n"):
            say(" ".join(paragraph.split()))
        records = [
            (parameter.param_type_name == "argument", parameter.get_help_record(ctx))
            for parameter in self.get_params(ctx)
        ]
        for title, wanted in (("Arguments", True), ("Options", False)):
            facts = [record for kind, record in records if kind is wanted and record]
            if facts:
                say()
                about(facts, title=title)
        _examples(ctx)


class Group(TyperGroup):
    """A group of commands whose help lists them, with examples and how long they take."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, description, commands, examples and duration."""
        from sim.cli.console.writing import about, say

        say(self.get_usage(ctx))
        say()
        say(" ".join((self.help or "").split()))
        say()
        about(
            [(name, OF_GROUPS[f"{self.name} {name}"].line) for name in self.commands],
            title="Commands",
        )
        _examples(ctx)


def _examples(ctx: typer.Context) -> None:
    """Write examples and duration of the command that is called."""
    from sim.cli.console.writing import say

    _, _, name = ctx.command_path.partition(" ")
    entry = GUIDE.get(name) or OF_GROUPS.get(name)
    if entry is None:
        return
    say()
    say("Examples", bold=True)
    for line in entry.examples:
        say(f"servanda {line}", indent=2)
    say()
    say(f"On two cores: {entry.takes}.")


def overview(ctx: typer.Context, program: Any) -> None:
    """Write one line per command, grouped by job.

    Args:
        ctx: Context of the call.
        program: The group of all commands.
    """
    from sim.cli.console.writing import about, say

    say(program.get_usage(ctx))
    say((program.help or "").strip())
    say(START)
    say()
    shown = []
    for job in JOBS:
        names = [name for name, entry in GUIDE.items() if entry.job == job]
        shown += [
            (f"{job if name == names[0] else '':<11}{name}", GUIDE[name].line) for name in names
        ]
    about(shown)
    say()
    options = [option for parameter in program.get_params(ctx) for option in parameter.opts]
    say(f"Options: {', '.join(options)}.")


def install_help(app: typer.Typer, group: str = "") -> None:
    """Give every command a group, its help, and completion of parameters.

    Args:
        app: The commands.
        group: Name of the group that they belong to; empty for those of the program.
    """
    from sim.cli.console.completion import add_completion

    for info in app.registered_commands:
        if info.callback is None:
            continue
        name = f"{group} {info.name or info.callback.__name__}".strip()
        info.cls = Command
        info.rich_help_panel = GUIDE[name].job if name in GUIDE else None
        add_completion(info.callback, name)
    for below in app.registered_groups:
        if below.typer_instance is not None and below.name:
            below.cls = Group
            below.rich_help_panel = GUIDE[below.name].job if below.name in GUIDE else None
            install_help(below.typer_instance, below.name)
