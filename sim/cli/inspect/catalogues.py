"""``servanda scenarios``, ``experiments`` and ``schema``: shipped files and their JSON Schema."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.experiment.experiment import Experiment
    from sim.scenario.scenario import Scenario

Text = Annotated[
    str | None,
    typer.Argument(
        metavar="[TEXT]", help="Filter by name or title; a single match is shown in full."
    ),
]


def scenarios(text: Text = None, as_json: Json = False) -> None:
    """List the scenarios shipped with Servanda, or describe one."""
    from sim.scenario.reading.file import load
    from sim.scenario.reading.shipped import shipped

    _list([_scenario(name, load(name)) for name in shipped()], text, as_json=as_json)


def experiments(text: Text = None, as_json: Json = False) -> None:
    """List the experiments shipped with Servanda, or describe one."""
    from sim.experiment.reading.file import load_experiment
    from sim.experiment.reading.shipped import shipped

    _list([_experiment(name, load_experiment(name)) for name in shipped()], text, as_json=as_json)


def _scenario(name: str, it: "Scenario") -> dict[str, Any]:
    """A scenario in plain values."""
    return {
        "name": name,
        "title": it.title,
        "about": it.description,
        "debtors": it.population.size,
        "districts": it.population.districts,
        "months": it.run.months,
        "burn_in": it.run.burn_in,
        "policies": [policy.name for policy in it.policies],
        "reference": it.reference,
    }


def _experiment(name: str, it: "Experiment") -> dict[str, Any]:
    """An experiment in plain values."""
    return {
        "name": name,
        "title": it.spec.title,
        "about": it.spec.question,
        "design": it.spec.design.kind,
        "bases": list(it.bases),
        "factors": list(it.design_points.names),
        "runs": it.runs,
    }


def _list(rows: list[dict[str, Any]], text: str | None, *, as_json: bool) -> None:
    """Print the rows that match a text, one line each; a single match in full."""
    from sim.cli.console.selection import matching
    from sim.cli.console.writing import Column, about, print_json, table

    exact = [row for row in rows if row["name"] == text]
    found = exact or matching(rows, text, lambda row: (row["name"], row["title"]))
    if as_json:
        print_json(found)
        return
    if text and len(found) == 1:
        (row,) = found
        facts = [(key, _words(value)) for key, value in row.items() if key not in {"name", "title"}]
        about(facts, title=f"{row['name']}: {row['title']}")
        return
    size = "runs" if "runs" in rows[0] else "debtors"
    table(
        (Column("name", whole=True), "title", Column(size, right=True)),
        [(row["name"], row["title"], f"{row[size]:,}") for row in found],
        notes=["", "Add a NAME to see one of them in full."],
    )


def _words(value: object) -> str:
    """A value for people."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def schema(
    experiment: Annotated[
        bool, typer.Option("--experiment", help="Print the schema of experiment files instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of scenario or experiment files, for editors."""
    from sim.cli.console.writing import print_json

    if experiment:
        from sim.experiment.reading.schema import schema as build
    else:
        from sim.scenario.checking.schema import schema as build

    print_json(build())


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (scenarios, experiments, schema):
        app.command()(command)
