"""Makes the rows of `data.csv` from a wide sheet.

In: a sheet with periods down or across, and which column is which measure. Out: a table in the form
of `data.csv`, written to a folder as a whole.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sim.errors import ServandaError
from sim.evidence.converting.grid import Grid, grid
from sim.evidence.converting.mapping import Column, Wanted, wanted
from sim.evidence.converting.sheet import Sheet
from sim.evidence.line import COLUMNS
from sim.evidence.period import FORMS, Period, begins_month, ends_month, months, number, period
from sim.evidence.row import BREAKDOWNS
from sim.evidence.table import NAME
from sim.runs.output.atomic import unwritable, write_whole
from sim.scenario.checking.check import Found, refusal

MISSING = {"", "NA", "N/A", "-", "–", "—", "…", "/", "缺", "无"}
"""Texts of cells without a value."""


@dataclass(frozen=True)
class Wish:
    """How a sheet is to be converted.

    Args:
        columns: What the columns are, by heading.
        cumulative: Whether monthly figures are totals since the beginning of the year.
        year_begins: First month of the statistical year.
        currency: Name of the currency, which may stand for the unit `money`.
        use: Use of all rows.
        source: Source of all rows.
        skip: Labels of rows or columns to leave out, such as those of totals.
    """

    columns: Mapping[str, Column] = field(default_factory=dict)
    cumulative: bool = False
    year_begins: int = 1
    currency: str = "CNY"
    use: str = "fit"
    source: str = ""
    skip: tuple[str, ...] = ()


@dataclass(frozen=True)
class Converted:
    """The rows of `data.csv`.

    Args:
        rows: A text for each column, in the order of measures and time.
        used: The measure of each heading that was used.
        unused: Headings that were not used.
        missing: Number of cells without a value, written as NA.
    """

    rows: list[dict[str, str]]
    used: dict[str, str]
    unused: list[str]
    missing: int


type Value = tuple[int, Period, float | None, bool]
"""Place of the label in the grid, period, number or None, and whether it is in percent."""


def convert(sheet: Sheet, wish: Wish) -> Converted:
    """Convert a wide sheet.

    Raises:
        ScenarioErrors: With every cell that is no number and every label that is no period.
        ServandaError: If headings, measures or units do not fit.
    """
    table = grid(sheet, wish.year_begins)
    chosen = wanted(table.heads, wish.columns, wish.currency)
    found: list[Found] = []
    periods = _periods(table, wish, found)
    rows: list[dict[str, str]] = []
    missing = 0
    for head, name in enumerate(table.heads):
        if name not in chosen:
            continue
        one = chosen[name]
        series = _numbers(table, head, periods, found)
        if wish.cumulative and one.measure.kind == "flow":
            series = _differences(table, head, series, wish.year_begins, found)
        missing += sum(value is None for _, _, value, _ in series)
        rows += [_row(one, wish, when, value, percent) for _, when, value, percent in series]
    if found:
        raise refusal(found)
    unused = [name for name in table.heads if name and name not in {*chosen, *wish.skip}]
    return Converted(
        rows, {name: one.measure.name for name, one in chosen.items()}, unused, missing
    )


def _periods(table: Grid, wish: Wish, found: list[Found]) -> list[Period | None]:
    """The period of each label; None where it is left out or is none."""
    periods: list[Period | None] = []
    for place, label in enumerate(table.labels):
        one = None if label in wish.skip else period(label, wish.year_begins)
        if one is None and label and label not in wish.skip:
            hint = f'{FORMS}, or add --skip "{label}"'
            found.append(table.label_fault(place, f"'{label}' is no period", hint))
        periods.append(one)
    days = [one for one in periods if one is not None and one.first == one.last]
    for whole in (begins_month, ends_month):  # spreadsheets write a month as its first or last day
        if days and all(whole(one.last) for one in days):
            return [_month(one) if one in days else one for one in periods]
    return periods


def _month(one: Period | None) -> Period | None:
    return one and months(one.last.year, one.last.month, 1)


def _numbers(
    table: Grid, head: int, periods: Sequence[Period | None], found: list[Found]
) -> list[Value]:
    """The numbers of a column, where there is a period."""
    values: list[Value] = []
    for place, one in enumerate(periods):
        if one is None:
            continue
        text = table.cells[place][head]
        bare = text.removesuffix("%").strip()
        if bare in MISSING:
            values.append((place, one, None, False))
            continue
        try:
            values.append((place, one, float(bare), text.endswith("%")))
        except ValueError:
            hint = "write digits only, or NA if it is not known"
            found.append(table.fault(place, head, f"'{text}' is no number", hint))
    return values


def _differences(
    table: Grid, head: int, series: Sequence[Value], begins: int, found: list[Found]
) -> list[Value]:
    """Months from totals since the beginning of the statistical year.

    After a missing total, the difference covers all months since the last one that is known.
    """
    made: list[Value] = []
    total, since, year = 0.0, 0, -1
    for place, now, value, percent in sorted(series, key=lambda one: one[1].last):
        if _year(now, begins) != year:
            year = _year(now, begins)
            total, since = 0.0, year * 12 + begins - 1
        if value is None:
            continue
        if value < total:
            what = f"{value:,.12g} after {total:,.12g} in the same year"
            hint = "totals do not fall: correct it, or convert without --cumulative"
            found.append(table.fault(place, head, what, hint))
        when = Period(months(since // 12, since % 12 + 1, 1).first, now.last)
        made.append((place, when, float(f"{value - total:.12g}"), percent))
        total, since = value, number(now.last) + 1
    return made


def _year(one: Period, begins: int) -> int:
    return (number(one.last) - begins + 1) // 12


def _row(
    one: Wanted, wish: Wish, when: Period, value: float | None, percent: bool
) -> dict[str, str]:
    at_end = all(definition.at_end for definition in one.measure.definitions)
    return {
        "measure": one.measure.name,
        "from": "" if at_end else when.first.isoformat(),
        "to": when.last.isoformat(),
        "value": "NA" if value is None else f"{value:.12g}",
        "unit": "%" if percent else one.unit,
        "grade": one.column.grade or ("A" if one.measure.extensive else "B"),
        "definition": one.column.definition,
        **{name: getattr(one.column, name) for name in BREAKDOWNS},
        "use": one.column.use or wish.use,
        "source": wish.source,
    }


def write(converted: Converted, folder: Path, *, force: bool) -> Path:
    """Write `data.csv` to a folder, which is made if it is not there.

    Args:
        converted: The rows.
        folder: The folder.
        force: Whether an earlier `data.csv` may be replaced.

    Returns:
        The path of the file.

    Raises:
        ServandaError: If there is one already, or the folder cannot be written.
    """
    path = folder / NAME
    if path.exists() and not force:
        raise ServandaError(str(path), "there is such a file already", "add --force to replace it")
    kept = [name for name in COLUMNS if any(row.get(name) for row in converted.rows)]

    def fill(file: IO[bytes]) -> None:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, kept, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(converted.rows)
        file.write(text.getvalue().encode())

    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, fill)
    except OSError as error:
        raise unwritable(folder, error) from None
    return path
