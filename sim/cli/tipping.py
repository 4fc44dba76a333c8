"""``servanda tipping``: where a swept grid tips, jumps, and remembers where it came from."""

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.asked import Json
from sim.cli.numbers import known, many, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from sim.analysis.history import Band
    from sim.analysis.steepest import Tip
    from sim.analysis.tipping import Tipping

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
    from sim.analysis.tipping import tipping as mapped
    from sim.experiment.results import results

    told = mapped(results(folder), measure, last)
    if as_json:
        typer.echo(json.dumps(plain(told), ensure_ascii=False, indent=2))
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
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)

    def line(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    line(f"{told.measure}, {_months(told)}, {many(told.replicates, 'replicate')}", "bold")
    if len(told.factors) == 1:
        _curve(told, line)
    else:
        _maps(told, line)
    _apart(told, line)
    line("tipping points", "bold")
    for one in told.tips:
        if one.along == told.factors[-1]:
            line(f"  {_place(one.start, one.at)}{_tipped(one)}")
    if told.starts:
        line("history decides", "bold")
        bands = [one for one in told.bands if one.along == told.factors[-1]]
        for band in bands:
            line(f"  {_place('', band.at)}{_band(band)}")
        if not bands:
            line("  nowhere on this grid: no two starts are known to end in two regimes")


def _months(told: "Tipping") -> str:
    """The months behind a measure, and how they make one number."""
    first, end = told.months
    if not told.monthly:
        return f"months {first} to {end} together"
    return f"mean of months {first} to {end}" if first < end else f"month {end}"


def _curve(told: "Tipping", line: "Callable[..., None]") -> None:
    """One factor: a row a level, a column a start."""
    (factor,) = told.factors
    starts = told.starts or ("",)
    heads = [f"{start or told.measure:>34}" for start in starts]
    heads += [f"{'difference':>34}"] if told.starts else []
    line(f"  {factor:<24}" + "".join(heads), "italic")
    curves = [told.points[told.points["start"] == start] for start in starts]
    for at in range(len(curves[0])):
        cells = [_interval(curve.iloc[at].to_dict(), "mean") for curve in curves]
        if told.gaps is not None:
            gap = told.gaps.iloc[at]
            cells.append(f"{_interval(gap.to_dict(), 'difference')}{MARKS[gap['regimes']]:<1}")
        level = f"{curves[0].iloc[at][factor]:g}"
        line(f"  {level:<24}" + "".join(f"{cell:>34}" for cell in cells))
    _legend(told, line)


def _maps(told: "Tipping", line: "Callable[..., None]") -> None:
    """Two factors: a table a start, and one of their differences."""
    rows, columns = told.factors
    for start in told.starts or ("",):
        line(f"{start or told.measure}: {rows} down, {columns} across", "italic")
        _table(told.map("mean", start), number, line)
    if told.gaps is not None:
        line("difference of the two", "italic")
        kinds = told.map("regimes")
        gaps = told.map("difference").map(lambda value: number(value, "+"))
        _table(gaps + kinds.map(lambda kind: MARKS[kind] or " "), str, line)
    _legend(told, line)


def _table(frame: "pd.DataFrame", shown: "Callable[[Any], str]", line: Any) -> None:
    line(" " * WIDE + "".join(f"{level:>{WIDE}g}" for level in frame.columns))
    for level, cells in zip(frame.index, frame.to_numpy().tolist(), strict=True):
        line(f"{level:>{WIDE}g}" + "".join(f"{shown(cell):>{WIDE}}" for cell in cells))


def _legend(told: "Tipping", line: "Callable[..., None]") -> None:
    if told.gaps is not None:
        line("* two regimes; ~ the starts are still closing: run longer; ? nobody can tell yet")


def _interval(row: "Mapping[Any, Any]", name: str) -> str:
    """A mean with its interval."""
    sign = "+" if name == "difference" else ""
    low, high = number(row["low"], sign), number(row["high"], sign)
    return f"{number(row[name], sign)} ({low} to {high})"


def _apart(told: "Tipping", line: "Callable[..., None]") -> None:
    """Points at which runs of one start fall into two groups."""
    split = told.points[told.points["upper"].notna()]
    for row in split.to_dict("records"):
        at = {name: row[name] for name in told.factors}
        share = f"{row['upper']:.0%} of runs in the upper of two groups"
        line(f"  {_place(row['start'], at)}{share}")


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
