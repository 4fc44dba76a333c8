"""``servanda status``, ``query`` and ``compact``: what a sweep has left in its folder."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Json
from sim.cli.console.streams import legible
from sim.cli.console.writing import about, plain_value, print_data, print_json, say

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.storage.chunks import Fault
    from sim.runs.storage.store import Store

log = logging.getLogger("servanda.query")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]
Results = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep or of a run.")]
LISTED = "runs, points, series, survival, ledgers, accounts, panel"
SHOWN = 5
"""Different errors, and chunks with faults, that are shown."""
SPEAKS = "=+-@\t\r"
"""A cell of text that begins with one of these is a formula to a spreadsheet."""


def status(
    folder: Folder,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check every byte, not only sizes and rows.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say how far a sweep is, what failed in it, and what of it is lost or altered."""
    told = _status(folder, verify=verify)
    if as_json:
        print_json(told)
        return
    at_work = ", a sweep is at work" if told["at_work"] else ""
    say(f"{told['title']}: {told['done']} of {told['runs']} runs done{at_work}")
    about(
        [
            ("failed", str(told["failed"])),
            ("missing", str(told["missing"])),
            ("seconds a run, mean", f"{told['seconds']:.3f}"),
            ("the same run as another", f"{told['shared'] or ''}"),
            ("of other designs or versions, kept beside", f"{told['others'] or ''}"),
        ]
    )
    for one in told["errors"]:
        where = f"month {one['month']}, phase {one['phase']}, seed {one['seed']}"
        say(f"{one['runs']} x {one['error']} (first: {where})")
    for one in told["faults"][:SHOWN]:
        say(f"{one['file']}: {one['what']}; {one['cost']}, and `servanda sweep` does them again")
    if len(told["faults"]) > SHOWN:
        say(f"and {len(told['faults']) - SHOWN} more chunks with faults")
    if told["without_runs"]:
        say(f"tables that have lost their file of runs: {', '.join(told['without_runs'][:SHOWN])}")
    if told["unrecorded"]:
        what = f"{told['unrecorded']} chunks are of an earlier version, without a record"
        say(f"{what}: what is lost in them cannot be noticed; `servanda compact` writes one")
    if verify and not told["faults"]:
        say("every byte was checked; nothing is lost or altered")


def _status(folder: Path, *, verify: bool) -> dict[str, Any]:
    from sim.runs.storage.store import Store
    from sim.runs.sweep_lock import held

    store = Store(folder)
    manifest = store.manifest()
    at_work = held(folder)
    found = store.inventory(full=verify)
    with store.connect("runs", partial=True) as tables:
        counts = tables.execute(
            """SELECT count(*), count(*) FILTER (status = 'ok'),
            count(*) FILTER (status = 'failed'), avg(seconds),
            count(*) - count(DISTINCT identity)
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
    planned, done, failed, seconds, shared = counts or (0, 0, 0, None, 0)
    names = ("runs", "error", "month", "phase", "seed")
    return {
        "title": manifest["title"],
        "runs": planned,
        "done": done,
        "failed": failed,
        "missing": planned - done - failed,
        "shared": shared,
        "others": others[0] if others else 0,
        "seconds": seconds or 0.0,
        "at_work": at_work,
        "errors": [dict(zip(names, one, strict=True)) for one in errors],
        "faults": _faults(store, found.faults),
        # While a sweep is at work a table is there before its runs are.
        "without_runs": [] if at_work else [file.name for file in found.lone],
        "unrecorded": sum(one.record is None for one in found.sound),
        "verified": verify,
    }


def _faults(store: "Store", found: "list[Fault]") -> list[dict[str, Any]]:
    """What is wrong with chunks, in plain values."""
    return [
        {
            "file": str(one.file.relative_to(store.path)),
            "what": one.what,
            "runs": len(one.runs),
            "cost": one.cost,
        }
        for one in found
    ]


def query(
    folder: Results,
    sql: Annotated[str, typer.Argument(metavar="SQL", help=f"A single SELECT. Tables: {LISTED}.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, for other programs.")] = False,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV that Excel opens as it is: UTF-8 with a mark.")
    ] = False,
    as_json: Json = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time that it may take.")] = 60.0,
    memory: Annotated[int, typer.Option(min=64, help="Megabytes that it may take.")] = 1024,
    unsafe: Annotated[
        bool,
        typer.Option("--unsafe", help="Any statement: it may read and write other files."),
    ] = False,
) -> None:
    """Ask the tables of a sweep or of a run in SQL.

    Names with dots stand in double quotes: SELECT "comprehensive.officers" FROM runs.
    """
    from sim.runs.results import results
    from sim.runs.storage.sql import Limits

    limits = Limits(seconds, memory << 20, memory << 17)
    asked = results(folder)
    found = asked.asked(sql, limits, unsafe=unsafe)
    if missing := asked.missing():
        log.warning("warning: %d runs are not done, and not in the answer", missing)
    if as_json:
        print_json([dict(zip(found, row, strict=True)) for row in _rows(found)])
    elif excel:
        _print_excel(found)
    elif as_csv:
        print_data(found.to_csv(index=False))
    else:
        legibly = found.map(lambda one: legible(one) if isinstance(one, str) else one)
        print_data(f"{legibly.rename(columns=legible).to_string(index=False)}\n")


def _rows(found: "pd.DataFrame") -> Iterator[list[Any]]:
    """The rows of a frame in plain values; what is missing is None."""
    import pandas as pd

    for row in found.itertuples(index=False, name=None):
        yield [None if pd.api.types.is_scalar(one) and pd.isna(one) else _told(one) for one in row]


def _told(value: Any) -> Any:
    """A value that JSON knows."""
    import numpy as np
    import pandas as pd

    if isinstance(value, np.ndarray):
        return [_told(one) for one in value.tolist()]
    if isinstance(value, pd.Timestamp | pd.Timedelta):
        return str(value)
    return plain_value(value)


def _print_excel(found: "pd.DataFrame") -> None:
    """Write CSV that Excel takes for UTF-8, without a cell that it would take for a formula."""

    def quiet(cell: Any) -> Any:
        return f"'{cell}" if isinstance(cell, str) and cell[:1] in SPEAKS and cell else cell

    text = found.map(quiet).rename(columns=quiet).to_csv(index=False, lineterminator="\r\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8-sig", errors="replace"))
    sys.stdout.buffer.flush()


def compact(folder: Folder, as_json: Json = False) -> None:
    """Write the many files of a sweep into one a table.

    The tables are runs, series, survival, ledgers, accounts and panel. Nothing is lost, and it
    reads faster.
    """
    from sim.runs.storage.store import Store
    from sim.runs.sweep_lock import Lock

    store = Store(folder)
    store.manifest()
    with Lock(folder, command="compact"):
        count = store.compact()
    if as_json:
        print_json({"folder": str(folder), "chunks": count})
    else:
        made = f"{folder}: {count} chunks are one now"
        print_data(f"{legible(made if count > 1 else f'{folder}: is compact')}\n")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(status)
    app.command()(query)
    app.command()(compact)
