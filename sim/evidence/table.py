"""Reads `data.csv` into rows.

In: the path of the file and the court. Out: rows in base units, and every fault with its line and
column.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sim.evidence.court import Court
from sim.evidence.encodings import decoded
from sim.evidence.line import COLUMNS, NEEDED, TEXTS, Line
from sim.evidence.row import Row
from sim.reading.cells import cells
from sim.reading.file import Unreadable, contents
from sim.scenario.checking.check import Found, Place
from sim.scenario.checking.fault import Fault, meant

NAME = "data.csv"
ROWS = 20_000
"""Largest number of rows of `data.csv`."""
BYTES = 8_000_000
"""Largest size of `data.csv`."""
RANK = 0
"""Its place among the files, for the order of faults."""


@dataclass
class Table:
    """The rows of `data.csv`, and what was found wrong with them.

    Args:
        path: The file.
        rows: The rows without faults, in the order of the file.
        found: Faults.
        warnings: What is unusual but allowed.
        head: Column headings.
    """

    path: Path
    rows: list[Row] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    warnings: list[Found] = field(default_factory=list)
    head: list[str] = field(default_factory=list)

    def place(self, line: int) -> Place:
        """The place of a line."""
        return Place(RANK, line, str(self.path))

    def fault(self, line: int, column: str, what: str, hint: str) -> None:
        """Note a fault."""
        self.found.append((self.place(line), Fault(column, what, hint)))

    def warn(self, line: int, column: str, what: str, hint: str) -> None:
        """Note something unusual."""
        self.warnings.append((self.place(line), Fault(column, what, hint)))


def read_table(path: Path, court: Court) -> Table:
    """Read the rows; what is wrong is in `found`.

    Args:
        path: The file.
        court: The court; its currency names a unit, and its year gives the period of a year.
    """
    table = Table(path)
    try:
        data = contents(path, BYTES, "a table of figures")
        got = cells(decoded(data), str(path), TEXTS)
    except Unreadable as wrong:
        _, what, hint, line, column = wrong.args
        table.fault(line, column, what, hint or f"write the columns {', '.join(NEEDED)}")
        return table
    table.head = [head.strip().lower() for head in got.heads]
    if not _heading(table):
        return table
    if len(got.rows) > ROWS:
        table.fault(0, "", f"{len(got.rows):,} rows", f"the limit is {ROWS:,}")
        return table
    if not got.rows:
        table.fault(1, "", "there is no row below the headings", "write one figure in each row")
    for line, values in got.rows:
        if len(values) > len(table.head):
            what = f"{len(values)} cells, but {len(table.head)} headings"
            table.fault(line, "", what, "put a text that contains a comma in quotation marks")
            continue
        texts = dict.fromkeys(COLUMNS, "") | dict(
            zip(table.head, map(str.strip, values), strict=False)
        )
        row = Line(court, line, texts, table.fault).row()
        if row is not None:
            table.rows.append(row)
    return table


def _heading(table: Table) -> bool:
    """Check the headings; whether the rows can be read."""
    before = len(table.found)
    for head in table.head:
        if not head:
            table.fault(1, "", "a column has no heading", "name it, or remove it")
        elif head not in COLUMNS:
            hint = meant(head, COLUMNS) or f"columns are {', '.join(COLUMNS)}"
            table.fault(1, head, "unknown column", hint)
        elif table.head.count(head) > 1:
            table.fault(1, head, "this column is there twice", "remove one of the two")
    for name in NEEDED:
        if name not in table.head:
            table.fault(1, name, "this column is missing", f"columns needed: {', '.join(NEEDED)}")
    return len(table.found) == before
