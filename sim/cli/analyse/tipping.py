"""``servanda tipping``: where a swept grid tips, jumps, and remembers where it came from."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known, many, number
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from sim.analysis.tipping.hysteresis import Band
    from sim.analysis.tipping.steepest import Tip
    from sim.analysis.tipping.tipping import Tipping

WIDE = 10
"""Width of a cell of a map."""
MARKS = {"two": "*", "closing": "~", "unclear": "?", "one": ""}
"""What stands beside a difference."""


def tipping(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a swept grid.")],
    measure: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Indicator; voluntary performance unless given."),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="MONTHS",
            help="Look at the last months only; with two starts the last quarter; 0 for all.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Map a grid: where it tips or jumps, and where two starts end in two regimes."""
    from sim.analysis.tipping.tipping import tipping as mapped
    from sim.cli.console.writing import print_json
    from sim.runs.results import results

    told = mapped(results(folder), measure, last)
    if as_json:
        print_json(plain(told))
    else:
        _show(told)


# ---------------------------------------------------------------- for programs


def plain(told: "Tipping") -> dict[str, Any]:
    """A grid read for where it tips, in plain values; what is missing is null."""
    return {
        "measure": told.measure,
        "factors": list(told.factors),
        "starts": list(told.starts),
        "months": list(told.months),
        "monthly": told.monthly,
        "replicates": told.replicates,
        "points": _rows(told.points),
        "tips": [_tip(one) for one in told.tips],
        "gaps": None if told.gaps is None else _rows(told.gaps),
        "bands": [vars(one) | {"at": dict(one.at)} for one in told.bands],
    }


def _rows(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    return [
        {str(name): known(v) if isinstance(v, float) else v for name, v in row.items()}
        for row in frame.to_dict("records")
    ]


def _tip(one: "Tip") -> dict[str, Any]:
    told = {key: known(v) if isinstance(v, float) else v for key, v in vars(one).items()}
    # A neighbour without any slope makes the ratio infinite, for which JSON has no word.
    steeper = None if math.isinf(one.steeper) else known(one.steeper)
    change = {"mean": known(one.change.mean), "half": known(one.change.half)}
    return told | {"at": dict(one.at), "steeper": steeper, "change": change, "middle": one.middle}


# ---------------------------------------------------------------- for people


def _show(told: "Tipping") -> None:
    """Curves or maps, then tipping points, then where history decides."""
    from sim.cli.console.writing import say

    say(f"{told.measure}, {_months(told)}, {many(told.replicates, 'replicate')}", bold=True)
    if len(told.factors) == 1:
        _curve(told)
    else:
        _maps(told)
    if told.gaps is not None:
        say("* two regimes; ~ the starts are still closing: run longer; ? nobody can tell yet")
    _apart(told)
    say()
    say("tipping points", bold=True)
    for one in told.tips:
        if one.along == told.factors[-1]:
            say(f"{_place(one.start, one.at)}{_tipped(one)}", indent=2)
    if told.starts:
        say()
        say("history decides", bold=True)
        bands = [one for one in told.bands if one.along == told.factors[-1]]
        for band in bands:
            say(f"{_place('', band.at)}{_band(band)}", indent=2)
        if not bands:
            say("nowhere on this grid: no two starts are known to end in two regimes", indent=2)


def _months(told: "Tipping") -> str:
    """The months behind a measure, and how they make one number."""
    first, end = told.months
    if not told.monthly:
        return f"months {first} to {end} together"
    return f"mean of months {first} to {end}" if first < end else f"month {end}"


def _curve(told: "Tipping") -> None:
    """One factor: a row a level, a column a start."""
    from sim.cli.console.writing import Column, say, table

    (factor,) = told.factors
    starts = told.starts or ("",)
    heads = [*(start or told.measure for start in starts)]
    if told.gaps is not None:
        heads += ["difference", ""]
    curves = [told.points[told.points["start"] == start] for start in starts]
    rows = []
    for at in range(len(curves[0])):
        cells = [_interval(curve.iloc[at].to_dict(), "mean") for curve in curves]
        if told.gaps is not None:
            gap = told.gaps.iloc[at]
            cells += [_interval(gap.to_dict(), "difference"), MARKS[gap["regimes"]]]
        rows.append((f"{curves[0].iloc[at][factor]:g}", *cells))
    columns = (Column("at", whole=True), *(Column(head, right=bool(head)) for head in heads))
    say()
    table(columns, rows, title=f"along {factor}")


def _maps(told: "Tipping") -> None:
    """Two factors: a table a start, and one of their differences."""
    rows, columns = told.factors
    for start in told.starts or ("",):
        _table(
            told.map("mean", start),
            number,
            f"{start or told.measure}: {rows} down, {columns} across",
        )
    if told.gaps is not None:
        kinds = told.map("regimes")
        gaps = told.map("difference").map(lambda value: number(value, "+"))
        _table(gaps + kinds.map(lambda kind: MARKS[kind] or " "), str, "difference of the two")


def _table(frame: "pd.DataFrame", shown: "Callable[[Any], str]", title: str) -> None:
    """A map; where its columns do not stand beside each other, in several parts."""
    from sim.cli.console.writing import Column, say, table, width

    many_columns = max(1, width() // WIDE - 1)
    cells = frame.to_numpy().tolist()
    for first in range(0, len(frame.columns), many_columns):
        part = slice(first, first + many_columns)
        rows = [
            (f"{level:g}", *map(shown, row[part]))
            for level, row in zip(frame.index, cells, strict=True)
        ]
        heads = [Column(f"{level:g}", right=True, whole=True) for level in frame.columns[part]]
        say()
        table(["", *heads], rows, title=title if not first else f"{title}, further columns")


def _interval(row: "Mapping[Any, Any]", name: str) -> str:
    """A mean with its interval."""
    sign = "+" if name == "difference" else ""
    low, high = number(row["low"], sign), number(row["high"], sign)
    return f"{number(row[name], sign)} ({low} to {high})"


def _apart(told: "Tipping") -> None:
    """Points at which runs of one start fall into two groups."""
    from sim.cli.console.writing import say

    split = told.points[told.points["upper"].notna()]
    for row in split.to_dict("records"):
        at = {name: row[name] for name in told.factors}
        share = f"{row['upper']:.0%} of runs in the upper of two groups"
        say(f"{_place(row['start'], at)}{share}", indent=2)


def _place(start: str, at: "Mapping[str, float]") -> str:
    """Where something is, as the beginning of a line."""
    parts = [start, *(f"{name} {level:g}" for name, level in at.items())]
    told = ", ".join(filter(None, parts))
    return f"{told}: " if told else ""


def _tipped(one: "Tip") -> str:
    """A tipping point in words."""
    if not one.moves:
        return f"along {one.along} nothing moves beyond chance"
    where = f"{one.along} {one.low:g} to {one.high:g}"
    if not math.isnan(one.least):
        where += f" (95 %: {one.least:g} to {one.most:g})"
    told = [where, f"{number(one.change.mean, '+')} in that step"]
    if one.jump is not None:
        told.append("a jump at this grid" if one.jump else "a slope, no jump")
    if one.edge:
        told.append("at the edge of the grid: it may lie further out")
    return "; ".join(told)


def _band(one: "Band") -> str:
    """A band in words."""
    told = f"{one.along} {one.low:g} to {one.high:g}"
    low = "open below" if one.below is None else f"one regime at {one.below:g}"
    high = "open above" if one.above is None else f"one at {one.above:g}"
    return f"{told} ({low}, {high})"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(tipping)
