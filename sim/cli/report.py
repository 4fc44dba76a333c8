"""``servanda report``: what came out of a run or a sweep, as a page and its figures."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run or a sweep.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; DIR/report unless given.")
    ] = None,
    lang: Annotated[str, typer.Option(help="en, or zh for Chinese.")] = "en",
) -> None:
    """Write a page that works offline, and its figures as SVG and PNG."""
    from sim.report.page import publish

    typer.echo(publish(folder, out=out, language=lang))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)
