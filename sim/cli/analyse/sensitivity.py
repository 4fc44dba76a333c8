"""``servanda sensitivity``: which factor of a sweep matters."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known, number
from sim.cli.console.options import Json

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.sensitivity.convergence import Convergence
    from sim.analysis.sensitivity.sensitivity import Sensitivity

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
RANK = {"morris": "mu_star", "sobol": "ST"}
"""The index that is looked at against the size of the sample."""
PAIRS = 10
"""Pairs that people see."""
SHOWN = 4
"""Sizes of the sample that people see, the last ones."""
NOTHING = 1e-6
"""Share of a number that half of its interval is at most where that is only rounding."""
PLACES = 6
"""Decimals of a number beyond which it is written with a power of ten."""


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
    convergence: Annotated[
        bool,
        typer.Option(
            "--convergence",
            help="Indices of the first part of the sample, a half, and so on: have they settled?",
        ),
    ] = False,
    as_json: Json = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="CSV on stdout, a row a measure and factor.")
    ] = False,
) -> None:
    """Rank the factors of a sweep by what the indicators owe to them, with intervals."""
    from sim.analysis.sensitivity.convergence import convergence as grown
    from sim.analysis.sensitivity.sensitivity import sensitivity as ranked
    from sim.cli.console.writing import print_data, print_json
    from sim.runs.results import results

    found = results(folder)
    if convergence:
        sizes = grown(found, measure or (), method)
        if as_json:
            print_json([_plain_sizes(one) for one in sizes])
        elif as_csv:
            print_data(_sizes(sizes).to_csv(index=False))
        else:
            _show_sizes(sizes)
        return
    told = ranked(found, measure or (), method)
    if as_json:
        print_json([plain(one) for one in told])
    elif as_csv:
        print_data(_table(told).to_csv(index=False))
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
    from sim.cli.console.writing import MARK, Column, say, table

    for one in told:
        if one.table.empty:
            say(one.remarks[0])
            continue
        heads = HEADS[one.method]
        columns = [Column(head, right=True, whole=True) for head in heads.values()]
        lines = []
        for (_, row), clear in zip(one.table.iterrows(), one.clear, strict=True):
            first, *others = (_cell(row, name, one.rank) for name in heads)
            lines.append([f"{first} {MARK if clear else ' '}", *others, str(row["title"])])
        say(one.measure, bold=True)
        say(_about(one), indent=2)
        table([*columns, "factor"], lines)
        if one.pairs is not None:
            titles = dict(zip(one.table["factor"], one.table["title"], strict=True))
            lines = []
            for _, row in one.pairs.head(PAIRS).iterrows():
                half = (row["high"] - row["low"]) / 2
                names = f"{titles[row['factor']]} × {titles[row['other']]}"
                lines.append([spread(row["S2"], half), names])
            table([Column("S2", right=True, whole=True), "pair"], lines)
        for remark in one.remarks:
            say(remark, indent=2)
    say(f"{LEGEND[told[0].method]}; {CHANCE}; {MARK}: more than that")


def _plain_sizes(one: "Convergence") -> dict[str, Any]:
    """A measure's indices against the size of the sample, in plain values."""
    return {
        "measure": one.measure,
        "method": one.method,
        "settled": one.settled,
        "remark": one.remark,
        "sizes": rows(one.table),
    }


def _sizes(told: "list[Convergence]") -> "pd.DataFrame":
    """All measures in one table."""
    import pandas as pd

    parts = [one.table.assign(measure=one.measure, method=one.method) for one in told]
    whole = pd.concat(parts, ignore_index=True)
    first = ["measure", "method"]
    return whole[[*first, *(str(name) for name in whole if name not in first)]]


def _show_sizes(told: "list[Convergence]") -> None:
    """Indices against the size of the sample for people: a row a factor, a column a size."""
    from sim.cli.console.writing import Column, say, table

    for one in told:
        sizes = one.table["n"].unique().tolist()
        shown = sizes[-SHOWN:]
        columns = [Column(f"{size:,}", right=True, whole=True) for size in shown]
        last = one.table[one.table["n"] == sizes[-1]].sort_values("index", ascending=False)
        found = one.table.set_index(["factor", "n"])
        lines = []
        for _, row in last.iterrows():
            cells = [found.loc[(row["factor"], size)] for size in shown]
            texts = [spread(cell["index"], (cell["high"] - cell["low"]) / 2) for cell in cells]
            lines.append([*texts, str(row["title"])])
        say(f"{one.measure}: {HEADS[one.method][RANK[one.method]]} of the first …", bold=True)
        table([*columns, "factor"], lines, notes=[one.remark])


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
    """A number with half of its interval in two digits; alone if that is nothing."""
    if math.isnan(half) or half <= NOTHING * abs(value):
        return number(value)
    places = max(0, 1 - math.floor(math.log10(half)))
    form = f",.{places}f" if places <= PLACES else ".1e"
    return f"{value:{form}} ± {half:{form}}".replace("-", "−")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sensitivity)
