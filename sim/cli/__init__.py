"""The command line ``servanda``: one file per group of commands.

Nothing heavy is imported here, so that ``servanda --help`` answers at once. Each command imports
what it needs when it is called.
"""

from typing import Annotated

import typer

from sim import __version__
from sim.cli.analyse import discover, sensitivity, shapley, tipping
from sim.cli.console.error_handling import CommandGroup
from sim.cli.console.help import install_help
from sim.cli.evidence import data, fit, forecast, validate
from sim.cli.experiment import optimise, plan, store, sweep
from sim.cli.inspect import catalogues, check, explain, indicators, levers, warmup
from sim.cli.share import compile_command, lessons, report
from sim.cli.simulate import channels, classics, compare, cost, effects, field, run, view

app = typer.Typer(
    cls=CommandGroup,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(requested: bool) -> None:
    if requested:
        typer.echo(f"servanda {__version__}")
        raise typer.Exit


@app.callback()
def servanda(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """A laboratory for policies against unpaid judgments (pacta sunt servanda)."""


GROUPS = (
    *(run, view, warmup, plan, sweep, store, compare, shapley, sensitivity, discover),
    *(optimise, tipping, report, lessons, effects, cost, channels, classics, field),
    *(
        data,
        fit,
        forecast,
        validate,
        explain,
        check,
        catalogues,
        levers,
        indicators,
        compile_command,
    ),
)
for group in GROUPS:
    group.register(app)
install_help(app)


def main() -> None:
    """Run the command line; entry point of ``servanda`` and ``python -m sim``."""
    app(prog_name="servanda")
