"""``servanda indicators``: everything that is measured."""

import json
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.asked import Json

if TYPE_CHECKING:
    from sim.measure.indicator import Indicator


def indicators(as_json: Json = False) -> None:
    """List every indicator with its unit, and what is divided by what."""
    from sim.measure.indicators import INDICATORS

    rows = [about(one) for one in INDICATORS]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return

    from rich.console import Console
    from rich.table import Table

    table = Table(show_lines=True)
    # A name is there to be copied, so it is never cut.
    table.add_column("indicator", no_wrap=True)
    table.add_column("title and unit")
    table.add_column("numerator over denominator")
    for row in rows:
        months = f", over {row['window']} months" if row["window"] > 1 else ""
        title = f"{row['title']}\n{row['zh']}\n{row['unit']}{months}"
        table.add_row(row["name"], title, f"{row['numerator']}\n/ {row['denominator']}")
    Console(markup=False, highlight=False).print(table)


def about(one: "Indicator") -> dict[str, Any]:
    """An indicator in plain values; counts by the names of their columns."""
    above, below = one.formula()
    return {
        "name": one.name,
        "title": one.title,
        "zh": one.zh,
        "unit": one.unit,
        "form": type(one).__name__.lower(),
        "numerator": above,
        "denominator": below,
        "window": getattr(one, "window", 1),
        "headline": one.headline,
    }


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(indicators)
