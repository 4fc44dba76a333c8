"""``servanda check``: scenario and experiment files read and checked, nothing run."""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.asked import AllowCode


def check(
    files: Annotated[
        list[str],
        typer.Argument(help="Scenario or experiment files, or names of shipped ones."),
    ],
    allow_code: AllowCode = False,
) -> None:
    """Say of each file whether it is sound, or everything that is wrong with it."""
    failed = [file for file in files if not _sound(file)]
    if failed:
        raise typer.Exit(2)


def _sound(file: str) -> bool:
    """Check one file, and say so."""
    from sim.errors import ServandaError, ServandaWarning
    from sim.experiment.file import is_experiment
    from sim.scenario.check import ScenarioErrors

    with warnings.catch_warnings(record=True) as odd:
        warnings.simplefilter("always", ServandaWarning)
        try:
            title, code = (_experiment if is_experiment(file) else _scenario)(file)
        except ScenarioErrors as error:
            typer.echo(str(error), err=True)
            if len(error.refused) < len(error.errors):
                return False
            typer.echo(f"{file}: nothing else is wrong as far as can be told without that code")
            return True
        except ServandaError as error:
            typer.echo(str(error), err=True)
            return False
    for warning in odd:
        typer.echo(f"{file}: warning: {warning.message}", err=True)
    for extension in code:
        typer.echo(f"{file}: a run executes the code in {extension}", err=True)
    typer.echo(f"{file}: ok ({title})")
    return True


def _scenario(file: str) -> tuple[str, Iterable[str]]:
    """Title and extensions of a sound scenario."""
    from sim.scenario.file import load
    from sim.scenario.shipped import shipped

    scenario = load(file if file in shipped() else Path(file))
    if triggers := list(scenario.triggers()):
        from sim.measure.triggers import refuse_unknown

        refuse_unknown(triggers, scenario.added)
    return scenario.title, scenario.extensions


def _experiment(file: str) -> tuple[str, Iterable[str]]:
    """Title and extensions of a sound experiment."""
    from sim.experiment.file import load_experiment

    experiment = load_experiment(file)
    code = [path for base in experiment.bases.values() for path in base.scenario.extensions]
    return f"{experiment.title}: {experiment.runs:,} runs", dict.fromkeys(code)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)
