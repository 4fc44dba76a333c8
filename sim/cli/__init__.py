"""The command line ``servanda``: a file a group of commands.

Nothing heavy is imported here, so that ``servanda --help`` answers at once; each command imports
what it needs when it is called.
"""

from typing import Annotated

import typer

from sim import __version__
from sim.cli import (
    catalogues,
    check,
    compare,
    compiling,
    cost,
    discover,
    effects,
    explain,
    indicators,
    levers,
    optimise,
    plan,
    report,
    run,
    sensitivity,
    shapley,
    store,
    sweep,
    tipping,
    warmup,
)
from sim.cli.helping import guided
from sim.cli.manners import Manners

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
    *(explain, check, catalogues, levers, indicators, compiling),
)
for group in GROUPS:
    group.register(app)
guided(app)


def main() -> None:
    """Run the command line; what ``servanda`` and ``python -m sim`` call."""
    app(prog_name="servanda")
