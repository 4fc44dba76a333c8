"""``servanda data convert``: make data.csv from a wide sheet."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console.options import Json


def convert(
    file: Annotated[Path, typer.Argument(help="A wide sheet: CSV, or Excel (.xlsx).")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder for data.csv.")],
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="COLUMN=MEASURE",
            help="What a column is, as COLUMN=measure:unit:definition; may be repeated.",
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A TOML file that says what the columns are."),
    ] = None,
    sheet: Annotated[str, typer.Option(help="Name of the sheet of a workbook.")] = "",
    cumulative: Annotated[
        bool,
        typer.Option("--cumulative", help="Counts are totals since the beginning of the year."),
    ] = False,
    year_begins: Annotated[
        int, typer.Option(min=1, max=12, help="First month of the statistical year.")
    ] = 1,
    currency: Annotated[str, typer.Option(help="Name of the currency in units.")] = "CNY",
    source: Annotated[str, typer.Option(help="Source of the figures.")] = "",
    use: Annotated[str, typer.Option(help="Use of the rows: fit, check, hold or input.")] = "fit",
    skip: Annotated[
        list[str] | None,
        typer.Option(metavar="LABEL", help="Leave out a row or column; may be repeated."),
    ] = None,
    encoding: Annotated[
        str, typer.Option(help="Encoding of a CSV file, such as gb18030, if not recognised.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Replace a data.csv that is there already.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make data.csv from a wide sheet with months or years in rows or columns."""
    from sim.cli.console.writing import print_json, say
    from sim.errors import ServandaError
    from sim.evidence.converting.convert import Wish, write
    from sim.evidence.converting.convert import convert as converted
    from sim.evidence.converting.mapping import from_file, from_options
    from sim.evidence.converting.sheet import read_sheet
    from sim.evidence.row import USES

    if use not in USES:
        raise ServandaError("--use", f"unknown word '{use}'", f"choose from {', '.join(USES)}")
    columns = from_file(mapping) if mapping else {}
    wish = Wish(
        columns=columns | from_options(measures or ()),
        cumulative=cumulative,
        year_begins=year_begins,
        currency=currency,
        use=use,
        source=source,
        skip=tuple(skip or ()),
    )
    made = converted(read_sheet(file, sheet, encoding), wish)
    path = write(made, to, force=force)
    if as_json:
        report = {"file": str(path), "rows": len(made.rows), "missing": made.missing}
        print_json(report | {"used": made.used, "unused": made.unused})
        return
    say(f"{path}: {len(made.rows):,} rows, {made.missing:,} of them NA.")
    say(f"Used: {', '.join(f'{head} = {name}' for head, name in made.used.items())}.")
    if made.unused:
        say(f"Not used: {', '.join(made.unused)}.")
    say(f"Next: write {to}/court.toml, then `servanda data check {to}`.")
