"""``servanda levers``, ``scenarios`` and ``schema``: what there is to choose from."""

import json
from dataclasses import asdict
from itertools import groupby
from typing import Annotated

import typer

MODES = {
    "rule_of_law": ("Law-based governance", "依法治理"),
    "comprehensive": ("Comprehensive governance", "综合治理"),
    "systemic": ("Systemic governance", "系统治理"),
    "at_source": ("Governance at the source", "源头治理"),
    "collaborative": ("Collaborative governance", "协同治理"),
    "special": ("Special campaigns", "专项治理"),
    "sanctions": ("Sanctions", "制裁"),
}
"""The modes of governance, in English and Chinese."""

HEADINGS = ("unit", "default,\nrange, off", "read for,\nexpected,\npassage", "public cost")
LEGEND = (
    "Expected signs: C compliance, R recovery, B backlog, H harm; ± where it depends.",
    "Public cost: yuan a year, for each unit above off and one of its base; and what runs count.",
)


def levers(
    as_json: Annotated[bool, typer.Option("--json", help="A JSON list, for programs.")] = False,
) -> None:
    """List every lever that a policy can move, by mode of governance."""
    from sim.levers.catalogue import Entry, catalogue

    if as_json:
        rows = [
            {"path": e.path, "mode": e.mode, "default": e.default} | asdict(e.lever)
            for e in catalogue()
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return

    from rich.console import Console
    from rich.table import Table

    def cells(entry: Entry) -> list[str]:
        lever = entry.lever
        numbers = f"{entry.default:g}\n{lever.low:g} to {lever.high:g}\noff {lever.off:g}"
        names = f"[bold]{entry.path}[/bold]\n{lever.title}\n{lever.zh}"
        told = f"{lever.cost:g} per {lever.base}" if lever.base else ""
        price = "\n".join(filter(None, (told, lever.paid_in_run)))
        passage = f"section {lever.passage}" if lever.passage else ""
        about = "\n".join(filter(None, (lever.reads, lever.expected, passage)))
        return [names, lever.unit, numbers, about, price]

    console = Console()
    widest = max(len(entry.path) for entry in catalogue())
    for mode, group in groupby(catalogue(), key=lambda entry: entry.mode):
        table = Table(title=" ".join(MODES[mode]), title_justify="left", show_lines=True)
        # A path is there to be copied, so it is never broken.
        table.add_column("lever", width=widest)
        for heading in HEADINGS:
            table.add_column(heading)
        for entry in group:
            table.add_row(*cells(entry))
        console.print(table)
    for line in LEGEND:
        console.print(line, highlight=False)


def scenarios() -> None:
    """List the scenarios that come with Servanda."""
    from rich.console import Console
    from rich.table import Table

    from sim.scenario.file import load
    from sim.scenario.shipped import shipped

    table = Table("name", "title", "what it is")
    for name in shipped():
        scenario = load(name)
        table.add_row(name, scenario.title, scenario.description)
    Console().print(table)


def schema(
    experiment: Annotated[
        bool, typer.Option("--experiment", help="That of experiment files instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of scenario files, for editors; or that of experiment files."""
    if experiment:
        from sim.experiment.schema import schema as made
    else:
        from sim.scenario.schema import schema as made

    typer.echo(json.dumps(made(), ensure_ascii=False, indent=2))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (levers, scenarios, schema):
        app.command()(command)
