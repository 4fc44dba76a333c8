"""``servanda status``, ``query`` and ``compact``: the folder of a sweep."""

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
LISTED = "runs, points, series, survival, ledgers, accounts, panel, reach, warming"
SHOWN = 5
"""Maximum number of different errors, and of chunks (files of runs) with faults, that are shown."""
FORMULA_STARTS = "=+-@\t\r"
"""If a text begins with one of these characters, a spreadsheet takes it for a formula."""


def status(
    folder: Folder,
    verify: Annotated[
        bool, typer.Option("--verify", help="Verify checksums, not only sizes and seals.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the progress of a sweep, its failed runs, and any lost or altered results."""
    summary = _status(folder, verify=verify)
    if as_json:
        print_json(summary)
        return
    at_work = ", a sweep is running" if summary["at_work"] else ""
    say(f"{summary['title']}: {summary['done']} of {summary['runs']} runs done{at_work}")
    about(
        [
            ("failed", str(summary["failed"])),
            ("missing", str(summary["missing"])),
            ("mean seconds per run", f"{summary['seconds']:.3f}"),
            ("identical to another run", f"{summary['shared'] or ''}"),
            ("from other designs or versions", f"{summary['others'] or ''}"),
        ]
    )
    for one in summary["errors"]:
        where = f"month {one['month']}, phase {one['phase']}, seed {one['seed']}"
        say(f"{one['runs']} x {one['error']} (first: {where})")
    for one in summary["faults"][:SHOWN]:
        say(f"{one['file']}: {one['what']}; {one['cost']}, and `servanda sweep` repeats them")
    if len(summary["faults"]) > SHOWN:
        say(f"and {len(summary['faults']) - SHOWN} more chunks with faults")
    if summary["without_runs"]:
        tables = ", ".join(summary["without_runs"][:SHOWN])
        say(f"tables whose file of runs is missing: {tables}")
    if summary["unrecorded"]:
        what = f"{summary['unrecorded']} chunks of an earlier version have no checksums"
        say(f"{what}: losses in them cannot be detected; `servanda compact` adds checksums")
    if verify and not summary["faults"]:
        say("all checksums match; nothing is lost or altered")


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
        # While a sweep is running, a table exists before its file of runs.
        "without_runs": [] if at_work else [file.name for file in found.lone],
        "unrecorded": sum(one.record is None for one in found.sound),
        "verified": verify,
    }


def _faults(store: "Store", found: "list[Fault]") -> list[dict[str, Any]]:
    """Faults of chunks in plain values."""
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
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
    excel: Annotated[
        bool,
        typer.Option("--excel", help="Write CSV for Excel: UTF-8 with a byte-order mark."),
    ] = False,
    as_json: Json = False,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit in seconds.")] = 60.0,
    memory: Annotated[int, typer.Option(min=64, help="Memory limit in megabytes.")] = 1024,
    unsafe: Annotated[
        bool,
        typer.Option("--unsafe", help="Allow any statement, which may read and write other files."),
    ] = False,
) -> None:
    """Query the tables of a sweep or of a run in SQL.

    Put names with dots in double quotes: SELECT "comprehensive.officers" FROM runs.
    """
    from sim.runs.results import results
    from sim.runs.storage.sql import Limits

    limits = Limits(seconds, memory << 20, memory << 17)
    stored = results(folder)
    found = stored.asked(sql, limits, unsafe=unsafe)
    if missing := stored.missing():
        log.warning("warning: %d runs are not done, so the result lacks them", missing)
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
    """The rows of a frame in plain values; None for missing values."""
    import pandas as pd

    for row in found.itertuples(index=False, name=None):
        yield [
            None if pd.api.types.is_scalar(one) and pd.isna(one) else _plain_cell(one)
            for one in row
        ]


def _plain_cell(value: Any) -> Any:
    """A value that JSON can represent."""
    import numpy as np
    import pandas as pd

    if isinstance(value, np.ndarray):
        return [_plain_cell(one) for one in value.tolist()]
    if isinstance(value, pd.Timestamp | pd.Timedelta):
        return str(value)
    return plain_value(value)


def _print_excel(found: "pd.DataFrame") -> None:
    """Write CSV that Excel reads as UTF-8; an apostrophe precedes texts that look like formulas."""

    def quoted(cell: Any) -> Any:
        return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS and cell else cell

    text = found.map(quoted).rename(columns=quoted).to_csv(index=False, lineterminator="\r\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8-sig", errors="replace"))
    sys.stdout.buffer.flush()


def compact(folder: Folder, as_json: Json = False) -> None:
    """Merge the many files of a sweep into one per table.

    The tables are runs, series, survival, ledgers, warming, panel, accounts and reach. Nothing is
    lost, and reading is faster.
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
        merged = f"{folder}: merged {count} chunks into one"
        print_data(f"{legible(merged if count > 1 else f'{folder}: already compact')}\n")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(status)
    app.command()(query)
    app.command()(compact)
