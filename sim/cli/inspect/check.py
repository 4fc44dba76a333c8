"""``servanda check``: read and check files of scenarios and experiments without running them."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.console.options import AllowCode, Json


def check(
    files: Annotated[
        list[str],
        typer.Argument(help="Scenario or experiment files, or names of shipped ones."),
    ],
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Check files and report every error in them."""
    from sim.cli.console.streams import escaped, legible
    from sim.cli.console.writing import print_data, print_json

    reports = []
    for file in files:
        found = checked(file)
        reports.append(found)
        for line in _wrong(found):
            typer.echo(escaped(line), err=True)
        if found["ok"] and not as_json:
            print_data(legible(_sound(found)) + "\n")
    if as_json:
        print_json(reports)
    if not all(found["ok"] for found in reports):
        raise typer.Exit(2)


def checked(file: str) -> dict[str, Any]:
    """Check a file; return all errors and warnings in plain values."""
    from sim.analysis.field.reading import is_field
    from sim.errors import ServandaError, ServandaWarning
    from sim.experiment.reading.file import is_experiment
    from sim.scenario.checking.check import ScenarioErrors

    report: dict[str, Any] = {"file": file, "ok": True, "whole": True, "title": None}
    errors: Sequence[ServandaError] = ()
    code: Iterable[str] = ()
    with warnings.catch_warnings(record=True) as issued:
        warnings.simplefilter("always", ServandaWarning)
        try:
            reader = _field if is_field(file) else _scenario
            report["title"], code = (_experiment if is_experiment(file) else reader)(file)
        except ScenarioErrors as error:
            errors = error.errors
            # Extensions that were not run are no mistake in the file.
            report["ok"], report["whole"] = len(error.refused) == len(errors), False
        except ServandaError as error:
            errors = (error,)
            report["ok"] = report["whole"] = False
    return report | {
        "errors": [{"where": e.where, "what": e.what, "hint": e.hint} for e in errors],
        "warnings": [str(warning.message) for warning in issued],
        "code": list(code),
    }


def _wrong(found: dict[str, Any]) -> Iterator[str]:
    """A line per error of a file; if it has none, a line per warning and per extension."""
    from sim.errors import ServandaError
    from sim.scenario.checking.check import ScenarioErrors

    if found["errors"]:
        yield from str(ScenarioErrors([ServandaError(**e) for e in found["errors"]])).splitlines()
    if not found["errors"]:
        yield from (f"{found['file']}: warning: {warning}" for warning in found["warnings"])
        yield from (f"{found['file']}: a run executes the code in {one}" for one in found["code"])


def _sound(found: dict[str, Any]) -> str:
    """The line for a file in which no error was found."""
    if found["whole"]:
        return f"{found['file']}: ok ({found['title']})"
    return f"{found['file']}: no other errors; the rest cannot be checked without that code"


def _scenario(file: str) -> tuple[str, Iterable[str]]:
    """Title and extensions of a valid scenario."""
    from sim.scenario.reading.file import load
    from sim.scenario.reading.shipped import shipped

    scenario = load(file if file in shipped() else Path(file))
    if triggers := list(scenario.triggers()):
        from sim.measure.triggers import refuse_unknown

        refuse_unknown(triggers, scenario.added)
    return scenario.title, scenario.extensions


def _experiment(file: str) -> tuple[str, Iterable[str]]:
    """Title and extensions of a valid experiment."""
    from sim.experiment.reading.file import load_experiment

    experiment = load_experiment(file)
    code = [path for base in experiment.bases.values() for path in base.scenario.extensions]
    return f"{experiment.title}: {experiment.runs:,} runs", dict.fromkeys(code)


def _field(file: str) -> tuple[str, Iterable[str]]:
    """Title and extensions of a valid field experiment."""
    from sim.analysis.field.reading import load_field
    from sim.analysis.field.trial import trial

    read = load_field(file)
    worlds = trial(read).worlds
    code = [path for world in worlds.values() for path in world.extensions]
    title = f"{read.experiment.title}: {len(worlds)} worlds, {len(read.experiment.targets)} targets"
    return title, dict.fromkeys(code)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)
