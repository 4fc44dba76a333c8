"""Reads points from a CSV or Parquet file and checks every cell.

In: a file with a column per factor. Out: `Points`, or every fault with its file and line.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.experiment.designs.design import Points
from sim.experiment.factor_target import SCENARIO, Target, Value
from sim.reading.cells import cells
from sim.reading.columns import MARK, columns
from sim.reading.file import Missing, Unreadable, contents
from sim.reading.limits import TABLE_BYTES
from sim.scenario.checking.check import Found, Place, refusal
from sim.scenario.checking.fault import Fault

RANK = 1
"""Rank of errors in this file. They come after those in the file of the experiment."""

type Cells = list[tuple[int, list[Any]]]
"""Rows, each with the number of its line in the file; 0 for Parquet, which has no lines."""


def table(path: Path, labels: Sequence[str] = ()) -> tuple[list[str], Cells]:
    """Column heads and rows of a file.

    Args:
        path: The file, CSV or Parquet.
        labels: Columns that contain text, not numbers.

    Raises:
        Missing: If there is no such file.
        ScenarioErrors: If it cannot be read.
    """
    try:
        data = contents(path, TABLE_BYTES, "a file of points")
        if data.startswith(MARK) or path.suffix == ".parquet":
            read = columns(data, str(path))
        else:
            read = cells(data, str(path), {*labels, SCENARIO})
    except Missing:
        raise
    except Unreadable as error:
        place = Place(RANK, error.line, str(path))
        raise refusal([(place, Fault("", error.what, error.hint))]) from None
    return read.heads, read.rows


def listed(
    path: Path,
    heads: Sequence[str],
    rows: Cells,
    labels: Sequence[str],
    target: Callable[[str, str], Target | None],
    found: list[Found],
) -> Points:
    """The points of a file.

    Args:
        path: The file.
        heads: Column heads.
        rows: Rows, each with the number of its line.
        labels: Columns that only describe a point.
        target: Gives the target of a column, or None if the column or the base has a fault. It
            takes the head of the column and the name of the scenario (empty for the first base).
        found: Faults are added to this list.
    """
    names = [head for head in heads if head not in {*labels, "point"}]
    at = {head: place for place, head in enumerate(heads)}
    made, described = [], []
    for line, row_cells in rows:
        place = Place(RANK, line, str(path))
        if len(row_cells) != len(heads):
            what = f"{len(row_cells)} cells, not {len(heads)}"
            found.append((place, Fault("", what, "each line needs as many cells as the first")))
            continue
        base = str(row_cells[at[SCENARIO]] or "").strip() if SCENARIO in at else ""
        row: list[Value] = []
        for name in names:
            value = row_cells[at[name]]
            if name == SCENARIO:
                row.append(base or None)
                continue
            goal = target(name, base)
            value = _value(value, goal) if goal else None
            if goal and value is not None and (wrong := goal.problem(value)) is not None:
                found.append((place, Fault(name, *wrong)))
            row.append(value)
        made.append(tuple(row))
        described.append(tuple(_words(row_cells[at[label]]) for label in labels))
    return Points(tuple(names), tuple(made), tuple(labels), tuple(described) if labels else ())


def _words(cell: Any) -> str:
    """The text of a label; empty for an empty cell."""
    return "" if cell is None else str(cell).strip()


def _value(cell: Any, target: Target) -> Any:
    """The value of a cell as the target needs it: a number, a switch or a word."""
    if isinstance(cell, str):
        cell = cell.strip()
        if not cell:
            return None
        if target.switch:
            return {"true": True, "1": True, "false": False, "0": False}.get(cell.lower(), cell)
    if target.switch:
        return bool(cell) if cell in {0, 1} else cell
    return _number(cell, target) if target.number else cell


def _number(cell: Any, target: Target) -> Any:
    """The value of a cell as an int or float; a cell that is no number is returned unchanged."""
    if cell is None or isinstance(cell, bool):
        return cell
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return cell
    return int(number) if target.whole and number.is_integer() else number


def doubled(heads: Sequence[str]) -> Iterator[str]:
    """Column heads that appear more than once."""
    yield from dict.fromkeys(head for head in heads if list(heads).count(head) > 1)
