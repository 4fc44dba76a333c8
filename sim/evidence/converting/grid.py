"""A sheet arranged so that each row is a period and each column a figure.

In: a sheet with periods down the first column, in columns of years and months, or across the first
row. Out: a `Grid`, which knows where in the sheet each of its cells is.
"""

from dataclasses import dataclass

from sim.errors import ServandaError
from sim.evidence.converting.sheet import Sheet, letters
from sim.evidence.period import period
from sim.scenario.checking.check import Found, Place
from sim.scenario.checking.fault import Fault

YEARS, MONTHS = {"year", "年", "年份", "年度"}, {"month", "月", "月份"}


@dataclass(frozen=True)
class Grid:
    """Cells with a row for each period.

    Args:
        sheet: The sheet.
        heads: Headings of figures.
        labels: Labels of periods.
        cells: Texts; a list for each label, with a text for each heading.
        across: Whether the sheet has its periods across the first row.
        head_at: Column of the sheet of each heading, or its row if periods are across.
        label_at: Row of the sheet of each label, or its column if periods are across.
    """

    sheet: Sheet
    heads: list[str]
    labels: list[str]
    cells: list[list[str]]
    across: bool
    head_at: list[int]
    label_at: list[int]

    def fault(self, label: int, head: int, what: str, hint: str) -> Found:
        """A fault in the cell of a label and a heading."""
        line, column = self.label_at[label], self.head_at[head]
        if self.across:
            line, column = column, line
        name = f"{letters(column)}{line}" if self.sheet.excel else self.heads[head]
        if self.across and not self.sheet.excel:
            name = f"{self.heads[head]}, {self.labels[label]}"
        return Place(0, line, str(self.sheet.path)), Fault(name, what, hint)

    def label_fault(self, label: int, what: str, hint: str) -> Found:
        """A fault in a label."""
        line = 1 if self.across else self.label_at[label]
        name = self.labels[label]
        if self.sheet.excel:
            name = f"{letters(self.label_at[label] if self.across else 0)}{line}"
        return Place(0, line, str(self.sheet.path)), Fault(name, what, hint)


def grid(sheet: Sheet, year_begins: int = 1) -> Grid:
    """Find headings and periods of a sheet.

    Rows above the headings that contain one cell only, such as a title, are left out.

    Raises:
        ServandaError: If there are no rows below the headings.
    """
    rows = list(sheet.rows)
    while rows and sum(map(bool, rows[0][1])) < 2:
        rows.pop(0)
    if len(rows) < 2:
        what = "there is no table: a row of headings and rows below it"
        raise ServandaError(str(sheet.path), what, "name another sheet or file")
    width = max(len(row) for _, row in rows)
    padded = [[*row, *[""] * (width - len(row))] for _, row in rows]
    lines = [line for line, _ in rows]
    heads, body = padded[0], padded[1:]
    dated = sum(period(head, year_begins) is not None for head in heads[1:])
    if 2 * dated >= width - 1 and dated:
        names = [row[0] for row in body]
        places = list(range(1, width))
        cells = [[row[place] for row in body] for place in places]
        return Grid(sheet, names, heads[1:], cells, across=True, head_at=lines[1:], label_at=places)
    lower = [head.lower() for head in heads]
    year = next((n for n, head in enumerate(lower) if head in YEARS), None)
    month = next((n for n, head in enumerate(lower) if head in MONTHS), None)
    if year is None or month is None:
        labels, left_out = [row[0] for row in body], {0}
    else:
        labels, left_out = [_joined(row[year], row[month]) for row in body], {year, month}
    kept = [place for place in range(width) if place not in left_out]
    cells = [[row[place] for place in kept] for row in body]
    return Grid(
        sheet,
        [heads[n] for n in kept],
        labels,
        cells,
        across=False,
        head_at=kept,
        label_at=lines[1:],
    )


def _joined(year: str, month: str) -> str:
    """Year and month in one label."""
    digits = month.rstrip("月").strip()
    return f"{year.rstrip('年').strip()}-{digits.zfill(2)}" if digits else year
