"""SQL on results that may come from anywhere, asked by whoever: it can read them and nothing else.

In: a connection in which the views are made, and a question. Out: a data frame. Unless everything
is allowed, a question is a single SELECT, the connection opens no file and no network, and time and
memory are bounded.
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
"""Seconds that a question of a program may take."""
ROWS = 1 << 14
"""Rows of an answer that are taken at a time."""


class Limits(NamedTuple):
    """What a question may take.

    Args:
        seconds: Time.
        work: Bytes for the work; half of this machine's memory if 0.
        answer: Bytes for the answer; the same if 0.
    """

    seconds: float = PATIENT
    work: int = 0
    answer: int = 0


def half() -> int:
    """Half of the memory that this process could have, in bytes; 2 GB where that is not known."""
    total = memory_total()
    return 2 << 30 if total is None else int(total) // 2


def connection() -> duckdb.DuckDBPyConnection:
    """A connection that writes only to its memory and loads no extensions."""
    return duckdb.connect(
        config={
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        }
    )


def lock(tables: duckdb.DuckDBPyConnection, limits: Limits) -> None:
    """Close every way from a connection to anything but its views."""
    tables.execute(f"SET memory_limit = '{max((limits.work or half()) >> 20, 16)}MiB'")
    tables.execute("SET enable_external_access = false")
    tables.execute("SET lock_configuration = true")


def answer(
    tables: duckdb.DuckDBPyConnection, sql: str, limits: Limits, *, unsafe: bool = False
) -> "pd.DataFrame":
    """The answer to a query.

    Args:
        tables: Where it is asked; locked here unless everything is allowed.
        sql: The question.
        limits: What it may take.
        unsafe: Whether everything is allowed: several statements, files, writing, any time.

    Raises:
        ServandaError: If nothing is asked, it is no question or none that can be answered, or it
            takes too much.
    """
    if not all(letter.isprintable() or letter.isspace() for letter in sql):
        raise ServandaError("SQL", "holds characters that cannot be printed", "write it again")
    with _explained(sql, limits) as clock:
        found = tables.extract_statements(sql)
        # DuckDB runs nothing without a word, and has then nothing to make a frame of.
        if not found:
            raise ServandaError("SQL", "nothing is asked", 'write "SELECT * FROM runs", say')
        if unsafe:
            whole: pd.DataFrame = tables.execute(sql).df()
            return whole
        if len(found) > 1 or found[0].type != duckdb.StatementType.SELECT:
            hint = "`--unsafe`, in Python `unsafe=True`, allows all that DuckDB can do"
            raise ServandaError("SQL", "only a single SELECT is answered", hint)
        lock(tables, limits)
        with clock.running(tables.interrupt):
            rows = _bounded(tables.sql(found[0]), limits.answer or half())
            framed: pd.DataFrame = tables.from_arrow(rows).df()
            return framed


def _bounded(asked: Any, most: int) -> pa.Table:
    """The rows of an answer, as long as they take no more than so many bytes."""
    # Older versions of DuckDB have another name for it.
    make = getattr(asked, "to_arrow_reader", None) or asked.fetch_arrow_reader
    reader = make(ROWS)
    held, size = [], 0
    for piece in reader:
        held.append(piece)
        size += piece.nbytes
        if size > most:
            what = f"the answer takes more than {most >> 20:,} MB"
            raise ServandaError("SQL", what, "ask for fewer rows or columns")
    return pa.Table.from_batches(held, reader.schema)


class _Clock:
    """Interrupts what takes too long, again and again until it has heard.

    Args:
        seconds: How long it may take.
    """

    def __init__(self, seconds: float) -> None:
        """Nothing runs yet."""
        self.seconds, self.over = seconds, False

    @contextmanager
    def running(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Watch over the block."""
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
    """Turn what DuckDB says into one line.

    Raises:
        ServandaError: In its place.
    """
    clock = _Clock(limits.seconds)
    try:
        yield clock
    except (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError):
        most = limits.work or half()
        what = f"takes more than {most >> 20:,} MB of memory"
        raise ServandaError("SQL", what, "ask for less") from None
    except (duckdb.Error, pa.ArrowException, *_OTHERS) as error:
        if clock.over:
            hint = "ask for less, or allow more: --seconds, in Python `seconds=`"
            what = f"took more than {limits.seconds:g} seconds"
            raise ServandaError("SQL", what, hint) from None
        raise ServandaError("SQL", _line(error), _hint(sql, str(error))) from None


def _line(error: Exception) -> str:
    """What an error says, in one line without the drawing of where it is."""
    text = str(error).strip().partition("\n\nLINE ")[0]
    return " ".join(text.split())[:300] or type(error).__name__


_OTHERS = (OSError, ValueError, RuntimeError, RecursionError)
"""What else the reading of files and the making of frames raises."""
_VIEWS = ("runs", "points", "plan", "kept", "main", *TABLES)
_DOTTED = re.compile(r'(?<!["\w.])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)')
_LOST = re.compile(r"referenced (?:table|column)|have a column named|catalog", re.IGNORECASE)


def _hint(sql: str, error: str) -> str:
    """What may help: names of factors have dots, and are read as tables with columns."""
    if not _LOST.search(error):
        return ""
    for found in _DOTTED.findall(sql):
        first, _, rest = found.partition(".")
        name = rest if first.casefold() in _VIEWS else found
        if "." in name and name.partition(".")[0] in error:
            return f'write names with dots in double quotes: "{name}"'
    return ""
