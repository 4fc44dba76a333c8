"""``servanda report``: the results of a run or a sweep as a page with figures."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console.options import Json


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run or a sweep.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; by default DIR/report.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language: en for English, zh for Chinese.")] = "en",
    as_json: Json = False,
) -> None:
    """Write a report as a page that works offline, with figures in SVG and PNG."""
    from sim.cli.console.writing import print_data, print_json
    from sim.report.page import publish

    page = publish(folder, out=out, language=lang)
    if as_json:
        figures = [str(file) for file in sorted((page.parent / "figures").iterdir())]
        print_json({"page": str(page), "language": lang, "figures": figures})
    else:
        print_data(f"{page}\n")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)
