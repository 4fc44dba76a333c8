"""The headline of a run: a table for people, JSON for programs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sim.output.manifest import Manifest

ABOUT = ("identity", "title", "seed", "months", "debtors", "headline", "warnings")
"""What a program is told of a run; the manifest holds the rest."""


def show(manifest: "Manifest", *, as_json: bool, folder: Path | None, again: bool) -> None:
    """Put the headline on stdout.

    Args:
        manifest: What is known of the run.
        as_json: Whether a program reads it.
        folder: Where the run is kept, if it is.
        again: Whether it was there already.
    """
    if as_json:
        said = {name: manifest[name] for name in ABOUT}
        said |= {"folder": str(folder) if folder else None, "reused": again}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return

    from rich.console import Console
    from rich.table import Table

    from sim.measure.indicators import INDICATORS

    months, debtors, seed = (manifest[name] for name in ("months", "debtors", "seed"))
    about = f"{manifest['title']}: {months} months, {debtors:,} debtors, seed {seed}"
    table = Table(title=about, title_justify="left")
    table.add_column("indicator")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("unit")
    for one in INDICATORS:
        if one.headline:
            value = manifest["headline"].get(one.name)
            table.add_row(f"{one.title} {one.zh}", shown(value), one.unit)
    # Titles are text, not rich's markup.
    console = Console(markup=False, highlight=False)
    console.print(table)
    for warning in manifest["warnings"]:
        console.print(f"warning: {warning}")


def shown(value: float | None) -> str:
    """A number in as many digits as are read; a dash where it is missing."""
    if value is None:
        return "–"
    size = abs(value)
    return f"{value:,.0f}" if size >= 1000 else f"{value:.1f}" if size >= 10 else f"{value:.3f}"
