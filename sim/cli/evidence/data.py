"""``servanda data``: the group of commands for a court's own figures."""

import typer

from sim.cli.evidence.catalogue import catalogue
from sim.cli.evidence.check import check
from sim.cli.evidence.convert import convert
from sim.cli.evidence.options import EvidenceFolder

__all__ = ["EvidenceFolder", "register"]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    data = typer.Typer()
    for command in (check, catalogue, convert):
        data.command()(command)
    app.add_typer(data, name="data", help="Check, list and convert a court's own figures.")
