"""``servanda tipping``: tipping points, jumps and hysteresis on a swept grid."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known, many, number, records
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from sim.analysis.tipping.hysteresis import Band
    from sim.analysis.tipping.steepest import Tip
    from sim.analysis.tipping.tipping import Tipping

WIDE = 10
"""Width of a cell of a map, in characters."""
MARKS = {"two": "*", "closing": "~", "unclear": "?", "one": ""}
"""Marks beside the difference of two starts (scenarios with different histories).

The key says whether the starts end in two regimes.
"""


def tipping(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a swept grid.")],
    measure: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Indicator; by default voluntary performance."),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="MONTHS",
            help="Use only the last MONTHS, 0 for all; by default the last quarter if there are "
            "two starts, otherwise all.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Map a grid: where a measure tips or jumps, and where two starts lead to two regimes."""
    from sim.analysis.tipping.tipping import tipping as analysed
    from sim.cli.console.writing import emit
    from sim.runs.results import results

    emit(analysed(results(folder), measure, last), as_json=as_json, plain=plain, show=_show)


# ---------------------------------------------------------------- for programs


def plain(result: "Tipping") -> dict[str, Any]:
    """The tipping analysis of a grid in plain values; null for NaN."""
    return {
        "measure": result.measure,
        "factors": list(result.factors),
        "starts": list(result.starts),
        "months": list(result.months),
        "monthly": result.monthly,
        "replicates": result.replicates,
        "points": records(result.points),
        "tips": [_tip(one) for one in result.tips],
        "gaps": None if result.gaps is None else records(result.gaps),
        "bands": [vars(one) | {"at": dict(one.at)} for one in result.bands],
    }


def _tip(one: "Tip") -> dict[str, Any]:
    values = {key: known(v) if isinstance(v, float) else v for key, v in vars(one).items()}
    # `steeper`, a ratio of slopes, is infinite beside a step without slope; JSON cannot say so.
    steeper = None if math.isinf(one.steeper) else known(one.steeper)
    change = {"mean": known(one.change.mean), "half": known(one.change.half)}
    return values | {"at": dict(one.at), "steeper": steeper, "change": change, "middle": one.middle}


# ---------------------------------------------------------------- for people


def _show(result: "Tipping") -> None:
    """Print curves or maps, then tipping points, then where history decides."""
    from sim.cli.console.writing import say

    say(f"{result.measure}, {_months(result)}, {many(result.replicates, 'replicate')}", bold=True)
    if len(result.factors) == 1:
        _curve(result)
    else:
        _maps(result)
    if result.gaps is not None:
        say("* two regimes; ~ the starts are still converging: run longer; ? not yet clear")
    _apart(result)
    say()
    say("tipping points", bold=True)
    for one in result.tips:
        if one.along == result.factors[-1]:
            say(f"{_place(one.start, one.at)}{_tip_words(one)}", indent=2)
    if result.starts:
        say()
        say("history decides", bold=True)
        bands = [one for one in result.bands if one.along == result.factors[-1]]
        for band in bands:
            say(f"{_place('', band.at)}{_band_words(band)}", indent=2)
        if not bands:
            say("nowhere on this grid: at no point do the two starts clearly differ", indent=2)


def _months(result: "Tipping") -> str:
    """The months over which a measure is computed, and how they are combined."""
    first, end = result.months
    if not result.monthly:
        return f"months {first} to {end} together"
    return f"mean of months {first} to {end}" if first < end else f"month {end}"


def _curve(result: "Tipping") -> None:
    """Print a grid of one factor: a row per level, a column per start."""
    from sim.cli.console.writing import Column, say, table

    (factor,) = result.factors
    starts = result.starts or ("",)
    heads = [*(start or result.measure for start in starts)]
    if result.gaps is not None:
        heads += ["difference", ""]
    curves = [result.points[result.points["start"] == start] for start in starts]
    rows = []
    for at in range(len(curves[0])):
        cells = [_interval(curve.iloc[at].to_dict(), "mean") for curve in curves]
        if result.gaps is not None:
            gap = result.gaps.iloc[at]
            cells += [_interval(gap.to_dict(), "difference"), MARKS[gap["regimes"]]]
        rows.append((f"{curves[0].iloc[at][factor]:g}", *cells))
    columns = (Column("at", whole=True), *(Column(head, right=bool(head)) for head in heads))
    say()
    table(columns, rows, title=f"along {factor}")


def _maps(result: "Tipping") -> None:
    """Print a grid of two factors: a table per start, and a table of the difference."""
    rows, columns = result.factors
    for start in result.starts or ("",):
        _table(
            result.map("mean", start),
            number,
            f"{start or result.measure}: {rows} down, {columns} across",
        )
    if result.gaps is not None:
        kinds = result.map("regimes")
        gaps = result.map("difference").map(lambda value: number(value, "+"))
        _table(gaps + kinds.map(lambda kind: MARKS[kind] or " "), str, "difference of the two")


def _table(frame: "pd.DataFrame", shown: "Callable[[Any], str]", title: str) -> None:
    """Print a map, split into several tables where its columns do not fit on a line."""
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


def _apart(result: "Tipping") -> None:
    """Print the points at which runs of one start fall into two groups."""
    from sim.cli.console.writing import say

    split = result.points[result.points["upper"].notna()]
    for row in split.to_dict("records"):
        at = {name: row[name] for name in result.factors}
        share = f"two groups of runs, with {row['upper']:.0%} of the runs in the upper one"
        say(f"{_place(row['start'], at)}{share}", indent=2)


def _place(start: str, at: "Mapping[str, float]") -> str:
    """Start and levels of a point, as the beginning of a line."""
    parts = [start, *(f"{name} {level:g}" for name, level in at.items())]
    text = ", ".join(filter(None, parts))
    return f"{text}: " if text else ""


def _tip_words(one: "Tip") -> str:
    """A tipping point in words."""
    if not one.moves:
        return f"along {one.along} no change beyond chance"
    where = f"{one.along} {one.low:g} to {one.high:g}"
    if not math.isnan(one.least):
        where += f" (95 %: {one.least:g} to {one.most:g})"
    parts = [where, f"{number(one.change.mean, '+')} in that step"]
    if one.jump is not None:
        parts.append("a jump on this grid" if one.jump else "a slope, not a jump")
    if one.edge:
        parts.append("at the edge of the grid: the tipping point may lie beyond it")
    return "; ".join(parts)


def _band_words(one: "Band") -> str:
    """A band, a range of levels in which two starts end in two regimes, in words."""
    text = f"{one.along} {one.low:g} to {one.high:g}"
    low = "no lower limit found" if one.below is None else f"one regime at {one.below:g}"
    high = "no upper limit found" if one.above is None else f"one at {one.above:g}"
    return f"{text} ({low}, {high})"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(tipping)
