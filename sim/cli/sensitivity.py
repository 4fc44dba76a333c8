"""``servanda sensitivity``: which factor of a sweep matters."""

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.asked import Json
from sim.cli.numbers import known, number

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.sensitivity import Sensitivity

NAMES = {
    "morris": "elementary effects (Morris)",
    "sobol": "Sobol indices",
    "pawn": "PAWN indices",
}
HEADS = {
    "morris": {"mu_star": "μ*", "mu": "μ", "sigma": "σ", "by_chance": "by chance"},
    "sobol": {"ST": "ST", "S1": "S1", "by_chance": "by chance"},
    "pawn": {"median": "median", "maximum": "maximum", "by_chance": "by chance"},
}
"""The columns that people see, the one that ranks first."""
LEGEND = {
    "morris": "μ*: mean size of what a factor does over its whole range; μ: with its sign; σ: how "
    "much it depends on where the others stand",
    "sobol": "ST: share of the variance in which a factor has a part; S1: share that it has alone",
    "pawn": "distance between the distribution with the factor known and without, from 0 to 1",
}
CHANCE = "by chance: what a factor that does nothing of itself exceeds once in twenty"
WIDTHS = (18, 18, 12, 12)
PAIRS = 10
"""Pairs that people see."""


def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator to look at; may be given many times."),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(help="morris, sobol or pawn; that of the design unless given."),
    ] = None,
    as_json: Json = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="CSV on stdout, a row a measure and factor.")
    ] = False,
) -> None:
    """Rank the factors of a sweep by what the indicators owe to them, with intervals."""
    from sim.analysis.sensitivity import sensitivity as ranked
    from sim.experiment.results import results

    told = ranked(results(folder), measure or (), method)
    if as_json:
        typer.echo(json.dumps([plain(one) for one in told], ensure_ascii=False, indent=2))
    elif as_csv:
        _table(told).to_csv(sys.stdout, index=False)
    else:
        _show(told)


def plain(one: "Sensitivity") -> dict[str, Any]:
    """A measure's sensitivity in plain values; what is missing is null."""
    return {
        "measure": one.measure,
        "method": one.method,
        "points": one.points,
        "left_out": one.left_out,
        "replicates": one.replicates,
        "mean": known(one.mean),
        "sd": known(one.sd),
        "chance": known(one.chance),
        "factors": rows(one.table),
        "pairs": None if one.pairs is None else rows(one.pairs),
        "remarks": list(one.remarks),
    }


def rows(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """A table in plain values; what is missing is null."""
    return [
        {
            str(key): known(value) if isinstance(value, float) else value
            for key, value in row.items()
        }
        for row in table.to_dict("records")
    ]


def _table(told: "list[Sensitivity]") -> "pd.DataFrame":
    """All measures in one table."""
    import pandas as pd

    parts = [one.table.assign(measure=one.measure, method=one.method) for one in told]
    whole = pd.concat([part for part in parts if len(part)], ignore_index=True)
    first = ["measure", "method", "factor", "title"]
    return whole[[*first, *(str(name) for name in whole if name not in first)]]


def _show(told: "list[Sensitivity]") -> None:
    """The ranking for people: a block a measure."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)

    def line(text: str, style: str = "") -> None:
        console.print(Text(text, style=style), soft_wrap=True)

    for one in told:
        if one.table.empty:
            line(one.remarks[0], "italic")
            continue
        line(one.measure, "bold")
        line(f"  {_about(one)}")
        heads = HEADS[one.method]
        line("".join(f"{head:>{w}}" for head, w in zip(heads.values(), WIDTHS, strict=False)))
        for (_, row), clear in zip(one.table.iterrows(), one.clear, strict=True):
            cells = [_cell(row, name, one.rank) for name in heads]
            text = "".join(f"{cell:>{w}}" for cell, w in zip(cells, WIDTHS, strict=False))
            line(f"{text}  {row['title']}", "bold" if clear else "")
        if one.pairs is not None:
            titles = dict(zip(one.table["factor"], one.table["title"], strict=True))
            for _, row in one.pairs.head(PAIRS).iterrows():
                half = (row["high"] - row["low"]) / 2
                names = f"{titles[row['factor']]} × {titles[row['other']]}"
                line(f"{spread(row['S2'], half):>{WIDTHS[0]}}  S2 of {names}")
        for remark in one.remarks:
            line(f"  {remark}", "italic")
    method = told[0].method
    line(f"{LEGEND[method]}; {CHANCE}")


def _about(one: "Sensitivity") -> str:
    """What stands behind a ranking."""
    told = f"{NAMES[one.method]}, {one.points:,} points × {one.replicates}"
    lost = f", {one.left_out:,} left out" if one.left_out else ""
    share = "" if math.isnan(one.chance) else f", {one.chance:.0%} of the variance chance"
    return f"{told}{lost}; mean {number(one.mean)}, sd {number(one.sd)}{share}"


def _cell(row: "pd.Series[Any]", name: str, rank: str) -> str:
    """A number, with half of its interval where it has one."""
    if name == rank:
        return spread(row[name], (row["high"] - row["low"]) / 2)
    if f"{name}_low" in row:
        return spread(row[name], (row[f"{name}_high"] - row[f"{name}_low"]) / 2)
    return number(row[name])


def spread(value: float, half: float) -> str:
    """A number with half of its interval, as far as that has two digits."""
    if math.isnan(half) or half <= 0.0:
        return number(value)
    places = min(6, max(0, 1 - math.floor(math.log10(half))))
    return f"{value:,.{places}f} ± {half:,.{places}f}".replace("-", "−")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sensitivity)
