"""``servanda cost``: what packages of policies cost the public, and at which dose a budget pays."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.asked import Debtors, Json, asked
from sim.cli.manners import heard

if TYPE_CHECKING:
    from sim.analysis.cost import Cost

PARTS = {"staff": "officers' pay", "custody": "custody"}


def cost(
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files, or names of shipped scenarios.")
    ],
    budget: Annotated[
        float | None,
        typer.Option(help="Yuan a year per 1,000 debtors: find the dose that it pays for."),
    ] = None,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(help="Months to measure.")] = None,
    as_json: Json = False,
) -> None:
    """Say what the policies of scenarios cost the public, yuan a year per 1,000 debtors."""
    with heard():
        setups = {n: asked(n, None, debtors=debtors, months=months) for n in scenarios}

        from sim.analysis.cost import Package

        packages = {name: Package(setup) for name, setup in setups.items()}
        costs = {
            name: package.cost() if budget is None else package.within(budget)
            for name, package in packages.items()
        }
    if as_json:
        told = {name: asdict(one) | {"total": one.total} for name, one in costs.items()}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    _show(costs)


def _show(costs: "dict[str, Cost]") -> None:
    """A row a package; of a single one, a row a lever."""
    from rich.console import Console
    from rich.table import Table

    from sim.levers.catalogue import catalogue

    title = "Public cost, yuan a year per 1,000 debtors"
    console = Console(markup=False, highlight=False)
    if len(costs) > 1:
        table = Table(title=title, title_justify="left")
        table.add_column("package", no_wrap=True)
        for heading in ("dose", "levers", *PARTS.values(), "total", "transfers\nbeside"):
            table.add_column(heading, justify="right")
        for name, one in costs.items():
            parts = [sum(one.levers.values()), *(getattr(one, part) for part in PARTS)]
            parts += [one.total, one.transfers]
            table.add_row(name, f"{one.dose:.3f}", *map(_yuan, parts))
        console.print(table)
        return
    ((name, one),) = costs.items()
    prices = {entry.path: entry.lever for entry in catalogue()}
    table = Table(title=f"{name} at dose {one.dose:.3f}. {title}", title_justify="left")
    table.add_column("what", no_wrap=True)
    table.add_column("price")
    table.add_column("cost", justify="right")
    for path, yuan in sorted(one.levers.items(), key=lambda item: -item[1]):
        lever = prices.get(path)
        price = f"{lever.cost:g} per {lever.base}" if lever else "of an extension"
        table.add_row(path, price, _yuan(yuan))
    for part, title in PARTS.items():
        table.add_row(title, "counted in the run", _yuan(getattr(one, part)))
    table.add_section()
    table.add_row("total", "", _yuan(one.total))
    table.add_row("transfers beside", "counted in the run", _yuan(one.transfers))
    console.print(table)


def _yuan(value: float) -> str:
    """Yuan with thousands apart; cents where it is little."""
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:,.2f}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(cost)
