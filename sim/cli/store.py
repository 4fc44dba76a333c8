"""``servanda status``, ``query`` and ``compact``: what a sweep has left in its folder."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.asked import Json

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]
LISTED = "runs, points, series, survival, ledgers, panel"
SHOWN = 5
"""Different errors that are shown."""


def status(folder: Folder, as_json: Json = False) -> None:
    """Say how far a sweep is, and what failed in it."""
    told = _status(folder)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    at_work = ", a sweep is at work" if told["at_work"] else ""
    typer.echo(f"{told['title']}: {told['done']} of {told['runs']} runs done{at_work}")
    typer.echo(f"failed   {told['failed']}")
    typer.echo(f"missing  {told['missing']}")
    typer.echo(f"seconds a run, mean  {told['seconds']:.3f}")
    if told["others"]:
        typer.echo(f"runs of other designs or versions, kept beside: {told['others']}")
    for one in told["errors"]:
        where = f"month {one['month']}, phase {one['phase']}, seed {one['seed']}"
        typer.echo(f"{one['runs']} x {one['error']} (first: {where})")


def _status(folder: Path) -> dict[str, Any]:
    from sim.experiment.lock import held
    from sim.experiment.store import Store

    store = Store(folder)
    manifest = store.manifest()
    with store.connect() as tables:
        counts = tables.execute(
            """SELECT count(*), count(*) FILTER (status = 'ok'),
            count(*) FILTER (status = 'failed'), avg(seconds)
            FROM plan LEFT JOIN kept USING (identity)"""
        ).fetchone()
        others = tables.execute(
            "SELECT count(*) FROM kept WHERE identity NOT IN (SELECT identity FROM plan)"
        ).fetchone()
        errors = tables.execute(
            f"""SELECT count(*), error, arg_min(error_month, seed), arg_min(error_phase, seed),
            min(seed) FROM runs WHERE status = 'failed'
            GROUP BY error ORDER BY count(*) DESC, error LIMIT {SHOWN}"""
        ).fetchall()
    planned, done, failed, seconds = counts or (0, 0, 0, None)
    names = ("runs", "error", "month", "phase", "seed")
    return {
        "title": manifest["title"],
        "runs": planned,
        "done": done,
        "failed": failed,
        "missing": planned - done - failed,
        "others": others[0] if others else 0,
        "seconds": seconds or 0.0,
        "at_work": held(folder),
        "errors": [dict(zip(names, one, strict=True)) for one in errors],
    }


def query(
    folder: Folder,
    sql: Annotated[str, typer.Argument(metavar="SQL", help=f"Tables: {LISTED}.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, for other programs.")] = False,
) -> None:
    """Ask the tables of a sweep in SQL."""
    import duckdb

    from sim.errors import ServandaError
    from sim.experiment.results import results

    try:
        found = results(folder).query(sql)
    except duckdb.Error as error:
        raise ServandaError("SQL", str(error).strip()) from None
    if as_csv:
        found.to_csv(sys.stdout, index=False)
    else:
        typer.echo(found.to_string(index=False))


def compact(folder: Folder) -> None:
    """Write the many files of a sweep into one a table.

    The tables are runs, series, survival, ledgers and panel. Nothing is lost, and it reads faster.
    """
    from sim.experiment.lock import Lock
    from sim.experiment.store import Store

    store = Store(folder)
    store.manifest()
    with Lock(folder, command="compact"):
        count = store.compact()
    typer.echo(f"{folder}: {count} chunks are one now" if count > 1 else f"{folder}: is compact")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(status)
    app.command()(query)
    app.command()(compact)
