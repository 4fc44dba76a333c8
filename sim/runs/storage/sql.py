"""Runs SQL queries on results; neither the query nor the results need be trusted.

In: a connection with views of the results, and a query. Out: a data frame.

A query is a single SELECT that can open no file and no network connection. Its time and memory are
limited. If the user allows everything, these rules do not apply.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pyarrow as pa

from sim.errors import ServandaError
from sim.machine.memory import memory_total
from sim.runs.run_tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

PATIENT = 3600.0
"""Default time limit of a query from Python, seconds."""
ROWS = 1 << 14
"""Number of rows fetched at a time."""


class Limits(NamedTuple):
    """Limits of a query.

    Args:
        seconds: Time that the query may take, seconds.
        work: Memory that DuckDB may use, bytes; 0 for half of this machine's memory.
        answer: Largest size of the result, bytes; 0 for half of this machine's memory.
    """

    seconds: float = PATIENT
    work: int = 0
    answer: int = 0


def half() -> int:
    """Half of the memory that this process can have, bytes; 2 GiB if unknown."""
    total = memory_total()
    return 2 << 30 if total is None else int(total) // 2


def connection() -> duckdb.DuckDBPyConnection:
    """A connection to a database in memory, without temporary files and automatic extensions."""
    return duckdb.connect(
        config={
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        }
    )


def lock(tables: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Limit the memory of a connection, and deny it access to anything but its views."""
    tables.execute(f"SET memory_limit = '{max((limits.work or half()) >> 20, 16)}MiB'")
    tables.execute("SET enable_external_access = false")
    tables.execute("SET lock_configuration = true")


def answer(
    tables: duckdb.DuckDBPyConnection, sql: str, limits: Limits, *, unsafe: bool = False
) -> "pd.DataFrame":
    """The result of a query.

    Args:
        tables: The connection; it is locked here unless everything is allowed.
        sql: The query.
        limits: Limits on time and memory.
        unsafe: Whether to allow everything: several statements, files, writing, any length of time.

    Raises:
        ServandaError: If the query is empty, invalid or not a single SELECT, or exceeds a limit.
    """
    if not all(letter.isprintable() or letter.isspace() for letter in sql):
        raise ServandaError("SQL", "contains characters that cannot be printed", "remove them")
    with _explained(sql, limits) as clock:
        found = tables.extract_statements(sql)
        # DuckDB accepts an empty query without an error, but then returns no result.
        if not found:
            raise ServandaError("SQL", "the query is empty", 'write "SELECT * FROM runs"')
        if unsafe:
            whole: pd.DataFrame = tables.execute(sql).df()
            return whole
        if len(found) > 1 or found[0].type != duckdb.StatementType.SELECT:
            hint = "`--unsafe`, in Python `unsafe=True`, allows all that DuckDB can do"
            raise ServandaError("SQL", "only a single SELECT is allowed", hint)
        lock(tables, limits)
        with clock.running(tables.interrupt):
            rows = _bounded(tables.sql(found[0]), limits.answer or half())
            framed: pd.DataFrame = tables.from_arrow(rows).df()
            return framed


def _bounded(asked: Any, most: int) -> pa.Table:
    """The rows of a result, refused if they need more than `most` bytes."""
    # Older versions of DuckDB have another name for this method.
    make = getattr(asked, "to_arrow_reader", None) or asked.fetch_arrow_reader
    reader = make(ROWS)
    held, size = [], 0
    for piece in reader:
        held.append(piece)
        size += piece.nbytes
        if size > most:
            what = f"the result is larger than {most >> 20:,} MB"
            raise ServandaError("SQL", what, "ask for fewer rows or columns")
    return pa.Table.from_batches(held, reader.schema)


class _Clock:
    """Interrupts a query that takes too long, again and again until it stops.

    Args:
        seconds: Time limit of the query.
    """

    def __init__(self, seconds: float) -> None:
        """Set the time limit; the clock does not run yet."""
        self.seconds, self.over = seconds, False

    @contextmanager
    def running(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Run the clock during the `with` block."""
        done = threading.Event()

        def watch() -> None:
            if not done.wait(self.seconds):
                self.over = True
            while not done.wait(0.1):
                interrupt()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


@contextmanager
def _explained(sql: str, limits: Limits) -> Iterator[_Clock]:
    """Turn errors of DuckDB in the `with` block into one-line errors.

    Raises:
        ServandaError: In place of any error of the query.
    """
    clock = _Clock(limits.seconds)
    try:
        yield clock
    except (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError):
        most = limits.work or half()
        what = f"the query needs more than {most >> 20:,} MB of memory"
        raise ServandaError("SQL", what, "ask for fewer rows or columns") from None
    except (duckdb.Error, pa.ArrowException, *_OTHERS) as error:
        if clock.over:
            hint = "ask for fewer rows, or allow more time: --seconds, in Python `seconds=`"
            what = f"the query took more than {limits.seconds:g} seconds"
            raise ServandaError("SQL", what, hint) from None
        raise ServandaError("SQL", _line(error), _hint(sql, str(error))) from None


def _line(error: Exception) -> str:
    """The message of an error in one line, without the excerpt of the query that DuckDB adds."""
    text = str(error).strip().partition("\n\nLINE ")[0]
    return " ".join(text.split())[:300] or type(error).__name__


_OTHERS = (OSError, ValueError, RuntimeError, RecursionError)
"""Further exceptions that reading files and making data frames can raise."""
_VIEWS = ("runs", "points", "plan", "kept", "main", *TABLES)
_DOTTED = re.compile(r'(?<!["\w.])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)')
_LOST = re.compile(r"referenced (?:table|column)|have a column named|catalog", re.IGNORECASE)


def _hint(sql: str, error: str) -> str:
    """A hint if DuckDB took a name with dots for a table and its column; else empty."""
    if not _LOST.search(error):
        return ""
    for found in _DOTTED.findall(sql):
        first, _, rest = found.partition(".")
        name = rest if first.casefold() in _VIEWS else found
        if "." in name and name.partition(".")[0] in error:
            return f'write names with dots in double quotes: "{name}"'
    return ""
