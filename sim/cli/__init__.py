"""The command line ``servanda``: a file a group of commands.

Nothing heavy is imported here, so that ``servanda --help`` answers at once; each command imports
what it needs when it is called.
"""

from typing import Annotated

import typer

from sim import __version__
from sim.cli.analyse import discover, sensitivity, shapley, tipping
from sim.cli.console.error_handling import Manners
from sim.cli.console.help import guided
from sim.cli.experiment import optimise, plan, store, sweep
from sim.cli.inspect import catalogues, check, explain, indicators, levers, warmup
from sim.cli.share import compile_command, report
from sim.cli.simulate import compare, cost, effects, run

app = typer.Typer(
    cls=Manners,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"servanda {__version__}")
        raise typer.Exit


@app.callback()
def servanda(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say which version."),
    ] = False,
) -> None:
    """A laboratory for policies against unpaid judgments (pacta sunt servanda)."""


GROUPS = (
    *(run, warmup, plan, sweep, store, compare, shapley, sensitivity, discover),
    *(optimise, tipping, report, effects, cost),
    *(explain, check, catalogues, levers, indicators, compile_command),
)
for group in GROUPS:
    group.register(app)
guided(app)


def main() -> None:
    """Run the command line; what ``servanda`` and ``python -m sim`` call."""
    app(prog_name="servanda")
