"""Options that commands for a court's own figures share."""

from typing import Annotated

import typer

EvidenceFolder = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help="A folder with data.csv, court.toml and fit.toml, or the name of a shipped example.",
    ),
]
