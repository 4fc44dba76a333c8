"""``servanda check``: scenario files read and checked, nothing run."""

import warnings
from pathlib import Path
from typing import Annotated

import typer


def check(
    files: Annotated[
        list[str], typer.Argument(help="Scenario files, or names of shipped scenarios.")
    ],
) -> None:
    """Say of each scenario whether it is sound, or everything that is wrong with it."""
    failed = [file for file in files if not _sound(file)]
    if failed:
        raise typer.Exit(2)


def _sound(file: str) -> bool:
    """Check one file, and say so."""
    from sim.errors import ServandaError, ServandaWarning
    from sim.scenario.file import load
    from sim.scenario.shipped import shipped

    source = file if file in shipped() else Path(file)
    with warnings.catch_warnings(record=True) as odd:
        warnings.simplefilter("always", ServandaWarning)
        try:
            scenario = load(source)
            if triggers := list(scenario.triggers()):
                from sim.measure.triggers import refuse_unknown

                refuse_unknown(triggers, scenario.added)
        except ServandaError as error:
            typer.echo(str(error), err=True)
            return False
    for warning in odd:
        typer.echo(f"{file}: warning: {warning.message}", err=True)
    for extension in scenario.extensions:
        typer.echo(f"{file}: a run executes the code in {extension}", err=True)
    typer.echo(f"{file}: ok ({scenario.title})")
    return True


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)
