"""``servanda cost``: what packages of policies cost the public, and at which dose a budget pays."""

import json
import logging
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.asked import AllowCode, Debtors, Jobs, Json, asked
from sim.cli.effects_page import spread
from sim.cli.manners import heard
from sim.cli.progress import counter

if TYPE_CHECKING:
    from sim.analysis.cost import Cost
    from sim.analysis.pairs import Effect

log = logging.getLogger("servanda.cost")

PARTS = {"staff": "officers' pay", "custody": "custody"}


def cost(
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files, or names of shipped scenarios.")
    ],
    budget: Annotated[
        float | None,
        typer.Option(help="Yuan a year per 1,000 debtors: find the dose that costs so much."),
    ] = None,
    replicates: Annotated[
        int, typer.Option(min=1, help="Seeds, over which costs are a mean: 1, 2, and so on.")
    ] = 8,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(min=1, help="Months to measure.")] = None,
    jobs: Jobs = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Say what the policies of scenarios cost the public, yuan a year per 1,000 debtors."""
    with heard():
        setups = {n: asked(n, None, debtors=debtors, months=months) for n in scenarios}

        from sim.analysis.cost import costs, within
        from sim.machine.processors import bounded

        seeds, processes = range(1, replicates + 1), bounded(jobs, "--jobs")
        if budget is None:
            with counter("runs", len(setups) * replicates) as done:
                found = costs(setups, seeds, processes, done)
        else:
            with counter("packages", len(setups)) as done:
                found = within(setups, budget, seeds, processes, done)
    if as_json:
        told = {name: _plain(one, replicates) for name, one in found.items()}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    _show(found, replicates)
    if budget is not None:
        for name, one in found.items():
            if one.dose == 1.0:
                log.info("%s: costs no more than the budget at full strength", name)


def _plain(one: "Cost", seeds: int) -> dict[str, Any]:
    """A cost in plain values, for programs; an interval that is missing is null."""

    def sure(mean: "Effect") -> dict[str, float | None]:
        return {"mean": mean.mean, "half": mean.half if mean.known else None}

    sums = {part: sure(getattr(one, part)) for part in (*PARTS, "total", "transfers")}
    levers = {path: sure(yuan) for path, yuan in one.levers.items()}
    return {"dose": one.dose, "seeds": seeds, "levers": levers, **sums}


def _show(costs: "dict[str, Cost]", seeds: int) -> None:
    """A row a package; of a single one, a row a lever."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from sim.levers.catalogue import catalogue

    sure = f"Mean of {seeds} seeds, ± 95 %" if seeds > 1 else "One seed: chance and all"
    title = f"Public cost, yuan a year per 1,000 debtors\n{sure}"
    console = Console(markup=False, highlight=False)
    if len(costs) > 1:
        table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=0)
        table.add_column("package", no_wrap=True)
        for heading in ("dose", "levers", *PARTS.values(), "total", "transfers\nbeside"):
            table.add_column(heading, justify="right")
        for name, one in costs.items():
            parts = (one.priced, *(getattr(one, part) for part in PARTS), one.total, one.transfers)
            table.add_row(name, f"{one.dose:.3g}", *map(_sum, parts))
        console.print(table)
        return
    ((name, one),) = costs.items()
    prices = {entry.path: entry.lever for entry in catalogue()}
    table = Table(title=f"{name} at dose {one.dose:.3g}. {title}", title_justify="left")
    table.add_column("what", no_wrap=True)
    table.add_column("price")
    table.add_column("cost", justify="right")
    for path, yuan in sorted(one.levers.items(), key=lambda item: -item[1].mean):
        lever = prices.get(path)
        price = f"{lever.cost:g} per {lever.base}" if lever else "of an extension"
        table.add_row(path, price, _sum(yuan))
    for part, title in PARTS.items():
        table.add_row(title, "counted in the run", _sum(getattr(one, part)))
    table.add_section()
    table.add_row("total", "", _sum(one.total))
    table.add_row("transfers beside", "counted in the run", _sum(one.transfers))
    console.print(table)


def _sum(one: "Effect") -> str:
    """A mean with its interval; nothing at all is told as such."""
    return "0" if one.mean == one.half == 0.0 else spread(one)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(cost)
